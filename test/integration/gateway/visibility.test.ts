/** What an agent gets and does not get: pages, batches, grants and withdrawals, files and signals (protocol README, section 3). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { ConversationPage, HistoryPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await startKit();
});
afterEach(() => kit.close());

function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function assign(conversationId: string, assigneeId: string | null): void {
  const { store } = kit.gateway;
  store.conversations.change(
    kit.ws,
    store.conversations.get(kit.ws, conversationId)!,
    { assigneeId },
    Date.now(),
  );
}
async function caughtUp(desktop: Desktop): Promise<string[]> {
  await expect.poll(() => head() - desktop.cursor()).toBe(0);
  return desktop.events().map((event) => event.type);
}
async function seen(desktop: Desktop) {
  const limit = 100;
  const snapshot = Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
  const pages = ConversationPage.parse(
    (await desktop.request('sync.conversations', { cursor: null, limit })).value,
  );
  const history = HistoryPage.parse((await desktop.request('sync.history', { cursor: null, limit })).value);
  return {
    channels: snapshot.channels.map((channel) => channel.name),
    totals: snapshot.totals,
    conversations: pages.items.map((item) => item.conversation.id).toSorted(),
    messages: history.messages.map((message) => message.conversationId).toSorted(),
  };
}

test('pages show an agent the queue and the own conversations of the own channels, a supervisor all', async () => {
  const queue = kit.inbound('1', 'in the queue');
  const mine = kit.inbound('2', 'mine');
  const toms = kit.inbound('3', 'of Tom');
  const elsewhere = kit.inbound('4', 'on another channel', { channelId: kit.other.id });
  assign(mine, kit.maya.id);
  assign(toms, kit.tom.id);
  const expected = [queue, mine].toSorted();
  expect(await seen(await kit.connect(kit.maya))).toEqual({
    channels: ['Sales'],
    totals: { conversations: 2, messages: 2, contacts: 0 },
    conversations: expected,
    messages: expected,
  });
  const all = [queue, mine, toms, elsewhere].toSorted();
  expect(await seen(await kit.connect(kit.supervisor))).toMatchObject({ conversations: all, messages: all });
  kit.gateway.store.people.setAgentVisibility(kit.ws, 'all');
  expect(await seen(await kit.connect(kit.maya))).toMatchObject({
    conversations: [queue, mine, toms].toSorted(),
  });
});

test('who takes a conversation from the queue withdraws it from the others and keeps it', async () => {
  const conversationId = kit.inbound('1', 'hello');
  const [maya, tom] = [await kit.connect(kit.maya), await kit.connect(kit.tom)];
  const from = head();
  await maya.subscribe(from);
  await tom.subscribe(from);
  const ack = await maya.command('conversation.assign', { conversationId, assigneeId: kit.maya.id });
  expect(ack).toMatchObject({ ok: true, seq: from + 2 });
  kit.inbound('1', 'for Maya only');
  expect(await caughtUp(maya)).toEqual(['conversation.changed', 'activity.created', 'message.created']);
  expect(await caughtUp(tom)).toEqual(['conversation.withdrawn']);
  expect(tom.events()[0]).toEqual({
    seq: from + 1,
    at: expect.any(Number),
    type: 'conversation.withdrawn',
    data: {
      conversationId,
      contactId: kit.gateway.store.conversations.get(kit.ws, conversationId)?.contactId,
    },
  });
  // Back into the queue: granted, with its contact, and its history can be pulled.
  await maya.command('conversation.assign', { conversationId, assigneeId: null });
  const granted = await tom.event((event) => event.type === 'conversation.granted');
  expect(parseEvent(granted)).toMatchObject({ ok: true });
  expect(granted.data).toMatchObject({
    conversation: { id: conversationId },
    contact: { name: 'Customer 1' },
  });
  const history = await tom.request('conversation.history', { conversationId, cursor: null, limit: 10 });
  expect(HistoryPage.parse(history.value).messages).toHaveLength(2);
  for (const event of [...maya.events(), ...tom.events()])
    expect(parseEvent(event)).toMatchObject({ ok: true });
});

test('a stretch read later shows neither what was hidden then nor what is hidden now', async () => {
  const from = head();
  const hiddenNow = kit.inbound('1', 'HIDDEN NOW');
  assign(hiddenNow, kit.tom.id);
  const hiddenThen = kit.inbound('2', 'SEEN');
  assign(hiddenThen, kit.tom.id);
  kit.inbound('2', 'HIDDEN THEN');
  assign(hiddenThen, null);
  const maya = await kit.connect(kit.maya);
  await maya.subscribe(from);
  await caughtUp(maya);
  const messages = maya.events().filter((event) => event.type === 'message.created');
  expect(messages).toMatchObject([{ data: { message: { content: { body: 'SEEN' } } } }]);
  expect(JSON.stringify(maya.events())).not.toContain('HIDDEN NOW');
  expect(JSON.stringify(maya.events())).not.toContain('Customer 1"');
  expect(maya.events().map((event) => event.type)).toEqual([
    'conversation.withdrawn',
    'contact.changed',
    'message.created',
    'conversation.withdrawn',
    'conversation.granted',
  ]);
});

test('what is not theirs answers like what does not exist', async () => {
  const toms = kit.inbound('1', 'of Tom');
  const messageId = kit.gateway.store.conversations.get(kit.ws, toms)!.lastMessage!.id;
  assign(toms, kit.tom.id);
  const maya = await kit.connect(kit.maya);
  const before = head();
  for (const conversationId of [toms, newId()]) {
    const commands: [string, object][] = [
      ['message.send', { messageId: newId(), content: { kind: 'text', body: 'x' }, quotedMessageId: null }],
      ['message.retry', { messageId }],
      ['message.react', { messageId, emoji: '👍' }],
      ['note.add', { noteId: newId(), body: 'x', mentions: [] }],
      ['conversation.read', { upTo: messageId }],
      ['conversation.unread', {}],
      ['conversation.assign', { assigneeId: kit.maya.id }],
      ['conversation.status', { status: 'closed', snoozedUntil: null }],
      ['conversation.labels', { labelIds: [] }],
    ];
    for (const [type, data] of commands) {
      expect(await maya.command(type, { conversationId, ...data })).toMatchObject({
        ok: false,
        error: { kind: 'not_found', retry: 'never', message: 'there is no such thing, or it is not yours' },
      });
    }
    expect(
      await maya.request('conversation.history', { conversationId, cursor: null, limit: 5 }),
    ).toMatchObject({
      ok: false,
      error: { kind: 'not_found' },
    });
  }
  expect(head()).toBe(before);
});

test('another workspace is another world', async () => {
  const { store } = kit.gateway;
  const theirs = kit.inbound('1', 'ours');
  const { ws } = store.createWorkspace('Another company');
  const passwordHash = store.people.credentials(kit.owner.email)!.passwordHash;
  const foreign = store.people.createUser(ws, {
    name: 'f',
    email: 'f@other.example',
    role: 'owner',
    passwordHash,
  });
  const desktop = await kit.connect(foreign);
  expect(await seen(desktop)).toEqual({
    channels: [],
    totals: { conversations: 0, messages: 0, contacts: 0 },
    conversations: [],
    messages: [],
  });
  await desktop.subscribe(0);
  await expect.poll(() => store.log.ends(ws).head - desktop.cursor()).toBe(0);
  expect(desktop.events().map((event) => event.type)).toEqual(['policy.changed', 'user.changed']);
  expect(await desktop.command('conversation.unread', { conversationId: theirs })).toMatchObject({
    error: { kind: 'not_found' },
  });
});

test('a change of role or channels goes to that user alone, and holds at once', async () => {
  const elsewhere = kit.inbound('1', 'x', { channelId: kit.other.id });
  const [maya, tom] = [await kit.connect(kit.maya), await kit.connect(kit.tom)];
  const from = head();
  await maya.subscribe(from);
  await tom.subscribe(from);
  kit.gateway.store.people.setAccess(kit.maya.id, { channelIds: [kit.other.id] });
  expect(await caughtUp(maya)).toEqual(['user.changed', 'access.changed']);
  expect(await caughtUp(tom)).toEqual(['user.changed']);
  expect((await seen(maya)).conversations).toEqual([elsewhere]);
});

test('signals about a conversation reach only those who may see it', async () => {
  const conversationId = kit.inbound('1', 'x');
  const [maya, tom, supervisor] = [
    await kit.connect(kit.maya),
    await kit.connect(kit.tom),
    await kit.connect(kit.supervisor),
  ];
  assign(conversationId, kit.maya.id);
  tom.socket.emit('ephemeral', { type: 'typing', conversationId, typing: true });
  maya.socket.emit('ephemeral', { type: 'typing', conversationId, typing: true });
  maya.socket.emit('ephemeral', { type: 'viewing', conversationId });
  await expect
    .poll(() => supervisor.ephemeral)
    .toContainEqual({ type: 'viewing', conversationId, userIds: [kit.maya.id] });
  expect(supervisor.ephemeral).toContainEqual({
    type: 'typing',
    conversationId,
    userIds: [kit.maya.id],
    contact: false,
  });
  // Tom's own request has been answered since: what had been meant for him would be here.
  await tom.request('sync.snapshot', {});
  expect(JSON.stringify(tom.ephemeral)).not.toContain(conversationId);
  maya.close();
  await expect
    .poll(() => supervisor.ephemeral)
    .toContainEqual({ type: 'presence', userId: kit.maya.id, state: 'offline' });
  expect(supervisor.ephemeral).toContainEqual({ type: 'viewing', conversationId, userIds: [] });
});
