/**
 * Fills the search index behind the data. Rows are indexed in blocks, oldest first inside a block, because the index closes a segment
 * whenever a row number goes back; everything between `low` and `high` is in the index, the search itself scans what is outside.
 * Words wait in memory from the transaction that stored them; after a restart they are read from the rows again.
 */
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Note } from '../../../shared/domain/message.ts';
import { indexText } from '../../../shared/text/fold.ts';
import type { WritableDb } from '../sql.ts';
import type { IndexedDocument } from '../store/messages.ts';
import { indexed } from '../store/messages.ts';
import { indexedNote } from '../store/notes.ts';
import { unpackMessage } from '../store/stored-message.ts';
import { INDEX_VERSION, contactText, entryOf } from './document.ts';
import { SHARD_ROWS, ShardWriter } from './shards.ts';
import type { IndexEntry } from './document.ts';

type Waiting = { seq: number; entry: IndexEntry | null };
type Side = 'newer' | 'older';
type MessageRow = {
  seq: number;
  id: string;
  ref: number;
  cid: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};
type NoteRow = { seq: number; ref: number; channelId: string; json: string };

export class Indexer {
  readonly #db: WritableDb;
  readonly #shards: ShardWriter;
  readonly #waiting = new Map<number, IndexEntry | null>();
  #low = 0;
  #high = 0;
  /** Whether `#waiting` has every row that is not in the index. */
  #complete = false;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#shards = new ShardWriter(db);
    this.reload();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  add(seq: number, document: IndexedDocument): void {
    if (this.#isIndexed(seq)) this.#insert(seq, entryOf(document));
    else this.#waiting.set(seq, entryOf(document));
  }

  replace(seq: number, before: IndexedDocument, after: IndexedDocument): void {
    const next = entryOf(after);
    if (!this.#isIndexed(seq)) {
      this.#waiting.set(seq, next);
      return;
    }
    const previous = entryOf(before);
    if (previous?.body === next?.body && previous?.meta === next?.meta) return;
    this.#delete(seq, previous);
    this.#insert(seq, next);
  }

  remove(seq: number, document: IndexedDocument): void {
    if (this.#isIndexed(seq)) this.#delete(seq, entryOf(document));
    else this.#waiting.delete(seq);
  }

  /** The row has gone, and its shard goes as a whole. */
  forget(seq: number): void {
    this.#waiting.delete(seq);
  }

  /** Many entries leave this shard: their words leave its pages when it is merged, not one by one, which costs thirty times as much. */
  loosen(shard: number): void {
    this.#shards.loosen(shard);
  }

  /**
   * A purge has passed this shard: one of which nothing stays is dropped; else a part of it is merged, until nothing of what was removed is
   * in its pages. Answers whether more is to be merged.
   */
  leaveShard(shard: number, drop: boolean): boolean {
    const from = shard * SHARD_ROWS;
    const to = from + SHARD_ROWS;
    if (!drop) return this.#shards.tighten(shard);
    this.#shards.drop(shard);
    // Nearly always none: what came since the purge began.
    for (const side of [
      this.#db.all<MessageRow>`
        SELECT m.seq, m.id, m.conversation AS ref, c.id AS cid, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev, m.json
        FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.seq >= ${from} AND m.seq < ${to}`,
    ]) {
      for (const row of side) {
        const message = unpackMessage(row.json, { ...row, conversationId: row.cid });
        if (this.#isIndexed(row.seq)) this.#insert(row.seq, entryOf(indexed(message, row.ref)));
      }
    }
    for (const row of this.#db.all<NoteRow>`
      SELECT n.seq, n.conversation AS ref, c.channel_id AS channelId, n.json
      FROM notes n JOIN conversations c ON c.ref = n.conversation WHERE n.seq >= ${from} AND n.seq < ${to}`) {
      if (this.#isIndexed(row.seq))
        this.#insert(row.seq, entryOf(indexedNote(JSON.parse(row.json) as Note, row)));
    }
    return false;
  }

  addContact(ref: number, contact: Contact): void {
    this.#db.run`INSERT INTO contact_index (rowid, body) VALUES (${ref}, ${indexText(contactText(contact))})`;
  }

  replaceContact(ref: number, before: Contact, after: Contact): void {
    if (contactText(before) === contactText(after)) return;
    this.removeContact(ref, before);
    this.addContact(ref, after);
  }

  removeContact(ref: number, contact: Contact): void {
    const body = indexText(contactText(contact));
    this.#db.run`INSERT INTO contact_index (contact_index, rowid, body) VALUES ('delete', ${ref}, ${body})`;
  }

  /** Indexes at most `limit` rows in the current transaction. Answers whether more are waiting. */
  fill(limit: number): boolean {
    const newer = this.#next('newer', limit);
    const older = this.#next('older', limit - newer.length);
    for (const { seq, entry } of older) this.#insert(seq, entry);
    for (const { seq, entry } of newer) this.#insert(seq, entry);
    this.#low = older[0]?.seq ?? this.#low;
    this.#high = newer.at(-1)?.seq ?? this.#high;
    if (older.length + newer.length > 0) {
      this.#db.run`UPDATE index_state SET low = ${this.#low}, high = ${this.#high}`;
      for (const { seq } of older) this.#waiting.delete(seq);
      for (const { seq } of newer) this.#waiting.delete(seq);
    }
    if (older.length + newer.length >= limit) return true;
    this.#complete = true;
    return false;
  }

  /** Forgets what it knows and reads the range back: at the start and after a transaction that was rolled back. */
  reload(): void {
    const row = this.#db.get<{ low: number; high: number }>`SELECT low, high FROM index_state`;
    if (row === undefined) throw new Error('index_state has no row');
    this.#low = row.low;
    this.#high = row.high;
    this.#waiting.clear();
    this.#shards.reload();
    const outside = this.#db.get<{ any: number }>`
      SELECT EXISTS (SELECT 1 FROM messages WHERE seq > ${this.#high} OR seq < ${this.#low}) OR
        EXISTS (SELECT 1 FROM notes WHERE seq > ${this.#high} OR seq < ${this.#low}) AS any`;
    this.#complete = outside?.any === 0;
  }

  /** Empties the index when its entries were made by other rules than today's; `fill` builds it again. */
  renewIfOutdated(middle: number): void {
    const row = this.#db.get<{ version: number }>`SELECT version FROM index_state`;
    if (row?.version === INDEX_VERSION) return;
    this.clear(middle);
    for (const { ref, json } of this.#db.all<{
      ref: number;
      json: string;
    }>`SELECT ref, json FROM contacts ORDER BY ref`) {
      this.addContact(ref, JSON.parse(json) as Contact);
    }
    this.#db.run`UPDATE index_state SET version = ${INDEX_VERSION}`;
    this.reload();
  }

  /** Throws the whole index away, with the rows that it is made of. */
  clear(middle: number): void {
    this.#shards.dropAll();
    this.#db.run`INSERT INTO contact_index (contact_index) VALUES ('delete-all')`;
    this.#db.run`UPDATE index_state SET low = ${middle}, high = ${middle - 1}, history_below = NULL`;
  }

  #isIndexed(seq: number): boolean {
    return seq >= this.#low && seq <= this.#high;
  }

  #insert(seq: number, entry: IndexEntry | null): void {
    if (entry === null) return;
    this.#shards.insert(seq, entry);
  }

  #delete(seq: number, entry: IndexEntry | null): void {
    if (entry === null) return;
    this.#shards.remove(seq, entry);
  }

  /** The rows next to the indexed range on one side, oldest first. */
  #next(side: Side, limit: number): Waiting[] {
    if (limit <= 0) return [];
    if (!this.#complete) return this.#read(side, limit);
    const onSide: number[] = [];
    for (const seq of this.#waiting.keys())
      if (side === 'newer' ? seq > this.#high : seq < this.#low) onSide.push(seq);
    onSide.sort((a, b) => a - b);
    const taken = side === 'newer' ? onSide.slice(0, limit) : onSide.slice(-limit);
    return taken.map((seq) => ({ seq, entry: this.#waiting.get(seq) ?? null }));
  }

  #read(side: Side, limit: number): Waiting[] {
    const db = this.#db;
    const messages =
      side === 'newer'
        ? db.all<MessageRow>`
            SELECT m.seq, m.id, m.conversation AS ref, c.id AS cid, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev, m.json
            FROM messages m JOIN conversations c ON c.ref = m.conversation
            WHERE m.seq > ${this.#high} ORDER BY m.seq LIMIT ${limit}`
        : db.all<MessageRow>`
            SELECT m.seq, m.id, m.conversation AS ref, c.id AS cid, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev, m.json
            FROM messages m JOIN conversations c ON c.ref = m.conversation
            WHERE m.seq < ${this.#low} ORDER BY m.seq DESC LIMIT ${limit}`;
    const notes =
      side === 'newer'
        ? db.all<NoteRow>`
            SELECT n.seq, n.conversation AS ref, c.channel_id AS channelId, n.json
            FROM notes n JOIN conversations c ON c.ref = n.conversation
            WHERE n.seq > ${this.#high} ORDER BY n.seq LIMIT ${limit}`
        : db.all<NoteRow>`
            SELECT n.seq, n.conversation AS ref, c.channel_id AS channelId, n.json
            FROM notes n JOIN conversations c ON c.ref = n.conversation
            WHERE n.seq < ${this.#low} ORDER BY n.seq DESC LIMIT ${limit}`;
    const all = [
      ...messages.map((row) => {
        const { seq, ref, cid: conversationId } = row;
        return { seq, entry: entryOf(indexed(unpackMessage(row.json, { ...row, conversationId }), ref)) };
      }),
      ...notes.map((row) => ({
        seq: row.seq,
        entry: entryOf(indexedNote(JSON.parse(row.json) as Note, row)),
      })),
    ].toSorted((a, b) => a.seq - b.seq);
    return side === 'newer' ? all.slice(0, limit) : all.slice(-limit);
  }
}
