import { expect, test } from 'vitest';
import {
  draftOf,
  channel,
  contactOf,
  conversationOf,
  me,
  messageOf,
  openBench,
  outgoingOf,
  sendCommand,
  snapshotAt,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { ShardReader } from '../search/shards.ts';
import { readDump } from '../read/diagnostics.ts';
import { readSyncState } from '../store/sync-state.ts';

type Event = { seq: number; at: number; type: string; data: unknown };

function apply(bench: Bench, events: unknown[], from = 10, to = from + events.length) {
  return bench.write.applyBatch({ from, to, head: to, events });
}

const event = (seq: number, type: string, data: unknown): Event => ({ seq, at: seq, type, data });

test('a batch moves the cursor with its events; seen again it changes nothing', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const message = messageOf(conversation, 'hello', { rev: 11 });
  const created = event(11, 'message.created', {
    message,
    conversation: { ...conversation, unread: 1, rev: 11 },
  });
  expect(apply(bench, [created])).toMatchObject({ gap: false, cursor: 11, quarantined: 0 });
  const before = readDump(bench.db);
  expect(before.messages).toEqual([message]);
  expect(apply(bench, [created])).toMatchObject({ gap: false, cursor: 11 });
  expect(readDump(bench.db)).toEqual(before);
});

test('a batch lets others go between two events: each part moves the cursor by itself', () => {
  const cursors: number[] = [];
  const conversation = conversationOf();
  const command = sendCommand(conversation, 'between');
  using bench: Bench = openBench({
    part: 0,
    wanted: () => cursors.length < 2,
    give() {
      cursors.push(readSyncState(bench.db).cursor);
      bench.write.enqueue({ command, me: me.id, now: 1 });
    },
  });
  synchronised(bench, conversation, []);
  const messages = [11, 12, 13].map((rev) => messageOf(conversation, `number ${rev}`, { rev }));
  const events = messages.map((message) =>
    event(message.rev, 'message.created', {
      message,
      conversation: { ...conversation, unread: message.rev - 10, rev: message.rev },
    }),
  );
  const outcome = apply(bench, [...events.slice(0, 1), 'not even an object', ...events.slice(1)], 10, 13);
  expect(cursors).toEqual([11, 12]);
  expect(outcome).toMatchObject({ gap: false, cursor: 13, quarantined: 1, settled: [] });
  expect(outcome.changes.outbox).toBe(true);
  const bodies = readDump(bench.db).messages.map(({ content }) =>
    content.kind === 'text' ? content.body : '',
  );
  expect(bodies.toSorted()).toEqual(['between', 'number 11', 'number 12', 'number 13']);
});

test('a batch that begins after the cursor is a gap: nothing is applied', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const message = messageOf(conversation, 'hello', { rev: 14 });
  const outcome = apply(bench, [event(14, 'message.created', { message, conversation })], 12, 14);
  expect(outcome).toMatchObject({ gap: true, cursor: 10 });
  expect(readDump(bench.db).messages).toEqual([]);
});

test('a batch that overlaps the cursor applies only what is new', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const old = messageOf(conversation, 'old', { rev: 9 });
  const fresh = messageOf(conversation, 'new', { rev: 11 });
  const events = [
    event(9, 'message.created', { message: old, conversation: { ...conversation, rev: 9 } }),
    event(11, 'message.created', { message: fresh, conversation: { ...conversation, rev: 11 } }),
  ];
  expect(apply(bench, events, 8, 11).cursor).toBe(11);
  expect(readDump(bench.db).messages).toEqual([fresh]);
});

test('events that do not fit are kept aside as they came, and the rest is applied', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const message = messageOf(conversation, 'fits', { rev: 14 });
  const strange = event(11, 'message.teleported', { to: 'somewhere' });
  const broken = event(12, 'message.created', { message: { id: 5 } });
  const outcome = apply(bench, [
    strange,
    broken,
    'not even an object',
    event(14, 'message.created', { message, conversation: { ...conversation, rev: 14 } }),
  ]);
  expect(outcome).toMatchObject({ cursor: 14, quarantined: 3 });
  expect(readDump(bench.db).messages).toEqual([message]);
  const kept = bench.db.all<{ seq: number | null; reason: string; raw: string }>`
    SELECT seq, reason, raw FROM quarantine ORDER BY n`;
  expect(kept.map(({ seq, reason }) => ({ seq, reason }))).toEqual([
    { seq: 11, reason: 'unknown_type' },
    { seq: 12, reason: 'invalid' },
    { seq: null, reason: 'invalid' },
  ]);
  expect(JSON.parse(kept[0]!.raw)).toEqual(strange);
  expect(JSON.parse(kept[1]!.raw)).toEqual(broken);
});

