import { expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { newId } from '../../../shared/domain/id.ts';
import {
  draftOf,
  contactOf,
  conversationOf,
  me,
  messageOf,
  noteOf,
  openBench,
  sendCommand,
  session,
  snapshotAt,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import { readDump } from '../read/diagnostics.ts';
import { readSyncState } from '../store/sync-state.ts';

test('a page older than the cursor is stale: asked for again, nothing applied', () => {
  using bench = openBench();
  bench.write.applySnapshot(snapshotAt(10));
  const conversation = conversationOf();
  const item = { conversation, contact: contactOf({ id: conversation.contactId }), messages: [] };
  const page = { asOf: 9, items: [item], next: 'more' };
  expect(bench.write.applyPage({ type: 'conversations', page })).toMatchObject({
    applied: false,
    stale: true,
  });
  expect(readDump(bench.db).conversations).toEqual([]);
  expect(readSyncState(bench.db)).toMatchObject({ stage: 'conversations', next: null });
  expect(bench.write.applyPage({ type: 'conversations', page: { ...page, asOf: 10 } })).toMatchObject({
    applied: true,
  });
  expect(readSyncState(bench.db)).toMatchObject({ stage: 'conversations', next: 'more', conversations: 1 });
});

test('the stages follow each other; a page of another stage is not applied', () => {
  using bench = openBench();
  bench.write.applySnapshot(snapshotAt(10));
  const history = { asOf: 10, messages: [], notes: [], next: null };
  expect(bench.write.applyPage({ type: 'history', page: history })).toMatchObject({
    applied: false,
    stale: false,
  });
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [], next: null } });
  expect(readSyncState(bench.db).stage).toBe('history');
  bench.write.applyPage({ type: 'history', page: history });
  expect(readSyncState(bench.db).stage).toBe('done');
});

test('history counts down: newer messages keep higher numbers', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const newest = messageOf(conversation, 'newest', { sentAt: 900 });
  synchronised(bench, conversation, [newest]);
  const page = (next: string | null, ...times: number[]) => ({
    type: 'conversation',
    request: { conversationId: conversation.id, cursor: null, limit: 10 },
    page: {
      asOf: 10,
      messages: times.map((sentAt) => messageOf(conversation, `at ${sentAt}`, { sentAt })),
      notes: [],
      next,
    },
  });
  bench.write.applyPage(page('x', 500, 400));
  bench.write.applyPage(page(null, 300, 200));
  const times = bench.db.all<{ sent_at: number }>`SELECT sent_at FROM messages ORDER BY seq DESC`.map(
    (row) => row.sent_at,
  );
  expect(times).toEqual([900, 500, 400, 300, 200]);
  expect(bench.db.get`SELECT history, history_next FROM conversations`).toEqual({
    history: 'complete',
    history_next: null,
  });
});

test('a page brings a newer state of a message, never an older one', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const message = messageOf(conversation, 'two', { rev: 5 });
  synchronised(bench, conversation, [message]);
  const again = (body: string, rev: number) =>
    bench.write.applyPage({
      type: 'conversation',
      request: { conversationId: conversation.id, cursor: null, limit: 10 },
      page: {
        asOf: 10,
        messages: [{ ...message, content: { kind: 'text', body }, rev }],
        notes: [],
        next: null,
      },
    });
  again('one', 4);
  expect(readDump(bench.db).messages[0]).toEqual(message);
  again('three', 6);
  expect(readDump(bench.db).messages[0]).toMatchObject({ content: { body: 'three' }, rev: 6 });
});

test('what belongs to a conversation that is not here is left out', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const foreign = conversationOf();
  bench.write.restartSync(undefined);
  bench.write.applySnapshot(snapshotAt(20));
  bench.write.applyPage({ type: 'conversations', page: { asOf: 20, items: [], next: null } });
  bench.write.applyPage({
    type: 'history',
    page: {
      asOf: 20,
      messages: [messageOf(foreign, 'not ours')],
      notes: [noteOf(foreign, 'nor this')],
      next: null,
    },
  });
  expect(readDump(bench.db)).toEqual({ conversations: [], contacts: [], messages: [], notes: [] });
});

