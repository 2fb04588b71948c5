/**
 * Calls become one message each: `connect` makes it, what follows edits it. Because Meta may deliver the end without the
 * beginning, every report first says the message (ignored when it is there already) and then its new state.
 */
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { Party } from '../provider.ts';
import { linkOf, personOf } from './parties.ts';
import type { Direction } from './messages.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, reported } from './scope.ts';
import { CallFrame, timeOf } from './webhook-schema.ts';
import type { StatusFrame } from './webhook-schema.ts';
import type { z } from 'zod';

type Call = Extract<MessageContent, { kind: 'call' }>;

/** One item of `calls`. */
export function callFacts(scope: Scope, raw: unknown): Mapped {
  const parsed = CallFrame.safeParse(raw);
  if (!parsed.success) return reported(scope, 'misfit', 'call without id');
  const frame = parsed.data;
  const direction: Direction = frame.direction === 'BUSINESS_INITIATED' ? 'out' : 'in';
  const named =
    direction === 'in'
      ? { waId: frame.from, userId: frame.from_user_id }
      : { waId: frame.to, userId: frame.to_user_id };
  // Meta's own examples put numbers here that belong to neither side; a single contact is then the better witness.
  const sole = scope.contacts.length === 1 ? scope.contacts[0] : undefined;
  const person = personOf(
    sole === undefined ? named : { waId: sole.wa_id, userId: sole.user_id },
    scope.contacts,
  );
  if (person === null) return reported(scope, 'misfit', 'call of nobody');
  const at = timeOf(frame.timestamp, scope.receivedAt);
  const links = linkOf(scope.channelId, person);
  if (frame.event === 'connect') {
    // For our own calls `connect` is the answer of the other side.
    const state = direction === 'in' ? 'ringing' : 'connected';
    return facts(
      ...links,
      ...callMessage(scope, person.party, direction, frame.id, at, { state, duration: null }),
    );
  }
  if (frame.event === 'terminate') {
    const end = ending(direction, frame.status ?? null, frame.duration ?? null);
    const begun = timeOf(frame.start_time, at);
    const [message] = callMessage(scope, person.party, direction, frame.id, begun, end);
    return facts(...links, message, callEdit(scope, frame.id, at, end));
  }
  return reported(scope, 'notice', `call ${frame.event}`);
}

/** `statuses[]` of type `call`: how far a call of ours has come. */
export function callStatusFacts(scope: Scope, frame: z.infer<typeof StatusFrame>, at: number): Mapped {
  const state = ({ RINGING: 'ringing', ACCEPTED: 'connected', REJECTED: 'rejected' } as const)[
    frame.status.toUpperCase()
  ];
  if (state === undefined) return reported(scope, 'notice', `call status ${frame.status}`);
  const sole = scope.contacts.length === 1 ? scope.contacts[0] : undefined;
  const named =
    sole === undefined
      ? { waId: frame.recipient_id, userId: frame.recipient_user_id }
      : { waId: sole.wa_id, userId: sole.user_id };
  const person = personOf(named, scope.contacts);
  if (person === null) return reported(scope, 'misfit', 'call of nobody');
  const [message] = callMessage(scope, person.party, 'out', frame.id, at, { state, duration: null });
  const links = linkOf(scope.channelId, person);
  return facts(...links, message, callEdit(scope, frame.id, at, { state, duration: null }));
}

type State = { state: Call['state']; duration: number | null };

function ending(direction: Direction, status: string | null, duration: number | null): State {
  if (status === 'FAILED') return { state: 'failed', duration };
  if (status === 'REJECTED') return { state: 'rejected', duration };
  const talked = duration !== null && duration > 0;
  return { state: talked || direction === 'out' ? 'ended' : 'missed', duration };
}

function callMessage(scope: Scope, party: Party, direction: Direction, id: string, at: number, state: State) {
  return [
    {
      type: 'message',
      channelId: scope.channelId,
      party,
      direction,
      providerId: id,
      dedupKey: ['call', id, direction].join('|'),
      sentAt: at,
      content: contentOf(state),
      quotedProviderId: null,
      forwarded: 'no',
      referral: null,
    },
  ] as const;
}

function callEdit(scope: Scope, id: string, at: number, state: State) {
  return { type: 'edit', channelId: scope.channelId, providerId: id, content: contentOf(state), at } as const;
}

/** Durations come in seconds. */
function contentOf({ state, duration }: State): Call {
  return {
    kind: 'call',
    state,
    video: false,
    durationMs: duration === null ? null : Math.round(duration * 1000),
  };
}
