/** Commands over a real socket: each applied once, each refused with the reason that a person can act on. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let clock = 0;
let maya: Desktop;
let conversationId = '';
beforeEach(async () => {
  clock = Date.now();
  kit = await startKit({ now: () => clock });
  conversationId = kit.inbound('4915100', 'hello', { at: clock });
  maya = await kit.connect(kit.maya);
  await maya.subscribe(0);
});
afterEach(() => kit.close());

function text(body = 'an answer', fields: object = {}) {
  return {
    conversationId,
    messageId: newId(),
    content: { kind: 'text', body },
    quotedMessageId: null,
    ...fields,
  };
}
function conversation(): Conversation {
  return kit.gateway.store.conversations.get(kit.ws, conversationId)!;
}
function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function refused(kind: string, retry = 'never') {
  return { ok: false, error: { kind, retry } };
}

test('a repetition gets the first answer and changes nothing, also after a restart', async () => {
  const id = newId();
  const data = text();
  const first = await maya.command('message.send', data, id);
  expect(first).toMatchObject({ id, ok: true });
  await maya.event((event) => event.type === 'message.status');
  const before = head();
  clock += HOUR;
  expect(await maya.command('message.send', data, id)).toEqual(first);
  expect(head()).toBe(before);
  await kit.restart();
  const again = await kit.connect(kit.maya);
  expect(await again.command('message.send', data, id)).toEqual(first);
  expect(head()).toBe(before);
});

test('an id of somebody else, or with another payload, is refused and tells nothing', async () => {
  const tom = await kit.connect(kit.tom);
  const id = newId();
  const data = text();
  await maya.command('message.send', data, id);
  expect(await tom.command('message.send', data, id)).toMatchObject({ id, ...refused('id_reused') });
  expect(await maya.command('message.send', text('other words'), id)).toMatchObject(refused('id_reused'));
  expect(await maya.command('conversation.unread', { conversationId }, id)).toMatchObject(
    refused('id_reused'),
  );
});

test('a refusal for good is remembered; one that passes is not', async () => {
  const { store } = kit.gateway;
  const id = newId();
  const data = text();
  clock += 2 * DAY;
  const first = await maya.command('message.send', data, id);
  expect(first).toMatchObject(refused('window_closed'));
  kit.inbound('4915100', 'here again', { at: clock });
  expect(await maya.command('message.send', data, id)).toEqual(first);

  store.channels.setHealth(kit.channel.id, { state: 'disconnected' }, clock);
  const later = newId();
  expect(await maya.command('message.send', data, later)).toMatchObject({
    ...refused('unavailable', 'after'),
    error: { afterMs: 30_000 },
  });
  store.channels.setHealth(kit.channel.id, { state: 'connected' }, clock);
  expect(await maya.command('message.send', data, later)).toMatchObject({ ok: true });
});

test('a sent message is queued in the log at once, and is the newest of its conversation', async () => {
  const data = text('first line\nsecond line');
  const ack = await maya.command('message.send', data);
  const created = await maya.event(
    (event) => event.type === 'message.created' && event.seq === (ack as { seq: number }).seq,
  );
  expect(created.data).toMatchObject({
    message: {
      id: data.messageId,
      direction: 'out',
      author: { type: 'user', userId: kit.maya.id },
      delivery: { status: 'queued', attempt: 1 },
      rev: created.seq,
    },
    conversation: {
      waitingSince: null,
      lastMessage: { id: data.messageId, status: 'queued' },
      rev: created.seq,
    },
  });
});

test('what may not be sent is refused by its reason', async () => {
  const { store } = kit.gateway;
  expect(await maya.command('message.send', text('   '))).toMatchObject(refused('invalid'));
  expect(await maya.command('message.send', text('x'.repeat(4_097)))).toMatchObject(refused('too_large'));
  const system = { content: { kind: 'system', event: 'other', text: 'x' } };
  expect(await maya.command('message.send', text('', system))).toMatchObject(refused('invalid'));
  expect(await maya.command('message.send', text('x', { quotedMessageId: newId() }))).toMatchObject(
    refused('not_found'),
  );
  expect(
    await maya.command('message.send', text('x', { messageId: conversation().lastMessage!.id })),
  ).toMatchObject(refused('conflict'));
  const media = { id: newId(), mimeType: 'image/png', size: 1, sha256: null, fileName: null };
  expect(
    await maya.command('message.send', text('', { content: { kind: 'image', media, caption: null } })),
  ).toMatchObject(refused('not_found'));
  expect(await maya.command('message.send', text('', { content: { kind: 'voice', media } }))).toMatchObject(
    refused('unsupported'),
  );
  store.channels.setHealth(kit.channel.id, { state: 'suspended' }, clock);
  expect(await maya.command('message.send', text())).toMatchObject(refused('channel_suspended'));
  store.channels.setHealth(kit.channel.id, { state: 'connected' }, clock);
  const contact = store.contacts.get(kit.ws, conversation().contactId)!;
  store.contacts.save(kit.ws, { ...contact, blocked: true }, clock);
  expect(await maya.command('message.send', text())).toMatchObject(refused('blocked'));
});

test('a closed window lets only an approved template through, and marketing only without opt-out', async () => {
  const { store } = kit.gateway;
  const fields = {
    channelId: kit.channel.id,
    language: 'en',
    quality: 'green' as const,
    header: null,
    body: 'Hello {{1}}',
    footer: null,
    buttons: [],
    reason: null,
  };
  const good = store.catalogue.saveTemplate(kit.ws, {
    ...fields,
    name: 'good',
    category: 'marketing',
    state: 'approved',
  });
  const paused = store.catalogue.saveTemplate(kit.ws, {
    ...fields,
    name: 'paused',
    category: 'utility',
    state: 'paused',
  });
  const template = (of: typeof good, extra: object = {}) =>
    text('', {
      content: {
        kind: 'template',
        templateId: of.id,
        name: of.name,
        language: of.language,
        header: null,
        body: 'Hello Ada',
        footer: null,
        buttons: [],
        variables: { header: [], body: ['Ada'], buttons: [] },
        ...extra,
      },
    });
  clock += 2 * DAY;
  expect(await maya.command('message.send', text())).toMatchObject(refused('window_closed'));
  const words = 'wrote to us by letter';
  expect(await maya.command('message.send', template(good))).toMatchObject(refused('no_consent'));
  expect(await maya.command('message.send', { ...template(good), override: words })).toMatchObject({
    ok: true,
  });
  expect(await maya.command('message.send', template(paused))).toMatchObject(
    refused('template_not_approved'),
  );
  expect(await maya.command('message.send', template(good, { templateId: newId() }))).toMatchObject(
    refused('not_found'),
  );
  expect(await maya.command('message.send', template(good, { name: 'other' }))).toMatchObject(
    refused('invalid'),
  );
  const contact = store.contacts.get(kit.ws, conversation().contactId)!;
  const consent = { state: 'opted_out' as const, at: clock, source: 'test' };
  store.contacts.save(kit.ws, { ...contact, consent }, clock);
  expect(await maya.command('message.send', template(good))).toMatchObject(refused('opted_out'));
});

test('reading counts what came in after the message; unread marks at least one', async () => {
  const ids = [conversation().lastMessage!.id];
  for (const words of ['two', 'three']) {
    clock += 1_000;
    kit.inbound('4915100', words, { at: clock });
    ids.push(conversation().lastMessage!.id);
  }
  expect(conversation().unread).toBe(3);
  await maya.command('conversation.read', { conversationId, upTo: ids[1] });
  expect(conversation().unread).toBe(1);
  await maya.command('conversation.read', { conversationId, upTo: ids[0] });
  expect(conversation().unread).toBe(1);
  await maya.command('conversation.read', { conversationId, upTo: ids[2] });
  expect(conversation().unread).toBe(0);
  const before = head();
  expect(await maya.command('conversation.read', { conversationId, upTo: ids[2] })).toMatchObject({
    ok: true,
    seq: before,
  });
  await maya.command('conversation.unread', { conversationId });
  expect(conversation().unread).toBe(1);
  expect(await maya.command('conversation.read', { conversationId, upTo: newId() })).toMatchObject(
    refused('not_found'),
  );
});

test('status: closing, snoozing until a time, waking by itself and by a message', async () => {
  const set = (status: string, snoozedUntil: number | null) =>
    maya.command('conversation.status', { conversationId, status, snoozedUntil });
  expect(await set('closed', clock)).toMatchObject(refused('invalid'));
  expect(await set('closed', null)).toMatchObject({ ok: true });
  expect(conversation().status).toBe('closed');
  kit.inbound('4915100', 'one more thing', { at: clock });
  expect(conversation().status).toBe('open');
  expect(await set('snoozed', clock + 50)).toMatchObject({ ok: true });
  clock += 50;
  const woken = await maya.event(
    (event) =>
      event.type === 'conversation.changed' && JSON.stringify(event.data).includes('"status":"open"'),
  );
  expect(woken.data).toMatchObject({ conversation: { id: conversationId, snoozedUntil: null } });
});

test('assigning needs a colleague who works on the channel', async () => {
  const assign = (assigneeId: string | null) =>
    maya.command('conversation.assign', { conversationId, assigneeId });
  const elsewhere = await kit.addUser({ name: 'elsewhere', role: 'agent', channelIds: [kit.other.id] });
  const gone = await kit.addUser({ name: 'gone', role: 'agent' });
  kit.gateway.store.people.setDisabled(gone.id, true);
  const stranger = kit.gateway.store.createWorkspace('Another company');
  const foreign = kit.gateway.store.people.createUser(stranger.ws, {
    name: 'foreign',
    email: 'foreign@other.example',
    role: 'agent',
    passwordHash: '',
  });
  expect(await assign(newId())).toMatchObject(refused('not_found'));
  expect(await assign(foreign.id)).toMatchObject(refused('not_found'));
  expect(await assign(gone.id)).toMatchObject(refused('conflict'));
  expect(await assign(elsewhere.id)).toMatchObject(refused('forbidden'));
  expect(await assign(kit.maya.id)).toMatchObject({ ok: true });
  expect(await assign(null)).toMatchObject({ ok: true });
});

test('labels and notes: only what the workspace has', async () => {
  const label = kit.gateway.store.catalogue.saveLabel(kit.ws, { name: 'VIP', colour: 'red', deleted: false });
  const labels = (labelIds: string[]) => maya.command('conversation.labels', { conversationId, labelIds });
  expect(await labels([label.id, label.id])).toMatchObject({ ok: true });
  expect(conversation().labelIds).toEqual([label.id]);
  expect(await labels([newId()])).toMatchObject(refused('not_found'));

  const note = { conversationId, noteId: newId(), body: 'call back', mentions: [kit.tom.id] };
  expect(await maya.command('note.add', note)).toMatchObject({ ok: true });
  const event = await maya.event((candidate) => candidate.type === 'note.created');
  expect(event.data).toMatchObject({
    note: { id: note.noteId, authorId: kit.maya.id, mentions: [kit.tom.id] },
  });
  expect(await maya.command('note.add', note)).toMatchObject(refused('conflict'));
  expect(await maya.command('note.add', { ...note, noteId: newId(), mentions: [newId()] })).toMatchObject(
    refused('not_found'),
  );
});

test('the company has one reaction on a message: that of whoever reacted last', async () => {
  const messageId = conversation().lastMessage!.id;
  const tom = await kit.connect(kit.tom);
  const react = (desktop: Desktop, emoji: string | null) =>
    desktop.command('message.react', { conversationId, messageId, emoji });
  await react(maya, '👍');
  clock += 1;
  await react(tom, '🙏');
  const reactions = () => kit.gateway.store.messages.get(messageId)!.message.reactions;
  expect(reactions()).toEqual([{ by: kit.tom.id, emoji: '🙏', at: clock }]);
  clock += 1;
  await react(tom, null);
  expect(reactions()).toEqual([]);
  const before = head();
  expect(await react(tom, null)).toMatchObject({ ok: true, seq: before });
});

test('commands that do not fit are refused by path, never by their contents', async () => {
  for (const [type, data] of [
    ['message.send', { ...text('SECRET-WORDS'), messageId: 7 }],
    ['message.send', null],
    ['no.such.command', {}],
    ['__proto__', {}],
    ['conversation.labels', { conversationId, labelIds: 'all' }],
  ] as const) {
    const ack = await maya.command(type, data);
    expect(ack).toMatchObject(refused('invalid'));
    expect(JSON.stringify(ack)).not.toContain('SECRET-WORDS');
  }
  expect(await maya.request('command', 'nothing')).toMatchObject({ id: 'none', ...refused('invalid') });
});
