import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';
import type { FaultProxy, ProxyFaults } from './fault-proxy.ts';
import { openDesktop, openSocket, startKit } from './gateway-kit.ts';
import type { Desktop, Kit } from './gateway-kit.ts';

let kit: Kit;
let proxy: FaultProxy;
let desktop: Desktop | null;

beforeEach(async () => {
  kit = await startKit();
  proxy = await startFaultProxy({ target: kit.gateway.url, seed: 11 });
  desktop = null;
});

afterEach(async () => {
  desktop?.close();
  await proxy.close();
  await kit.close();
});

/** Signed in directly, connected through the proxy; follows the log from now on. */
async function connect(): Promise<Desktop> {
  desktop = await openDesktop(proxy.url, await kit.signIn(kit.owner));
  await desktop.subscribe(kit.gateway.store.log.ends(kit.ws).head);
  return desktop;
}

const bodies = (from: Desktop) =>
  from.events().flatMap((event) => {
    const message = event.data['message'] as { content: { body?: string } } | undefined;
    return message === undefined ? [] : [message.content.body];
  });

function faulty(faults: Partial<ProxyFaults>): void {
  proxy.setFaults(faults);
}

test('HTTP and sockets pass through untouched', async () => {
  const health = await fetch(`${proxy.url}/v1/health`);
  expect(await health.json()).toMatchObject({ ok: true });
  const here = await connect();
  kit.inbound('4915100000001', 'hello');
  await here.event((event) => event.type === 'message.created');
  expect(bodies(here)).toEqual(['hello']);
  expect(proxy.open()).toBe(1);
  expect(proxy.counts).toMatchObject({ dropped: 0, duplicated: 0, reordered: 0, cut: 0 });
});

test('a refused sign-in keeps its status and its body', async () => {
  const answer = await fetch(`${proxy.url}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: 'nobody@test.example',
      password: 'x',
      totp: null,
      device: { id: null, name: 'x' },
    }),
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ kind: 'invalid_credentials' });
});

test('dropped messages do not arrive, later ones do', async () => {
  const here = await connect();
  faulty({ drop: 1 });
  kit.inbound('4915100000001', 'lost');
  await expect.poll(() => proxy.counts.dropped).toBeGreaterThan(0);
  faulty({ drop: 0 });
  kit.inbound('4915100000001', 'found');
  await here.event((event) => JSON.stringify(event.data).includes('found'));
  expect(bodies(here)).toEqual(['found']);
});

test('doubled messages arrive twice', async () => {
  const here = await connect();
  faulty({ duplicate: 1 });
  kit.inbound('4915100000001', 'again');
  await expect.poll(() => bodies(here)).toEqual(['again', 'again']);
});

test('a held message is overtaken by the next', async () => {
  const here = await connect();
  here.setAcking(false);
  faulty({ reorder: 1, holdMs: 60_000 });
  kit.inbound('4915100000001', 'first');
  await expect.poll(() => proxy.counts.reordered).toBe(1);
  faulty({ reorder: 0 });
  kit.inbound('4915100000002', 'second');
  await expect.poll(() => bodies(here)).toEqual(['second', 'first']);
});

test('delay keeps the order', async () => {
  const here = await connect();
  faulty({ delayMs: { min: 1, max: 30 } });
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  for (const text of texts) kit.inbound('4915100000001', text);
  await expect.poll(() => bodies(here)).toEqual(texts);
});

test('cut breaks everything off and refuses, heal lets in again', async () => {
  const here = await connect();
  const gone = new Promise<string>((resolve) => here.socket.once('disconnect', resolve));
  proxy.cut();
  expect(await gone).toMatch(/transport/u);
  await expect(fetch(`${proxy.url}/v1/health`)).rejects.toThrow('fetch failed');
  const refused = openSocket(proxy.url, { token: 'x' });
  await new Promise((resolve) => refused.once('connect_error', resolve));
  refused.close();
  await expect.poll(() => proxy.open()).toBe(0);
  proxy.heal();
  expect((await fetch(`${proxy.url}/v1/health`)).status).toBe(200);
  const next = await connect();
  expect(next.hello).toBeTruthy();
});

test('an answer is lost after the request was carried out', async () => {
  faulty({ loseAnswer: 1 });
  await expect(fetch(`${proxy.url}/v1/health`)).rejects.toThrow('fetch failed');
  expect(proxy.counts.lostAnswers).toBe(1);
});

test('the gateway may move', async () => {
  await kit.restart();
  await expect(fetch(`${proxy.url}/v1/health`)).rejects.toThrow('fetch failed');
  proxy.setTarget(kit.gateway.url);
  expect((await fetch(`${proxy.url}/v1/health`)).status).toBe(200);
});
