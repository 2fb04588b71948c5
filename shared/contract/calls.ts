/**
 * Every call from the page to the main process, as a use case: name, input, output. Both ends derive from this map; a missing
 * handler or a mistyped call does not compile. Errors are `CallError`, whatever the call.
 */
import { z } from 'zod';
import { ConversationStatus } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { MessageContent } from '../domain/message-content.ts';
import { EphemeralSignal } from '../protocol/ephemeral.ts';
import { Device } from '../protocol/session.ts';
import {
  ConversationDetail,
  ConversationRow,
  Diagnostics,
  Directory,
  ListCursor,
  OutboxItem,
  SearchResult,
  ThreadCursor,
  ThreadPage,
  View,
  ViewCount,
} from './rows.ts';
import { AppState, ConnectionState, KeyMode } from './state.ts';

const nothing = z.object({});
const conversation = z.object({ conversationId: Id });

function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}

export const calls = {
  'app.state': call(nothing, AppState),
  /** Answers the key question of the first start. `passphrase` is required for that mode. */
  'key.create': call(z.object({ mode: KeyMode, passphrase: z.string().max(1024).nullable() }), nothing),
  /** Opens a cache whose key is wrapped by a passphrase. Refused with `wrong_passphrase`. */
  'key.unlock': call(z.object({ passphrase: z.string().min(1).max(1024) }), nothing),
  /** Answers a key problem: try again, accept the weak backend knowingly, or set the cache aside and start a new one. */
  'key.resolve': call(z.object({ action: z.enum(['retry', 'accept_weak', 'start_over']) }), nothing),
  /** Answers a cache problem: try again, or set the file aside, salvage what the user wrote, and rebuild the rest. */
  'app.recover': call(z.object({ action: z.enum(['retry', 'rebuild']) }), nothing),

  'session.signIn': call(
    z.object({
      gateway: z.url({ protocol: /^https?$/ }).max(2048),
      email: z.string().min(3).max(320),
      password: z.string().min(1).max(1024),
      totp: z.string().max(16).nullable(),
    }),
    nothing,
  ),
  /** `discardUnsent`: without it, signing out with unsent messages is refused with `forbidden`. */
  'session.signOut': call(z.object({ discardUnsent: z.boolean() }), nothing),
  'session.devices': call(nothing, z.array(Device)),
  'session.revokeDevice': call(z.object({ deviceId: Id }), nothing),

  'connection.state': call(nothing, z.object({ connection: ConnectionState, unsent: z.number().int() })),
  'connection.retry': call(nothing, nothing),
  'connection.signal': call(EphemeralSignal, nothing),

  'inbox.views': call(nothing, z.array(ViewCount)),
  'inbox.list': call(
    z.object({ view: View, after: ListCursor.nullable(), limit: z.number().int().min(1).max(500) }),
    z.object({ rows: z.array(ConversationRow), next: ListCursor.nullable() }),
  ),
  'directory.get': call(nothing, Directory),

  'conversation.get': call(conversation, ConversationDetail),
  'conversation.thread': call(
    z.object({
      conversationId: Id,
      before: ThreadCursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    ThreadPage,
  ),
  /** Brings older history of this conversation from the gateway into the cache; answers how much came. */
  'conversation.loadOlder': call(conversation, z.object({ messages: z.number().int() })),
  'conversation.read': call(z.object({ conversationId: Id, upTo: Id }), nothing),
  'conversation.unread': call(conversation, nothing),
  'conversation.assign': call(z.object({ conversationId: Id, assigneeId: Id.nullable() }), nothing),
  'conversation.status': call(
    z.object({ conversationId: Id, status: ConversationStatus, snoozedUntil: z.number().int().nullable() }),
    nothing,
  ),
  'conversation.labels': call(z.object({ conversationId: Id, labelIds: z.array(Id).max(100) }), nothing),

  'message.send': call(
    z.object({ conversationId: Id, content: MessageContent, quotedMessageId: Id.nullable() }),
    z.object({ messageId: Id }),
  ),
  /** Sends a failed or held message again, as the same message. */
  'message.retry': call(z.object({ conversationId: Id, messageId: Id }), nothing),
  /** Throws away a message that is still in the outbox and not under way. */
  'message.discard': call(z.object({ conversationId: Id, messageId: Id }), nothing),
  'message.react': call(
    z.object({ conversationId: Id, messageId: Id, emoji: z.string().min(1).max(32).nullable() }),
    nothing,
  ),
  'note.add': call(
    z.object({ conversationId: Id, body: z.string().min(1).max(10_000), mentions: z.array(Id).max(50) }),
    z.object({ noteId: Id }),
  ),

  /** An empty text removes the draft. */
  'draft.save': call(z.object({ conversationId: Id, text: z.string().max(65_536) }), nothing),
  'outbox.list': call(nothing, z.array(OutboxItem)),
  'search.query': call(
    z.object({
      text: z.string().max(1024),
      conversationId: Id.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    SearchResult,
  ),
  /** Makes a file of a message ready to be shown from `/media/<id>`; answers once it is on this machine. */
  'media.load': call(z.object({ mediaId: Id }), z.object({ mimeType: z.string(), size: z.number().int() })),
  /** Opens a web or telephone link outside of the application. Other schemes are refused. */
  'link.open': call(z.object({ url: z.string().max(4096) }), nothing),
  'diagnostics.get': call(nothing, Diagnostics),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** Whether a name that came from outside is a call. */
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
