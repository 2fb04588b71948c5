/**
 * Requests of people about their data. An agent may open one for a contact in sight; how it goes on is for supervisors and owners. What was
 * recorded when it came (who, what, the promise and its clock) stays; a request that is closed stays as it is.
 */
import type { RightsRequest } from '../../../shared/domain/rights.ts';
import { seesEverything } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { visiblePerson } from './contact-commands.ts';

/** What nobody changes afterwards. `details` is emptied by an erasure, and else stays too. */
const FIXED = [
  'kind',
  'contactId',
  'way',
  'purpose',
  'eu',
  'receivedAt',
  'recordedAt',
  'recordedBy',
  'promise',
  'dueAt',
] as const satisfies readonly (keyof RightsRequest)[];

export function saveRights(context: CommandContext, { request }: DataOf<'rights.save'>): number | null {
  const { store, viewer, now } = context;
  const known = store.rights.get(request.id);
  if (known !== null && known.ws !== viewer.ws) throw new Refusal('conflict', 'the request id is taken');
  checkWhole(request);
  if (known === null) {
    visiblePerson(context, request.contactId);
    if (request.state !== 'open') throw new Refusal('invalid', 'request.state');
    if (request.recordedBy !== viewer.userId) throw new Refusal('invalid', 'request.recordedBy');
    return store.rights.save(viewer.ws, request, now);
  }
  if (!seesEverything(viewer)) throw new Refusal('forbidden');
  const before = known.request;
  const details = before.details === null ? null : request.details;
  const next = answered(context, { ...request, details });
  if (same({ ...next, rev: 0 }, { ...before, rev: 0 })) return null;
  for (const key of FIXED) {
    if (!same(next[key], before[key])) throw new Refusal('invalid', `request.${key}`);
  }
  if (before.state === 'done' || before.state === 'refused') {
    throw new Refusal('conflict', 'the request is closed');
  }
  checkSteps(before, next);
  return store.rights.save(viewer.ws, next, now);
}

/** A receipt that was written before this gateway had answered: whoever was to be erased here is gone, so it has. */
function answered({ store }: CommandContext, request: RightsRequest): RightsRequest {
  const { kind, contactId, receipt } = request;
  const waits = receipt?.asked.who === 'gateway' && receipt.asked.answer === 'pending';
  if (kind !== 'erase' || receipt === null || !waits || !store.erasure.isGone(contactId)) return request;
  return { ...request, receipt: { ...receipt, asked: { ...receipt.asked, answer: 'accepted' } } };
}

/** State, hold, refusal and receipt must tell the same story. */
function checkWhole(request: RightsRequest): void {
  const { state, hold, refusal, receipt, closedAt } = request;
  const closed = state === 'done' || state === 'refused';
  if ((hold !== null) !== (state === 'on_hold')) throw new Refusal('invalid', 'request.hold');
  if ((refusal !== null) !== (state === 'refused')) throw new Refusal('invalid', 'request.refusal');
  if ((closedAt !== null) !== closed) throw new Refusal('invalid', 'request.closedAt');
  if ((receipt !== null) !== (state === 'done')) throw new Refusal('invalid', 'request.receipt');
  if (receipt !== null && (receipt.requestId !== request.id || receipt.contactId !== request.contactId)) {
    throw new Refusal('invalid', 'request.receipt');
  }
  const left = request.steps.some((step) => step.state === 'open' || step.state === 'failed');
  if (state === 'done' && left) throw new Refusal('invalid', 'request.steps');
}

/** Which steps there are was decided when the request came. */
function checkSteps(before: RightsRequest, next: RightsRequest): void {
  const ids = (request: RightsRequest) => request.steps.map((step) => step.id).join();
  if (ids(before) !== ids(next)) throw new Refusal('invalid', 'request.steps');
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
