import type { Migration } from './migration.ts';

type Old = { n: number; id: string; command: string };
type OldData = {
  contactId: string;
  create: boolean;
  name: string;
  phone: string | null;
  email: string | null;
};

/**
 * The contact manager. `people` and what hangs on it hold those that are shown (neither deleted nor merged), in columns that lists sort and
 * filter by; they are made anew from `contacts` when their version is another (people/renew.ts). A file that was filled before has no
 * ledger, merges, fields and requests of its gateway, so it starts a new first sync.
 */
export const people: Migration = {
  version: 4,
  name: 'people',
  up(db) {
    db.exec(`
      ALTER TABLE contacts ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE contacts ADD COLUMN merged_into TEXT;
      ALTER TABLE contacts ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into IS NOT NULL;
      CREATE INDEX contacts_restricted ON contacts (id) WHERE restricted = 1;

      CREATE TABLE people (
        ref INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        company TEXT NOT NULL,
        phone TEXT NOT NULL,
        email TEXT NOT NULL,
        language TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        last_message_at INTEGER,
        conversations INTEGER NOT NULL,
        blocked INTEGER NOT NULL,
        restricted INTEGER NOT NULL,
        marketing TEXT NOT NULL,
        service TEXT NOT NULL,
        -- Kinds of its identities, each between blanks.
        channels TEXT NOT NULL,
        -- Digits of all its numbers, each between blanks.
        digits TEXT NOT NULL
      );
      -- The usual order, without sorting a hundred thousand names after each change.
      CREATE INDEX people_name ON people (name);
      CREATE TABLE contact_labels (label_id TEXT NOT NULL, ref INTEGER NOT NULL, PRIMARY KEY (label_id, ref)) WITHOUT ROWID;
      -- Custom fields, and the note, folded.
      CREATE TABLE contact_values (field_id TEXT NOT NULL, ref INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (field_id, ref)) WITHOUT ROWID;
      -- What two records of one person are likely to share: shared/domain/duplicates.ts.
      CREATE TABLE contact_keys (kind TEXT NOT NULL, key TEXT NOT NULL, ref INTEGER NOT NULL, PRIMARY KEY (kind, key, ref)) WITHOUT ROWID;
      CREATE TABLE people_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        -- Counts up with each change of the table, and with each that only moves times.
        changed INTEGER NOT NULL,
        moved INTEGER NOT NULL
      );
      INSERT INTO people_state VALUES (1, 0, 0, 0);

      CREATE TABLE consents (id TEXT PRIMARY KEY, contact_id TEXT NOT NULL, at INTEGER NOT NULL, rev INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
      CREATE INDEX consents_contact ON consents (contact_id, at);
      CREATE TABLE merges (
        id TEXT PRIMARY KEY,
        winner_id TEXT NOT NULL,
        loser_id TEXT NOT NULL,
        merged_at INTEGER NOT NULL,
        undone_at INTEGER,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX merges_winner ON merges (winner_id);
      CREATE INDEX merges_loser ON merges (loser_id);
      CREATE TABLE kept_apart (first_id TEXT NOT NULL, second_id TEXT NOT NULL, apart INTEGER NOT NULL, rev INTEGER NOT NULL, PRIMARY KEY (first_id, second_id)) WITHOUT ROWID;
      CREATE TABLE rights (id TEXT PRIMARY KEY, contact_id TEXT NOT NULL, rev INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE policy_versions (
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (id, version, rev)
      ) WITHOUT ROWID;
      INSERT INTO policy_versions (id, version, rev, json)
        SELECT id, coalesce(json ->> '$.version', 1), rev, json FROM directory WHERE kind = 'policy';

      -- Ids of who was erased and of the conversations with them: nothing that comes late may bring them back.
      CREATE TABLE erased (id TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE imports (id TEXT PRIMARY KEY, state TEXT NOT NULL, started_at INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE import_rows (
        import_id TEXT NOT NULL,
        n INTEGER NOT NULL,
        line INTEGER NOT NULL,
        raw TEXT NOT NULL,
        verdict TEXT,
        name TEXT NOT NULL DEFAULT '',
        contact_id TEXT,
        reason TEXT,
        column_key TEXT,
        -- What is to be done, and, once it was, the values before it: JSON.
        change TEXT,
        before TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (import_id, n)
      ) WITHOUT ROWID;
      CREATE TABLE import_mappings (headers TEXT PRIMARY KEY, mapping TEXT NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor_id TEXT,
        action TEXT NOT NULL,
        subjects TEXT NOT NULL,
        counts TEXT NOT NULL,
        reason TEXT,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
      );
    `);
    const changed = db.prepare(
      "UPDATE outbox SET type = 'contacts.change', conversation_id = 'people', command = ? WHERE n = ?",
    );
    const old = db.prepare<[], Old>("SELECT n, id, command FROM outbox WHERE type = 'contact.save'").all();
    for (const { n, id, command } of old) {
      const { contactId, create, ...patch } = (JSON.parse(command) as { data: OldData }).data;
      const data = { changes: [{ contactId, create, patch }], importId: null };
      changed.run(JSON.stringify({ id, type: 'contacts.change', data }), n);
    }
    db.exec(`
      UPDATE sync_state SET stage = 'snapshot', cursor = 0, next = NULL, conversations = 0, messages = 0,
        total_conversations = 0, total_messages = 0, contacts_done = 0, contacts_next = NULL, contacts = 0, total_contacts = 0,
        epoch = epoch + 1
      WHERE cursor > 0;
    `);
  },
};
