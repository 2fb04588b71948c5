import type { Migration } from './migration.ts';

/**
 * Retention. `purges` has one row for each purge: its plan and how far it has come while it runs, its receipt afterwards. `anonymous_log` is
 * what stays of anonymised messages: nothing in it leads back to a conversation. `used_at` of a file: when it was last shown.
 */
export const retention: Migration = {
  version: 5,
  name: 'retention',
  up(db) {
    db.exec(`
      CREATE TABLE purges (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, state TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
      -- One row of JSON: the cut-offs of the last purge, below which nothing late is stored again.
      CREATE TABLE kept (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL);
      CREATE TABLE anonymous_log (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, direction TEXT NOT NULL, status TEXT);
      -- Conversations whose files stay on this machine.
      CREATE TABLE offline_pins (conversation_id TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE media_used (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    `);
  },
};
