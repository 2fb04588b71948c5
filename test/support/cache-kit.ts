/** What tests of the cache are made of: small states of a workspace, a cache on its threads, and the writer without a thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Cache, Settlement, StoredSession } from '../../electron/cache/api.ts';
import type { CacheWorkers, OpenCacheOptions } from '../../electron/cache/options.ts';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { migrate } from '../../electron/cache/migrations/list.ts';
import { openCache } from '../../electron/cache/open.ts';
import type { JsonText } from '../../electron/cache/read/json.ts';
import { WritableDb } from '../../electron/cache/sql.ts';
import type { Gap } from '../../electron/cache/worker/serve.ts';
import { createWriter } from '../../electron/cache/worker/writes.ts';
import type { ChangeSet, Draft } from '../../shared/contract/rows.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Message, Note } from '../../shared/domain/message.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { EventBatch } from '../../shared/protocol/events.ts';
import type { Snapshot } from '../../shared/protocol/sync.ts';
import { me, workspace, channel, label, policy, contactOf } from './domain.ts';

export {
  me,
  workspace,
  channel,
  label,
  policy,
  contactOf,
  conversationOf,
  messageOf,
  outgoingOf,
  noteOf,
} from './domain.ts';

export const KEY = Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 1);

export const WORKERS: CacheWorkers = {
  writer: new URL('../../electron/cache/worker/writer.ts', import.meta.url),
  reader: new URL('../../electron/cache/worker/reader.ts', import.meta.url),
};

/** A new folder under the system's temporary one, removed when the test's scope ends. */
export function temporaryFolder(): { folder: string; file: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-cache-'));
  return {
    folder,
    file: path.join(folder, 'parley.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function openTestCache(file: string, options: Partial<OpenCacheOptions> = {}): Promise<Cache> {
  return openCache({ file, key: KEY, workers: WORKERS, readers: 1, ...options });
}

/** The writer's methods on this thread, with the connection at hand: no worker, same code. */
export type Bench = {
  db: WritableDb;
  write: Writes;
  /** As after a start: what the writer had in memory is gone. */
  restartWriter(): void;
  [Symbol.dispose](): void;
};
type Writes = Omit<
  ReturnType<typeof createWriter>,
  'applyBatch' | 'applyPage' | 'enqueue' | 'withdraw' | 'settle' | 'showKept' | 'resetSending'
> & {
  applyBatch(batch: EventBatch): {
    gap: boolean;
    cursor: number;
    quarantined: number;
    settled: string[];
    changes: ChangeSet;
  };
  applyPage(page: unknown): { applied: boolean; stale: boolean; changes: ChangeSet };
  enqueue(input: { command: Command; me: string; now: number; sendAt?: number | null }): ChangeSet;
  settle(settlements: Settlement[]): ChangeSet;
  showKept(): boolean;
  resetSending(): ChangeSet;
  withdraw(input: { ids: string[] }): { withdrawn: string[]; changes: ChangeSet };
};

/** `gap`: how long pieces of work are interrupted. */
export function openBench(gap?: Gap): Bench {
  const temporary = temporaryFolder();
  const raw = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(raw);
  const db = new WritableDb(raw);
  return {
    db,
    write: createWriter(db, gap) as Writes,
    restartWriter() {
      this.write = createWriter(db, gap) as Writes;
    },
    [Symbol.dispose]() {
      raw.close();
      temporary[Symbol.dispose]();
    },
  };
}

/** The database's pages as they are behind the cipher, free ones included, in lower case: only for looking for what must be gone. */
export function plainPages(bench: Bench): string {
  return bench.db.raw.serialize().toString('latin1').toLowerCase();
}

export function parsed<T>(json: JsonText): T {
  return JSON.parse(json.text) as T;
}

export const session: StoredSession = {
  gateway: 'http://127.0.0.1:9',
  deviceId: newId(),
  me,
  workspace,
  tokens: { accessToken: 'access', accessExpiresAt: 1, refreshToken: 'refresh', refreshExpiresAt: 2 },
};

export function snapshotAt(asOf: number): Snapshot {
  return {
    asOf,
    workspace,
    me,
    users: [me],
    channels: [channel],
    teams: [],
    labels: [label],
    templates: [],
    library: [],
    fields: [],
    policy,
    totals: { conversations: 0, messages: 0 },
  };
}

export function sendCommand(
  conversation: Conversation,
  body: string,
): Extract<Command, { type: 'message.send' }> {
  const content = { kind: 'text' as const, body };
  const data = { conversationId: conversation.id, messageId: newId(), content, quotedMessageId: null };
  return { id: newId(), type: 'message.send', data };
}

/** One conversation with its contact and messages, as after a finished first sync whose cursor is `asOf`. */
export function synchronised(
  bench: Bench,
  conversation: Conversation,
  messages: Message[],
  options: { asOf?: number; notes?: Note[]; contact?: Partial<Contact> } = {},
): void {
  const { asOf = 10, notes = [] } = options;
  const contact = contactOf({ id: conversation.contactId, ...options.contact });
  bench.write.saveSession(session);
  bench.write.applySnapshot(snapshotAt(asOf));
  bench.write.applyPage({
    type: 'conversations',
    page: { asOf, items: [{ conversation, contact, messages }], next: null },
  });
  bench.write.applyPage({ type: 'history', page: { asOf, messages, notes, next: null } });
}

export function draftOf(text: string, fields: Partial<Draft> = {}): Draft {
  return { text, quotedMessageId: null, attachments: [], ...fields };
}
