/** First sync and the log over a real socket: pages, resumption, batches, back-pressure, gaps. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bulkInsert } from '../../../gateway/store/bulk.ts';
import { newId } from '../../../shared/domain/id.ts';
import { EventBatch } from '../../../shared/protocol/events.ts';
import { MAX_BATCH_EVENTS, MAX_UNACKED_BATCHES } from '../../../shared/protocol/socket.ts';
import { ConversationPage, HistoryPage } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await startKit();
});
afterEach(() => kit.close());

const START = 1_700_000_000_000;

/** `count` conversations with `each` messages; many share their time, so that the order must fall back to the id. */
function fill(count: number, each: number, log = false): void {
  const items = Array.from({ length: count }, (_, index) => ({
    channelId: kit.channel.id,
    contact: {
      name: `C${index}`,
      identities: [
        {
          channelKind: 'whatsapp' as const,
          externalId: `${index}`,
          parentExternalId: null,
          phone: null,
          username: null,
        },
      ],
    },
    messages: Array.from({ length: each }, (__, at) => ({
      id: newId(),
      direction: 'in' as const,
      author: { type: 'contact' as const },
      sentAt: START + at * 1_000,
      content: { kind: 'text' as const, body: `message ${index}.${at}` },
      quote: null,
      forwarded: 'no' as const,
      referral: null,
      reactions: [],
      revisions: [],
      editedAt: null,
      deletedAt: null,
      deletedBy: null,
      delivery: null,
      providerId: null,
    })),
  }));
  bulkInsert(kit.gateway.store, kit.ws, items, { log });
}

