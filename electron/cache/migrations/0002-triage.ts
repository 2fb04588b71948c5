import type { Migration } from './migration.ts';

/**
 * What triage, teams, the library and sending later need. A file that was filled before has no teams, activities and library of its gateway,
 * so it starts a new first sync; until its pages have come, what is here stays as it is.
 */
export const triage: Migration = {
  version: 2,
  name: 'triage',
  up(db) {
    db.exec(`
      ALTER TABLE outbox ADD COLUMN send_at INTEGER;
      -- Who had the conversation when it was written: JSON {assigneeId}, null: nobody asks.
      ALTER TABLE outbox ADD COLUMN written TEXT;
      -- Has left this machine at least once: the gateway may have it even if it never answered.
      ALTER TABLE outbox ADD COLUMN emitted INTEGER NOT NULL DEFAULT 0;

      ALTER TABLE drafts ADD COLUMN quoted_message_id TEXT;
      ALTER TABLE drafts ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';

      CREATE TABLE staged_media (
        id TEXT PRIMARY KEY,
        json TEXT NOT NULL,
        file TEXT NOT NULL,
        key BLOB NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        uploaded INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE library (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        conversation_id TEXT,
        deleted INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL,
        base TEXT
      ) WITHOUT ROWID;
      CREATE INDEX library_pins ON library (conversation_id) WHERE kind = 'pin' AND deleted = 0;

      CREATE TABLE activities (
        id TEXT PRIMARY KEY,
        conversation INTEGER NOT NULL REFERENCES conversations (ref),
        at INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        json TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX activities_thread ON activities (conversation, at);

      ALTER TABLE contacts ADD COLUMN base TEXT;

      -- Labels of conversations in any state; conversation_labels is the list of open ones.
      CREATE TABLE labelled (label_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (label_id, id)) WITHOUT ROWID;
      INSERT OR IGNORE INTO labelled (label_id, id)
        SELECT l.value, c.id FROM conversations c, json_each(c.json, '$.labelIds') l;

      ALTER TABLE conversations ADD COLUMN team_id TEXT;
      ALTER TABLE conversations ADD COLUMN waiting_since INTEGER;
      -- End of the answering window, told or estimated; null on a channel without one.
      ALTER TABLE conversations ADD COLUMN window_end INTEGER;
      ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
      -- Notes that mention the person who is signed in.
      ALTER TABLE conversations ADD COLUMN mentioned INTEGER NOT NULL DEFAULT 0;
      -- \`rev\` of the newest message or note that somebody else wrote.
      ALTER TABLE conversations ADD COLUMN foreign_rev INTEGER NOT NULL DEFAULT 0;
      UPDATE conversations SET
        json = json_set(json, '$.teamId', NULL, '$.closeReason', NULL),
        base = CASE WHEN base IS NULL THEN NULL ELSE json_set(base, '$.teamId', NULL, '$.closeReason', NULL) END,
        waiting_since = json ->> '$.waitingSince',
        window_end = (
          SELECT CASE WHEN d.json ->> '$.capabilities.windowHours' IS NULL THEN NULL
            ELSE coalesce(conversations.json ->> '$.windowEndsAt',
              conversations.json ->> '$.lastInboundAt' + 3600000 * (d.json ->> '$.capabilities.windowHours'), 0) END
          FROM directory d WHERE d.kind = 'channel' AND d.id = conversations.channel_id),
        mentioned = (
          SELECT count(*) FROM notes n, session s
          WHERE n.conversation = conversations.ref
            AND EXISTS (SELECT 1 FROM json_each(n.json, '$.mentions') WHERE value = s.json ->> '$.me.id'));
      INSERT OR REPLACE INTO counters (name, total, unread)
        SELECT 'mentions', count(*), coalesce(sum(unread > 0), 0) FROM conversations WHERE mentioned > 0 AND status <> 'closed';

      DROP INDEX conversations_assignee;
      CREATE INDEX conversations_assignee ON conversations (assignee_id, active_at, id, team_id) WHERE status = 'open';
      CREATE INDEX conversations_pinned ON conversations (active_at, id) WHERE pinned = 1;
      CREATE INDEX conversations_mentioned ON conversations (active_at, id) WHERE mentioned > 0 AND status <> 'closed';
      -- All that filters and orders ask about, so that a list of any kind is made without reading the rows of the others.
      CREATE INDEX conversations_triage ON conversations (
        status, active_at, id, channel_id, assignee_id, team_id, unread, failed, held, pinned, mentioned, waiting_since, window_end
      );

      DROP VIEW conversation_rows;
      -- One line of the list.
      CREATE VIEW conversation_rows AS
        SELECT c.ref, c.id, c.status, c.assignee_id, c.team_id, c.channel_id, c.active_at, c.json, c.contact_name, c.unsent, c.pinned,
          c.mentioned,
          (SELECT CASE WHEN d.text <> '' THEN d.text
            ELSE coalesce(d.attachments ->> '$[0].media.fileName', d.attachments ->> '$[0].media.mimeType', '') END
            FROM drafts d WHERE d.conversation_id = c.id) AS draft,
          c.failed + c.held AS failed
        FROM conversations c;

      UPDATE sync_state SET stage = 'snapshot', cursor = 0, next = NULL, conversations = 0, messages = 0,
        total_conversations = 0, total_messages = 0, epoch = epoch + 1
      WHERE cursor > 0;
    `);
  },
};
