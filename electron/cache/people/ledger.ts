/** The consent ledger: entries are added and never changed; two entries with one id are the same one. */
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';

export function putConsent(tx: Tx, entry: ConsentEntry): void {
  if (tx.erased.has(entry.contactId)) return;
  const { changes } = tx.db.run`
    INSERT INTO consents (id, contact_id, at, rev, json)
    VALUES (${entry.id}, ${entry.contactId}, ${entry.at}, ${entry.rev}, ${JSON.stringify(entry)})
    ON CONFLICT (id) DO UPDATE SET contact_id = excluded.contact_id, at = excluded.at, rev = excluded.rev, json = excluded.json
      WHERE excluded.rev > consents.rev`;
  if (changes === 0) return;
  tx.people.ids.add(entry.contactId);
  tx.changes.contacts.add(entry.contactId);
  tx.changes.people = true;
}

/** What holds now for a purpose, whatever the channel; of two said at the same moment the withdrawal. */
export function consentOf(
  db: ReadableDb,
  contactIds: readonly string[],
  purpose: 'service' | 'marketing',
): 'given' | 'withdrawn' | 'unknown' {
  let holds: ConsentEntry | null = null;
  for (const id of contactIds) {
    const rows = db.all<{ json: string }>`SELECT json FROM consents WHERE contact_id = ${id}`;
    for (const { json } of rows) {
      const entry = JSON.parse(json) as ConsentEntry;
      if (entry.purpose === purpose && (holds === null || isNewer(entry, holds))) holds = entry;
    }
  }
  return holds?.state ?? 'unknown';
}

function isNewer(entry: ConsentEntry, than: ConsentEntry): boolean {
  if (entry.at !== than.at) return entry.at > than.at;
  if (entry.recordedAt !== than.recordedAt) return entry.recordedAt > than.recordedAt;
  return entry.state === 'withdrawn';
}
