import { expect, test } from 'vitest';
import {
  conversationOf,
  contactOf,
  me,
  messageOf,
  openTestCache,
  sendCommand,
  session,
  snapshotAt,
  temporaryFolder,
} from '../../../test/support/cache-kit.ts';

test('a message is kept while a long batch is being written, not after it; the next batch keeps its turn', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file);
  const conversation = conversationOf();
  const contact = contactOf({ id: conversation.contactId });
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  await cache.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [{ conversation, contact, messages: [] }], next: null },
  });
  const batch = (from: number, count: number) => ({
    from,
    to: from + count,
    head: from + count,
    events: Array.from({ length: count }, (_, n) => ({
      seq: from + 1 + n,
      at: from + 1 + n,
      type: 'message.created',
      data: {
        message: messageOf(conversation, `number ${from + 1 + n}`, { rev: from + 1 + n }),
        conversation: { ...conversation, rev: from + 1 + n },
      },
    })),
  });
  const order: string[] = [];
  const long = cache.write.applyBatch(batch(10, 500)).then(({ cursor }) => order.push(`batch to ${cursor}`));
  const short = cache.write.applyBatch(batch(510, 1)).then(({ cursor }) => order.push(`batch to ${cursor}`));
  const kept = cache.write
    .enqueue({ command: sendCommand(conversation, 'hello'), me: me.id, now: 1 })
    .then(() => order.push('kept'));
  await Promise.all([long, short, kept]);
  expect(order).toEqual(['kept', 'batch to 510', 'batch to 511']);
  expect((await cache.read.outboxDue({ now: 1, limit: 5 })).due).toHaveLength(1);
  await cache.close();
});
