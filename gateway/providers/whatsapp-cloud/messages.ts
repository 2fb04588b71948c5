/** `messages[]` and `message_echoes[]`: new messages, edits, deletions, reactions, system messages. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { ProviderFact } from '../provider.ts';
import { contentOf } from './content.ts';
import { linkOf, personOf } from './parties.ts';
import type { Person } from './parties.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, nothing, reported } from './scope.ts';
import { systemFacts } from './system-messages.ts';
import { MessageFrame, timeOf } from './webhook-schema.ts';

const MessageId = z.string().min(1).max(512);
const Reaction = z.object({ message_id: MessageId, emoji: z.string().nullish().catch(null) });
const Revoke = z.object({ original_message_id: MessageId });
const Edit = z.object({ original_message_id: MessageId, message: z.record(z.string(), z.unknown()) });
const InnerType = z.string().min(1).max(128);
const Referral = z.object({
  source_type: z.string().nullish().catch(null),
  source_url: z.string().nullish().catch(null),
  headline: z.string().nullish().catch(null),
  body: z.string().nullish().catch(null),
});

/** `out`: an echo of what somebody of the company wrote in the WhatsApp Business app. */
export type Direction = 'in' | 'out';

/** One item of `messages` or `message_echoes`. Never throws. */
export function messageFacts(scope: Scope, direction: Direction, raw: unknown): Mapped {
  const parsed = MessageFrame.safeParse(raw);
  if (!parsed.success) return reported(scope, 'misfit', 'message without id or type');
  const frame = parsed.data;
  const shaped = raw as Record<string, unknown>;
  const at = timeOf(frame.timestamp, scope.receivedAt);
  const by = direction === 'in' ? 'contact' : 'business';

  const reaction = frame.type === 'reaction' ? Reaction.safeParse(shaped['reaction']) : null;
  if (reaction?.success === true) {
    const { message_id: providerId, emoji } = reaction.data;
    return facts({
      type: 'reaction',
      channelId: scope.channelId,
      providerId,
      by,
      emoji: emoji ? emoji : null,
      at,
    });
  }
  const revoke = frame.type === 'revoke' ? Revoke.safeParse(shaped['revoke']) : null;
  if (revoke?.success === true) {
    return facts({
      type: 'delete',
      channelId: scope.channelId,
      providerId: revoke.data.original_message_id,
      at,
      by,
    });
  }

  const person = counterpart(scope, direction, frame);
  const edit = frame.type === 'edit' ? editOf(shaped) : null;
  if (edit !== null) {
    const orphan = person && {
      party: person.party,
      direction,
      dedupKey: dedupKeyOf(frame, at, direction, edit.content),
    };
    return facts({ type: 'edit', channelId: scope.channelId, at, ...edit, ...(orphan && { orphan }) });
  }
  if (person === null) return reported(scope, 'misfit', 'message of nobody');
  const links = linkOf(scope.channelId, person);
  if (frame.type === 'system') {
    return facts(...links, ...systemFacts(scope, frame, person, shaped['system'], at));
  }
  return newMessage(scope, direction, frame, shaped, person, at);
}

function newMessage(
  scope: Scope,
  direction: Direction,
  frame: MessageFrame,
  shaped: Record<string, unknown>,
  person: Person,
  at: number,
): Mapped {
  const errors = frame.errors.length > 0 ? frame.errors : scope.errors;
  const content = contentOf(frame.type, shaped, errors);
  const fact: ProviderFact = {
    type: 'message',
    channelId: scope.channelId,
    party: person.party,
    direction,
    providerId: frame.id,
    dedupKey: dedupKeyOf(frame, at, direction, content),
    sentAt: at,
    content,
    quotedProviderId: frame.context?.id ?? null,
    forwarded: forwardedOf(frame),
    referral: referralOf(frame),
  };
  const strange =
    content.kind === 'unknown' ? reported(scope, 'unknown_message_type', content.type) : nothing;
  return { facts: [...linkOf(scope.channelId, person), fact], reports: strange.reports };
}

/**
 * The customer of a message. In an echo that is `to`; where an echo names our own number there (Meta's examples of edited and
 * deleted echoes do), `contacts` tells.
 */
function counterpart(scope: Scope, direction: Direction, frame: MessageFrame): Person | null {
  if (direction === 'in') {
    const named = { waId: frame.from, userId: frame.from_user_id, parentUserId: frame.from_parent_user_id };
    return personOf(named, scope.contacts);
  }
  const swapped = scope.contacts.some((contact) => contact.wa_id != null && contact.wa_id === frame.from);
  const waId = swapped ? frame.from : frame.to;
  return personOf({ waId, userId: frame.to_user_id, parentUserId: frame.to_parent_user_id }, scope.contacts);
}

/**
 * A redelivery has the same id, the same type and the same time, and says the same. Everything else is a message of its own,
 * because a doubled placeholder can be ignored while a swallowed message cannot be answered.
 */
export function dedupKeyOf(
  frame: Pick<MessageFrame, 'id' | 'type'>,
  at: number,
  direction: Direction,
  content: MessageContent,
): string {
  const said = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
  return [frame.id, frame.type, at, direction, said].join('|');
}

function editOf(shaped: Record<string, unknown>): { providerId: string; content: MessageContent } | null {
  const edit = Edit.safeParse(shaped['edit']);
  if (!edit.success) return null;
  const type = InnerType.safeParse(edit.data.message['type']);
  const content = contentOf(type.success ? type.data : 'edit', edit.data.message, []);
  return { providerId: edit.data.original_message_id, content };
}

function forwardedOf(frame: MessageFrame): Message['forwarded'] {
  if (frame.context?.frequently_forwarded === true) return 'many';
  return frame.context?.forwarded === true ? 'once' : 'no';
}

function referralOf(frame: MessageFrame): Message['referral'] {
  if (frame.referral == null) return null;
  const parsed = Referral.safeParse(frame.referral);
  if (!parsed.success) return null;
  return {
    sourceType: parsed.data.source_type ?? null,
    sourceUrl: parsed.data.source_url ?? null,
    headline: parsed.data.headline ?? null,
    body: parsed.data.body ?? null,
  };
}
