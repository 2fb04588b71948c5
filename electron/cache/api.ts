/**
 * What the cache can do, as the main thread sees it. Reads go to reader threads, searches to one of their own, writes to the
 * one writer; every method is one message to a worker and one answer. A reader has no method that writes.
 */
import type { DiagnosticsReport } from '../../shared/contract/diagnostics.ts';
import type { ConsentEntry } from '../../shared/domain/consent.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Channel } from '../../shared/domain/channel.ts';
import type { ConversationFilter, ConversationSort } from '../../shared/domain/conversation-filter.ts';
import type { LibraryItem } from '../../shared/domain/library.ts';
import type { MediaRef, MessageContent } from '../../shared/domain/message-content.ts';
import type { Message, Note } from '../../shared/domain/message.ts';
import type { Template, User, Workspace } from '../../shared/domain/workspace.ts';
import type { AuditReader, AuditWriter } from './audit/types.ts';
import type { CipherFacts } from './cipher-facts.ts';
import type { RestoreReader, RestoreWriter } from './backup/types.ts';
import type { ImportReader, ImportWriter } from './imports/types.ts';
import type { PeopleReader, PeopleWriter } from './people/types.ts';
import type { RetentionReader, RetentionWriter } from './retention/types.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { GatewayError } from '../../shared/protocol/errors.ts';
import type { EventBatch } from '../../shared/protocol/events.ts';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import type { UnsentWork } from '../../shared/contract/state.ts';
import type {
  ContactPage,
  ConversationHistoryRequest,
  ConversationPage,
  HistoryPage,
  Snapshot,
} from '../../shared/protocol/sync.ts';
import type {
  ChangeSet,
  ConversationDetail,
  ConversationRow,
  Diagnostics,
  Directory,
  Draft,
  HoldReason,
  ListCursor,
  OutboxItem,
  SearchResult,
  ThreadCursor,
  ThreadPage,
  View,
  ViewCount,
} from '../../shared/contract/rows.ts';

/** Who is signed in on this cache. Kept in the encrypted file, so that no token is ever outside it. */
export type StoredSession = {
  gateway: string;
  deviceId: string;
  me: User;
  workspace: Workspace;
  tokens: SessionTokens;
};

/** How far the cache has come with the gateway. `stage` is what first sync does next. */
export type SyncState = {
  cursor: number;
  stage: 'snapshot' | 'conversations' | 'history' | 'done';
  /** Cursor of the next page of the stage; null for its first page. */
  next: string | null;
  conversations: number;
  messages: number;
  /** The contacts without a conversation: a stretch of its own between conversations and history, also for a cache that is `done`. */
  contacts: { done: boolean; next: string | null; count: number };
  totals: { conversations: number; messages: number; contacts: number };
};

/** A page of the gateway with what it was asked for, so that the stored place moves in the same transaction. */
export type SyncPage = { rejected?: readonly RejectedItem[] } & (
  | { type: 'conversations'; page: ConversationPage }
  | { type: 'contacts'; page: ContactPage }
  | { type: 'history'; page: HistoryPage }
  | { type: 'conversation'; request: ConversationHistoryRequest; page: HistoryPage }
);

/** An item of a page that does not fit its schema: kept aside as it came, as an event would be. */
export type RejectedItem = { raw: unknown; issue: string };

/** `stale`: the page was older than the cursor and nothing was applied; ask for it again. */
export type PageOutcome = { applied: boolean; stale: boolean; changes: ChangeSet; state: SyncState };

/** `gap`: the batch starts after the cursor; nothing was applied. `quarantined` events did not fit and were kept aside. */
export type BatchOutcome = {
  gap: boolean;
  cursor: number;
  quarantined: number;
  settled: string[];
  changes: ChangeSet;
};

/** A command that may be sent now: the first of its conversation. */
export type DueCommand = { command: Command; attempts: number };

export type OutboxDue = {
  due: DueCommand[];
  /** When the next one that waits for its time is due, or null. */
  nextAt: number | null;
  unsent: number;
};

