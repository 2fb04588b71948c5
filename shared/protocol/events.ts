/**
 * The durable events of a workspace's log. The gateway numbers them; a desktop applies them in order. Every state that an
 * event carries has the event's number as its `rev`, so that applying one twice, or an old one late, changes nothing.
 */
import { z } from 'zod';
import { Activity } from '../domain/activity.ts';
import { Channel } from '../domain/channel.ts';
import { ConsentEntry } from '../domain/consent.ts';
import { ContactField } from '../domain/contact-field.ts';
import { Contact, MAX_CONTACT_CHANGES } from '../domain/contact.ts';
import { Conversation } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { LegalHold } from '../domain/legal-hold.ts';
import { LibraryItem } from '../domain/library.ts';
import { ContactMerge } from '../domain/merge.ts';
import { MessageContent } from '../domain/message-content.ts';
import { Delivery } from '../domain/message-status.ts';
import { Message, Note } from '../domain/message.ts';
import { BreachNotice } from '../domain/policy-clocks.ts';
import { PolicyProfile } from '../domain/policy.ts';
import { WorkspaceRetention } from '../domain/retention.ts';
import { RightsRequest } from '../domain/rights.ts';
import { Team } from '../domain/team.ts';
import { WorkspaceTermination } from '../domain/termination.ts';
import { SupportAccess } from '../domain/support-access.ts';
import { Timestamp } from '../domain/time.ts';
import { Label, Template, User } from '../domain/workspace.ts';

const ofMessage = { messageId: Id, conversationId: Id };

/** By type: what the event carries. */
export const EventData = {
  /** `conversation` is the state after this message: unread, window, order in the list. */
  'message.created': z.object({ message: Message, conversation: Conversation }),
  'message.status': z.object({ ...ofMessage, delivery: Delivery }),
  'message.edited': z.object({ ...ofMessage, content: MessageContent, editedAt: Timestamp }),
  'message.deleted': z.object({
    ...ofMessage,
    deletedAt: Timestamp,
    deletedBy: z.enum(['contact', 'business']),
  }),
  /** `emoji` null takes the reaction of `by` back. */
  'message.reaction': z.object({ ...ofMessage, by: z.string(), emoji: z.string().nullable(), at: Timestamp }),
  'note.created': z.object({ note: Note }),
  'activity.created': z.object({ activity: Activity }),
  'conversation.changed': z.object({ conversation: Conversation }),
  /**
   * The conversation has come into this user's sight: its contact comes along with the contact's ledger and merges, its history is pulled.
   * Left out: none.
   */
  'conversation.granted': z.object({
    conversation: Conversation,
    contact: Contact,
    consents: z.array(ConsentEntry).optional(),
    merges: z.array(ContactMerge).optional(),
  }),
  /** The conversation has left this user's sight and must leave the cache, with all that belongs to it. */
  'conversation.withdrawn': z.object({
    conversationId: Id,
    /** Leaves too when no other conversation with it is here, also where the conversation itself had not come yet. */
    contactId: Id.optional(),
  }),
  'contact.changed': z.object({ contact: Contact }),
  /** The same for many at once: bulk edits and imports. */
  'contacts.changed': z.object({ contacts: z.array(Contact).max(MAX_CONTACT_CHANGES) }),
  /** A merge, or its undoing (`undoneAt`). The contacts and conversations that it changed follow as events of their own. */
  'contact.merged': z.object({ merge: ContactMerge }),
  /** The person is gone, with these conversations: a desktop removes everything of them and keeps only the ids, so that nothing late brings them back. */
  'contact.erased': z.object({
    contactId: Id,
    conversationIds: z.array(Id),
    requestId: Id.nullable(),
    erasedAt: Timestamp,
    /** With whom the person had ever been one: each was told again after the number `since` to who sees them; with who was not, they leave. */
    told: z.object({ contactIds: z.array(Id), since: z.number().int().nonnegative() }).optional(),
  }),
  'contacts.kept_apart': z.object({ firstId: Id, secondId: Id, apart: z.boolean() }),
  'consent.recorded': z.object({ entry: ConsentEntry }),
  'field.changed': z.object({ field: ContactField }),
  'rights.changed': z.object({ request: RightsRequest }),
  'user.changed': z.object({ user: User }),
  'channel.changed': z.object({ channel: Channel }),
  'team.changed': z.object({ team: Team }),
  'label.changed': z.object({ label: Label }),
  'template.changed': z.object({ template: Template }),
  /** A thing of the team's library, or of this user's own. */
  'library.changed': z.object({ item: LibraryItem }),
  'policy.changed': z.object({ policy: PolicyProfile }),
  /** The workspace's own rule of how long things are kept. */
  'retention.changed': z.object({ retention: WorkspaceRetention }),
  /** A legal hold was put, or lifted (`releasedAt`). */
  'hold.changed': z.object({ hold: LegalHold }),
  /** Data was accessed by the wrong people. */
  'breach.told': z.object({ notice: BreachNotice }),
  /** The workspace comes to its end, or not after all (`cancelledAt`). */
  'termination.changed': z.object({ termination: WorkspaceTermination }),
  /** Somebody of the gateway's staff looked at this workspace: every desktop keeps it in its audit. */
  'support.accessed': z.object({ access: SupportAccess }),
  /** What this user may see has changed as a whole (role, channels): the cache is rebuilt by a new first sync. */
  'access.changed': z.object({ userId: Id }),
} as const;

export type EventType = keyof typeof EventData;
export type DomainEvent = {
  [T in EventType]: { seq: number; at: number; type: T; data: z.infer<(typeof EventData)[T]> };
}[EventType];

/** The frame of an event, before its data is looked at: what is kept when the data does not fit. */
export const EventFrame = z.object({
  seq: z.number().int().positive(),
  at: Timestamp,
  type: z.string(),
  data: z.unknown(),
});
export type EventFrame = z.infer<typeof EventFrame>;

/**
 * A stretch of the log as one user may see it: everything after `from` up to and including `to`. Events that the user may
 * not see are left out, so `events` may be empty and its numbers have gaps; `from` and `to` never lie.
 */
export const EventBatch = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  /** The newest number of the log when this was sent: `head - to` events are still to come. */
  head: z.number().int().nonnegative(),
  events: z.array(z.unknown()),
});
export type EventBatch = z.infer<typeof EventBatch>;

export type ParsedEvent =
  | { ok: true; event: DomainEvent }
  | { ok: false; reason: 'unknown_type' | 'invalid'; seq: number | null; type: string | null; issue: string };

/** Checks one event of a batch. Never throws; what does not fit says why, without its contents. */
export function parseEvent(raw: unknown): ParsedEvent {
  const frame = EventFrame.safeParse(raw);
  if (!frame.success)
    return { ok: false, reason: 'invalid', seq: null, type: null, issue: issueOf(frame.error) };
  const { seq, at, type } = frame.data;
  if (!isEventType(type))
    return { ok: false, reason: 'unknown_type', seq, type, issue: 'unknown event type' };
  const data = EventData[type].safeParse(frame.data.data);
  if (!data.success) return { ok: false, reason: 'invalid', seq, type, issue: issueOf(data.error) };
  return { ok: true, event: { seq, at, type, data: data.data } as DomainEvent };
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EventData, type);
}

/** Path and code of the first issue: never the offending value, which may be a customer's words. */
function issueOf(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.join('.')}: ${first.code}`;
}
