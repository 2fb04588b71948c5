import { expect, test } from 'vitest';
import type { ConversationRow, ThreadPage, View, ViewCount } from '../../../shared/contract/rows.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import {
  draftOf,
  channel,
  contactOf,
  conversationOf,
  label,
  me,
  messageOf,
  noteOf,
  openBench,
  parsed,
  snapshotAt,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { countersOf } from '../store/counters.ts';
import { readConversation, readHistoryOf, readIncomplete, readMissing } from './conversation.ts';
import { readDump } from './diagnostics.ts';
import { expandThread } from './expand-thread.ts';
import { readConversations, readViews } from './inbox.ts';
import { readMedia, readMediaKey } from './media.ts';
import { readThread } from './thread.ts';
import type { PackedThread } from './thread.ts';

type ListPage = { rows: ConversationRow[]; next: { key: number; id: string } | null };

function inbox(bench: Bench, conversations: Conversation[]): void {
  bench.write.applySnapshot(snapshotAt(10));
  const items = conversations.map((conversation) => ({
    conversation,
    contact: contactOf({ id: conversation.contactId, name: `Contact of ${conversation.activeAt}` }),
    messages: [],
  }));
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
}

function allOf(bench: Bench, view: View, limit: number): ConversationRow[] {
  const rows: ConversationRow[] = [];
  let after: ListPage['next'] = null;
  do {
    const page: ListPage = parsed<ListPage>(readConversations(bench.db, { view, me: me.id, after, limit }));
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

const sample = (): Conversation[] =>
  Array.from({ length: 40 }, (_, index) =>
    conversationOf({
      // Several at the same time: the id decides.
      activeAt: 1_000 + Math.floor(index / 4),
      status: index % 5 === 0 ? 'closed' : index % 7 === 0 ? 'snoozed' : 'open',
      assigneeId: index % 3 === 0 ? me.id : index % 3 === 1 ? null : 'somebody else',
      labelIds: index % 2 === 0 ? [label.id] : [],
      unread: index % 4,
    }),
  );

const members: Record<string, (conversation: Conversation) => boolean> = {
  mine: (c) => c.status === 'open' && c.assigneeId === me.id,
  unassigned: (c) => c.status === 'open' && c.assigneeId === null,
  all: (c) => c.status === 'open',
  mentions: () => false,
  snoozed: (c) => c.status === 'snoozed',
  closed: (c) => c.status === 'closed',
  channel: (c) => c.status === 'open' && c.channelId === channel.id,
  label: (c) => c.status === 'open' && c.labelIds.includes(label.id),
};

test('every view lists exactly its conversations, newest first, page by page, and its counts agree', () => {
  using bench = openBench();
  const conversations = sample();
  inbox(bench, conversations);
  const views: ViewCount[] = readViews(bench.db, { me: me.id, now: 1 });
  expect(views.map(({ view }) => view.kind)).toEqual(Object.keys(members));
  for (const { view, total, unread } of views) {
    const expected = conversations
      .filter((conversation) => members[view.kind]!(conversation))
      .toSorted((a, b) => b.activeAt - a.activeAt || (a.id < b.id ? 1 : -1));
    expect(allOf(bench, view, 3).map((row) => row.conversation)).toEqual(expected);
    expect({ total, unread }).toEqual({
      total: expected.length,
      unread: expected.filter((c) => c.unread > 0).length,
    });
  }
});

test('counters are those of a recount after changes of every kind', () => {
  using bench = openBench();
  const conversations = sample();
  inbox(bench, conversations);
  const events = conversations.slice(0, 30).map((conversation, index) => {
    const seq = 11 + index;
    if (index % 6 === 5)
      return { seq, at: 1, type: 'conversation.withdrawn', data: { conversationId: conversation.id } };
    const next: Conversation = {
      ...conversation,
      status: index % 2 === 0 ? 'open' : 'closed',
      assigneeId: index % 4 === 0 ? me.id : null,
      labelIds: index % 3 === 0 ? [label.id, 'another'] : [],
      unread: index % 3,
      activeAt: 5_000 + index,
      rev: seq,
    };
    return { seq, at: 1, type: 'conversation.changed', data: { conversation: next } };
  });
  bench.write.applyBatch({ from: 10, to: 40, head: 40, events });
  const recount = new Map<string, { total: number; unread: number }>();
  for (const conversation of readDump(bench.db).conversations) {
    for (const name of countersOf({ ...conversation, mentioned: false })) {
      const count = recount.get(name) ?? { total: 0, unread: 0 };
      count.total += 1;
      if (conversation.unread > 0) count.unread += 1;
      recount.set(name, count);
    }
  }
  const stored = bench.db.all<{ name: string; total: number; unread: number }>`
    SELECT name, total, unread FROM counters WHERE name NOT IN ('messages', 'conversations') AND (total <> 0 OR unread <> 0)`;
  expect(new Map(stored.map(({ name, total, unread }) => [name, { total, unread }]))).toEqual(recount);
  for (const view of ['all', 'closed'] as const) {
    const listed = allOf(bench, { kind: view }, 7).map((row) => row.conversation.id);
    expect(new Set(listed)).toEqual(
      new Set(
        readDump(bench.db)
          .conversations.filter((c) => members[view]!(c))
          .map((c) => c.id),
      ),
    );
  }
});

test('a row carries name and draft; a renamed contact is renamed in the list', () => {
  using bench = openBench();
  const conversation = conversationOf();
  inbox(bench, [conversation]);
  bench.write.saveDraft({ conversationId: conversation.id, draft: draftOf('half'), now: 1 });
  const contact = contactOf({ id: conversation.contactId, name: 'New "Name"', rev: 11 });
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'contact.changed', data: { contact } }],
  });
  expect(allOf(bench, { kind: 'all' }, 5)).toMatchObject([
    { contactName: 'New "Name"', draft: 'half', failed: 0, unsent: 0 },
  ]);
  expect(readConversation(bench.db, { id: conversation.id })).toMatchObject({
    contact: { name: 'New "Name"' },
    draft: draftOf('half'),
  });
});

