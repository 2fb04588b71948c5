/** Presence, viewing and typing over real sockets: told to those who may know, and void when they are not said again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EphemeralEvent } from '../../../shared/protocol/ephemeral.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let clock = 0;
let conversationId = '';
let maya: Desktop;
let tom: Desktop;
beforeEach(async () => {
  clock = Date.now();
  kit = await startKit({ now: () => clock });
  conversationId = kit.inbound('1', 'hello');
  maya = await kit.connect(kit.maya);
  tom = await kit.connect(kit.tom);
});
afterEach(() => kit.close());

function typing(userIds: string[], contact = false) {
  return { type: 'typing', conversationId, userIds, contact };
}

test('typing ends by itself when it is not said again; saying it again tells it again', async () => {
  const say = () => maya.socket.emit('ephemeral', { type: 'typing', conversationId, typing: true });
  say();
  await expect.poll(() => tom.ephemeral).toContainEqual(typing([kit.maya.id]));
  clock += 8_000;
  say();
  await expect
    .poll(() => tom.ephemeral.filter((event) => JSON.stringify(event).includes('"typing"')))
    .toEqual([typing([kit.maya.id]), typing([kit.maya.id])]);
  clock += 8_000;
  // Sixteen seconds after the first time, eight after the second: still on, until ten are over.
  await maya.request('sync.snapshot', {});
  expect(tom.ephemeral.at(-1)).toEqual(typing([kit.maya.id]));
  clock += 2_001;
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(typing([]));
});

test('a contact who types is shown like a colleague, and the signals fit their schema', async () => {
  kit.gateway.contactTyping(conversationId, true);
  await expect.poll(() => tom.ephemeral).toContainEqual(typing([], true));
  kit.gateway.contactTyping(conversationId, false);
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(typing([], false));
  for (const event of [...maya.ephemeral, ...tom.ephemeral])
    expect(EphemeralEvent.safeParse(event).success).toBe(true);
});

test('who looks at a conversation is told to others, and gone when the socket is', async () => {
  maya.socket.emit('ephemeral', { type: 'viewing', conversationId });
  const viewing = (userIds: string[]) => ({ type: 'viewing', conversationId, userIds });
  await expect.poll(() => tom.ephemeral).toContainEqual(viewing([kit.maya.id]));
  maya.close();
  await expect.poll(() => tom.ephemeral).toContainEqual(viewing([]));
  await expect
    .poll(() => tom.ephemeral)
    .toContainEqual({ type: 'presence', userId: kit.maya.id, state: 'offline' });
});

test('presence: what was said last, the best of several sockets, and known to who comes later', async () => {
  maya.socket.emit('ephemeral', { type: 'presence', state: 'busy' });
  const presence = (state: string) => ({ type: 'presence', userId: kit.maya.id, state });
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(presence('busy'));
  const late = await kit.connect(kit.supervisor);
  await expect.poll(() => late.ephemeral).toContainEqual(presence('busy'));
  await kit.connect(kit.maya);
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(presence('available'));
});

test('a user is offline when the last socket goes, not before; who comes learns of all who are there', async () => {
  const presence = (id: string, state: string) => ({ type: 'presence', userId: id, state });
  const second = await kit.connect(kit.maya);
  maya.socket.emit('ephemeral', { type: 'presence', state: 'away' });
  second.socket.emit('ephemeral', { type: 'presence', state: 'busy' });
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(presence(kit.maya.id, 'busy'));
  second.close();
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(presence(kit.maya.id, 'away'));
  const late = await kit.connect(kit.supervisor);
  await expect.poll(() => late.ephemeral).toContainEqual(presence(kit.maya.id, 'away'));
  await expect.poll(() => late.ephemeral).toContainEqual(presence(kit.tom.id, 'available'));
  expect(JSON.stringify(late.ephemeral)).not.toContain(kit.owner.id);
  maya.close();
  await expect.poll(() => tom.ephemeral.at(-1)).toEqual(presence(kit.maya.id, 'offline'));
});

test('a flood of signals is cut off, and nothing else suffers', async () => {
  for (let index = 0; index < 500; index += 1) {
    maya.socket.emit('ephemeral', { type: 'typing', conversationId, typing: index % 2 === 0 });
  }
  expect(await maya.request('sync.snapshot', {})).toMatchObject({ ok: true });
  await tom.request('sync.snapshot', {});
  expect(tom.ephemeral.length).toBeLessThan(40);
});
