/**
 * The requests of people about their own data: what is recorded of one, and how it may go on. Who is asked, which steps there
 * are and when it is due come from the gateway's profile (rights-desk.ts); what was done is the receipt (rights-receipt.ts).
 * A request holds no name, number or message text except in `details`, which is emptied when the person is erased.
 */
import { z } from 'zod';
import { TimeZone } from './calendar.ts';
import { ContactPoint } from './contact-point.ts';
import { Id } from './id.ts';
import { Right, RightHolder } from './policy.ts';
import { RightsReceipt } from './rights-receipt.ts';
import { Timestamp } from './time.ts';

export const RightsState = z.enum(['open', 'on_hold', 'done', 'refused']);
export type RightsState = z.infer<typeof RightsState>;

/** How the request reached the company. */
export const RightsWay = z.enum(['message', 'mail', 'phone', 'paper', 'in_person', 'gateway', 'other']);
export type RightsWay = z.infer<typeof RightsWay>;

/** What there is to do, in the order of rights-desk.ts. The page has a sentence for each. */
export const RightsStepId = z.enum([
  'confirm_identity',
  'check_holds',
  'forward_to_controller',
  'ask_gateway',
  'say_local_only',
  'build_bundle',
  'correct_record',
  'erase_local',
  'verify_erased',
  'restrict_local',
  'stop_purpose',
  'record_withdrawal',
  'hand_over',
  'inform_person',
  'write_receipt',
]);
export type RightsStepId = z.infer<typeof RightsStepId>;

export const RightsStep = z.object({
  id: RightsStepId,
  state: z.enum(['open', 'done', 'failed', 'skipped']),
  at: Timestamp.nullable(),
  by: Id.nullable(),
  /** Why it failed or was skipped: for the reader, without the person's data. */
  note: z.string().max(500).nullable(),
});
export type RightsStep = z.infer<typeof RightsStep>;

/** Whom the request is addressed to. `local`: nobody promised it; what this workspace does by itself is all there is. */
export const Addressee = z.discriminatedUnion('to', [
  z.object({ to: z.literal('gateway'), point: ContactPoint.nullable() }),
  z.object({ to: z.literal('controller'), point: ContactPoint.nullable() }),
  z.object({ to: z.literal('local') }),
]);
export type Addressee = z.infer<typeof Addressee>;

/** A request is never put aside without a reason and a day on which somebody looks again. */
export const RightsHold = z
  .object({
    ground: z.enum(['legal', 'operational']),
    reason: z.string().trim().min(1).max(2000),
    reviewAt: Timestamp,
    by: Id,
    at: Timestamp,
  })
  .refine((hold) => hold.reviewAt > hold.at, { path: ['reviewAt'], error: 'the review lies in the past' });
export type RightsHold = z.infer<typeof RightsHold>;

export const RightsRefusal = z.object({
  reason: z.string().trim().min(1).max(2000),
  by: Id,
  at: Timestamp,
});
export type RightsRefusal = z.infer<typeof RightsRefusal>;

export const RightsRequest = z.object({
  id: Id,
  kind: Right,
  /** Stays when the person is erased: it then names a tombstone without content. */
  contactId: Id,
  way: RightsWay,
  /** Of an objection or a withdrawal: what it is about; null: everything. */
  purpose: z.enum(['service', 'marketing']).nullable().default(null),
  details: z.string().max(4000).nullable().default(null),
  /** The person is in the EU or EEA, as found when the request came. */
  eu: z.boolean(),
  receivedAt: Timestamp,
  recordedAt: Timestamp,
  recordedBy: Id,
  /** The promise as it stood when the request came: a later version does not move the clock of an open request. */
  promise: z.object({
    policyId: z.string(),
    policyVersion: z.number().int().positive(),
    holder: RightHolder,
    holderSource: z.string(),
    /** Calendar days; null: not stated. */
    days: z.number().nonnegative().nullable(),
    daysSource: z.string(),
    timeZone: TimeZone,
  }),
  addressee: Addressee,
  /** Null exactly when the promise states no days. */
  dueAt: Timestamp.nullable(),
  state: RightsState,
  hold: RightsHold.nullable(),
  refusal: RightsRefusal.nullable(),
  steps: z.array(RightsStep),
  closedAt: Timestamp.nullable(),
  receipt: RightsReceipt.nullable(),
  rev: z.number().int().nonnegative().default(0),
});
export type RightsRequest = z.infer<typeof RightsRequest>;

/** Why a request does not go on as asked. */
export type RightsProblem =
  | 'closed'
  | 'not_on_hold'
  | 'no_reason'
  | 'review_in_past'
  | 'steps_open'
  | 'no_such_step';
export type RightsResult = { ok: true; request: RightsRequest } | { ok: false; problem: RightsProblem };

const refuse = (problem: RightsProblem): RightsResult => ({ ok: false, problem });
const isClosed = (request: RightsRequest) => request.state === 'done' || request.state === 'refused';

/** Puts an open request aside, or renews the hold of one that is. */
export function holdRequest(request: RightsRequest, hold: RightsHold): RightsResult {
  if (isClosed(request)) return refuse('closed');
  if (hold.reason.trim() === '') return refuse('no_reason');
  if (hold.reviewAt <= hold.at) return refuse('review_in_past');
  return { ok: true, request: { ...request, state: 'on_hold', hold } };
}

/** Takes a request up again; the clock has run on meanwhile. */
export function resumeRequest(request: RightsRequest): RightsResult {
  if (request.state !== 'on_hold') return refuse(isClosed(request) ? 'closed' : 'not_on_hold');
  return { ok: true, request: { ...request, state: 'open', hold: null } };
}

export function refuseRequest(request: RightsRequest, refusal: RightsRefusal): RightsResult {
  if (isClosed(request)) return refuse('closed');
  if (refusal.reason.trim() === '') return refuse('no_reason');
  return {
    ok: true,
    request: { ...request, state: 'refused', hold: null, refusal, closedAt: refusal.at },
  };
}

/** Notes how a step went. */
export function markStep(request: RightsRequest, step: RightsStep): RightsResult {
  if (isClosed(request)) return refuse('closed');
  if (!request.steps.some(({ id }) => id === step.id)) return refuse('no_such_step');
  const steps = request.steps.map((known) => (known.id === step.id ? step : known));
  return { ok: true, request: { ...request, steps } };
}

/** The first step that still has to be done, `write_receipt` last; null: none. */
export function nextStep(request: Pick<RightsRequest, 'steps'>): RightsStep | null {
  return request.steps.find(({ state }) => state === 'open' || state === 'failed') ?? null;
}

/** Closes a request with its receipt, once no step but writing the receipt is open. An erasure also empties `details`. */
export function completeRequest(request: RightsRequest, receipt: RightsReceipt): RightsResult {
  if (isClosed(request)) return refuse('closed');
  const left = request.steps.filter(({ state }) => state === 'open' || state === 'failed');
  if (left.some(({ id }) => id !== 'write_receipt')) return refuse('steps_open');
  const written = { state: 'done' as const, at: receipt.at, by: receipt.by, note: null };
  return {
    ok: true,
    request: {
      ...request,
      state: 'done',
      hold: null,
      details: request.kind === 'erase' ? null : request.details,
      steps: request.steps.map((step) => (step.id === 'write_receipt' ? { ...step, ...written } : step)),
      closedAt: receipt.at,
      receipt,
    },
  };
}