test('a new first sync replaces everything, also with lower revs, and keeps what was not sent', () => {
  using bench = openBench();
  const kept = conversationOf({ rev: 900 });
  const gone = conversationOf({ rev: 900 });
  bench.write.applySnapshot(snapshotAt(1_000));
  const item = (conversation: typeof kept, body: string, rev: number) => ({
    conversation: { ...conversation, rev },
    contact: contactOf({ id: conversation.contactId, name: body, rev }),
    messages: [messageOf(conversation, body, { rev })],
  });
  bench.write.applyPage({
    type: 'conversations',
    page: { asOf: 1_000, items: [item(kept, 'before', 900), item(gone, 'leaving', 900)], next: null },
  });
  const command = sendCommand(kept, 'unsent');
  bench.write.enqueue({ command, me: me.id, now: 5_000 });
  bench.write.saveDraft({ conversationId: kept.id, draft: draftOf('draft'), now: 1 });

  bench.write.restartSync(undefined);
  expect(readDump(bench.db).conversations).toHaveLength(2);
  bench.write.applySnapshot(snapshotAt(3));
  const after = item(kept, 'after', 2);
  bench.write.applyPage({ type: 'conversations', page: { asOf: 3, items: [after], next: null } });
  const dump = readDump(bench.db);
  expect(dump.conversations.map((conversation) => conversation.id)).toEqual([kept.id]);
  expect(dump.contacts.map((contact) => contact.name)).toEqual(['after']);
  expect(dump.messages.map((message) => message.id).toSorted()).toEqual(
    [after.messages[0]!.id, command.data.messageId].toSorted(),
  );
  expect(bench.db.all`SELECT text FROM drafts`).toEqual([{ text: 'draft' }]);
});

test('contacts without a conversation come after the conversations, also into a cache that is done', () => {
  using bench = openBench();
  bench.write.applySnapshot({ ...snapshotAt(10), totals: { conversations: 0, messages: 0, contacts: 3 } });
  const [one, two, three] = [contactOf(), contactOf(), contactOf()];
  const first = { asOf: 10, contacts: [one, two], next: two.id };
  expect(bench.write.applyPage({ type: 'contacts', page: first }).applied).toBe(false);
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [], next: null } });
  expect(bench.write.applyPage({ type: 'contacts', page: first }).applied).toBe(true);
  expect(readSyncState(bench.db)).toMatchObject({
    stage: 'history',
    contacts: { done: false, next: two.id, count: 2 },
    totals: { contacts: 3 },
  });
  bench.write.applyPage({ type: 'history', page: { asOf: 10, messages: [], notes: [], next: null } });
  const last = { asOf: 10, contacts: [three], next: null };
  bench.write.applyPage({ type: 'contacts', page: last });
  expect(readSyncState(bench.db)).toMatchObject({
    stage: 'done',
    contacts: { done: true, next: null, count: 3 },
  });
  expect(bench.write.applyPage({ type: 'contacts', page: last }).applied).toBe(false);
  expect(
    readDump(bench.db)
      .contacts.map(({ id }) => id)
      .toSorted(),
  ).toEqual([one, two, three].map(({ id }) => id).toSorted());
});

test('of the contacts of an earlier first sync only those stay that come again, or are written here', () => {
  using bench = openBench();
  bench.write.saveSession(session);
  const sync = (asOf: number, contacts: Contact[], next: string | null = null): void => {
    bench.write.applySnapshot(snapshotAt(asOf));
    bench.write.applyPage({ type: 'conversations', page: { asOf, items: [], next: null } });
    bench.write.applyPage({ type: 'contacts', page: { asOf, contacts, next } });
  };
  const [stays, leaves, told] = [contactOf({ rev: 9 }), contactOf({ rev: 9 }), contactOf({ rev: 9 })];
  sync(10, [stays, leaves, told]);
  const data = { contactId: newId(), create: true, patch: { name: 'Mine' } };
  const command: Command = {
    id: newId(),
    type: 'contacts.change',
    data: { changes: [data], importId: null },
  };
  bench.write.enqueue({ command, me: me.id, now: 1 });
  bench.write.showKept();
  bench.write.restartSync(undefined);
  // Another gateway: its numbers are lower.
  sync(3, [{ ...stays, name: 'Renamed', rev: 2 }], 'more');
  bench.write.applyBatch({
    from: 3,
    to: 4,
    head: 4,
    events: [{ seq: 4, at: 1, type: 'contact.changed', data: { contact: { ...told, rev: 4 } } }],
  });
  bench.write.applyPage({ type: 'contacts', page: { asOf: 4, contacts: [], next: null } });
  const kept = readDump(bench.db).contacts;
  expect(kept.map(({ id }) => id).toSorted()).toEqual([stays.id, told.id, data.contactId].toSorted());
  expect(kept.find(({ id }) => id === stays.id)).toMatchObject({ name: 'Renamed', rev: 2 });
});
