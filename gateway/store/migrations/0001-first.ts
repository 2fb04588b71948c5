/**
 * The first schema. `state` is the thing as it goes over the wire (JSON); the columns beside it are what is searched, sorted or
 * filtered by. `ws` is the number of the workspace.
 */
export const first = `
CREATE TABLE workspaces (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  agent_visibility TEXT NOT NULL CHECK (agent_visibility IN ('assigned_and_queue', 'all')),
  head INTEGER NOT NULL DEFAULT 0,
  floor INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE log (
  ws INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  conversation_id TEXT,
  channel_id TEXT,
  contact_id TEXT,
  assignee_before TEXT,
  assignee_after TEXT,
  addressee TEXT,
  event TEXT NOT NULL,
  PRIMARY KEY (ws, seq)
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  totp_secret TEXT,
  totp_counter INTEGER NOT NULL DEFAULT -1,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX users_of_workspace ON users (ws);

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX devices_of_user ON devices (user_id);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  device_id TEXT NOT NULL REFERENCES devices (id),
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX sessions_of_device ON sessions (device_id);

CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  -- The refresh token that this one was given for; null for those of the sign-in.
  parent TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_of_session ON tokens (session_id);
CREATE INDEX tokens_by_expiry ON tokens (expires_at);

CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  provider TEXT NOT NULL,
  external_id TEXT NOT NULL,
  config TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (provider, external_id)
) STRICT;
CREATE INDEX channels_of_workspace ON channels (ws);

CREATE TABLE labels (id TEXT PRIMARY KEY, ws INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE INDEX labels_of_workspace ON labels (ws);

CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  channel_id TEXT NOT NULL REFERENCES channels (id),
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (channel_id, name, language)
) STRICT;
CREATE INDEX templates_of_workspace ON templates (ws);

CREATE TABLE policies (
  ws INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (ws, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (id TEXT PRIMARY KEY, ws INTEGER NOT NULL, state TEXT NOT NULL) STRICT;

CREATE TABLE identities (
  ws INTEGER NOT NULL,
  channel_kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (ws, channel_kind, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  channel_id TEXT NOT NULL REFERENCES channels (id),
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  assignee_id TEXT,
  snoozed_until INTEGER,
  active_at INTEGER NOT NULL,
  message_count INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  UNIQUE (contact_id, channel_id)
) STRICT;
CREATE INDEX conversations_by_activity ON conversations (ws, active_at, id);
CREATE INDEX conversations_by_snooze ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  channel_id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  sent_at INTEGER NOT NULL,
  provider_id TEXT,
  dedup_key TEXT,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_time ON messages (ws, sent_at, id);
CREATE INDEX messages_of_conversation ON messages (conversation_id, sent_at, id);
-- Not unique: what is a redelivery is decided by dedup_key alone, so that a reused id never swallows a message.
CREATE INDEX messages_by_provider_id ON messages (channel_id, provider_id) WHERE provider_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_dedup_key ON messages (channel_id, dedup_key) WHERE dedup_key IS NOT NULL;

-- Every status report as it came; messages.state holds what they merge to.
CREATE TABLE status_reports (
  message_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  error TEXT,
  PRIMARY KEY (message_id, attempt, status, at)
) STRICT, WITHOUT ROWID;

-- The last word of each reactor, also when it was to take the reaction back (emoji null): so an old repetition changes nothing.
CREATE TABLE reactions (
  message_id TEXT NOT NULL,
  reactor TEXT NOT NULL,
  emoji TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (message_id, reactor)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_time ON notes (ws, created_at, id);
CREATE INDEX notes_of_conversation ON notes (conversation_id, created_at, id);

CREATE TABLE commands (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  ack TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE raw_payloads (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  copies INTEGER NOT NULL DEFAULT 1,
  -- Whether facts were made of it: one that nobody could place may still be applied later.
  applied INTEGER NOT NULL DEFAULT 0,
  UNIQUE (provider, sha256)
) STRICT;

CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  address TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  UNIQUE (kind, provider, address)
) STRICT;
CREATE TABLE notice_payloads (
  notice_id TEXT NOT NULL REFERENCES notices (id),
  raw_id TEXT NOT NULL REFERENCES raw_payloads (id),
  PRIMARY KEY (notice_id, raw_id)
) STRICT, WITHOUT ROWID;

-- What is known about messages that are not known themselves yet.
CREATE TABLE early_facts (
  id INTEGER PRIMARY KEY,
  channel_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  fact TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX early_facts_of_message ON early_facts (channel_id, provider_id);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  channel_id TEXT,
  provider_media_id TEXT,
  uploader_id TEXT,
  mime_type TEXT NOT NULL,
  file_name TEXT,
  size INTEGER,
  sha256 TEXT,
  stored INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX media_uploads ON media (uploader_id, sha256) WHERE uploader_id IS NOT NULL;
CREATE INDEX media_of_provider ON media (channel_id, provider_media_id) WHERE provider_media_id IS NOT NULL;
CREATE TABLE media_uses (
  media_id TEXT NOT NULL REFERENCES media (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  PRIMARY KEY (media_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbound (
  id INTEGER PRIMARY KEY,
  ws INTEGER NOT NULL,
  conversation_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('send', 'react', 'read')),
  message_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  emoji TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbound_of_conversation ON outbound (conversation_id, id);
`;
