/**
 * Teams, the library, the timeline, uploads with ids of the desktop. The audience of an event is who held the conversation before and
 * after it: an assignee, a team, or both. What stood there before had no team and was never closed with a reason.
 */
export const teams = `
ALTER TABLE log ADD COLUMN team_before TEXT;
ALTER TABLE log ADD COLUMN team_after TEXT;
-- Who wrote in a conversation after a number, for the guard before sending.
CREATE INDEX log_of_writing ON log (conversation_id, seq) WHERE type IN ('message.created', 'note.created');

CREATE TABLE teams (id TEXT PRIMARY KEY, ws INTEGER NOT NULL REFERENCES workspaces (num), state TEXT NOT NULL) STRICT;
CREATE INDEX teams_of_workspace ON teams (ws);
-- since: the number of the event with which the user joined. What the team had before that was granted then, not earlier.
CREATE TABLE team_members (
  team_id TEXT NOT NULL REFERENCES teams (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  since INTEGER NOT NULL,
  PRIMARY KEY (team_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX teams_of_user ON team_members (user_id);

ALTER TABLE conversations ADD COLUMN team_id TEXT;
CREATE INDEX conversations_of_team ON conversations (team_id) WHERE team_id IS NOT NULL;
UPDATE conversations SET state = json_insert(state, '$.closeReason', NULL, '$.teamId', NULL);
UPDATE channels SET state = json_insert(state, '$.firstReplyMinutes', NULL);

-- Who made a contact by hand: until it has a conversation, it is that user's to see.
ALTER TABLE contacts ADD COLUMN created_by TEXT;

CREATE TABLE activities (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX activities_by_time ON activities (ws, at, id);
CREATE INDEX activities_of_conversation ON activities (conversation_id, at, id);

CREATE TABLE library (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces (num),
  -- Null: the whole team's.
  personal_to TEXT REFERENCES users (id),
  pinned_id TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX library_of_workspace ON library (ws, personal_to);
CREATE UNIQUE INDEX library_pins ON library (personal_to, pinned_id) WHERE pinned_id IS NOT NULL AND deleted = 0;

-- A desktop makes the id of an upload, so the same bytes may lie under several.
ALTER TABLE media ADD COLUMN uploaded_at INTEGER;
UPDATE media SET uploaded_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE uploader_id IS NOT NULL;
DROP INDEX media_uploads;
CREATE INDEX media_uploads ON media (uploader_id, sha256) WHERE uploader_id IS NOT NULL;
CREATE INDEX media_by_upload ON media (uploaded_at) WHERE uploaded_at IS NOT NULL;
`;