/** When messages that were written for later (or can still be taken back) are due next, and in which conversations. */
export type NextSendTime = { at: number; conversationIds: string[] };

/** What `checkSend` asks about a message that is about to be sent, as it is shown here now. */
export type SendFacts = {
  id: string;
  conversation: Conversation;
  contact: Contact;
  /** The contact's ledger, with what is still to be sent. */
  consents: ConsentEntry[];
  channel: Channel;
  /** Of a template message: the template with its channel, name and language; null when it is not here. */
  template: Template | null;
  /** `rev` of the newest message or note that somebody else wrote; null: there is none. */
  newestForeignRev: number | null;
  /** Who had it when the message was written; undefined: do not ask (it was said to be sent anyway). */
  assigneeIdWhenWritten?: string | null | undefined;
};

/** A conversation as it is shown, for doing something to it and for taking that back. `pinId`: its pin in the library. */
export type ConversationStanding = { conversation: Conversation; pinId: string | null };

/** What became of a command that was emitted. */
export type Settlement =
  | { id: string; outcome: 'acked'; seq: number }
  /** The gateway will never take it: held for the user's choice, optimistic changes taken back where they would lie. */
  | { id: string; outcome: 'refused'; error: GatewayError }
  /** Not taken this time (connection lost, busy): waits until `retryAt`. */
  | { id: string; outcome: 'again'; retryAt: number; error: GatewayError | null };

export type MediaRecord = {
  media: MediaRef;
  /** Null while it is staged: no message has it yet. */
  messageId: string | null;
  /** `staged`: put here by the user, and the gateway does not have it yet. */
  state: 'remote' | 'local' | 'staged';
  file: string | null;
};

export type CacheReader = PeopleReader &
  ImportReader &
  RetentionReader &
  RestoreReader &
  AuditReader & {
    session(): Promise<StoredSession | null>;
    syncState(): Promise<SyncState>;
    views(input: { me: string; now: number }): Promise<ViewCount[]>;
    conversations(input: {
      view: View;
      sort: ConversationSort;
      me: string;
      now: number;
      after: ListCursor | null;
      limit: number;
    }): Promise<{ rows: ConversationRow[]; next: ListCursor | null }>;
    /** Ids of a view in its order. */
    conversationIds(input: {
      view: View;
      sort: ConversationSort;
      me: string;
      now: number;
      limit: number;
    }): Promise<string[]>;
    conversationCount(input: { filter: ConversationFilter; me: string; now: number }): Promise<number>;
    /** Those of them that are here, in the order of the ids. */
    standings(input: { ids: string[] }): Promise<ConversationStanding[]>;
    conversation(input: { id: string }): Promise<ConversationDetail | null>;
    /** At most one of `before` and `after` is given. */
    thread(input: {
      conversationId: string;
      before: ThreadCursor | null;
      after?: ThreadCursor | null;
      limit: number;
      /** Decides what is still scheduled; left out: this machine's clock. */
      now?: number;
    }): Promise<ThreadPage>;
    /** Null when the message is not here. */
    threadAround(input: {
      conversationId: string;
      target: { messageId: string } | { at: number };
      limit: number;
      now?: number;
    }): Promise<ThreadPage | null>;
    /** What is not deleted, by kind and id. */
    library(): Promise<LibraryItem[]>;
    /** Conversations whose history is known to be incomplete after the first sync (granted later), newest first. */
    incompleteConversations(input: {
      limit: number;
    }): Promise<{ conversationId: string; next: string | null }[]>;
    /** All whose history is not whole, during the first sync too: how many, and the most recently active ones. */
    missingHistory(input: { limit: number }): Promise<{ conversations: number; ids: string[] }>;
    historyOf(input: { conversationId: string }): Promise<{ complete: boolean; next: string | null }>;
    message(input: { id: string }): Promise<Message | null>;
    directory(): Promise<Directory>;
    outboxDue(input: { now: number; limit: number }): Promise<OutboxDue>;
    /** `now` decides what is still scheduled. */
    outboxItems(input: { now: number }): Promise<OutboxItem[]>;
    /** For the commands with these ids that are a `message.send` and whose conversation is here. */
    sendFacts(input: { ids: string[] }): Promise<SendFacts[]>;
    /** Messages and notes that the gateway does not have: see `WRITTEN_TYPES`. */
    unsentCount(): Promise<number>;
    /** All that would be lost with this file, also what is no message. */
    unsentWork(): Promise<UnsentWork>;
    nextSendTime(input: { now: number }): Promise<NextSendTime | null>;
    media(input: { id: string }): Promise<MediaRecord | null>;
    /** What opens the encrypted file of a media (as `saveMedia` stored it), or null while there is none on this machine. */
    mediaKey(input: {
      id: string;
    }): Promise<{ file: string; key: Uint8Array; size: number; sha256: string } | null>;
    /** Names of files whose messages are gone: remove them from the disk, then tell `forgetFiles`. */
    discardedFiles(): Promise<string[]>;
    /** The whole stored state, for tests that compare it with the gateway's. */
    dump(): Promise<{
      conversations: Conversation[];
      contacts: Contact[];
      messages: Message[];
      notes: Note[];
    }>;
    diagnosticKinds(): Promise<Pick<DiagnosticsReport, 'queue' | 'quarantine'>>;
    diagnostics(): Promise<Omit<Diagnostics, 'version' | 'protocol' | 'keyMode'>>;
  };

