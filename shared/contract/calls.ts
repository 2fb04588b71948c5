/**
 * Every call from the page to the main process, as a use case: name, input, output. Both ends derive from this map; a missing
 * handler or a mistyped call does not compile. Errors are `CallError`, whatever the call.
 */
import { z } from 'zod';
import { ConversationFilter, ConversationSort } from '../domain/conversation-filter.ts';
import { Id } from '../domain/id.ts';
import { LibraryContent, LibraryItem } from '../domain/library.ts';
import { MessageContent } from '../domain/message-content.ts';
import { Timestamp } from '../domain/time.ts';
import { EphemeralSignal, PresenceState } from '../protocol/ephemeral.ts';
import { Device } from '../protocol/session.ts';
import { ActionOutcome, ConversationAction, MAX_BULK } from './actions.ts';
import { backupCalls } from './backup.ts';
import { auditCalls } from './audit.ts';
import { call, nothing } from './call.ts';
import { contactCalls } from './contacts.ts';
import { diagnosticsCalls } from './diagnostics.ts';
import { importCalls } from './imports.ts';
import { retentionCalls } from './retention.ts';
import { rightsCalls } from './rights.ts';
import { securityCalls } from './security.ts';
import { terminationCalls } from './termination.ts';
import {
  ConversationDetail,
  ConversationRow,
  Diagnostics,
  Directory,
  Draft,
  ListCursor,
  OutboxItem,
  SearchResult,
  ThreadCursor,
  ThreadPage,
  View,
  ViewCount,
} from './rows.ts';
import { Settings } from './settings.ts';
import { AppState, ConnectionState, KeyMode, UnsentWork } from './state.ts';

const conversation = z.object({ conversationId: Id });

