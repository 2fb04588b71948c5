/** The demo workspace as somebody meets it: sign in, look around, answer a customer, come back after a restart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway } from '../../gateway/server/gateway.ts';
import type { Gateway } from '../../gateway/server/gateway.ts';
import { newId } from '../../shared/domain/id.ts';
import { mediaOf } from '../../shared/domain/message-content.ts';
import type { SignInResponse } from '../../shared/protocol/session.ts';
import { ConversationPage, Snapshot } from '../../shared/protocol/sync.ts';
import { CHEAP_COST, openDesktop } from '../support/gateway-kit.ts';
import type { Desktop } from '../support/gateway-kit.ts';

let dataDir: string;
let gateway: Gateway;
let signedIn: SignInResponse;
let desktop: Desktop;

const start = () => startGateway({ dataDir, seed: 'demo', simulate: true, passwordCost: CHEAP_COST });

async function signIn(): Promise<SignInResponse> {
  const { email, password } = gateway.demo ?? { email: '', password: '' };
  const response = await fetch(`${gateway.url}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, totp: null, device: { id: null, name: 'test' } }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as SignInResponse;
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'parley-demo-test-'));
  gateway = await start();
  signedIn = await signIn();
  desktop = await openDesktop(gateway.url, signedIn);
});

afterAll(async () => {
  desktop.close();
  await gateway.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function firstPage() {
  const { value } = await desktop.request('sync.conversations', { cursor: null, limit: 100 });
  return ConversationPage.parse(value);
}

test('Maya sees the queue and what is hers, not what her colleagues have', async () => {
  const snapshot = Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
  expect(snapshot.me).toMatchObject({ name: 'Maya Lindqvist', role: 'agent' });
  expect(snapshot.channels.map(({ name }) => name).toSorted()).toEqual(['Alerts SMS', 'Sales', 'Showroom']);
  expect(snapshot.totals.conversations).toBeGreaterThan(80);
  expect(snapshot.totals.conversations).toBeLessThan(200);
  expect(new Set(snapshot.templates.map(({ state }) => state))).toEqual(
    new Set(['approved', 'pending', 'rejected', 'paused', 'disabled']),
  );
  const { items } = await firstPage();
  for (const { conversation } of items) expect([null, snapshot.me.id]).toContain(conversation.assigneeId);
});

test('the pictures of customers can be looked at', async () => {
  const { items } = await firstPage();
  const media = items
    .flatMap(({ messages }) => messages.map(({ content }) => mediaOf(content)))
    .find((ref) => ref !== null);
  const response = await fetch(`${gateway.url}/v1/media/${media?.id}`, {
    headers: { authorization: `Bearer ${signedIn.tokens.accessToken}` },
  });
  expect(response.status).toBe(200);
  expect((await response.arrayBuffer()).byteLength).toBe(media?.size);
});

test('what Maya writes is delivered', async () => {
  const { items } = await firstPage();
  const open = items.find(({ conversation }) => (conversation.windowEndsAt ?? 0) > Date.now());
  await desktop.subscribe(gateway.store.log.ends(1).head);
  const messageId = newId();
  const ack = await desktop.command('message.send', {
    conversationId: open?.conversation.id,
    messageId,
    content: { kind: 'text', body: 'I will look that up for you.' },
    quotedMessageId: null,
  });
  expect(ack.ok).toBe(true);
  await desktop.event(
    ({ data }) =>
      data['messageId'] === messageId &&
      (data['delivery'] as unknown as { status?: string } | undefined)?.status === 'delivered',
  );
});

test('after a restart it is the same workspace, not a second one', async () => {
  const before = gateway.store.log.ends(1).head;
  desktop.close();
  await gateway.close();
  gateway = await start();
  expect(gateway.store.people.workspaces()).toHaveLength(1);
  expect(gateway.store.log.ends(1).head).toBeGreaterThanOrEqual(before);
  signedIn = await signIn();
  desktop = await openDesktop(gateway.url, signedIn);
  expect((await firstPage()).items.length).toBeGreaterThan(50);
});
