/**
 * Erasing a person: the gateway is asked by a command, everything here goes at once, then the raw files are searched for what the person
 * could be found by. The receipt holds numbers and dates only.
 */
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { newId } from '../../../shared/domain/id.ts';
import { searchableText } from '../../../shared/domain/message-content.ts';
import { openRequest } from '../../../shared/domain/rights-desk.ts';
import type { RightsReceipt } from '../../../shared/domain/rights-receipt.ts';
import type { RightsRequest, RightsStepId } from '../../../shared/domain/rights.ts';
import { completeRequest, markStep } from '../../../shared/domain/rights.ts';
import { invalidValue } from '../contacts/check-patch.ts';
import type { Context } from '../context.ts';
import { enqueue } from '../handlers/command.ts';
import { hereTimeZone, profileOf } from './profile.ts';
import { noteOf } from './done-notes.ts';
import { withSteps } from './own-steps.ts';
import { detailOf, timelineOf } from './person-data.ts';
import { receiptOf } from './receipt.ts';
import { allowed, requestOf, saveRequest } from './requests.ts';
import { scanForTraces } from '../raw-scan.ts';
import { tracesOf } from './traces.ts';

/** Messages whose beginnings are looked for afterwards: the newest. */
const TEXTS = 60;
/** What has to be settled before nothing is left to settle it with. */
const BEFORE: readonly RightsStepId[] = ['confirm_identity', 'check_holds'];
const WITHOUT_REQUEST = 'erased without a request';

export async function eraseContact(
  context: Context,
  { contactId, requestId, reason, typedName }: CallInput<'contact.erase'>,
): Promise<RightsReceipt> {
  const ready = context.ready();
  const { contact } = await detailOf(ready, contactId);
  if (typedName.trim() !== contact.name.trim()) throw invalidValue('typedName', 'not_the_name');
  const given = requestId === null ? null : await requestOf(context, requestId);
  if (given !== null) checkSettled(given, contactId);
  const profile = await profileOf(context);
  const texts: string[] = [];
  for await (const item of timelineOf(ready, contactId)) {
    if (item.type === 'message') texts.push(searchableText(item.message.content));
    else if (item.type === 'note') texts.push(item.note.body);
    if (texts.length >= TEXTS) break;
  }
  const traces = tracesOf(contact, texts);
  const at = context.now();
  const by = ready.session.me.id;
  const opened = given ?? ownRequest(contactId, profile, at, by);
  if (given === null) await saveRequest(context, opened);
  // First the command: should this process end now, the gateway's answer erases here.
  await enqueue(context, 'contact.erase', {
    contactId,
    requestId: opened.id,
    reason: reason.trim() || WITHOUT_REQUEST,
  });
  const { counts, changes } = await ready.cache.write.eraseContact({ contactId, now: at });
  context.changed(changes);
  // Steps that could be taken back hold values of contacts, and tickets their names.
  context.undo.clear();
  context.tickets.clear();
  await context.life.removeDiscarded();
  const scan = await scanForTraces(context.userDataDir, traces);
  const { contacts, conversations, messages, notes, files, outbox } = counts;
  const removed = { contacts, conversations, messages, notes, files, outbox };
  const asked = withSteps({ ...opened, details: null }, ['ask_gateway'], at, by);
  const gone = withSteps(asked, ['erase_local'], at, by, noteOf(removed));
  // A trace that was found leaves the step open: the receipt cannot be written before somebody has looked.
  const checked: RightsRequest =
    scan.found === 0
      ? withSteps(gone, ['verify_erased'], context.now(), by, noteOf(scan))
      : allowed(
          markStep(gone, { id: 'verify_erased', state: 'failed', at: context.now(), by, note: noteOf(scan) }),
        );
  const closing = { at: context.now(), by, timeZone: hereTimeZone() };
  const receipt: RightsReceipt = { ...receiptOf(checked, profile, closing), scan };
  const done = given === null && scan.found === 0;
  await saveRequest(context, done ? allowed(completeRequest(checked, receipt)) : checked);
  await context.audit({
    action: 'contact.erase',
    subjects: [contactId, opened.id, receipt.id],
    counts: { ...removed, scanned: scan.files, found: scan.found },
    reason: null,
  });
  return receipt;
}

function checkSettled(request: RightsRequest, contactId: string): void {
  const left = request.steps.some(
    ({ id, state }) => BEFORE.includes(id) && (state === 'open' || state === 'failed'),
  );
  if (request.contactId === contactId && request.kind === 'erase' && request.state === 'open' && !left)
    return;
  throw new CallFailure({ kind: 'refused', message: 'the request is not ready for it', gateway: 'conflict' });
}

/** An erasure that nobody asked for by letter stands on the desk all the same, with what was left out. */
function ownRequest(
  contactId: string,
  profile: Parameters<typeof openRequest>[1],
  at: number,
  by: string,
): RightsRequest {
  const recorded = { receivedAt: at, recordedAt: at, recordedBy: by, timeZone: hereTimeZone() };
  const about = { contactId, kind: 'erase' as const, way: 'other' as const, eu: false };
  const request = openRequest({ id: newId(), ...about, ...recorded }, profile);
  const doneHere: readonly RightsStepId[] = ['ask_gateway', 'erase_local', 'verify_erased', 'write_receipt'];
  return request.steps.reduce((before, { id }) => {
    if (doneHere.includes(id)) return before;
    return allowed(markStep(before, { id, state: 'skipped', at, by, note: WITHOUT_REQUEST }));
  }, request);
}
