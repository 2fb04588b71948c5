import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { createEphemeral, TYPING_INTERVAL, VIEWING_DELAY } from './ephemeral.ts';
import type { SyncSocket } from './ports.ts';

function arrange() {
  const clock = createFakeClock();
  const out: string[] = [];
  const heard: string[] = [];
  const socket: SyncSocket = {
    request: () => Promise.reject(new Error('not here')),
    signal: (payload) => out.push(`${clock.now()}:${JSON.stringify(Object.values(payload as object))}`),
    close: () => undefined,
  };
  const ephemeral = createEphemeral({
    clock,
    log: () => undefined,
    onEvent: (event) => heard.push(event.type),
  });
  return { clock, out, heard, socket, ephemeral };
}

test('typing is told at once, repeated seldom, and ended once', async () => {
  const { clock, out, socket, ephemeral } = arrange();
  ephemeral.attach(socket);
  for (let key = 0; key < 50; key += 1) {
    ephemeral.signal({ type: 'typing', conversationId: 'a', typing: true });
    await clock.advance(100);
  }
  ephemeral.signal({ type: 'typing', conversationId: 'a', typing: false });
  ephemeral.signal({ type: 'typing', conversationId: 'a', typing: false });
  expect(out).toEqual([
    '0:["presence","available"]',
    '0:["typing","a",true]',
    `${TYPING_INTERVAL}:["typing","a",true]`,
    '5000:["typing","a",false]',
  ]);
});

test('clicking through conversations tells only where one stays', async () => {
  const { clock, out, socket, ephemeral } = arrange();
  ephemeral.attach(socket);
  for (const id of ['a', 'b', 'c']) ephemeral.signal({ type: 'viewing', conversationId: id });
  await clock.advance(VIEWING_DELAY);
  ephemeral.signal({ type: 'viewing', conversationId: 'c' });
  await clock.advance(VIEWING_DELAY);
  expect(out).toEqual(['0:["presence","available"]', `${VIEWING_DELAY}:["viewing","c"]`]);
});

test('without a connection nothing is kept but presence and viewing, of which the newest is told to the next', async () => {
  const { clock, out, socket, ephemeral } = arrange();
  ephemeral.signal({ type: 'presence', state: 'busy' });
  ephemeral.signal({ type: 'presence', state: 'away' });
  ephemeral.signal({ type: 'typing', conversationId: 'a', typing: true });
  ephemeral.signal({ type: 'viewing', conversationId: 'b' });
  await clock.advance(1_000);
  ephemeral.attach(socket);
  expect(out).toEqual(['1000:["presence","away"]', '1000:["viewing","b"]']);
});

test('what comes in is checked', () => {
  const { heard, ephemeral } = arrange();
  ephemeral.receive({ type: 'presence', userId: 'u', state: 'busy' });
  ephemeral.receive({ type: 'presence', userId: 'u', state: 'dancing' });
  ephemeral.receive('typing');
  expect(heard).toEqual(['presence']);
});
