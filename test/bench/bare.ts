/**
 * The floors: the driver alone, on this thread, with the statements of the product and a connection as the product opens it
 * (same cipher, same pragmas). No worker, no schema check, no objects but the rows.
 */
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { lengthenLog, openReaderConnection, openWriterConnection } from '../../electron/cache/connection.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { CacheData } from './files.ts';
import { me } from './directory.ts';

type Bare = { close(): void };

function reader(data: CacheData): Sqlite.Database {
  return openReaderConnection({ file: data.file, key: Uint8Array.from(data.key) });
}

/** The newest messages of a conversation, as rows; parsing what they hold is part of having them. */
export function bareThread(
  data: CacheData,
  limit: number,
): Bare & { run(conversationId: string): unknown[] } {
  const db = reader(data);
  const ref = db.prepare<[string], { ref: number }>('SELECT ref FROM conversations WHERE id = ?');
  const rows = db.prepare<[number, number], { json: string }>(
    'SELECT id, sent_at, rev, json FROM messages WHERE conversation = ? ORDER BY sent_at DESC, id DESC LIMIT ?',
  );
  return {
    run: (conversationId) =>
      rows.all(ref.get(conversationId)?.ref ?? 0, limit).map((row) => JSON.parse(row.json)),
    close: () => db.close(),
  };
}

/** The first rows of the list of all open conversations. */
export function bareList(data: CacheData, limit: number): Bare & { run(): unknown[] } {
  const db = reader(data);
  const rows = db.prepare<[number], { json: string }>(
    `SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
     WHERE status = 'open' ORDER BY active_at DESC, id DESC LIMIT ?`,
  );
  return { run: () => rows.all(limit).map((row) => JSON.parse(row.json)), close: () => db.close() };
}

/** The same rows into one table without an index, in one transaction without a journal. Both answer milliseconds spent. */
export function bareHeap(data: CacheData): { insert(messages: Message[]): number; commit(): number } {
  const file = path.join(data.folder, 'heap.db');
  const db = openWriterConnection({ file, key: Uint8Array.from(data.key) });
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.exec(
    'CREATE TABLE messages (seq INTEGER PRIMARY KEY, id TEXT, conversation TEXT, sent_at INTEGER, rev INTEGER, json TEXT)',
  );
  const add = db.prepare<[string, string, number, number, string]>(
    'INSERT INTO messages (id, conversation, sent_at, rev, json) VALUES (?, ?, ?, ?, ?)',
  );
  db.exec('BEGIN');
  return {
    insert(messages) {
      const written = messages.map((message) => JSON.stringify(message));
      const started = performance.now();
      for (const [n, message] of messages.entries())
        add.run(message.id, message.conversationId, message.sentAt, message.rev, written[n] ?? '');
      return performance.now() - started;
    },
    commit() {
      const started = performance.now();
      db.exec('COMMIT');
      const spent = performance.now() - started;
      db.close();
      return spent;
    },
  };
}

/** One outbox row, committed: the least that keeps a message. The log has the length that the product gives it. */
export function bareOutbox(data: CacheData): Bare & { put(command: Command): void } {
  const db = openWriterConnection({ file: data.file, key: Uint8Array.from(data.key) });
  lengthenLog(data.file);
  const add = db.prepare<[string, string, string, string, string, number]>(
    `INSERT INTO outbox (id, conversation_id, type, command, me, state, created_at) VALUES (?, ?, ?, ?, ?, 'waiting', ?)`,
  );
  const put = db.transaction((command: Command) =>
    add.run(
      command.id,
      'conversationId' in command.data ? command.data.conversationId : '',
      command.type,
      JSON.stringify(command),
      me.id,
      Date.now(),
    ),
  );
  return { put: (command) => void put.immediate(command), close: () => db.close() };
}
