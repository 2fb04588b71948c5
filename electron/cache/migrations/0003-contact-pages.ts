import type { Migration } from './migration.ts';

/**
 * How far the contacts without a conversation have come. A file that was filled before has none of them from its gateway: they come
 * at the next connection, without a new first sync.
 */
export const contactPages: Migration = {
  version: 3,
  name: 'contact-pages',
  up(db) {
    db.exec(`
      ALTER TABLE sync_state ADD COLUMN contacts_done INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE sync_state ADD COLUMN contacts_next TEXT;
      ALTER TABLE sync_state ADD COLUMN contacts INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE sync_state ADD COLUMN total_contacts INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
