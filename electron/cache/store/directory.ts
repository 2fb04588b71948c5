/** The workspace's people and things: small, stored as they came, one row each. */
import { profileArrival } from '../../../shared/domain/policy-change.ts';
import { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';

export type DirectoryKind = 'user' | 'team' | 'channel' | 'label' | 'template' | 'field' | Rule | 'policy';
/** What the workspace lays down about its data; stored like an entry, with the number of its event as `rev`. */
export type Rule = 'retention' | 'hold' | 'breach' | 'termination';

/** Stores one entry unless a newer state is here. */
export function putEntry(tx: Tx, kind: DirectoryKind, entry: { id: string; rev: number }): boolean {
  const { changes } = tx.db.run`
    INSERT INTO directory (kind, id, rev, json) VALUES (${kind}, ${entry.id}, ${entry.rev}, ${JSON.stringify(entry)})
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, json = excluded.json WHERE excluded.rev > directory.rev`;
  if (changes > 0) tx.changes.directory = true;
  return changes > 0;
}

/** A rule as an event or a snapshot told it. */
export function putRule(tx: Tx, kind: Rule, id: string, state: object, rev: number): void {
  putEntry(tx, kind, { ...state, id, rev });
  tx.rulesChanged = true;
}

/**
 * A workspace has one policy: a newer version replaces it. One that is older, or the same version with another content, is kept beside
 * (policy_versions) and never replaces what is known.
 */
export function putPolicy(tx: Tx, policy: PolicyProfile): void {
  const known = readPolicy(tx.db);
  keepPolicyVersion(tx.db, policy);
  const arrival = profileArrival(known, policy);
  if (arrival !== 'first' && arrival !== 'newer') return;
  tx.db.run`DELETE FROM directory WHERE kind = 'policy'`;
  putEntry(tx, 'policy', policy);
  tx.rulesChanged = true;
}

/** The profile with the highest version that was told. */
export function readPolicy(db: ReadableDb): PolicyProfile | null {
  const row = db.get<{ json: string }>`SELECT json FROM directory WHERE kind = 'policy'`;
  const parsed = row === undefined ? null : PolicyProfile.safeParse(JSON.parse(row.json));
  return parsed?.success === true ? parsed.data : null;
}

export function clearDirectory(db: WritableDb): void {
  db.run`DELETE FROM directory`;
}

/**
 * Every version that was ever told is kept: what was promised before decides whether a change was announced in time. What was told first
 * counts; a signature that it came without before is taken over.
 */
export function keepPolicyVersion(db: WritableDb, policy: PolicyProfile): void {
  db.run`
    INSERT INTO policy_versions (id, version, rev, json)
    VALUES (${policy.id}, ${policy.version}, ${policy.rev}, ${JSON.stringify(policy)})
    ON CONFLICT (id, version, rev) DO UPDATE SET json = excluded.json
    WHERE json_extract(policy_versions.json, '$.signature') IS NULL AND json_extract(excluded.json, '$.signature') IS NOT NULL`;
}

/** All of them, the lowest version first; of the same version the earlier told first. */
export function readPolicyVersions(db: ReadableDb): PolicyProfile[] {
  const rows = db.all<{ json: string }>`SELECT json FROM policy_versions ORDER BY version, rev`;
  return rows.flatMap(({ json }) => {
    const parsed = PolicyProfile.safeParse(JSON.parse(json));
    return parsed.success ? [parsed.data] : [];
  });
}
