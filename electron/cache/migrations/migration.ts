import type Sqlite from 'better-sqlite3';

/** One step of the schema. `version` is `user_version` after it; steps are never changed once they have been released. */
export type Migration = { version: number; name: string; up(db: Sqlite.Database): void };