export type CacheSearcher = {
  /** Words, "phrases", prefixes and operators (`from:`, `in:`, `is:`, `has:`, `before:`, `after:`); any text is valid. */
  search(input: {
    text: string;
    conversationId: string | null;
    limit: number;
    now: number;
  }): Promise<SearchResult>;
};

export type CacheWriter = PeopleWriter &
  ImportWriter &
  RetentionWriter &
  RestoreWriter &
  AuditWriter & {
    saveSession(session: StoredSession): Promise<void>;
    saveTokens(tokens: SessionTokens): Promise<void>;
    /**
     * Forgets everything that can be had again. Precious rows, and who is signed in, go too only when `discardUnsent`: otherwise the session stays
     * without its tokens.
     */
    clear(input: { discardUnsent: boolean }): Promise<void>;
    applySnapshot(snapshot: Snapshot): Promise<{ changes: ChangeSet; state: SyncState }>;
    applyPage(page: SyncPage): Promise<PageOutcome>;
    applyBatch(batch: EventBatch): Promise<BatchOutcome>;
    /** Starts a new first sync: rebuildable tables are emptied as their pages come, precious ones stay. */
    restartSync(): Promise<SyncState>;
    /**
     * Stores a command and its optimistic effect in one transaction. Refuses when the conversation is not here. `sendAt`: not due
     * before. Who has the conversation now is kept with a `message.send`, for `sendFacts`.
     */
    enqueue(input: { command: Command; me: string; now: number; sendAt?: number | null }): Promise<ChangeSet>;
    /** The same for many, all or none, in their order. */
    enqueueMany(input: {
      commands: readonly { command: Command; sendAt: number | null }[];
      me: string;
      now: number;
    }): Promise<ChangeSet>;
    /** Takes commands out of the outbox that have never left this machine, with their effect. Answers which those were. */
    withdraw(input: { ids: string[] }): Promise<{ withdrawn: string[]; changes: ChangeSet }>;
    /** A due message is not sent but waits for a choice. No effect on one that is under way or gone. */
    hold(input: { id: string; reason: HoldReason }): Promise<ChangeSet>;
    /**
     * Marks commands as under way, so that nobody discards them any more. Answers those that were still waiting: one that was
     * discarded a moment ago must not be sent.
     */
    markSending(input: { ids: string[] }): Promise<string[]>;
    settle(settlements: Settlement[]): Promise<ChangeSet>;
    /** Everything under way when the process died (or the socket closed) waits again. */
    resetSending(): Promise<ChangeSet>;
    /** Puts a held message back into the queue as the same message, or makes a failed one a `message.retry`. */
    retryMessage(input: {
      conversationId: string;
      messageId: string;
      commandId: string;
      now: number;
      /** Without `seenRev`, and `sendFacts` asks no more who had the conversation. */
      anyway?: boolean;
    }): Promise<ChangeSet>;
    /** Changes a scheduled, waiting or held message; a held one waits again. Refuses with `conflict` when it may have left. */
    reviseMessage(input: {
      conversationId: string;
      messageId: string;
      /** New id of the command: the gateway may know the old one with other content. */
      commandId: string;
      content: MessageContent;
      sendAt: number | null;
      now: number;
    }): Promise<ChangeSet>;
    /**
     * Removes a held, scheduled or waiting message (or note: `content` is its text) that the gateway never took. Its staged files stay
     * staged. Answers null when it is under way or gone.
     */
    discardMessage(input: {
      conversationId: string;
      messageId: string;
    }): Promise<{ changes: ChangeSet; content: MessageContent } | null>;
    /** An empty one is removed. */
    saveDraft(input: { conversationId: string; draft: Draft; now: number }): Promise<ChangeSet>;
    /** A file of the user's, for a draft or message to come. `media(id)`, `mediaKey(id)` find it. */
    stageMedia(input: {
      media: MediaRef;
      file: string;
      key: Uint8Array;
      size: number;
      sha256: string;
      now: number;
    }): Promise<void>;
    /** The gateway has it. */
    mediaUploaded(input: { id: string }): Promise<void>;
    /** Forgets a staged file that no unsent message has; its file goes to `discardedFiles`. Answers whether there was one. */
    discardStaged(input: { id: string }): Promise<boolean>;
    /** The same for all that were staged before then and that no draft and no message has. */
    sweepStaged(input: { before: number }): Promise<number>;
    saveMedia(input: {
      id: string;
      file: string | null;
      key: Uint8Array | null;
      size: number;
      sha256: string;
    }): Promise<ChangeSet>;
    forgetFiles(input: { files: string[] }): Promise<void>;
    /** Runs what can wait: fills the search index from its high-water mark, checkpoints. Answers whether more is left. */
    maintain(input: { budgetMs: number }): Promise<{ more: boolean }>;
  };

