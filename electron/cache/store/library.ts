/** Canned replies, macros, saved views and pins: the gateway's state, what is shown of it, and which conversations are pinned. */
import type { LibraryItem } from '../../../shared/domain/library.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import type { OutboxRow } from './outbox-row.ts';
import { commandOf } from './outbox-row.ts';

type Row = { rev: number; json: string; base: string | null };

const lane = (id: string): string => `library:${id}`;

/** Stores the gateway's state of an item unless a newer one is here. */
export function putLibraryItem(tx: Tx, item: LibraryItem): void {
  const existing = find(tx.db, item.id);
  if (existing !== undefined && existing.rev >= item.rev) return;
  store(tx, item.id, item);
}

/** Shows an item again after its commands have changed. */
export function refreshLibraryItem(tx: Tx, id: string): void {
  const existing = find(tx.db, id);
  store(tx, id, existing === undefined ? null : baseOf(existing));
}

/** What a new first sync does not bring any more has gone; what is still to be sent stays. */
export function replaceLibrary(tx: Tx, items: readonly LibraryItem[]): void {
  const known = new Set(items.map((item) => item.id));
  const ids = tx.db.all<{ id: string }>`SELECT id FROM library`.map((row) => row.id);
  for (const id of ids) if (!known.has(id)) store(tx, id, null);
  for (const item of items) store(tx, item.id, item);
}

/** Everything that exists, as it is shown. */
export function readLibrary(db: ReadableDb): LibraryItem[] {
  return db.all<{ json: string }>`SELECT json FROM library WHERE deleted = 0 ORDER BY id`.map(
    (row) => JSON.parse(row.json) as LibraryItem,
  );
}

/** The pin of a conversation, if there is one. */
export function pinOf(db: ReadableDb, conversationId: string): LibraryItem | null {
  const row = db.get<{ json: string }>`
    SELECT json FROM library WHERE kind = 'pin' AND deleted = 0 AND conversation_id = ${conversationId} LIMIT 1`;
  return row === undefined ? null : (JSON.parse(row.json) as LibraryItem);
}

function find(db: ReadableDb, id: string): Row | undefined {
  return db.get<Row>`SELECT rev, json, base FROM library WHERE id = ${id}`;
}

/** The gateway's state; null when the gateway does not have it yet. */
function baseOf(row: Row): LibraryItem | null {
  if (row.base !== null) return JSON.parse(row.base) as LibraryItem | null;
  return JSON.parse(row.json) as LibraryItem;
}

/** An item with everything pending on it; null: there is none. */
function overlay(base: LibraryItem | null, pending: readonly OutboxRow[]): LibraryItem | null {
  let shown = base;
  for (const row of pending) {
    if (row.state === 'held') continue;
    const command = commandOf(row);
    if (command.type === 'library.delete' && shown !== null) shown = { ...shown, deleted: true };
    if (command.type !== 'library.save') continue;
    const { itemId, scope, content } = command.data;
    shown = {
      id: itemId,
      scope,
      ownerId: shown?.ownerId ?? row.me,
      content,
      deleted: false,
      rev: shown?.rev ?? 0,
    };
  }
  return shown;
}

function store(tx: Tx, id: string, base: LibraryItem | null): void {
  const { db } = tx;
  const before = find(db, id);
  const pending = tx.outbox.of(lane(id));
  const shown = overlay(base, pending);
  if (shown === null) db.run`DELETE FROM library WHERE id = ${id}`;
  else {
    const { content } = shown;
    const pinned = content.kind === 'pin' ? content.conversationId : null;
    const baseJson = shown === base ? null : JSON.stringify(base);
    db.run`
      INSERT INTO library (id, kind, conversation_id, deleted, rev, json, base)
      VALUES (${id}, ${content.kind}, ${pinned}, ${Number(shown.deleted)}, ${base?.rev ?? 0}, ${JSON.stringify(shown)}, ${baseJson})
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, conversation_id = excluded.conversation_id, deleted = excluded.deleted,
        rev = excluded.rev, json = excluded.json, base = excluded.base`;
  }
  for (const item of [before === undefined ? null : (JSON.parse(before.json) as LibraryItem), shown]) {
    if (item?.content.kind === 'pin') markPinned(tx, item.content.conversationId);
  }
  tx.changes.library = true;
  if (shown?.content.kind === 'saved_view') tx.changes.lists = true;
}

function markPinned(tx: Tx, conversationId: string): void {
  const pinned = Number(pinOf(tx.db, conversationId) !== null);
  const { changes } = tx.db.run`
    UPDATE conversations SET pinned = ${pinned} WHERE id = ${conversationId} AND pinned <> ${pinned}`;
  if (changes === 0) return;
  tx.changes.conversation(conversationId);
  tx.changes.lists = true;
}
