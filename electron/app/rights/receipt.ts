/** The receipt of a request, out of what its steps have noted. */
import { newId } from '../../../shared/domain/id.ts';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { backupsUntil } from '../../../shared/domain/policy-clocks.ts';
import { RightsCounts, type RightsReceipt } from '../../../shared/domain/rights-receipt.ts';
import type { RightsRequest, RightsStep, RightsStepId } from '../../../shared/domain/rights.ts';
import { digestOf, numbersOf } from './done-notes.ts';

/** `at` and `by`: who closes the request, and when. */
export type Closing = { at: number; by: string; timeZone: string };

export function receiptOf(request: RightsRequest, profile: PolicyProfile, closing: Closing): RightsReceipt {
  const { kind, contactId, promise } = request;
  const erased = doneAt(request, 'erase_local');
  return {
    id: newId(),
    requestId: request.id,
    kind,
    contactId,
    policyId: promise.policyId,
    policyVersion: promise.policyVersion,
    at: closing.at,
    by: closing.by,
    counts: countsOf(request),
    asked: askedOf(request),
    backups: kind === 'erase' && erased !== null ? backupsUntil(profile, erased, closing.timeZone) : null,
    bundleSha256: digestOf(request, 'build_bundle'),
    scan: scanOf(request),
  };
}

const COUNTED: Partial<Record<RightsRequest['kind'], RightsStepId>> = {
  access: 'build_bundle',
  port: 'build_bundle',
  erase: 'erase_local',
};

function countsOf(request: RightsRequest): RightsReceipt['counts'] {
  const step = COUNTED[request.kind];
  // What has no numbers of its own was about one person.
  return RightsCounts.parse(
    step === undefined ? { contacts: 1 } : Object.fromEntries(numbersOf(request, step)),
  );
}

function askedOf(request: RightsRequest): RightsReceipt['asked'] {
  // Whoever promised it: with an erasure the gateway is always asked, by the command that went with it.
  const erased = doneAt(request, 'erase_local');
  if (erased !== null) return { who: 'gateway', at: erased, answer: 'pending' };
  const asking = request.steps.find(({ id }) => id === 'ask_gateway' || id === 'forward_to_controller');
  if (asking === undefined || asking.state !== 'done') return { who: 'nobody', at: null, answer: null };
  const who = asking.id === 'ask_gateway' ? 'gateway' : 'controller';
  return { who, at: asking.at, answer: 'pending' };
}

function scanOf(request: RightsRequest): RightsReceipt['scan'] {
  const numbers = numbersOf(request, 'verify_erased');
  const found = numbers.get('found');
  if (request.kind !== 'erase' || found === undefined) return null;
  return { files: numbers.get('files') ?? 0, bytes: numbers.get('bytes') ?? 0, found };
}

function doneAt({ steps }: RightsRequest, id: RightsStepId): number | null {
  const step: RightsStep | undefined = steps.find((one) => one.id === id);
  return step?.state === 'done' ? step.at : null;
}
