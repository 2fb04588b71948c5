import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Channel } from '../../../shared/domain/channel.ts';
import { ConsentEntry } from '../../../shared/domain/consent.ts';
import { Contact } from '../../../shared/domain/contact.ts';
import { Conversation } from '../../../shared/domain/conversation.ts';
import { openStore } from '../store.ts';
import { first } from './0001-first.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'parley-migration-test-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

type SchemaRow = { type: string; name: string; sql: string | null };

function schemaOf(folder: string): SchemaRow[] {
  const store = openStore(folder);
  const rows = store.db
    .prepare<SchemaRow>(
      "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
    )
    .all();
  store.close();
  return rows;
}

/** A database as the first version left it, with something in it. */
function firstVersion(): void {
  const handle = new Sqlite(path.join(dataDir, 'gateway.db'));
  handle.exec(first);
  handle.pragma('user_version = 1');
  handle.exec(`
    INSERT INTO workspaces (num, id, name, agent_visibility, head) VALUES (1, 'w', 'W', 'assigned_and_queue', 3);
    INSERT INTO policies VALUES (1, 1, '{}');
    INSERT INTO users (id, ws, email, password_hash, state) VALUES ('u', 1, 'u@x.example', '', '{"id":"u","role":"agent","channelIds":null,"disabled":false}');
    INSERT INTO channels VALUES ('ch', 1, 'loopback', '1', '{}', '${JSON.stringify({
      id: 'ch',
      kind: 'sms',
      name: 'C',
      address: null,
      official: true,
      capabilities: {
        windowHours: null,
        templates: false,
        qualityRating: false,
        reactions: false,
        quotes: false,
        readReceipts: false,
        textLimit: 10,
        uploads: {},
      },
      health: { state: 'connected', quality: 'unknown', messagingLimit: null, detail: null, source: 'x' },
      rev: 1,
    })}');
    INSERT INTO contacts VALUES ('k', 1, '${JSON.stringify({
      id: 'k',
      name: 'Ada',
      phone: '+1',
      email: null,
      language: null,
      fields: {},
      labelIds: ['l'],
      consent: { state: 'opted_out', at: 1_700_000_000_001, source: 'STOP' },
      blocked: false,
      identities: [
        { channelKind: 'sms', externalId: '1', parentExternalId: null, phone: '+1', username: null },
      ],
      createdAt: 7,
      rev: 3,
    })}');
    INSERT INTO identities VALUES (1, 'sms', '1', 'k');
    INSERT INTO conversations (id, ws, channel_id, contact_id, assignee_id, active_at, message_count, state) VALUES ('c', 1, 'ch', 'k', NULL, 5, 0, '${JSON.stringify(
      {
        id: 'c',
        channelId: 'ch',
        contactId: 'k',
        status: 'open',
        snoozedUntil: null,
        assigneeId: null,
        labelIds: ['l'],
        unread: 2,
        waitingSince: 1_700_000_000_123,
        lastInboundAt: null,
        windowEndsAt: null,
        lastMessage: null,
        activeAt: 5,
        createdAt: 4,
        rev: 2,
      },
    )}');
    INSERT INTO media (id, ws, uploader_id, mime_type, size, sha256, stored) VALUES ('m', 1, 'u', 'image/png', 1, 'h', 1), ('n', 1, NULL, 'image/png', 1, 'h', 1);
  `);
  handle.close();
}

test('a migrated database has the schema of a fresh one, and its rows fit today’s states', () => {
  firstVersion();
  const migrated = schemaOf(dataDir);
  expect(migrated).toEqual(schemaOf(':memory:'));
  const store = openStore(dataDir);
  const conversation = store.conversations.get(1, 'c');
  expect(Conversation.parse(conversation)).toEqual(conversation);
  expect(conversation).toMatchObject({
    closeReason: null,
    teamId: null,
    labelIds: ['l'],
    unread: 2,
    waitingSince: 1_700_000_000_123,
  });
  const contact = store.contacts.get(1, 'k');
  expect(Contact.parse(contact)).toEqual(contact);
  expect(contact).toMatchObject({ name: 'Ada', deleted: false, mergedInto: null, updatedAt: 7 });
  // Nothing that is there is written once more as if it were new.
  expect(store.contacts.save(1, contact!, 9).rev).toBe(3);
  expect(store.contacts.homeOf(1, { channelKind: 'sms', externalId: '1' })).toBe('k');
  expect(store.conversations.findHome('k', 'ch')?.id).toBe('c');
  const [said, ...more] = store.consents.of('k');
  expect(more).toEqual([]);
  expect(ConsentEntry.parse(said)).toEqual(said);
  expect(said).toMatchObject({ state: 'withdrawn', at: 1_700_000_000_001, source: 'STOP', contactId: 'k' });
  expect(store.db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const channel = store.channels.get('ch')?.channel;
  expect(Channel.parse(channel)).toEqual(channel);
  expect(channel?.firstReplyMinutes).toBeNull();
  // What was uploaded before is not unused for a day yet; what a customer sent is never counted.
  expect(store.media.unusedUploads(Date.now() - 60_000)).toEqual([]);
  expect(store.media.unusedUploads(Date.now() + 60_000)).toEqual(['m']);
  store.close();
});

test('opening again changes nothing', () => {
  const once = schemaOf(dataDir);
  expect(schemaOf(dataDir)).toEqual(once);
});
