/**
 * What a desktop asks the gateway to do. Each command has a client-made, time-sortable id: the gateway applies an id once and
 * answers every repetition with the first answer.
 */
import { z } from 'zod';
import { ConsentEntry } from '../domain/consent.ts';
import { ContactField } from '../domain/contact-field.ts';
import { ContactChange, MAX_CONTACT_CHANGES } from '../domain/contact.ts';
import { ConversationStatus } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { HoldScope } from '../domain/legal-hold.ts';
import { LibraryContent } from '../domain/library.ts';
import { MergeChoices } from '../domain/merge.ts';
import { MessageContent } from '../domain/message-content.ts';
import { WorkspaceRetention } from '../domain/retention.ts';
import { RightsRequest } from '../domain/rights.ts';
import { Timestamp } from '../domain/time.ts';
import { Notice } from '../domain/workspace.ts';
import { GatewayErrorSchema } from './errors.ts';

const onConversation = { conversationId: Id };
const ContactIds = z.array(Id).min(1).max(MAX_CONTACT_CHANGES);

export const CommandData = {
  /** `messageId` is made by the client; the message keeps it everywhere. */
  'message.send': z.object({
    ...onConversation,
    messageId: Id,
    content: MessageContent,
    quotedMessageId: Id.nullable(),
    /**
     * The highest `rev` of a message or note of this conversation that the writer has seen. When somebody else has added one with a
     * higher number, the command is refused with `unseen`. Left out or null: send whatever came.
     */
    seenRev: z.number().int().nonnegative().nullish(),
    /** Why a message of the company's initiative goes out without recorded consent: kept in the timeline. */
    override: z.string().min(1).max(500).nullish(),
  }),
  /** Sends a failed message once more, as the same message with the next attempt number. */
  'message.retry': z.object({ ...onConversation, messageId: Id }),
  'message.react': z.object({
    ...onConversation,
    messageId: Id,
    emoji: z.string().min(1).max(32).nullable(),
  }),
  'note.add': z.object({
    ...onConversation,
    noteId: Id,
    body: z.string().min(1).max(10_000),
    mentions: z.array(Id).max(50),
  }),
  /** Everything up to and including `upTo` (a message id) has been read. */
  'conversation.read': z.object({ ...onConversation, upTo: Id }),
  'conversation.unread': z.object(onConversation),
  /** Both null: back to the queue. `note` is kept in the timeline as what was said with it. */
  'conversation.assign': z.object({
    ...onConversation,
    assigneeId: Id.nullable(),
    teamId: Id.nullish(),
    note: z.string().max(2000).nullish(),
  }),
  'conversation.status': z.object({
    ...onConversation,
    status: ConversationStatus,
    /** With `snoozed`: until then, or null until the customer writes. */
    snoozedUntil: Timestamp.nullable(),
    /** With `closed`: why. */
    reason: z.string().max(200).nullish(),
  }),
  /**
   * Takes back what an earlier command of this user did, also when the conversation has left the user's sight by it. `restore` is what
   * the desktop shows meanwhile: the fields as they were there.
   */
  'conversation.undo': z.object({
    ...onConversation,
    commandId: Id,
    restore: z
      .object({
        assigneeId: Id.nullable(),
        teamId: Id.nullable(),
        status: ConversationStatus,
        snoozedUntil: Timestamp.nullable(),
        closeReason: z.string().nullable(),
        labelIds: z.array(Id).max(100),
        unread: z.number().int().nonnegative(),
      })
      .partial(),
  }),
  'conversation.labels': z.object({ ...onConversation, labelIds: z.array(Id).max(100) }),
  /** Makes or replaces a thing of the library. `team` things are for supervisors and owners. */
  'library.save': z.object({ itemId: Id, scope: z.enum(['team', 'personal']), content: LibraryContent }),
  'library.delete': z.object({ itemId: Id }),
  /**
   * Makes contacts or changes what the company wrote about them: one person's edit, a bulk edit, a stretch of an import. Each change is
   * checked by itself; when one does not fit, the whole command is refused. `importId` ties what an import made together.
   */
  'contacts.change': z.object({
    changes: z.array(ContactChange).min(1).max(MAX_CONTACT_CHANGES),
    importId: Id.nullable(),
  }),
  /** `deleted` false brings them back. Conversations stay. */
  'contacts.delete': z.object({ contactIds: ContactIds, deleted: z.boolean() }),
  /** The loser's conversations and identities go to the winner; everything before is kept for undoing. */
  'contact.merge': z.object({ mergeId: Id, winnerId: Id, loserId: Id, choices: MergeChoices }),
  'contact.unmerge': z.object({ mergeId: Id }),
  /** These two are not one person (`apart`), or may be after all: nobody is asked about them again. */
  'contacts.keep_apart': z.object({ firstId: Id, secondId: Id, apart: z.boolean() }),
  /** Null lifts the restriction. */
  'contact.restrict': z.object({
    contactId: Id,
    restriction: z.object({ reason: z.string().min(1).max(2000), requestId: Id.nullable() }).nullable(),
  }),
  /** Removes the person and everything that was written with them, for good. For owners and supervisors. */
  'contact.erase': z.object({
    contactId: Id,
    requestId: Id.nullable(),
    reason: z.string().min(1).max(2000),
  }),
  /** Writes a line of the ledger. The gateway sets who recorded it, and when. */
  'consent.record': z.object({
    entry: ConsentEntry.omit({ recordedBy: true, recordedAt: true, rev: true }),
  }),
  /** Defines a custom field, for owners. Its type stays what it was. */
  'field.save': z.object({ field: ContactField.omit({ deleted: true, rev: true }) }),
  /** The values stay at the contacts and come back with a field of the same id. */
  'field.delete': z.object({ fieldId: Id }),
  /** A conversation of the company's initiative. With one that exists for this contact and channel: `conflict`. */
  'conversation.start': z.object({ ...onConversation, contactId: Id, channelId: Id }),
  /** Opens or goes on with a request of a person about their data. Agents may open one; the rest is for supervisors and owners. */
  'rights.save': z.object({ request: RightsRequest }),
  /** Replaces the workspace's rule of how long things are kept. These three are for owners. */
  'retention.save': z.object({
    retention: WorkspaceRetention.omit({ updatedAt: true, updatedBy: true, rev: true }),
  }),
  'hold.save': z.object({
    holdId: Id,
    scope: HoldScope,
    reason: z.string().trim().min(1).max(2000),
    reviewAt: Timestamp,
  }),
  'hold.release': z.object({ holdId: Id }),
  /** The contract ends then (now at the earliest): desktops wipe what they have as the profile promises. Again: another date. For owners. */
  'termination.begin': z.object({ endsAt: Timestamp }),
  'termination.cancel': z.object({}),
  /** This user has read a notice, for good. */
  'notice.acknowledge': z.object({ notice: Notice }),
} as const;