async function pages<T extends { next: string | null }>(
  desktop: Desktop,
  name: string,
  limit: number,
  parse: (value: unknown) => T,
  extra: object = {},
): Promise<T[]> {
  const result: T[] = [];
  let cursor: string | null = null;
  do {
    const page = parse((await desktop.request(name, { cursor, limit, ...extra })).value);
    result.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return result;
}

test('history comes newest first, every message and note once, whatever the size of the pages', async () => {
  fill(7, 11);
  const { store } = kit.gateway;
  const [conversation] = store.conversations.ofContact(store.contacts.find(kit.ws, 'whatsapp', '3')!.id);
  const stored = store.conversations.get(kit.ws, conversation!.id)!;
  const noteIds = Array.from({ length: 9 }, (_, index) => {
    const note = { id: newId(), conversationId: stored.id, authorId: kit.maya.id, body: 'n', mentions: [] };
    store.notes.add(kit.ws, { ...note, createdAt: START + index * 1_500 }, stored);
    return note.id;
  });
  const desktop = await kit.connect(kit.maya);
  for (const limit of [1, 3, 10, 2_000]) {
    const got = await pages(desktop, 'sync.history', limit, (value) => HistoryPage.parse(value));
    const messages = got.flatMap((page) => page.messages);
    expect(messages).toHaveLength(77);
    expect(new Set(messages.map((message) => message.id)).size).toBe(77);
    const places = messages.map((message) => [message.sentAt, message.id] as const);
    expect(places).toEqual(places.toSorted((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1)));
    expect(new Set(got.flatMap((page) => page.notes.map((note) => note.id)))).toEqual(new Set(noteIds));
    expect(got.flatMap((page) => page.notes)).toHaveLength(9);
    expect(got.every((page) => page.messages.length + page.notes.length <= limit)).toBe(true);
  }
  const one = await pages(desktop, 'conversation.history', 4, (value) => HistoryPage.parse(value), {
    conversationId: stored.id,
  });
  expect(one.flatMap((page) => page.messages)).toHaveLength(11);
  expect(one.flatMap((page) => page.notes)).toHaveLength(9);
});

test('conversations come newest first with contact and newest messages, oldest of them first', async () => {
  fill(30, 25);
  const desktop = await kit.connect(kit.maya);
  const got = await pages(desktop, 'sync.conversations', 8, (value) => ConversationPage.parse(value));
  const items = got.flatMap((page) => page.items);
  expect(new Set(items.map((item) => item.conversation.id)).size).toBe(30);
  for (const item of items) {
    expect(item.contact.id).toBe(item.conversation.contactId);
    expect(item.messages.at(-1)?.id).toBe(item.conversation.lastMessage?.id);
    const times = item.messages.map((message) => message.sentAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  expect(got[0]!.items[0]!.messages).toHaveLength(20);
});

test('a page says up to which event it is true', async () => {
  fill(2, 2);
  const desktop = await kit.connect(kit.owner);
  const { head } = kit.gateway.store.log.ends(kit.ws);
  const page = HistoryPage.parse((await desktop.request('sync.history', { cursor: null, limit: 1 })).value);
  expect(page.asOf).toBe(head);
  kit.inbound('900', 'later');
  const next = HistoryPage.parse(
    (await desktop.request('sync.history', { cursor: page.next, limit: 1 })).value,
  );
  expect(next.asOf).toBeGreaterThan(head);
});

test('the stretches of the batches have no gap, and a restart of the gateway changes nothing', async () => {
  fill(40, 30, true);
  const desktop = await kit.connect(kit.owner);
  await desktop.subscribe(0);
  const { head } = kit.gateway.store.log.ends(kit.ws);
  await expect.poll(() => head - desktop.cursor()).toBe(0);
  const seqs = desktop.events().map((event) => event.seq);
  expect(seqs).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  for (const batch of desktop.batches) {
    expect(EventBatch.parse(batch).events.length).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
  }
  await kit.restart();
  const again = await kit.connect(kit.owner);
  await again.subscribe(head - 5);
  await expect.poll(() => head - again.cursor()).toBe(0);
  expect(again.events()).toEqual(desktop.events().slice(-5));
});

test('at most four batches are under way without an ack; the rest waits in the log', async () => {
  fill(100, 30, true);
  const desktop = await kit.connect(kit.owner);
  desktop.setAcking(false);
  await desktop.subscribe(0);
  await expect.poll(() => desktop.batches.length).toBe(MAX_UNACKED_BATCHES);
  // A whole round trip later, and after more commits, there are still four.
  kit.inbound('901', 'more');
  await desktop.request('sync.snapshot', {});
  await desktop.request('sync.snapshot', {});
  expect(desktop.batches).toHaveLength(MAX_UNACKED_BATCHES);
  desktop.setAcking(true);
  await expect.poll(() => kit.gateway.store.log.ends(kit.ws).head - desktop.cursor()).toBe(0);
});

test('subscribing again starts anew from the cursor, and late acks of the old one do not count', async () => {
  fill(100, 30, true);
  const desktop = await kit.connect(kit.owner);
  desktop.setAcking(false);
  await desktop.subscribe(0);
  await expect.poll(() => desktop.batches.length).toBe(MAX_UNACKED_BATCHES);
  await desktop.subscribe(500);
  await expect.poll(() => desktop.batches.length).toBe(2 * MAX_UNACKED_BATCHES);
  expect(desktop.batches[MAX_UNACKED_BATCHES]!.from).toBe(500);
  desktop.setAcking(true);
  await expect.poll(() => kit.gateway.store.log.ends(kit.ws).head - desktop.cursor()).toBe(0);
  const fresh = desktop.batches.slice(MAX_UNACKED_BATCHES);
  expect(fresh.every((batch, index) => index === 0 || batch.from === fresh[index - 1]!.to)).toBe(true);
});

test('a cursor beyond the head or older than the log is refused: first sync starts anew', async () => {
  fill(3, 3, true);
  const desktop = await kit.connect(kit.owner);
  const { head } = kit.gateway.store.log.ends(kit.ws);
  expect(await desktop.subscribe(head + 1)).toMatchObject({
    ok: false,
    error: { kind: 'conflict', retry: 'never' },
  });
  kit.gateway.store.log.prune(kit.ws, 5);
  expect(await desktop.subscribe(4)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  expect(await desktop.subscribe(5)).toMatchObject({ ok: true });
});

test('requests that do not fit are refused with a kind', async () => {
  const desktop = await kit.connect(kit.owner);
  const refused = { ok: false, error: { kind: 'invalid', retry: 'never' } };
  for (const [name, data] of [
    ['subscribe', { cursor: -1 }],
    ['subscribe', null],
    ['sync.history', { cursor: null, limit: 2_001 }],
    ['sync.history', { cursor: 'no cursor', limit: 5 }],
    ['sync.history', { cursor: '99999999999999999999.x', limit: 5 }],
    ['sync.conversations', { cursor: 5, limit: 5 }],
    ['conversation.history', { cursor: null, limit: 5 }],
    ['unknown.request', {}],
  ] as const) {
    expect(await desktop.request(name, data)).toMatchObject(refused);
  }
});
