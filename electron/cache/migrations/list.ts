/** Brings a file to the newest schema. The list is the only place that knows all migrations. */
import type Sqlite from 'better-sqlite3';
import { failure } from '../failure.ts';
import { initial } from './0001-initial.ts';
import { triage } from './0002-triage.ts';
import { contactPages } from './0003-contact-pages.ts';
import { people } from './0004-people.ts';
import { retention } from './0005-retention.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [initial, triage, contactPages, people, retention];

export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

/** Runs what is missing, each migration with its number in one transaction. Throws `newer` for a file from the future. */
export function migrate(db: Sqlite.Database, to: number = SCHEMA_VERSION): void {
  const version = schemaVersion(db);
  if (version > SCHEMA_VERSION) throw failure('newer', `version ${version}`);
  for (const migration of MIGRATIONS) {
    if (migration.version <= version || migration.version > to) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The number of the last migration that the file has seen. */
export function schemaVersion(db: Sqlite.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
