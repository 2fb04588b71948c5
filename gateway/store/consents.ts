/**
 * The ledger of consent: lines are added, never changed; only erasure takes them away (the database refuses anything else). The ledger of a
 * person is that of all records that were merged into it, so a merge and its undoing move no line.
 */
import { consentNow } from '../../shared/domain/consent.ts';
import type { ConsentEntry } from '../../shared/domain/consent.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Contacts } from './contacts.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };

/** All records that are one person with these: the ids (a JSON array is bound), and what was merged into them. */
export const CLUSTER = `WITH RECURSIVE cluster (id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT c.id FROM contacts c JOIN cluster ON c.merged_into = cluster.id
)`;

export type Consents = ReturnType<typeof createConsents>;

export function createConsents(db: Db, log: Log, contacts: Contacts) {
  const insert = db.prepare(
    'INSERT INTO consents (id, ws, contact_id, recorded_at, state) VALUES (?, ?, ?, ?, ?)',
  );
  const byId = db.prepare<State & { ws: number }>('SELECT ws, state FROM consents WHERE id = ?');
  const ofCluster = db.prepare<State>(
    `${CLUSTER} SELECT state FROM consents WHERE contact_id IN (SELECT id FROM cluster) ORDER BY recorded_at, id`,
  );

  function of(contactId: string): ConsentEntry[] {
    return ofCluster.all(JSON.stringify([contactId])).map((row) => JSON.parse(row.state) as ConsentEntry);
  }

  /** Adds a line, and brings the contact's short form in step. Returns the number of the last event. */
  function record(ws: number, fresh: Omit<ConsentEntry, 'rev'>, at: number): number {
    return db.tx(() => {
      const entry: ConsentEntry = { ...fresh, rev: 0 };
      let seq = log.append(ws, at, 'consent.recorded', { contactId: entry.contactId }, (number) => {
        entry.rev = number;
        const state = JSON.stringify(entry);
        insert.run(entry.id, ws, entry.contactId, entry.recordedAt, state);
        return `{"entry":${state}}`;
      });
      const contact = contacts.get(ws, entry.contactId);
      if (contact === null) throw new Error('a statement of nobody');
      if (entry.purpose !== 'marketing') return seq;
      const consent = shortForm(of(entry.contactId)) ?? contact.consent;
      if (JSON.stringify(consent) !== JSON.stringify(contact.consent)) {
        seq = contacts.save(ws, { ...contact, consent }, at).rev;
      }
      return seq;
    });
  }

  return {
    record,
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): { ws: number; entry: ConsentEntry } | null {
      const row = byId.get(id);
      return row === undefined ? null : { ws: row.ws, entry: JSON.parse(row.state) as ConsentEntry };
    },
    /** The ledger of a person, oldest line first. */
    of,
    /** The ledgers of many, as stored JSON, in one query. */
    statesOf(contactIds: readonly string[]): string[] {
      if (contactIds.length === 0) return [];
      return ofCluster.all(JSON.stringify(contactIds)).map((row) => row.state);
    },
    /** Says the lines once more, unchanged: for those who have just come to see the contact. */
    tell(ws: number, contactId: string, at: number): void {
      for (const entry of of(contactId)) {
        log.append(ws, at, 'consent.recorded', { contactId: entry.contactId }, () =>
          JSON.stringify({ entry }),
        );
      }
    },
  };
}

/** What was said last about marketing, whatever the channel; null when nothing was. */
export function shortForm(entries: readonly ConsentEntry[]): Contact['consent'] | null {
  // As one channel, the rule of the newest line is the same as everywhere else.
  const about = entries
    .filter((entry) => entry.purpose === 'marketing')
    .map((entry) => ({ ...entry, channelKind: null }));
  const state = consentNow(about, 'marketing', 'whatsapp');
  if (state === 'unknown') return null;
  const fitting = about.filter((entry) => entry.state === state);
  const newest = fitting.reduce<ConsentEntry | null>(
    (last, entry) => (last === null || entry.at >= last.at ? entry : last),
    null,
  );
  if (newest === null) return null;
  return { state: state === 'given' ? 'opted_in' : 'opted_out', at: newest.at, source: newest.source };
}
