/** Teams over real sockets: who sees what a team has, and what comes and goes when people join, leave and pass on. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Team } from '../../../shared/domain/team.ts';
import type { User } from '../../../shared/domain/workspace.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { ConversationPage, HistoryPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let team: Team;
/** An agent of the same channel in no team. */
let uma: User;
beforeEach(async () => {
  kit = await startKit();
  uma = await kit.addUser({ name: 'uma', role: 'agent', channelIds: [kit.channel.id] });
  team = kit.gateway.store.teams.save(kit.ws, { name: 'Service', memberIds: [kit.maya.id] });
});
afterEach(() => kit.close());

function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function conversation(id: string): Conversation {
  return kit.gateway.store.conversations.get(kit.ws, id)!;
}
function members(...memberIds: string[]): void {
  kit.gateway.store.teams.save(kit.ws, { id: team.id, name: team.name, memberIds });
}
async function follow(user: User): Promise<Desktop> {
  const desktop = await kit.connect(user);
  await desktop.subscribe(head());
  return desktop;
}
async function caughtUp(desktop: Desktop): Promise<string[]> {
  await expect.poll(() => head() - desktop.cursor()).toBe(0);
  for (const event of desktop.events()) expect(parseEvent(event)).toMatchObject({ ok: true });
  return desktop.events().map((event) => event.type);
}
async function seen(user: User): Promise<string[]> {
  const desktop = await kit.connect(user);
  const request = { cursor: null, limit: 100 };
  const page = ConversationPage.parse((await desktop.request('sync.conversations', request)).value);
  const history = HistoryPage.parse((await desktop.request('sync.history', request)).value);
  const snapshot = Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
  const ids = page.items.map((item) => item.conversation.id).toSorted();
  expect([...new Set(history.messages.map((message) => message.conversationId))].toSorted()).toEqual(ids);
  expect(snapshot.totals.conversations).toBe(ids.length);
  desktop.close();
  return ids;
}

test('what a team has is for its members and supervisors; with an assignee, for that person too', async () => {
  const id = kit.inbound('1', 'hello');
  const supervisor = await follow(kit.supervisor);
  const [maya, tom] = [await follow(kit.maya), await follow(kit.tom)];
  const ack = await supervisor.command('conversation.assign', {
    conversationId: id,
    assigneeId: null,
    teamId: team.id,
    note: '  please help  ',
  });
  expect(ack).toMatchObject({ ok: true, seq: head() });
  expect(conversation(id)).toMatchObject({ assigneeId: null, teamId: team.id });
  expect(await caughtUp(maya)).toEqual(['conversation.changed', 'activity.created']);
  expect(maya.events()[1]?.data).toMatchObject({
    activity: {
      conversationId: id,
      actorId: kit.supervisor.id,
      kind: 'assigned',
      from: null,
      to: team.id,
      note: 'please help',
      rev: head(),
    },
  });
  expect(await caughtUp(tom)).toEqual(['conversation.withdrawn']);
  expect([await seen(kit.maya), await seen(kit.tom), await seen(kit.supervisor)]).toEqual([[id], [], [id]]);
  expect(await tom.command('conversation.unread', { conversationId: id })).toMatchObject({
    error: { kind: 'not_found' },
  });

  // To Tom, who is not in the team: he gets it, and the team goes on seeing it.
  await supervisor.command('conversation.assign', { conversationId: id, assigneeId: kit.tom.id });
  expect(conversation(id)).toMatchObject({ assigneeId: kit.tom.id, teamId: team.id });
  expect((await caughtUp(tom)).slice(1)).toEqual(['conversation.granted', 'activity.created']);
  expect(await seen(kit.maya)).toEqual([id]);
  // Maya takes it over: Tom loses it.
  await maya.command('conversation.assign', { conversationId: id, assigneeId: kit.maya.id });
  expect((await caughtUp(tom)).at(-1)).toBe('conversation.withdrawn');
  await caughtUp(maya);
  expect(maya.events().at(-1)?.data).toMatchObject({
    activity: { kind: 'taken_over', actorId: kit.maya.id, from: kit.tom.id, to: kit.maya.id },
  });
  // Both null: back to everybody's queue.
  await maya.command('conversation.assign', { conversationId: id, assigneeId: null, teamId: null });
  expect((await caughtUp(tom)).slice(-2)).toEqual(['conversation.granted', 'activity.created']);
  expect(await seen(uma)).toEqual([id]);
});

test('who joins gets what the team has, who leaves loses it, and nobody else hears of either', async () => {
  const [waiting, toms, queue] = [kit.inbound('1', 'a'), kit.inbound('2', 'b'), kit.inbound('3', 'c')];
  const { store } = kit.gateway;
  store.conversations.change(kit.ws, conversation(waiting), { teamId: team.id }, Date.now());
  store.conversations.change(
    kit.ws,
    conversation(toms),
    { teamId: team.id, assigneeId: kit.tom.id },
    Date.now(),
  );
  const [maya, tom, umas, supervisor] = [
    await follow(kit.maya),
    await follow(kit.tom),
    await follow(uma),
    await follow(kit.supervisor),
  ];
  members(kit.maya.id, kit.tom.id);
  expect(await caughtUp(tom)).toEqual(['team.changed', 'conversation.granted']);
  expect(tom.events()[1]?.data).toMatchObject({
    conversation: { id: waiting },
    contact: { name: 'Customer 1' },
  });
  for (const other of [maya, umas, supervisor]) expect(await caughtUp(other)).toEqual(['team.changed']);
  expect(await seen(kit.tom)).toEqual([waiting, toms, queue].toSorted());
  kit.inbound('1', 'still there?');
  expect((await caughtUp(tom)).at(-1)).toBe('message.created');
  members(kit.tom.id);
  expect((await caughtUp(maya)).slice(-3)).toEqual([
    'team.changed',
    'conversation.withdrawn',
    'conversation.withdrawn',
  ]);
  expect(await seen(kit.maya)).toEqual([queue]);
  kit.inbound('1', 'NOT FOR MAYA');
  await caughtUp(maya);
  expect(JSON.stringify(maya.events())).not.toContain('NOT FOR MAYA');
});

