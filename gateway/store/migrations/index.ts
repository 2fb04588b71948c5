import { first } from './0001-first.ts';
import { teams } from './0002-teams.ts';
import { undo } from './0003-undo.ts';
import { contacts } from './0004-contacts.ts';
import { retention } from './0005-retention.ts';
import { termination } from './0006-termination.ts';

/** In order; the position is the version. A migration that was released is never changed. */
const MIGRATIONS: readonly string[] = [first, teams, undo, contacts, retention, termination];

export class StoreTooNew extends Error {
  constructor(found: number) {
    super(`the gateway's database has version ${found}, this gateway knows ${MIGRATIONS.length}`);
    this.name = 'StoreTooNew';
  }
}

/** What of the driver's handle a migration needs. */
type Handle = {
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple: boolean }): unknown;
  transaction(work: () => void): () => void;
};

/** Brings the schema to the newest version, each step in its own transaction. Foreign keys must be off: a step may make a table anew. */
export function migrate(handle: Handle): void {
  const version = Number(handle.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) throw new StoreTooNew(version);
  MIGRATIONS.slice(version).forEach((sql, index) => {
    handle.transaction(() => {
      handle.exec(sql);
      handle.pragma(`user_version = ${version + index + 1}`);
    })();
  });
}