test('an event that the database refuses is taken back alone', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  bench.db.raw.exec(`
    CREATE TRIGGER refuse AFTER INSERT ON messages WHEN json_extract(new.json, '$.content.body') = 'poison'
    BEGIN SELECT raise(ABORT, 'constraint'); END`);
  const poison = messageOf(conversation, 'poison', { rev: 12 });
  const good = [11, 13].map((rev) => messageOf(conversation, `good ${rev}`, { rev, sentAt: rev }));
  const created = (message: typeof poison) =>
    event(message.rev, 'message.created', {
      message,
      conversation: { ...conversation, unread: message.rev, rev: message.rev },
    });
  const outcome = apply(bench, [created(good[0]!), created(poison), created(good[1]!)]);
  expect(outcome).toMatchObject({ cursor: 13, quarantined: 1 });
  const dump = readDump(bench.db);
  expect(dump.messages.map((message) => message.id).toSorted()).toEqual(
    good.map((message) => message.id).toSorted(),
  );
  expect(dump.conversations[0]).toMatchObject({ unread: 13, rev: 13 });
  // What was taken back left no hole in what counts and searches.
  expect(bench.db.get`SELECT total FROM counters WHERE name = 'messages'`).toEqual({ total: 2 });
  expect(bench.db.get`SELECT reason FROM quarantine`).toEqual({ reason: 'failed' });
});

test('statuses are merged whatever their order, and every report is kept', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const message = outgoingOf(conversation, 'hi', { rev: 5 });
  const last = {
    id: message.id,
    kind: 'text',
    text: 'hi',
    direction: 'out' as const,
    status: 'sent' as const,
    at: 1_000,
  };
  synchronised(bench, { ...conversation, lastMessage: last, rev: 5 }, [message]);
  const status = (seq: number, name: string, at: number) =>
    event(seq, 'message.status', {
      messageId: message.id,
      conversationId: conversation.id,
      delivery: { status: name, at, attempt: 1, error: null },
    });
  apply(bench, [status(11, 'read', 300), status(12, 'delivered', 200), status(13, 'failed', 100)]);
  const dump = readDump(bench.db);
  expect(dump.messages[0]?.delivery).toMatchObject({ status: 'read', at: 300 });
  expect(dump.messages[0]?.rev).toBe(13);
  expect(dump.conversations[0]?.lastMessage?.status).toBe('read');
  expect(bench.db.get`SELECT count(*) AS n FROM status_history`).toEqual({ n: 3 });
});

test('an edit keeps the earlier wording, a reaction replaces the one of the same person, a deletion empties the list line', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const message = messageOf(conversation, 'frist', { rev: 5 });
  const last = {
    id: message.id,
    kind: 'text',
    text: 'frist',
    direction: 'in' as const,
    status: null,
    at: 1_000,
  };
  synchronised(bench, { ...conversation, lastMessage: last, rev: 5 }, [message]);
  const of = { messageId: message.id, conversationId: conversation.id };
  apply(bench, [
    event(11, 'message.edited', { ...of, content: { kind: 'text', body: 'first' }, editedAt: 2_000 }),
    event(12, 'message.reaction', { ...of, by: 'contact', emoji: '👍', at: 3_000 }),
    event(13, 'message.reaction', { ...of, by: 'contact', emoji: '❤️', at: 4_000 }),
    event(14, 'message.reaction', { ...of, by: me.id, emoji: '🎉', at: 3_500 }),
  ]);
  const edited = readDump(bench.db);
  expect(edited.messages[0]).toMatchObject({
    content: { body: 'first' },
    revisions: [{ content: { body: 'frist' }, until: 2_000 }],
    reactions: [
      { by: me.id, emoji: '🎉' },
      { by: 'contact', emoji: '❤️' },
    ],
  });
  expect(edited.conversations[0]?.lastMessage?.text).toBe('first');
  apply(
    bench,
    [
      event(15, 'message.reaction', { ...of, by: 'contact', emoji: null, at: 5_000 }),
      event(16, 'message.deleted', { ...of, deletedAt: 6_000, deletedBy: 'contact' }),
    ],
    14,
  );
  const deleted = readDump(bench.db);
  expect(deleted.messages[0]).toMatchObject({ reactions: [{ by: me.id }], deletedAt: 6_000, rev: 16 });
  expect(deleted.conversations[0]?.lastMessage?.text).toBe('');
});