export type CommandType = keyof typeof CommandData;
export type Command = {
  [T in CommandType]: { id: string; type: T; data: z.infer<(typeof CommandData)[T]> };
}[CommandType];

export const CommandFrame = z.object({ id: Id, type: z.string(), data: z.unknown() });

/** `seq` is the log's number after the command: once the desktop has applied the log up to it, the command has landed. */
export const CommandAck = z.discriminatedUnion('ok', [
  z.object({ id: Id, ok: z.literal(true), seq: z.number().int().nonnegative() }),
  z.object({ id: Id, ok: z.literal(false), error: GatewayErrorSchema }),
]);
export type CommandAck = z.infer<typeof CommandAck>;

/** Checks a command as it came off the wire. */
export function parseCommand(
  raw: unknown,
): { ok: true; command: Command } | { ok: false; id: string | null; issue: string } {
  const frame = CommandFrame.safeParse(raw);
  if (!frame.success) return { ok: false, id: null, issue: issuePath(frame.error) };
  const { id, type } = frame.data;
  if (!Object.hasOwn(CommandData, type)) return { ok: false, id, issue: 'unknown command type' };
  const data = CommandData[type as CommandType].safeParse(frame.data.data);
  if (!data.success) return { ok: false, id, issue: issuePath(data.error) };
  return { ok: true, command: { id, type, data: data.data } as Command };
}

function issuePath(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.join('.')}: ${first.code}`;
}
