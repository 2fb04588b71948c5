/**
 * Who is not in sight any more after two were parted. Everybody concerned is told again to who sees them (protocol README, section 2.6): whoever
 * is not, and has no conversation here, goes.
 */
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactMerge } from '../../../shared/domain/merge.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import { dropContact } from '../store/contacts.ts';
import { clusterOf } from './cluster.ts';

/** Removes a contact that was not told after the number `since` and has no conversation here besides those that are `leaving`. */
export function leaveUnlessTold(
  tx: Tx,
  contactId: string,
  since: number,
  leaving: readonly string[] = [],
): void {
  const row = tx.db.get<{ rev: number }>`SELECT rev FROM contacts WHERE id = ${contactId}`;
  if (row === undefined || row.rev > since) return;
  const talks = tx.db.all<{ id: string }>`SELECT id FROM conversations WHERE contact_id = ${contactId}`;
  if (talks.every(({ id }) => leaving.includes(id))) dropContact(tx, contactId);
}

/** A merge was undone: the person that its winner is part of has lost these conversations. */
export function leaveAfterUndoing(tx: Tx, merge: ContactMerge): void {
  leaveUnlessTold(tx, gatewaysPersonOf(tx.db, merge.winner.id), merge.rev, merge.conversationIds);
}

/** A conversation is with somebody else now: by a merge, which keeps who it was with, or by the undoing of one. */
export function leaveAfterMove(tx: Tx, contactId: string): void {
  const since = undoneSince(tx.db, contactId);
  if (since !== null && gatewaysPersonOf(tx.db, contactId) === contactId)
    leaveUnlessTold(tx, contactId, since);
}

/** The number of the last undoing of a merge that this person was part of; null when there was none. */
export function undoneSince(db: ReadableDb, contactId: string): number | null {
  const revs = clusterOf(db, contactId).map(
    (id) =>
      db.get<{
        rev: number | null;
      }>`SELECT max(rev) AS rev FROM merges WHERE winner_id = ${id} AND undone_at IS NOT NULL`?.rev ?? 0,
  );
  return Math.max(...revs) || null;
}

/** As the gateway has it: what is still to be sent is not looked at. */
export function gatewaysPersonOf(db: ReadableDb, contactId: string): string {
  const seen = new Set<string>();
  for (let id = contactId; ;) {
    seen.add(id);
    const row = db.get<{
      state: string;
    }>`SELECT coalesce(base, json) AS state FROM contacts WHERE id = ${id}`;
    const into = row === undefined ? null : (JSON.parse(row.state) as Contact | null)?.mergedInto;
    if (into == null || seen.has(into)) return id;
    id = into;
  }
}
