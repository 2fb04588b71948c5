import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, Link } from './bridge.ts';
import { loopbackBridge } from './loopback.ts';

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly sent: { id: number; name: string; input: unknown }[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as FakeSocket['sent'][number]);
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  drop(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  receive(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }
}

const page = (hash: string): Location =>
  ({ hash, pathname: '/', search: '', protocol: 'http:', host: '127.0.0.1:1' }) as unknown as Location;

const exchange = vi.fn<typeof fetch>();
const replaceState = vi.fn<(data: unknown, unused: string, url: string) => void>();

function socket(at = -1): FakeSocket {
  const found = FakeSocket.all.at(at);
  if (found === undefined) throw new Error('no socket');
  return found;
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  exchange.mockResolvedValue(new Response(null, { status: 204 }));
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', exchange);
  vi.stubGlobal('window', { history: { replaceState } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function connected(): Promise<Bridge> {
  const bridge = await loopbackBridge(page(''));
  socket().open();
  return bridge;
}

test('the token is exchanged once and taken out of the address', async () => {
  await loopbackBridge(page('#token=abc%2Bd'));
  expect(exchange).toHaveBeenCalledWith(
    '/session',
    expect.objectContaining({ method: 'POST', body: '{"token":"abc+d"}' }),
  );
  expect(replaceState).toHaveBeenCalledWith(null, '', '/');
  expect(socket().url).toBe('ws://127.0.0.1:1/contract');
});

test('calls made before the socket is open are sent when it is', async () => {
  const bridge = await loopbackBridge(page(''));
  const answer = bridge.call('app.state', {});
  expect(socket().sent).toEqual([]);
  socket().open();
  expect(socket().sent).toEqual([{ id: 1, name: 'app.state', input: {} }]);
  socket().receive({ id: 1, result: { ok: true, value: { phase: 'starting' } } });
  await expect(answer).resolves.toEqual({ phase: 'starting' });
});

test('a refusal rejects with its kind', async () => {
  const bridge = await connected();
  const answer = bridge.call('app.state', {});
  socket().receive({ id: 1, result: { ok: false, error: { kind: 'offline', message: 'x' } } });
  await expect(answer).rejects.toMatchObject({ error: { kind: 'offline' } });
});

test('events reach those who listen until they stop', async () => {
  const bridge = await connected();
  const heard: unknown[] = [];
  const stop = bridge.on('app.state', (state) => heard.push(state));
  socket().receive({ event: 'app.state', data: { phase: 'starting' } });
  socket().receive({ event: 'something newer', data: 1 });
  stop();
  socket().receive({ event: 'app.state', data: { phase: 'locked' } });
  expect(heard).toEqual([{ phase: 'starting' }]);
});

test('a lost socket refuses what was under way, keeps what was not, and comes back', async () => {
  const bridge = await connected();
  const links: Link[] = [];
  bridge.onLink((link) => links.push(link));
  const underWay = bridge.call('app.state', {});
  socket().drop();
  await expect(underWay).rejects.toMatchObject({ error: { kind: 'not_ready' } });
  const later = bridge.call('app.state', {});
  vi.advanceTimersByTime(250);
  expect(FakeSocket.all).toHaveLength(2);
  socket().open();
  expect(socket().sent).toEqual([{ id: 2, name: 'app.state', input: {} }]);
  socket().receive({ id: 2, result: { ok: true, value: { phase: 'starting' } } });
  await expect(later).resolves.toEqual({ phase: 'starting' });
  expect(links).toEqual(['open', 'lost', 'open']);
});

test('a call that cannot be sent for long is refused', async () => {
  const bridge = await loopbackBridge(page(''));
  const answer = bridge.call('app.state', {});
  vi.advanceTimersByTime(15_000);
  await expect(answer).rejects.toMatchObject({ error: { kind: 'not_ready' } });
});
