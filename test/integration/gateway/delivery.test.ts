/** From the log to the provider: order within a conversation, retries, restarts, statuses that come early or out of order. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoopback } from '../../../gateway/providers/loopback.ts';
import type { Provider, SendResult } from '../../../gateway/providers/provider.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { DeliveryError } from '../../../shared/domain/message-status.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

type Order = Parameters<Provider['send']>[0];

let kit: Kit;
let maya: Desktop;
let orders: Order[] = [];
let answer: (order: Order) => Promise<SendResult>;
const ERROR: DeliveryError = {
  kind: 'undeliverable',
  code: 131026,
  title: 'Message undeliverable',
  details: null,
};

const taken = (order: Order): Promise<SendResult> =>
  Promise.resolve({ ok: true, providerId: `p.${order.message.id}`, status: 'sent', at: Date.now() });

beforeEach(async () => {
  orders = [];
  answer = taken;
  kit = await startKit({
    providers: [
      ({ now }) => ({
        provider: {
          ...createLoopback(now),
          send: (order) => {
            orders.push(order);
            return answer(order);
          },
        },
      }),
    ],
  });
  maya = await kit.connect(kit.maya);
  await maya.subscribe(0);
});
afterEach(() => kit.close());

async function send(conversationId: string, body: string): Promise<string> {
  const messageId = newId();
  const data = { conversationId, messageId, content: { kind: 'text', body }, quotedMessageId: null };
  expect(await maya.command('message.send', data)).toMatchObject({ ok: true });
  return messageId;
}
function delivery(messageId: string) {
  return kit.gateway.store.messages.get(messageId)!.message.delivery!;
}
function ingest(fact: { providerId: string } & Record<string, unknown>): void {
  const full = { channelId: kit.channel.id, ...fact } as never;
  kit.gateway.store.ingest([full], { provider: 'test', body: JSON.stringify(fact), receivedAt: Date.now() });
}

test('one conversation keeps its order behind a slow message; another does not wait for it', async () => {
  const [slow, quick] = [kit.inbound('1', 'x'), kit.inbound('2', 'x')];
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  answer = async (order) => {
    if (order.message.conversationId === slow) await gate;
    return taken(order);
  };
  const first = await send(slow, 'one');
  const second = await send(slow, 'two');
  const other = await send(quick, 'three');
  await expect.poll(() => delivery(other).status).toBe('sent');
  expect(orders.map((order) => order.message.id).toSorted()).toEqual([first, other].toSorted());
  expect(delivery(second).status).toBe('queued');
  release();
  await expect.poll(() => delivery(second).status).toBe('sent');
  const inSlow = orders.filter((order) => order.message.conversationId === slow);
  expect(inSlow.map((order) => order.message.id)).toEqual([first, second]);
});

test('a passing refusal is tried again with the same key; a breaking provider too', async () => {
  const conversationId = kit.inbound('1', 'x');
  answer = async (order) => {
    if (orders.length === 1) return { ok: false, error: { ...ERROR, kind: 'rate_limited' }, retryAfterMs: 1 };
    if (orders.length === 2) throw new TypeError('the provider broke');
    return taken(order);
  };
  const messageId = await send(conversationId, 'x');
  await expect.poll(() => delivery(messageId).status).toBe('sent');
  expect(orders.map((order) => order.idempotencyKey)).toEqual(
    Array.from({ length: 3 }, () => `${messageId}.1`),
  );
});

test('what was queued goes out after a restart, with the key of before', async () => {
  const conversationId = kit.inbound('1', 'x');
  answer = () => new Promise(() => undefined);
  const first = await send(conversationId, 'one');
  const second = await send(conversationId, 'two');
  await expect.poll(() => orders.length).toBe(1);
  answer = taken;
  await kit.restart();
  await expect.poll(() => delivery(second).status).toBe('sent');
  expect(orders.map((order) => order.idempotencyKey)).toEqual([`${first}.1`, `${first}.1`, `${second}.1`]);
});

test('a message that failed for good can be sent once more, as the next attempt', async () => {
  const conversationId = kit.inbound('1', 'x');
  answer = () => Promise.resolve({ ok: false, error: ERROR, retryAfterMs: null });
  const messageId = await send(conversationId, 'x');
  const failed = await maya.event((event) => event.type === 'message.status');
  expect(failed.data).toMatchObject({ messageId, delivery: { status: 'failed', attempt: 1, error: ERROR } });
  answer = taken;
  expect(await maya.command('message.retry', { conversationId, messageId })).toMatchObject({ ok: true });
  await expect.poll(() => delivery(messageId)).toMatchObject({ status: 'sent', attempt: 2, error: null });
  expect(orders.map((order) => order.idempotencyKey)).toEqual([`${messageId}.1`, `${messageId}.2`]);
  expect(await maya.command('message.retry', { conversationId, messageId })).toMatchObject({
    ok: false,
    error: { kind: 'conflict' },
  });
});

test("statuses in any order, repeated, or before the provider's own answer end in the same state", async () => {
  const conversationId = kit.inbound('1', 'x');
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  answer = async (order) => {
    await gate;
    return taken(order);
  };
  const messageId = await send(conversationId, 'x');
  const providerId = `p.${messageId}`;
  const at = Date.now();
  ingest({ type: 'status', providerId, status: 'read', at: at + 3, error: null });
  ingest({ type: 'status', providerId, status: 'delivered', at: at + 2, error: null });
  expect(delivery(messageId).status).toBe('queued');
  release();
  await expect.poll(() => delivery(messageId).status).toBe('read');
  const { head } = kit.gateway.store.log.ends(kit.ws);
  ingest({ type: 'status', providerId, status: 'delivered', at: at + 2, error: null });
  ingest({ type: 'status', providerId, status: 'sent', at: at + 1, error: null });
  expect(kit.gateway.store.log.ends(kit.ws).head).toBe(head);
  expect(kit.gateway.store.messages.reports(messageId).map((report) => report.status)).toEqual(
    expect.arrayContaining(['sent', 'delivered', 'read']),
  );
  expect(kit.gateway.store.conversations.get(kit.ws, conversationId)!.lastMessage!.status).toBe('read');
});

test("the quoted message and the reaction go out with the provider's ids", async () => {
  const conversationId = kit.inbound('1', 'question', { providerId: 'wamid.question' });
  const quotedMessageId = kit.gateway.store.conversations.get(kit.ws, conversationId)!.lastMessage!.id;
  await maya.command('message.send', {
    conversationId,
    messageId: newId(),
    content: { kind: 'text', body: 'answer' },
    quotedMessageId,
  });
  await expect.poll(() => orders[0]?.quotedProviderId).toBe('wamid.question');
  expect(orders[0]!.to).toMatchObject({ externalId: '1' });
});

test('what the provider took is not sent again because it could not be written down', async () => {
  const conversationId = kit.inbound('1', 'x');
  const { changes } = kit.gateway.store;
  const { setDelivery } = changes;
  let failures = 2;
  changes.setDelivery = (...args) => {
    failures -= 1;
    if (failures >= 0) throw new Error('database or disk is full');
    return setDelivery(...args);
  };
  const messageId = await send(conversationId, 'x');
  await expect.poll(() => delivery(messageId).status).toBe('sent');
  expect(failures).toBe(-1);
  expect(orders).toHaveLength(1);
});
