import type Sqlite from 'better-sqlite3';
import { first } from './0001-first.ts';

/** In order; the position is the version. A migration that was released is never changed. */
const MIGRATIONS: readonly string[] = [first];

export class StoreTooNew extends Error {
  constructor(found: number) {
    super(`the gateway's database has version ${found}, this gateway knows ${MIGRATIONS.length}`);
    this.name = 'StoreTooNew';
  }
}

/** Brings the schema to the newest version, each step in its own transaction. */
export function migrate(handle: Sqlite.Database): void {
  const version = Number(handle.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) throw new StoreTooNew(version);
  MIGRATIONS.slice(version).forEach((sql, index) => {
    handle.transaction(() => {
      handle.exec(sql);
      handle.pragma(`user_version = ${version + index + 1}`);
    })();
  });
}
