/**
 * What providers sent, as it came: nothing is lost that we did not understand or could not place. Also notices about payloads
 * that no channel wanted, and facts about messages that are not known yet.
 */
import { createHash } from 'node:crypto';
import type { ProviderFact, RawPayload } from '../providers/provider.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Db } from './database.ts';

/** `address` is the number or account that no channel has; `count` counts different payloads. */
export type Notice = {
  id: string;
  kind: 'unrouted';
  provider: string;
  address: string;
  count: number;
  firstAt: number;
  lastAt: number;
};
/** Facts that need their message to be applied. */
export type SmallFact = Extract<ProviderFact, { type: 'status' | 'edit' | 'delete' | 'reaction' }>;

export type Raw = ReturnType<typeof createRaw>;

export function createRaw(db: Db) {
  const keep = db.prepare<{ id: string; copies: number }>(
    `INSERT INTO raw_payloads (id, provider, sha256, body, received_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (provider, sha256) DO UPDATE SET copies = copies + 1 RETURNING id, copies`,
  );
  const byId = db.prepare<RawPayload>(
    'SELECT provider, body, received_at AS receivedAt FROM raw_payloads WHERE id = ?',
  );
  const emptied = db.prepare("SELECT 1 FROM raw_payloads WHERE id = ? AND body = '' AND applied = 1");
  const linkContact = db.prepare('INSERT OR IGNORE INTO raw_contacts (raw_id, contact_id) VALUES (?, ?)');
  const apply = db.prepare('UPDATE raw_payloads SET applied = 1 WHERE id = ? AND applied = 0');
  const note = db.prepare<{ id: string }>(
    `INSERT INTO notices (id, kind, provider, address, count, first_at, last_at) VALUES (?, 'unrouted', ?, ?, 0, ?, ?)
     ON CONFLICT (kind, provider, address) DO UPDATE SET last_at = max(last_at, excluded.last_at) RETURNING id`,
  );
  const link = db.prepare('INSERT OR IGNORE INTO notice_payloads (notice_id, raw_id) VALUES (?, ?)');
  const count = db.prepare('UPDATE notices SET count = count + 1 WHERE id = ?');
  const notices = db.prepare<Notice>(
    `SELECT id, kind, provider, address, count, first_at AS firstAt, last_at AS lastAt FROM notices
     ORDER BY last_at DESC, id DESC LIMIT 200`,
  );
  const keepEarly = db.prepare(
    'INSERT OR IGNORE INTO early_facts (channel_id, provider_id, hash, fact, received_at) VALUES (?, ?, ?, ?, ?)',
  );
  const early = db.prepare<{ id: number; fact: string }>(
    'SELECT id, fact FROM early_facts WHERE channel_id = ? AND provider_id = ? ORDER BY id',
  );
  const dropEarly = db.prepare('DELETE FROM early_facts WHERE channel_id = ? AND provider_id = ?');

  const bySha = db.prepare<{ id: string }>('SELECT id FROM raw_payloads WHERE provider = ? AND sha256 = ?');

  function shaOf(text: string): string {
    return createHash('sha256').update(text).digest('hex');
  }

  function keepPayload(raw: RawPayload): { id: string; isNew: boolean } {
    const row = keep.get(newId(), raw.provider, shaOf(raw.body), raw.body, raw.receivedAt);
    if (row === undefined) throw new Error('the payload was not kept');
    return { id: row.id, isNew: row.copies === 1 };
  }

  return {
    /** Keeps a payload; one that is there already is only counted. */
    keep: keepPayload,
    /** Whether the payload was emptied because it was about somebody who was erased: it is not applied again. */
    isErased(id: string): boolean {
      return emptied.get(id) !== undefined;
    },
    /** Notes that a payload is about a contact. */
    linkContact(id: string, contactId: string): void {
      linkContact.run(id, contactId);
    },
    /** Marks a payload as applied. False when it was before. */
    markApplied(id: string): boolean {
      return apply.run(id).changes === 1;
    },
    get(id: string): RawPayload | null {
      return byId.get(id) ?? null;
    },
    /** Keeps a payload for `address` (a number or account) that no channel has, and reports it. Returns the notice. */
    keepUnrouted(raw: RawPayload, address: string): { noticeId: string; isNew: boolean } {
      return db.tx(() => {
        // Usually `ingest` has kept it already: then it is not counted as a copy.
        const payload = bySha.get(raw.provider, shaOf(raw.body)) ?? keepPayload(raw);
        const row = note.get(newId(), raw.provider, address, raw.receivedAt, raw.receivedAt);
        if (row === undefined) throw new Error('the notice was not kept');
        const isNew = link.run(row.id, payload.id).changes === 1;
        if (isNew) count.run(row.id);
        return { noticeId: row.id, isNew };
      });
    },
    notices(): Notice[] {
      return notices.all();
    },
    keepEarly(fact: SmallFact, at: number): void {
      const json = JSON.stringify(fact);
      keepEarly.run(fact.channelId, fact.providerId, shaOf(json), json, at);
    },
    /** Takes out what was known early about a message, in order of its time. */
    takeEarly(channelId: string, providerId: string): SmallFact[] {
      const facts = early.all(channelId, providerId).map((row) => JSON.parse(row.fact) as SmallFact);
      if (facts.length > 0) dropEarly.run(channelId, providerId);
      return facts.toSorted((a, b) => a.at - b.at);
    },
  };
}
