/** The workspace's people and things: small, stored as they came, one row each. */
import type { WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';

export type DirectoryKind = 'user' | 'team' | 'channel' | 'label' | 'template' | 'policy';

/** Stores one entry unless a newer state is here. */
export function putEntry(tx: Tx, kind: DirectoryKind, entry: { id: string; rev: number }): boolean {
  const { changes } = tx.db.run`
    INSERT INTO directory (kind, id, rev, json) VALUES (${kind}, ${entry.id}, ${entry.rev}, ${JSON.stringify(entry)})
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, json = excluded.json WHERE excluded.rev > directory.rev`;
  if (changes > 0) tx.changes.directory = true;
  return changes > 0;
}

/** A workspace has one policy: another one replaces it. */
export function putPolicy(tx: Tx, policy: { id: string; rev: number }): void {
  const current = tx.db.get<{ rev: number }>`SELECT max(rev) AS rev FROM directory WHERE kind = 'policy'`;
  if (current !== undefined && current.rev >= policy.rev) return;
  tx.db.run`DELETE FROM directory WHERE kind = 'policy'`;
  putEntry(tx, 'policy', policy);
}

export function clearDirectory(db: WritableDb): void {
  db.run`DELETE FROM directory`;
}
