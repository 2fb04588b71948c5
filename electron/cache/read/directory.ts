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
  const policy = rows.find((row) => row.kind === 'policy')?.json ?? 'null';
  return new JsonText(
    `{"users":[${of('user')}],"teams":[${of('team')}],"channels":[${of('channel')}],"labels":[${of('label')}],"templates":[${of('template')}],"policy":${policy}}`,
  );
}
