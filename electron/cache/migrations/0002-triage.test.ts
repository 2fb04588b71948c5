import { expect, test } from 'vitest';
import {
  KEY,
  channel,
  conversationOf,
  me,
  noteOf,
  session,
  temporaryFolder,
} from '../../../test/support/cache-kit.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import { openWriterConnection } from '../connection.ts';
import { migrate } from './list.ts';

test('a filled file keeps its drafts and outbox, has its new columns filled, and starts a new first sync', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 1);
  const conversation = conversationOf({ waitingSince: 70, lastInboundAt: 80, unread: 2, labelIds: ['l1'] });
  const { teamId: _, closeReason: __, ...before } = conversation;
  const note = noteOf(conversation, 'look', { mentions: [me.id] });
  db.prepare('INSERT INTO session VALUES (1, ?)').run(JSON.stringify(session));
  db.prepare("INSERT INTO directory VALUES ('channel', ?, 1, ?)").run(channel.id, JSON.stringify(channel));
  db.prepare(
    `INSERT INTO conversations (id, contact_id, contact_name, channel_id, status, unread, active_at, history, rev, epoch, json)
     VALUES (?, 'k', '', ?, 'open', 2, 1000, 'complete', 1, 1, ?)`,
  ).run(conversation.id, channel.id, JSON.stringify(before));
  db.prepare('INSERT INTO notes VALUES (1, ?, 1, 1000, 1, ?)').run(note.id, JSON.stringify(note));
  db.prepare("INSERT INTO drafts VALUES (?, 'half', 1)").run(conversation.id);
  db.prepare(
    `INSERT INTO outbox (id, conversation_id, type, command, me, state, created_at)
     VALUES ('o', ?, 'message.send', '{}', 'u', 'waiting', 1)`,
  ).run(conversation.id);
  db.exec("UPDATE sync_state SET cursor = 9, stage = 'done'");
  migrate(db);
  expect(
    db.prepare('SELECT waiting_since, window_end, mentioned, pinned, team_id FROM conversations').get(),
  ).toEqual({ waiting_since: 70, window_end: 80 + 24 * HOUR, mentioned: 1, pinned: 0, team_id: null });
  const json = db.prepare<[], { json: string }>('SELECT json FROM conversations').get()?.json ?? '';
  expect(JSON.parse(json)).toEqual(conversation);
  expect(db.prepare("SELECT total, unread FROM counters WHERE name = 'mentions'").get()).toEqual({
    total: 1,
    unread: 1,
  });
  expect(db.prepare('SELECT label_id FROM labelled').all()).toEqual([{ label_id: 'l1' }]);
  expect(db.prepare('SELECT text, attachments FROM drafts').get()).toEqual({
    text: 'half',
    attachments: '[]',
  });
  expect(db.prepare('SELECT send_at, emitted FROM outbox').get()).toEqual({ send_at: null, emitted: 0 });
  expect(db.prepare('SELECT cursor, stage, epoch FROM sync_state').get()).toEqual({
    cursor: 0,
    stage: 'snapshot',
    epoch: 2,
  });
  db.close();
});

test('a staged file without its key, and an activity without a conversation, are refused', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 2);
  expect(() =>
    db.exec(
      "INSERT INTO staged_media (id, json, file, size, sha256, created_at) VALUES ('a', '{}', 'f', 1, '', 1)",
    ),
  ).toThrow(/NOT NULL/u);
  expect(() => db.exec("INSERT INTO activities VALUES ('a', 7, 1, 1, '{}')")).toThrow(/FOREIGN KEY/u);
  db.close();
});
