import { expect, test } from 'vitest';
import { newId } from '../../shared/domain/id.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import {
  contactOf,
  conversationOf,
  draftOf,
  me,
  messageOf,
  openTestCache,
  sendCommand,
  snapshotAt,
  temporaryFolder,
} from '../../test/support/cache-kit.ts';
import type { Cache } from './api.ts';

const conversation = conversationOf();

async function fill(cache: Cache): Promise<void> {
  await cache.write.applySnapshot(snapshotAt(10));
  const messages = [messageOf(conversation, 'a question')];
  const item = { conversation, contact: contactOf({ id: conversation.contactId }), messages };
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [item], next: null } });
}

test('whoever reads after a put sees it, without asking the writer', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file, { readers: 2 });
  await fill(cache);
  for (let round = 1; round <= 10; round += 1) {
    const command = sendCommand(conversation, `answer ${round}`);
    const changes = await cache.write.enqueue({ command, me: me.id, now: 2_000 + round });
    expect(changes).toMatchObject({ conversations: [conversation.id], lists: true, outbox: true });
    const [thread, list, found] = await Promise.all([
      cache.read.thread({ conversationId: conversation.id, before: null, limit: 50 }),
      cache.read.conversations({
        view: { kind: 'all' },
        sort: 'newest',
        me: me.id,
        now: 1,
        after: null,
        limit: 5,
      }),
      cache.search.search({ text: `"answer ${round}"`, conversationId: null, limit: 5, now: 3_000 }),
    ]);
    expect(thread.items).toHaveLength(1 + round);
    expect(list.rows[0]).toMatchObject({
      unsent: round,
      conversation: { lastMessage: { text: `answer ${round}` } },
    });
    expect(found.hits.map((hit) => hit.id)).toEqual([command.data.messageId]);
  }
  await cache.close();
});

test('a search that takes too long is stopped, and the next one has a new thread', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file, { searchTimeoutMs: 0 });
  await fill(cache);
  const told: string[] = [];
  cache.onFailure((failure) => told.push(failure.kind));
  // So many at once that the last of them waits for longer than the shortest limit, however fast the machine.
  const searches = Array.from({ length: 500 }, () =>
    cache.search.search({ text: 'question', conversationId: null, limit: 5, now: 1 }),
  );
  const outcomes = new Set<string>();
  for (const one of await Promise.allSettled(searches)) {
    if (one.status === 'rejected')
      outcomes.add((one.reason as Error & { kind?: string }).kind ?? String(one.reason));
  }
  expect([...outcomes]).toEqual(['too_slow']);
  expect(
    (
      await cache.read.conversations({
        view: { kind: 'all' },
        sort: 'newest',
        me: me.id,
        now: 1,
        after: null,
        limit: 5,
      })
    ).rows,
  ).toHaveLength(1);
  expect(told).toEqual([]);
  await cache.close();
});

test('after closing, every call says so; closing twice is once', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file);
  await Promise.all([cache.close(), cache.close()]);
  await expect(cache.read.views({ me: me.id, now: 1 })).rejects.toMatchObject({
    name: 'CacheFailure',
    kind: 'closed',
  });
  await expect(cache.write.resetSending()).rejects.toMatchObject({ kind: 'closed' });
});

test('the key that was given can be wiped by whoever gave it', async () => {
  using temporary = temporaryFolder();
  const key = new Uint8Array(32).fill(9);
  const opening = openTestCache(temporary.file, { key });
  const cache = await opening;
  key.fill(0);
  await fill(cache);
  await cache.close();
  const again = await openTestCache(temporary.file, { key: new Uint8Array(32).fill(9) });
  expect((await again.read.diagnostics()).messages).toBe(1);
  await again.close();
});

test('a refusal is a refusal, not a failure of the file', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file);
  const told: string[] = [];
  cache.onFailure((failure) => told.push(failure.kind));
  const put = cache.write.enqueue({ command: sendCommand(conversation, 'x'), me: me.id, now: 1 });
  await expect(put).rejects.toMatchObject({ name: 'CacheRefusal', kind: 'not_found' });
  expect(told).toEqual([]);
  await cache.close();
});

test('many at once are all kept or none, all seen by the next read, and hold nobody else back for long', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file);
  const conversations = Array.from({ length: 1_000 }, (_, index) => conversationOf({ activeAt: index }));
  const items = conversations.map((one) => ({
    conversation: one,
    contact: contactOf({ id: one.contactId }),
    messages: [],
  }));
  await cache.write.applySnapshot(snapshotAt(10));
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
  const close = (conversationId: string): Command => ({
    id: newId(),
    type: 'conversation.status',
    data: { conversationId, status: 'closed', snoozedUntil: null, reason: null },
  });
  const commands = conversations.map(({ id }) => ({ command: close(id), sendAt: null }));
  const stranger = { command: close(newId()), sendAt: null };
  await expect(
    cache.write.enqueueMany({ commands: [...commands, stranger], me: me.id, now: 2 }),
  ).rejects.toMatchObject({ kind: 'not_found' });
  const totals = async (): Promise<Record<string, number>> => {
    const views = await cache.read.views({ me: me.id, now: 3 });
    return Object.fromEntries(views.map(({ view, total }) => [view.kind, total]));
  };
  expect(await totals()).toMatchObject({ all: 1_000, closed: 0 });
  const order: string[] = [];
  const kept = cache.write.enqueueMany({ commands, me: me.id, now: 2 });
  const seen = totals().then((found) => (order.push('read'), found));
  const draft = { conversationId: conversations[0]!.id, draft: draftOf('half'), now: 3 };
  const written = cache.write.saveDraft(draft).then(() => order.push('write'));
  expect(await kept).toMatchObject({ everything: true, lists: true });
  expect(await seen).toMatchObject({ all: 0, closed: 1_000 });
  await written;
  expect(order).toEqual(['write', 'read']);
  const { withdrawn } = await cache.write.withdraw({ ids: commands.map(({ command }) => command.id) });
  expect(withdrawn).toHaveLength(1_000);
  expect(await totals()).toMatchObject({ all: 1_000, closed: 0 });
  await cache.close();
});