test('the lists use their indexes: no view is sorted or scanned', () => {
  using bench = openBench();
  inbox(bench, sample());
  const where = [
    "status = 'open'",
    "status = 'open' AND assignee_id = 'x'",
    "status = 'open' AND assignee_id IS NULL",
    "status = 'open' AND channel_id = 'x'",
    "status = 'snoozed'",
    "status = 'closed'",
  ];
  for (const condition of where) {
    const plan = bench.db.raw
      .prepare(
        `EXPLAIN QUERY PLAN SELECT json, draft FROM conversation_rows WHERE ${condition} AND (active_at, id) < (1, 'x') ORDER BY active_at DESC, id DESC LIMIT 5`,
      )
      .all()
      .map((row) => (row as { detail: string }).detail);
    expect(plan.filter((line) => /TEMP B-TREE|SCAN c/u.test(line))).toEqual([]);
    expect(plan.some((line) => line.includes('USING INDEX conversations_'))).toBe(true);
  }
});

test('a thread is one line of messages and notes, page by page, also when many share a time', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const messages = Array.from({ length: 23 }, (_, index) =>
    messageOf(conversation, `m${index}`, { sentAt: 100 + Math.floor(index / 5) }),
  );
  const notes = Array.from({ length: 4 }, (_, index) =>
    noteOf(conversation, `n${index}`, { createdAt: 100 + index }),
  );
  synchronised(bench, conversation, messages, { notes });
  const expected = [
    ...messages.map(({ id, sentAt }) => ({ id, at: sentAt })),
    ...notes.map(({ id, createdAt }) => ({ id, at: createdAt })),
  ].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const seen: { id: string; at: number }[] = [];
  let before: { at: number; id: string } | null = null;
  let older: ThreadPage['older'] = 'cache';
  while (older === 'cache') {
    const page: ThreadPage = expandThread(
      parsed<PackedThread>(readThread(bench.db, { conversationId: conversation.id, before, limit: 4 })),
    );
    const items = page.items.map((item) =>
      item.type === 'message'
        ? { id: item.message.id, at: item.message.sentAt }
        : item.type === 'note'
          ? { id: item.note.id, at: item.note.createdAt }
          : { id: item.activity.id, at: item.activity.at },
    );
    seen.unshift(...items);
    before = items[0] ?? null;
    older = page.older;
  }
  expect(older).toBe('none');
  expect(seen).toEqual(expected);
});

