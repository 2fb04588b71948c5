import { BreachNotice } from '../../../shared/domain/policy-clocks.ts';
import { LegalHold } from '../../../shared/domain/legal-hold.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import { WorkspaceTermination } from '../../../shared/domain/termination.ts';
import type { ReadableDb } from '../sql.ts';
import { readPolicy, readPolicyVersions } from '../store/directory.ts';

/** What the gateway and the workspace lay down, as it is known here. */
export function readRules(db: ReadableDb) {
  const of = (kind: string): unknown[] =>
    db.all<{ json: string }>`SELECT json FROM directory WHERE kind = ${kind} ORDER BY id`.map(
      ({ json }) => JSON.parse(json) as unknown,
    );
  const [workspace] = of('retention');
  const [termination] = of('termination');
  return {
    policy: readPolicy(db),
    versions: readPolicyVersions(db),
    workspace: workspace === undefined ? null : WorkspaceRetention.parse(workspace),
    holds: of('hold').map((hold) => LegalHold.parse(hold)),
    breaches: of('breach').map((notice) => BreachNotice.parse(notice)),
    termination: termination === undefined ? null : WorkspaceTermination.parse(termination),
  };
}