test('a withdrawn conversation leaves with everything; what was never sent stays, held', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const media = { id: 'file-1', mimeType: 'image/png', size: 3, sha256: null, fileName: 'a.png' };
  const picture = messageOf(conversation, '', { content: { kind: 'image', media, caption: 'look' }, rev: 5 });
  synchronised(bench, conversation, [picture]);
  bench.write.saveMedia({ id: 'file-1', file: 'abc', key: new Uint8Array(32), size: 3, sha256: 'x' });
  bench.write.saveDraft({ conversationId: conversation.id, draft: draftOf('half a'), now: 1 });
  bench.write.enqueue({ command: sendCommand(conversation, 'unsent words'), me: me.id, now: 2_000 });
  bench.write.maintain({ budgetMs: 60_000 });
  apply(bench, [event(11, 'conversation.withdrawn', { conversationId: conversation.id })]);
  const dump = readDump(bench.db);
  expect(dump).toEqual({ conversations: [], contacts: [], messages: [], notes: [] });
  for (const table of ['drafts', 'media', 'identities']) {
    expect(bench.db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
  }
  expect(bench.db.all`SELECT file FROM discarded_files`).toEqual([{ file: 'abc' }]);
  expect(bench.db.all`SELECT state, error FROM outbox`).toEqual([{ state: 'held', error: 'not_found' }]);
  expect(bench.db.all`SELECT name FROM counters WHERE total <> 0 OR unread <> 0`).toEqual([]);
  expect([...new ShardReader(bench.db).walk('look OR words')]).toEqual([]);
});

test('a granted conversation comes back with what the outbox holds for it', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = sendCommand(conversation, 'kept');
  bench.write.enqueue({ command, me: me.id, now: 2_000 });
  apply(bench, [event(11, 'conversation.withdrawn', { conversationId: conversation.id })]);
  const contact = contactOf({ id: conversation.contactId, rev: 12 });
  apply(
    bench,
    [event(12, 'conversation.granted', { conversation: { ...conversation, rev: 12 }, contact })],
    11,
  );
  expect(readDump(bench.db).messages.map((message) => message.id)).toEqual([command.data.messageId]);
  expect(bench.db.get`SELECT history FROM conversations`).toEqual({ history: 'incomplete' });
});

test('the directory follows its events by rev', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  apply(bench, [
    event(11, 'channel.changed', { channel: { ...channel, name: 'Support', rev: 11 } }),
    event(12, 'channel.changed', { channel: { ...channel, name: 'Older', rev: 7 } }),
  ]);
  expect(bench.db.get`SELECT json ->> 'name' AS name FROM directory WHERE kind = 'channel'`).toEqual({
    name: 'Support',
  });
  expect(readSyncState(bench.db).cursor).toBe(12);
});

test('a contact whose only conversation left before it had come leaves too', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const contact = contactOf({ id: conversation.contactId, rev: 11 });
  bench.write.applySnapshot(snapshotAt(10));
  bench.write.applyBatch({
    from: 10,
    to: 12,
    head: 12,
    events: [
      { seq: 11, at: 1, type: 'contact.changed', data: { contact } },
      {
        seq: 12,
        at: 1,
        type: 'conversation.withdrawn',
        data: { conversationId: conversation.id, contactId: contact.id },
      },
    ],
  });
  expect(readDump(bench.db).contacts).toEqual([]);
});
