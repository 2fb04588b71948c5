/** Taking back what a command did, over real sockets: also when the conversation has left the user's sight by it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { CommandData } from '../../../shared/protocol/commands.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya: Desktop;
let tom: Desktop;
let id: string;
let late = 0;
beforeEach(async () => {
  late = 0;
  kit = await startKit({ now: () => Date.now() + late });
  [maya, tom] = [await kit.connect(kit.maya), await kit.connect(kit.tom)];
  id = kit.inbound('1', 'hello');
  kit.inbound('1', 'are you there?');
  await maya.subscribe(kit.gateway.store.log.ends(kit.ws).head);
});
afterEach(() => kit.close());

const state = () => {
  const { rev: _, ...rest } = kit.gateway.store.conversations.get(kit.ws, id)!;
  return rest;
};
/** Does something as Maya; answers what takes it back. */
async function done(type: keyof typeof CommandData, data: object) {
  const commandId = newId();
  expect(await maya.command(type, { conversationId: id, ...data }, commandId)).toMatchObject({ ok: true });
  return (desktop = maya) =>
    desktop.command('conversation.undo', { conversationId: id, commandId, restore: {} });
}
const handOver = (data: object = {}) => done('conversation.assign', { assigneeId: kit.tom.id, ...data });
const say = (desktop: Desktop) =>
  desktop.command('message.send', {
    conversationId: id,
    messageId: newId(),
    content: { kind: 'text', body: 'yes' },
    quotedMessageId: null,
  });

test('a hand-over that took the conversation out of sight comes back with all that was there', async () => {
  const before = state();
  const undo = await handOver({ note: 'please' });
  await expect.poll(() => maya.events().at(-1)?.type).toBe('conversation.withdrawn');
  // Customers and the gateway itself may go on meanwhile.
  kit.inbound('1', 'anybody?');
  expect(await undo()).toMatchObject({ ok: true });
  expect(state()).toMatchObject({ assigneeId: before.assigneeId, teamId: before.teamId, unread: 3 });
  await expect.poll(() => maya.events().map(({ type }) => type)).toContain('conversation.granted');
  // Once.
  expect(await undo()).toMatchObject({ ok: false, error: { kind: 'not_found' } });
});

test('not after somebody has acted on it: the refusal says who did what', async () => {
  const deeds: [() => Promise<unknown>, string][] = [
    [() => say(tom), 'answered'],
    [
      () => tom.command('note.add', { conversationId: id, noteId: newId(), body: 'hm', mentions: [] }),
      'noted',
    ],
    [() => tom.command('conversation.assign', { conversationId: id, assigneeId: null }), 'passed_on'],
    [
      () => tom.command('conversation.status', { conversationId: id, status: 'closed', snoozedUntil: null }),
      'changed',
    ],
  ];
  const supervisor = await kit.connect(kit.supervisor);
  for (const [act, what] of deeds) {
    await supervisor.command('conversation.assign', { conversationId: id, assigneeId: kit.maya.id });
    const undo = await handOver();
    expect(await act()).toMatchObject({ ok: true });
    const since = { by: kit.tom.id, what };
    expect(await undo()).toMatchObject({ ok: false, error: { kind: 'conflict', retry: 'never', since } });
  }
});

test('that somebody has only looked is no reason to refuse', async () => {
  const undo = await handOver();
  const upTo = state().lastMessage!.id;
  await tom.command('conversation.read', { conversationId: id, upTo });
  expect(await undo()).toMatchObject({ ok: true });
  expect(state().assigneeId).toBeNull();
});

test('only by who did it, only for a while, and only into sight', async () => {
  const undo = await handOver();
  expect(await undo(tom)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  late = 12 * MINUTE;
  expect(await undo()).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  late = 10 * MINUTE;
  kit.gateway.store.people.setAccess(kit.maya.id, { role: 'agent', channelIds: [kit.other.id] });
  expect(await undo()).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  expect(state().assigneeId).toBe(kit.tom.id);
});

test('read comes back as many as there were, with what came since', async () => {
  expect(state().unread).toBe(2);
  const undo = await done('conversation.read', { upTo: state().lastMessage!.id });
  expect(state().unread).toBe(0);
  kit.inbound('1', 'one more');
  await undo();
  expect(state().unread).toBe(3);
});

test('status and labels come back while they are as they were left', async () => {
  const before = state();
  const label = kit.gateway.store.catalogue.saveLabel(kit.ws, { name: 'VIP', colour: 'red', deleted: false });
  const undoLabel = await done('conversation.labels', { labelIds: [label.id] });
  const undoClose = await done('conversation.status', {
    status: 'closed',
    snoozedUntil: null,
    reason: 'spam',
  });
  // Somebody else's doing about something else is no obstacle, about the same it is.
  await tom.command('note.add', { conversationId: id, noteId: newId(), body: 'hm', mentions: [] });
  expect(await undoClose()).toMatchObject({ ok: true });
  await tom.command('conversation.labels', { conversationId: id, labelIds: [] });
  expect(await undoLabel()).toMatchObject({ ok: false, error: { since: { by: kit.tom.id } } });
  expect(state()).toEqual(before);
});