/** Why the cache did not open, or stopped. Each has one screen and one outcome. */
export type CacheErrorKind =
  | 'damaged'
  | 'newer'
  | 'read_only'
  | 'disk_full'
  | 'in_use'
  | 'wrong_key'
  | 'closed';

export class CacheFailure extends Error {
  readonly kind: CacheErrorKind;

  constructor(kind: CacheErrorKind, message: string) {
    super(message);
    this.name = 'CacheFailure';
    this.kind = kind;
  }
}

/** Why the cache would not do one thing; the file is well. `not_found`: it is not here; `conflict`: its state forbids it; `too_slow`: a search was stopped. */
export type CacheRefusalKind = 'not_found' | 'conflict' | 'too_slow';

export class CacheRefusal extends Error {
  readonly kind: CacheRefusalKind;

  constructor(kind: CacheRefusalKind, message: string) {
    super(message);
    this.name = 'CacheRefusal';
    this.kind = kind;
  }
}

export type Cache = {
  read: CacheReader;
  search: CacheSearcher;
  write: CacheWriter;
  /** Called once when the file turns out damaged, full or read-only while open. */
  onFailure(listener: (failure: CacheFailure) => void): void;
  /** What protects the open file, as the cipher itself answers; null: it is in memory, there is no file. */
  cipherFacts(): Promise<CipherFacts | null>;
  /** A copy under another key, proven to open with it; the cache itself is only read. Answers its bytes. Nothing may write meanwhile. */
  encryptInto(file: string, newKey: Uint8Array): Promise<number>;
  close(): Promise<void>;
};