export const calls = {
  'app.state': call(nothing, AppState),
  /** Answers the key question of the first start. `passphrase` is required for that mode. */
  'key.create': call(z.object({ mode: KeyMode, passphrase: z.string().max(1024).nullable() }), nothing),
  /** Opens a locked cache. Null: its key needs no passphrase. Refused with `wrong_passphrase`, and then with `too_soon` for a while. */
  'key.unlock': call(z.object({ passphrase: z.string().min(1).max(1024).nullable() }), nothing),
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
  /** What the gateway does not have yet. */
  'session.unsent': call(nothing, UnsentWork),
  /** `discardUnsent`: without it, signing out while there is something of `session.unsent` is refused with `forbidden`. */
  'session.signOut': call(z.object({ discardUnsent: z.boolean() }), nothing),
  /** One's own; for owners and supervisors those of the whole workspace. */
  'session.devices': call(nothing, z.array(Device)),
  'session.revokeDevice': call(z.object({ deviceId: Id }), nothing),
  /** Signs it out; the next time that it finds the gateway it destroys its key and removes its files. */
  'session.wipeDevice': call(z.object({ deviceId: Id }), nothing),

  'connection.state': call(nothing, z.object({ connection: ConnectionState, unsent: z.number().int() })),
  'connection.retry': call(nothing, nothing),
  /** Why a gateway that could be reached is not talked to: what it speaks, and what its profile promises; null: for no such reason. */
  'connection.refusal': call(
    nothing,
    z.object({ tls: z.object({ spoken: z.string(), promised: z.enum(['1.2', '1.3']) }).nullable() }),
  ),
  'connection.signal': call(EphemeralSignal, nothing),

  'inbox.views': call(nothing, z.array(ViewCount)),
  'inbox.list': call(
    z.object({
      view: View,
      sort: ConversationSort,
      after: ListCursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ rows: z.array(ConversationRow), next: ListCursor.nullable() }),
  ),
  /** Ids of everything in a view, in its order, up to `MAX_BULK`: for selecting all. */
  'inbox.ids': call(z.object({ view: View, sort: ConversationSort }), z.object({ ids: z.array(Id) })),
  /** How many conversations a filter lets through, for building a view. */
  'inbox.count': call(z.object({ filter: ConversationFilter }), z.object({ total: z.number().int() })),
  /** Does the same to one conversation or to many, as one step that can be undone. */
  'conversations.apply': call(
    z.object({ conversationIds: z.array(Id).min(1).max(MAX_BULK), action: ConversationAction }),
    ActionOutcome,
  ),
  /** Takes an action back: what was not sent is withdrawn, what was sent is reversed. `not_found` when it is too late. */
  'undo.apply': call(z.object({ undoId: Id }), nothing),
  /** Runs a macro of the library. */
  'macro.run': call(
    z.object({ macroId: Id, conversationIds: z.array(Id).min(1).max(MAX_BULK) }),
    ActionOutcome,
  ),
  'library.list': call(nothing, z.array(LibraryItem)),
  'library.save': call(
    z.object({ itemId: Id.nullable(), scope: z.enum(['team', 'personal']), content: LibraryContent }),
    z.object({ itemId: Id }),
  ),
  'library.delete': call(z.object({ itemId: Id }), nothing),
  'settings.get': call(nothing, Settings),
  'settings.save': call(Settings, nothing),
  /** What is known of the colleagues right now; empty while offline. */
  'presence.list': call(nothing, z.array(z.object({ userId: Id, state: PresenceState }))),
  'directory.get': call(nothing, Directory),
  /** Whether the window has the focus: nothing is announced about the conversation that is looked at. */
  'window.focus': call(z.object({ focused: z.boolean() }), nothing),

  'conversation.get': call(conversation, ConversationDetail),
  'conversation.thread': call(
    z.object({
      conversationId: Id,
      before: ThreadCursor.nullable(),
      /** Towards the present instead; at most one of the two is given. */
      after: ThreadCursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    ThreadPage,
  ),
  /** The thread around a message or a point in time: what a jump shows. `not_found` when the message is not here. */
  'conversation.around': call(
    z.object({
      conversationId: Id,
      target: z.union([z.object({ messageId: Id }), z.object({ at: Timestamp })]),
      limit: z.number().int().min(1).max(500),
    }),
    ThreadPage,
  ),
  /** Brings older history of this conversation from the gateway into the cache; answers how much came. */
  'conversation.loadOlder': call(conversation, z.object({ messages: z.number().int() })),
  /**
   * Conversations with older messages that are only at the gateway: how many, and the most recently active of them. `conversation.loadOlder`
   * brings theirs.
   */
  'history.missing': call(nothing, z.object({ conversations: z.number().int(), ids: z.array(Id) })),
  'conversation.read': call(z.object({ conversationId: Id, upTo: Id }), nothing),

  'message.send': call(
    z.object({
      conversationId: Id,
      content: MessageContent,
      quotedMessageId: Id.nullable(),
      /** Send later: not before this. Null: now, after the time to undo of the settings. */
      sendAt: Timestamp.nullable(),
      /** Highest `rev` of what the writer has seen here; null sends whatever came meanwhile. */
      seenRev: z.number().int().nonnegative().nullable(),
      /** Why it goes out without recorded consent; null: no reason was given. */
      override: z.string().min(1).max(500).nullish(),
    }),
    /** Until `undoUntil` the message can be discarded and has not left this machine. */
    z.object({ messageId: Id, undoUntil: Timestamp.nullable() }),
  ),
  /** Sends a failed or held message again, as the same message. */
  'message.retry': call(
    /** `anyway`: without looking again for what the writer has not seen, or who it is assigned to now. */
    z.object({ conversationId: Id, messageId: Id, anyway: z.boolean() }),
    nothing,
  ),
  /** Changes what a message says, or when it goes, while it has not left this machine. */
  'message.revise': call(
    z.object({ conversationId: Id, messageId: Id, content: MessageContent, sendAt: Timestamp.nullable() }),
    nothing,
  ),
  /** Throws away a message that is still in the outbox and not under way; answers what it said, for the composer. */
  'message.discard': call(
    z.object({ conversationId: Id, messageId: Id }),
    z.object({ content: MessageContent }),
  ),
  'message.react': call(
    z.object({ conversationId: Id, messageId: Id, emoji: z.string().min(1).max(32).nullable() }),
    nothing,
  ),
  'note.add': call(
    z.object({ conversationId: Id, body: z.string().min(1).max(10_000), mentions: z.array(Id).max(50) }),
    z.object({ noteId: Id }),
  ),

  /** An empty draft is removed. */
  'draft.save': call(z.object({ conversationId: Id, draft: Draft }), nothing),
  /** Forgets a file that was put on this machine and not sent. */
  'attachment.discard': call(z.object({ mediaId: Id }), nothing),
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
  /**
   * Opens a file of a message in the program that the system has for it, as a readable copy that is removed when the application ends.
   * Programs, scripts and what is not known are refused with `forbidden`.
   */
  'media.open': call(z.object({ mediaId: Id }), nothing),
  /** Opens a web or telephone link outside of the application. Other schemes are refused. */
  'link.open': call(z.object({ url: z.string().max(4096) }), nothing),
  'diagnostics.get': call(nothing, Diagnostics),

  ...backupCalls,
  ...auditCalls,
  ...contactCalls,
  ...diagnosticsCalls,
  ...importCalls,
  ...rightsCalls,
  ...securityCalls,
  ...retentionCalls,
  ...terminationCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** Whether a name that came from outside is a call. */
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
