import type { Migration } from './migration.ts';

/**
 * Messages and notes share one sequence (`seq`): live ones count up from the middle, history counts down, so that a higher number is
 * nearly always a later time and the search index can answer "newest first" without sorting. `history_below`: where the messages that
 * came with their conversations end and the history of all of them begins; each of the two is in the order of time by itself.
 */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  up(db) {
    db.exec(`
      CREATE TABLE session (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL);
      CREATE TABLE outbox (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        conversation_id TEXT NOT NULL,
        type TEXT NOT NULL,
        subject_id TEXT,
        command TEXT NOT NULL,
        me TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'held')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER,
        error TEXT,
        ack_seq INTEGER,
        created_at INTEGER NOT NULL,
        shown INTEGER NOT NULL DEFAULT 0
      );
      CREATE TABLE drafts (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL, updated_at INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE sync_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        cursor INTEGER NOT NULL,
        stage TEXT NOT NULL,
        next TEXT,
        conversations INTEGER NOT NULL,
        messages INTEGER NOT NULL,
        total_conversations INTEGER NOT NULL,
        total_messages INTEGER NOT NULL,
        epoch INTEGER NOT NULL
      );
      INSERT INTO sync_state VALUES (1, 0, 'snapshot', NULL, 0, 0, 0, 0, 1);
      CREATE TABLE index_state (one INTEGER PRIMARY KEY CHECK (one = 1), low INTEGER NOT NULL, high INTEGER NOT NULL, version INTEGER NOT NULL, history_below INTEGER);
      INSERT INTO index_state VALUES (1, 1099511627776, 1099511627775, 1, NULL);
      CREATE TABLE counters (name TEXT PRIMARY KEY, total INTEGER NOT NULL, unread INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE directory (kind TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;

      CREATE TABLE conversations (
        ref INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        contact_id TEXT NOT NULL,
        contact_name TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        status TEXT NOT NULL,
        assignee_id TEXT,
        unread INTEGER NOT NULL,
        active_at INTEGER NOT NULL,
        failed INTEGER NOT NULL DEFAULT 0,
        held INTEGER NOT NULL DEFAULT 0,
        unsent INTEGER NOT NULL DEFAULT 0,
        history TEXT NOT NULL CHECK (history IN ('first_sync', 'incomplete', 'complete')),
        history_next TEXT,
        rev INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        json TEXT NOT NULL,
        base TEXT
      );
      CREATE INDEX conversations_open ON conversations (active_at, id) WHERE status = 'open';
      CREATE INDEX conversations_assignee ON conversations (assignee_id, active_at, id) WHERE status = 'open';
      CREATE INDEX conversations_channel ON conversations (channel_id, active_at, id) WHERE status = 'open';
      CREATE INDEX conversations_snoozed ON conversations (active_at, id) WHERE status = 'snoozed';
      CREATE INDEX conversations_closed ON conversations (active_at, id) WHERE status = 'closed';
      CREATE INDEX conversations_contact ON conversations (contact_id);
      CREATE INDEX conversations_incomplete ON conversations (active_at) WHERE history = 'incomplete';
      CREATE TABLE conversation_labels (
        label_id TEXT NOT NULL,
        active_at INTEGER NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (label_id, active_at, id)
      ) WITHOUT ROWID;

      -- One line of the list.
      CREATE VIEW conversation_rows AS
        SELECT id, status, assignee_id, channel_id, active_at, json, contact_name, unsent,
          (SELECT text FROM drafts d WHERE d.conversation_id = c.id) AS draft,
          failed + held AS failed
        FROM conversations c;

      CREATE TABLE contacts (
        ref INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        rev INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        json TEXT NOT NULL
      );
      CREATE TABLE identities (
        channel_kind TEXT NOT NULL,
        external_id TEXT NOT NULL,
        contact_id TEXT NOT NULL,
        PRIMARY KEY (channel_kind, external_id)
      ) WITHOUT ROWID;
      CREATE INDEX identities_contact ON identities (contact_id);

      CREATE TABLE messages (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation INTEGER NOT NULL REFERENCES conversations (ref),
        sent_at INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL
      );
      CREATE INDEX messages_thread ON messages (conversation, sent_at);
      CREATE TABLE message_base (seq INTEGER PRIMARY KEY, json TEXT NOT NULL);
      CREATE TABLE status_history (
        message INTEGER NOT NULL,
        event INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (message, event)
      ) WITHOUT ROWID;
      CREATE TABLE notes (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation INTEGER NOT NULL REFERENCES conversations (ref),
        created_at INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL
      );
      CREATE INDEX notes_thread ON notes (conversation, created_at);

      CREATE TABLE media (
        id TEXT PRIMARY KEY,
        message INTEGER NOT NULL,
        conversation INTEGER NOT NULL,
        json TEXT NOT NULL,
        file TEXT,
        key BLOB,
        size INTEGER,
        sha256 TEXT
      ) WITHOUT ROWID;
      CREATE INDEX media_conversation ON media (conversation);
      CREATE TABLE discarded_files (file TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE quarantine (
        n INTEGER PRIMARY KEY,
        seq INTEGER UNIQUE,
        type TEXT,
        reason TEXT NOT NULL,
        issue TEXT NOT NULL,
        raw TEXT NOT NULL
      );

      CREATE VIRTUAL TABLE contact_index USING fts5 (
        body, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
      );
    `);
  },
};