test('a stretch read late shows a team only from joining on, and ends with what is visible now', async () => {
  const from = head();
  const id = kit.inbound('1', 'FOR ALL');
  const { store } = kit.gateway;
  store.conversations.change(kit.ws, conversation(id), { teamId: team.id }, Date.now());
  kit.inbound('1', 'FOR THE TEAM');
  members(kit.maya.id, kit.tom.id);
  kit.inbound('1', 'WITH TOM');
  const tom = await kit.connect(kit.tom);
  await tom.subscribe(from);
  expect(await caughtUp(tom)).toEqual([
    'contact.changed',
    'message.created',
    'conversation.withdrawn',
    'team.changed',
    'conversation.granted',
    'message.created',
  ]);
  expect(JSON.stringify(tom.events())).not.toContain('FOR THE TEAM"');
  members(kit.tom.id);
  members(kit.maya.id);
  const again = await kit.connect(kit.tom);
  await again.subscribe(from);
  await caughtUp(again);
  expect(JSON.stringify(again.events())).not.toContain('WITH TOM');
  expect(again.events().at(-1)?.type).toBe('conversation.withdrawn');
});

test('a deleted team gives back what it had', async () => {
  const [waiting, toms] = [kit.inbound('1', 'a'), kit.inbound('2', 'b')];
  const { store } = kit.gateway;
  store.conversations.change(kit.ws, conversation(waiting), { teamId: team.id }, Date.now());
  store.conversations.change(
    kit.ws,
    conversation(toms),
    { teamId: team.id, assigneeId: kit.tom.id },
    Date.now(),
  );
  const maya = await follow(kit.maya);
  store.teams.save(kit.ws, { id: team.id, name: team.name, memberIds: [kit.maya.id], deleted: true });
  await caughtUp(maya);
  expect([conversation(waiting).teamId, conversation(toms).teamId]).toEqual([null, null]);
  expect([await seen(kit.maya), await seen(kit.tom)]).toEqual([[waiting], [waiting, toms].toSorted()]);
  const last = maya.events().filter((event) => event.data['conversationId'] === toms);
  expect(last.at(-1)?.type).toBe('conversation.withdrawn');
});

test('a team must exist and have somebody who works on the channel', async () => {
  const id = kit.inbound('1', 'a');
  const supervisor = await kit.connect(kit.supervisor);
  const { store } = kit.gateway;
  const pass = (teamId: string) =>
    supervisor.command('conversation.assign', { conversationId: id, assigneeId: null, teamId });
  const elsewhere = await kit.addUser({ name: 'elsewhere', role: 'agent', channelIds: [kit.other.id] });
  const theirs = store.teams.save(kit.ws, { name: 'Elsewhere', memberIds: [elsewhere.id] });
  const gone = store.teams.save(kit.ws, { name: 'Gone', memberIds: [kit.maya.id], deleted: true });
  const foreign = store.createWorkspace('Another company');
  const stranger = store.teams.save(foreign.ws, { name: 'Foreign', memberIds: [] });
  expect(await pass(theirs.id)).toMatchObject({ error: { kind: 'forbidden' } });
  for (const missing of [gone.id, stranger.id, newId()]) {
    expect(await pass(missing)).toMatchObject({ error: { kind: 'not_found' } });
  }
  expect(() => store.teams.save(foreign.ws, { name: 'X', memberIds: [kit.maya.id] })).toThrow('workspace');
  const snapshot = Snapshot.parse((await supervisor.request('sync.snapshot', {})).value);
  expect(snapshot.teams.map(({ name, deleted }) => [name, deleted])).toEqual([
    ['Service', false],
    ['Elsewhere', false],
    ['Gone', true],
  ]);
});

test('files and signals of a team are for its members', async () => {
  const id = kit.inbound('1', 'a');
  const { store } = kit.gateway;
  store.conversations.change(kit.ws, conversation(id), { teamId: team.id }, Date.now());
  const token = async (user: User) => (await kit.signIn(user)).tokens.accessToken;
  const mediaId = newId();
  const bytes = 'a picture';
  await kit.http('POST', '/v1/media', {
    token: await token(kit.supervisor),
    body: bytes,
    headers: {
      'content-type': 'image/png',
      'x-media-id': mediaId,
      'x-content-sha256': createHash('sha256').update(bytes).digest('hex'),
    },
  });
  store.media.use(mediaId, id);
  const status = async (user: User) =>
    (await kit.http('GET', `/v1/media/${mediaId}`, { token: await token(user) })).status;
  expect([await status(kit.maya), await status(kit.tom), await status(uma)]).toEqual([200, 404, 404]);
  const [maya, tom, supervisor] = [
    await kit.connect(kit.maya),
    await kit.connect(kit.tom),
    await kit.connect(kit.supervisor),
  ];
  maya.socket.emit('ephemeral', { type: 'viewing', conversationId: id });
  await expect
    .poll(() => supervisor.ephemeral)
    .toContainEqual({ type: 'viewing', conversationId: id, userIds: [kit.maya.id] });
  await tom.request('sync.snapshot', {});
  expect(JSON.stringify(tom.ephemeral)).not.toContain(id);
});
