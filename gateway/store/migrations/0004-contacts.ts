/**
 * The contact manager: merges that can be undone, the ledger of consent, custom fields, requests of people about their data, erasure.
 *
 * `home_id` is the record to which an identity or a conversation belonged before any merge: so that it is known where it goes back to, and
 * which of two conversations on one channel somebody writes in. The table of conversations is made anew, because a person may have two
 * of one channel now.
 */
export const contacts = `
ALTER TABLE contacts ADD COLUMN merged_into TEXT;
CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into IS NOT NULL;
-- Has all that counting needs, so that the records themselves are not read for it.
CREATE INDEX contacts_of_workspace ON contacts (ws, id, merged_into, created_by);
UPDATE contacts SET state = json_insert(state,
  '$.company', NULL, '$.phones', json('[]'), '$.emails', json('[]'), '$.timeZone', NULL, '$.note', '',
  '$.restriction', NULL, '$.provenance', json('{}'), '$.mergedInto', NULL, '$.deleted', json('false'),
  '$.updatedAt', coalesce(json_extract(state, '$.createdAt'), 0));

ALTER TABLE identities ADD COLUMN home_id TEXT NOT NULL DEFAULT '';
-- Made from a number that somebody typed in; false once its owner has been heard of.
ALTER TABLE identities ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
UPDATE identities SET home_id = contact_id;
CREATE INDEX identities_of_contact ON identities (contact_id);

CREATE TABLE conversations_new (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  channel_id TEXT NOT NULL REFERENCES channels (id),
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  home_id TEXT NOT NULL,
  assignee_id TEXT,
  team_id TEXT,
  snoozed_until INTEGER,
  active_at INTEGER NOT NULL,
  message_count INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL
) STRICT;
INSERT INTO conversations_new
  SELECT id, ws, channel_id, contact_id, contact_id, assignee_id, team_id, snoozed_until, active_at, message_count, state FROM conversations;
DROP TABLE conversations;
ALTER TABLE conversations_new RENAME TO conversations;
CREATE UNIQUE INDEX conversations_of_home ON conversations (home_id, channel_id);
CREATE INDEX conversations_of_contact ON conversations (contact_id, channel_id);
CREATE INDEX conversations_by_activity ON conversations (ws, active_at, id);
CREATE INDEX conversations_by_snooze ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversations_of_team ON conversations (team_id) WHERE team_id IS NOT NULL;

CREATE TABLE merges (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  winner_id TEXT NOT NULL,
  loser_id TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  -- Numbers of the events between which the winner's record held something of the loser's; last_seq null: it still does.
  first_seq INTEGER NOT NULL,
  last_seq INTEGER,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX merges_of_winner ON merges (winner_id);
CREATE INDEX merges_of_loser ON merges (loser_id);

CREATE TABLE kept_apart (
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  first_id TEXT NOT NULL,
  second_id TEXT NOT NULL,
  PRIMARY KEY (ws, first_id, second_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_apart_second ON kept_apart (second_id);

CREATE TABLE contact_fields (id TEXT PRIMARY KEY, ws INTEGER NOT NULL REFERENCES workspaces (num), state TEXT NOT NULL) STRICT;
CREATE INDEX contact_fields_of_workspace ON contact_fields (ws);

CREATE TABLE rights_requests (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  contact_id TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX rights_requests_of_workspace ON rights_requests (ws);
CREATE INDEX rights_requests_of_contact ON rights_requests (contact_id);

-- Ids of people and conversations that were erased, without contents: nothing late brings them back.
CREATE TABLE erased (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- SHA-256 of what providers call messages that were erased, with a secret of this gateway: a late report about one is dropped.
CREATE TABLE erased_facts (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO secrets (name, value) VALUES ('erased_facts', randomblob(32));
-- What is still to be done for an erasure after its commit: files to remove; '' stands for the database's own free space.
CREATE TABLE scrubs (media_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX consents_of_contact ON consents (contact_id);
CREATE TRIGGER consents_stay BEFORE UPDATE ON consents BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER consents_go_by_erasure BEFORE DELETE ON consents
  WHEN NOT EXISTS (SELECT 1 FROM erased e WHERE e.id = old.contact_id)
  BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
-- What was known of consent before there was a ledger is its first line.
INSERT INTO consents
  WITH said AS MATERIALIZED (
    SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8' ||
      substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) AS key, ws, id AS contact, state
    FROM contacts WHERE json_extract(state, '$.consent.at') IS NOT NULL AND json_extract(state, '$.consent.state') <> 'unknown')
  SELECT key, ws, contact, json_extract(state, '$.consent.at'), json_object('id', key, 'contactId', contact,
    'purpose', 'marketing', 'channelKind', NULL,
    'state', iif(json_extract(state, '$.consent.state') = 'opted_in', 'given', 'withdrawn'),
    'at', json_extract(state, '$.consent.at'), 'method', 'other',
    'source', coalesce(json_extract(state, '$.consent.source'), ''), 'recordedBy', NULL,
    'recordedAt', json_extract(state, '$.consent.at'), 'rev', json_extract(state, '$.rev'))
  FROM said;

-- Which contacts a payload is about, so that it goes with them.
CREATE TABLE raw_contacts (
  raw_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (contact_id, raw_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX log_of_conversation ON log (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX log_of_contact ON log (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX log_of_many ON log (ws, seq) WHERE type = 'contacts.changed';
`;
