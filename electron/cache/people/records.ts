/** What the gateway says about contacts besides themselves: merges, pairs that are two people, requests about data. */
import type { ContactMerge } from '../../../shared/domain/merge.ts';
import type { RightsRequest } from '../../../shared/domain/rights.ts';
import type { Tx } from '../store/context.ts';

/** False: nothing new. */
export function putMerge(tx: Tx, merge: ContactMerge): boolean {
  const { winner, loser } = merge;
  if (tx.erased.has(winner.id) || tx.erased.has(loser.id)) return false;
  const { changes } = tx.db.run`
    INSERT INTO merges (id, winner_id, loser_id, merged_at, undone_at, rev, json)
    VALUES (${merge.id}, ${winner.id}, ${loser.id}, ${merge.mergedAt}, ${merge.undoneAt}, ${merge.rev}, ${JSON.stringify(merge)})
    ON CONFLICT (id) DO UPDATE SET winner_id = excluded.winner_id, loser_id = excluded.loser_id,
      merged_at = excluded.merged_at, undone_at = excluded.undone_at, rev = excluded.rev, json = excluded.json
      WHERE excluded.rev > merges.rev`;
  if (changes === 0) return false;
  tx.changes.contacts.add(winner.id);
  tx.changes.contacts.add(loser.id);
  tx.changes.people = true;
  return true;
}

/** `rev`: number of the event that said so, or of the snapshot. */
export function putApart(
  tx: Tx,
  pair: { firstId: string; secondId: string; apart: boolean },
  rev: number,
): void {
  const [first = pair.firstId, second = pair.secondId] = [pair.firstId, pair.secondId].toSorted();
  if (tx.erased.has(first) || tx.erased.has(second)) return;
  tx.db.run`
    INSERT INTO kept_apart (first_id, second_id, apart, rev) VALUES (${first}, ${second}, ${Number(pair.apart)}, ${rev})
    ON CONFLICT (first_id, second_id) DO UPDATE SET apart = excluded.apart, rev = excluded.rev
      WHERE excluded.rev > kept_apart.rev`;
  tx.people.changed = true;
}

/** The request of somebody who was erased stays, without what was said in it. */
export function putRights(tx: Tx, request: RightsRequest): void {
  const kept = tx.erased.has(request.contactId) ? { ...request, details: null } : request;
  const { changes } = tx.db.run`
    INSERT INTO rights (id, contact_id, rev, json) VALUES (${kept.id}, ${kept.contactId}, ${kept.rev}, ${JSON.stringify(kept)})
    ON CONFLICT (id) DO UPDATE SET contact_id = excluded.contact_id, rev = excluded.rev, json = excluded.json
      WHERE excluded.rev > rights.rev`;
  if (changes === 0) return;
  tx.changes.people = true;
  tx.changes.contacts.add(kept.contactId);
}
