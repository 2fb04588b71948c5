import { PolicyProfile } from '../../../shared/domain/policy.ts';
import { readFields } from '../people/fields.ts';
import type { ReadableDb } from '../sql.ts';
import { JsonText } from './json.ts';

/** Users, teams, channels, labels, templates and the policy, as `Directory`. */
export function readDirectory(db: ReadableDb): JsonText {
  const rows = db.all<{ kind: string; json: string }>`SELECT kind, json FROM directory ORDER BY kind, id`;
  const of = (kind: string): string =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => row.json)
      .join(',');
  const stored = rows.find((row) => row.kind === 'policy')?.json;
  // A file of an older version lacks what was added since: the schema has a value for that which says "not stated".
  const known = stored === undefined ? null : PolicyProfile.safeParse(JSON.parse(stored));
  const policy = known?.success === true ? JSON.stringify(known.data) : 'null';
  return new JsonText(
    `{"users":[${of('user')}],"teams":[${of('team')}],"channels":[${of('channel')}],"labels":[${of('label')}],"templates":[${of('template')}],"fields":${JSON.stringify(readFields(db))},"policy":${policy},"retention":${of('retention') || 'null'},"holds":[${of('hold')}],"breaches":[${of('breach')}]}`,
  );
}