test('older messages are at the gateway until the first sync, or the pull of that conversation, is done', () => {
  using bench = openBench();
  const conversation = conversationOf();
  inbox(bench, [conversation]);
  const older = (id: string) =>
    expandThread(parsed<PackedThread>(readThread(bench.db, { conversationId: id, before: null, limit: 4 })))
      .older;
  expect(older(conversation.id)).toBe('gateway');
  expect(readHistoryOf(bench.db, { conversationId: conversation.id })).toEqual({
    complete: false,
    next: null,
  });
  expect(readMissing(bench.db, { limit: 5 })).toEqual({ conversations: 1, ids: [conversation.id] });
  bench.write.applyPage({ type: 'history', page: { asOf: 10, messages: [], notes: [], next: null } });
  expect(older(conversation.id)).toBe('none');
  expect(readMissing(bench.db, { limit: 5 })).toEqual({ conversations: 0, ids: [] });
  const granted = conversationOf({ rev: 11 });
  const data = { conversation: granted, contact: contactOf({ id: granted.contactId }) };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'conversation.granted', data }],
  });
  expect(older(granted.id)).toBe('gateway');
  expect(readIncomplete(bench.db, { limit: 5 })).toEqual([{ conversationId: granted.id, next: null }]);
  expect(readMissing(bench.db, { limit: 5 })).toEqual({ conversations: 1, ids: [granted.id] });
  const pull = (next: string | null) =>
    bench.write.applyPage({
      type: 'conversation',
      request: { conversationId: granted.id, cursor: null, limit: 5 },
      page: { asOf: 11, messages: [], notes: [], next },
    });
  pull('more');
  expect(readIncomplete(bench.db, { limit: 5 })).toEqual([{ conversationId: granted.id, next: 'more' }]);
  pull(null);
  expect(readIncomplete(bench.db, { limit: 5 })).toEqual([]);
  expect(older(granted.id)).toBe('none');
});

test('a conversation that began while we were listening has nothing older', () => {
  using bench = openBench();
  inbox(bench, []);
  bench.write.applyPage({ type: 'history', page: { asOf: 10, messages: [], notes: [], next: null } });
  const conversation = conversationOf({ rev: 11 });
  const data = { message: messageOf(conversation, 'first words', { rev: 11 }), conversation };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'message.created', data }],
  });
  expect(readHistoryOf(bench.db, { conversationId: conversation.id }).complete).toBe(true);
  expect(readIncomplete(bench.db, { limit: 5 })).toEqual([]);
});

test('a file is remote until it is saved; its key comes from the row', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const media = { id: 'f', mimeType: 'image/png', size: null, sha256: null, fileName: null };
  const message = messageOf(conversation, '', { content: { kind: 'image', media, caption: null } });
  synchronised(bench, conversation, [message]);
  expect(readMedia(bench.db, { id: 'f' })).toEqual({
    media,
    messageId: message.id,
    state: 'remote',
    file: null,
  });
  expect(readMediaKey(bench.db, { id: 'f' })).toBeNull();
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  bench.write.saveMedia({ id: 'f', file: 'x1', key, size: 9, sha256: 'aa' });
  expect(readMedia(bench.db, { id: 'f' })).toMatchObject({ state: 'local', file: 'x1' });
  expect(readMediaKey(bench.db, { id: 'f' })).toEqual({ file: 'x1', key, size: 9, sha256: 'aa' });
  expect(readMedia(bench.db, { id: 'unknown' })).toBeNull();
});
