/** The workspace's people and things: small, stored as they came, one row each. */
import { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';

export type DirectoryKind = 'user' | 'team' | 'channel' | 'label' | 'template' | 'field' | 'policy';

/** Stores one entry unless a newer state is here. */
export function putEntry(tx: Tx, kind: DirectoryKind, entry: { id: string; rev: number }): boolean {
  const { changes } = tx.db.run`
    INSERT INTO directory (kind, id, rev, json) VALUES (${kind}, ${entry.id}, ${entry.rev}, ${JSON.stringify(entry)})
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, json = excluded.json WHERE excluded.rev > directory.rev`;
  if (changes > 0) tx.changes.directory = true;
  return changes > 0;
}

/** A workspace has one policy: another one replaces it. */
export function putPolicy(tx: Tx, policy: PolicyProfile): void {
  const current = tx.db.get<{
    rev: number | null;
  }>`SELECT max(rev) AS rev FROM directory WHERE kind = 'policy'`;
  keepPolicyVersion(tx.db, policy);
  if (current !== undefined && current.rev !== null && current.rev >= policy.rev) return;
  tx.db.run`DELETE FROM directory WHERE kind = 'policy'`;
  putEntry(tx, 'policy', policy);
}

export function clearDirectory(db: WritableDb): void {
  db.run`DELETE FROM directory`;
}

/** Every version that was ever told is kept: what was promised before decides whether a change was announced in time. */
export function keepPolicyVersion(db: WritableDb, policy: PolicyProfile): void {
  db.run`
    INSERT OR IGNORE INTO policy_versions (id, version, rev, json)
    VALUES (${policy.id}, ${policy.version}, ${policy.rev}, ${JSON.stringify(policy)})`;
}

/** All of them, the lowest version first; of the same version the earlier told first. */
export function readPolicyVersions(db: ReadableDb): PolicyProfile[] {
  const rows = db.all<{ json: string }>`SELECT json FROM policy_versions ORDER BY version, rev`;
  return rows.flatMap(({ json }) => {
    const parsed = PolicyProfile.safeParse(JSON.parse(json));
    return parsed.success ? [parsed.data] : [];
  });
}
