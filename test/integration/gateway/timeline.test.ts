/** Who did what, over real sockets: closing with a reason, snoozing, reopening by a reply or by the customer, and the send guard. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Activity } from '../../../shared/domain/activity.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { newId } from '../../../shared/domain/id.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { HistoryPage } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let clock = 0;
let maya: Desktop;
let tom: Desktop;
let conversationId = '';
beforeEach(async () => {
  clock = Date.now();
  kit = await startKit({ now: () => clock });
  conversationId = kit.inbound('1', 'hello', { at: clock });
  maya = await kit.connect(kit.maya);
  tom = await kit.connect(kit.tom);
  await maya.subscribe(0);
});
afterEach(() => kit.close());

function conversation(): Conversation {
  return kit.gateway.store.conversations.get(kit.ws, conversationId)!;
}
function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function status(name: string, fields: object = {}) {
  return maya.command('conversation.status', { conversationId, status: name, snoozedUntil: null, ...fields });
}
function send(desktop: Desktop, fields: object = {}) {
  return desktop.command('message.send', {
    conversationId,
    messageId: newId(),
    content: { kind: 'text', body: 'an answer' },
    quotedMessageId: null,
    ...fields,
  });
}
/** The timeline as pages bring it, oldest first: kind, actor, from, to, note. */
async function timeline(desktop = maya) {
  const request = { conversationId, cursor: null, limit: 100 };
  const { activities } = HistoryPage.parse((await desktop.request('conversation.history', request)).value);
  const line = ({ kind, actorId, from, to, note }: Activity) => [kind, actorId, from, to, note];
  return activities.toReversed().map(line);
}

test('the reason for closing is kept with the conversation and in its timeline, until it is open again', async () => {
  const ack = await status('closed', { reason: ' Solved ' });
  expect(ack).toMatchObject({ ok: true, seq: head() });
  expect(conversation()).toMatchObject({ status: 'closed', closeReason: 'Solved' });
  const event = await maya.event(({ type }) => type === 'activity.created');
  expect(parseEvent(event)).toMatchObject({ ok: true });
  const before = head();
  await status('closed', { reason: 'Solved' });
  expect(head()).toBe(before);
  await status('open', { reason: 'ignored' });
  expect(conversation()).toMatchObject({ status: 'open', closeReason: null });
  expect(await timeline()).toEqual([
    ['closed', kit.maya.id, 'open', 'closed', 'Solved'],
    ['reopened', kit.maya.id, 'closed', 'open', null],
  ]);
});

test('without a time a snooze ends when the customer writes; nobody did that', async () => {
  expect(await status('snoozed')).toMatchObject({ ok: true });
  expect(conversation()).toMatchObject({ status: 'snoozed', snoozedUntil: null });
  clock += 400 * 24 * 3_600_000;
  kit.gateway.store.conversations.wakeSnoozed(clock);
  expect(conversation().status).toBe('snoozed');
  kit.inbound('1', 'here again', { at: clock });
  expect(conversation()).toMatchObject({ status: 'open', snoozedUntil: null });
  expect(await timeline()).toEqual([
    ['snoozed', kit.maya.id, 'open', 'snoozed', null],
    ['reopened', null, 'snoozed', 'open', null],
  ]);
});

test('a snooze that ends by itself is in the timeline as done by nobody', async () => {
  await status('snoozed', { snoozedUntil: clock + 50 });
  clock += 50;
  await expect.poll(() => conversation().status).toBe('open');
  expect((await timeline()).at(-1)).toEqual(['reopened', null, 'snoozed', 'open', null]);
});

test('a customer who writes after closing reopens it with whoever had it', async () => {
  await maya.command('conversation.assign', { conversationId, assigneeId: kit.maya.id });
  await status('closed', { reason: 'Solved' });
  kit.inbound('1', 'one more thing', { at: clock + 1 });
  expect(conversation()).toMatchObject({ status: 'open', closeReason: null, assigneeId: kit.maya.id });
});

test.each(['closed', 'snoozed'])(
  'a reply on a %s conversation reopens it and assigns it to the writer',
  async (name) => {
    await status(name, name === 'closed' ? { reason: 'Solved' } : {});
    const ack = await send(maya);
    expect(ack).toMatchObject({ ok: true, seq: head() - 1 });
    expect(conversation()).toMatchObject({ status: 'open', closeReason: null, assigneeId: kit.maya.id });
    expect((await timeline()).slice(1)).toEqual([
      ['assigned', kit.maya.id, null, kit.maya.id, null],
      ['reopened', kit.maya.id, name, 'open', null],
    ]);
    // Tom saw it in the queue: it is withdrawn from him with the reply itself.
    await tom.subscribe(0);
    await expect.poll(() => head() - tom.cursor()).toBe(0);
    expect(tom.events().at(-1)?.type).toBe('conversation.withdrawn');
  },
);

test('a reply on somebody’s closed conversation leaves it with that person, and on an open one assigns nobody', async () => {
  await send(maya);
  expect(conversation().assigneeId).toBeNull();
  const supervisor = await kit.connect(kit.supervisor);
  await maya.command('conversation.assign', { conversationId, assigneeId: kit.maya.id });
  await status('closed');
  await send(supervisor);
  expect(conversation()).toMatchObject({ status: 'open', assigneeId: kit.maya.id });
});

test('labels and hand-over notes are lines of the timeline; a note without a change too', async () => {
  const label = kit.gateway.store.catalogue.saveLabel(kit.ws, { name: 'VIP', colour: 'red', deleted: false });
  await maya.command('conversation.labels', { conversationId, labelIds: [label.id] });
  await maya.command('conversation.labels', { conversationId, labelIds: [] });
  const toTom = { conversationId, assigneeId: kit.tom.id, note: 'I am off' };
  const supervisor = await kit.connect(kit.supervisor);
  await supervisor.command('conversation.assign', toTom);
  await supervisor.command('conversation.assign', { ...toTom, note: 'really' });
  await supervisor.command('conversation.assign', { conversationId, assigneeId: kit.tom.id });
  expect(await timeline(tom)).toEqual([
    ['label_added', kit.maya.id, null, label.id, null],
    ['label_removed', kit.maya.id, label.id, null, null],
    ['assigned', kit.supervisor.id, null, kit.tom.id, 'I am off'],
    ['assigned', kit.supervisor.id, kit.tom.id, kit.tom.id, 'really'],
  ]);
  // What is Tom's is not in Maya's pages any more.
  const history = await maya.request('sync.history', { cursor: null, limit: 10 });
  expect(HistoryPage.parse(history.value).activities).toEqual([]);
});

test('pages of any size bring every message, note and activity once, in order of time', async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    clock += 1_000;
    kit.inbound('1', `message ${turn}`, { at: clock });
    await status(turn % 2 === 0 ? 'closed' : 'open');
    const note = { conversationId, noteId: newId(), body: `note ${turn}`, mentions: [] };
    await maya.command('note.add', note);
  }
  for (const name of ['sync.history', 'conversation.history']) {
    for (const limit of [1, 2, 3, 7, 100]) {
      const ids: string[] = [];
      let cursor: string | null = null;
      let oldest = Number.POSITIVE_INFINITY;
      do {
        const answer = await maya.request(name, { conversationId, cursor, limit });
        const page = HistoryPage.parse(answer.value);
        const rows = [
          ...page.messages.map(({ id, sentAt }) => ({ id, at: sentAt })),
          ...page.notes.map(({ id, createdAt }) => ({ id, at: createdAt })),
          ...page.activities.map(({ id, at }) => ({ id, at })),
        ];
        expect(rows.length).toBeLessThanOrEqual(limit);
        expect(Math.max(0, ...rows.map(({ at }) => at))).toBeLessThanOrEqual(oldest);
        oldest = Math.min(oldest, ...rows.map(({ at }) => at));
        ids.push(...rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
      expect(ids).toHaveLength(new Set(ids).size);
      // 7 messages, 6 notes; closed three times, and each time reopened by the customer.
      const deeds = 3 + 3;
      expect([name, limit, ids.length]).toEqual([name, limit, 7 + 6 + deeds]);
    }
  }
});

test('what somebody else wrote since stops a reply; one’s own words, late ticks and reactions do not', async () => {
  const unseen = { ok: false, error: { kind: 'unseen', retry: 'never' } };
  const seenRev = head();
  expect(await send(maya, { seenRev })).toMatchObject({ ok: true });
  await maya.event((event) => event.type === 'message.status');
  await maya.command('note.add', { conversationId, noteId: newId(), body: 'mine', mentions: [] });
  expect(await send(maya, { seenRev })).toMatchObject({ ok: true });

  const question = conversation();
  const messageId = question.lastMessage!.id;
  await tom.command('message.react', { conversationId, messageId, emoji: '👍' });
  expect(await send(maya, { seenRev })).toMatchObject({ ok: true });

  kit.inbound('2', 'in another conversation');
  expect(await send(maya, { seenRev })).toMatchObject({ ok: true });

  await tom.command('note.add', { conversationId, noteId: newId(), body: 'wait!', mentions: [] });
  const before = head();
  const refusedId = newId();
  const data = { messageId: refusedId, seenRev };
  expect(await send(maya, data)).toMatchObject(unseen);
  expect([head(), kit.gateway.store.messages.get(refusedId)]).toEqual([before, null]);
  expect(await send(maya, { seenRev: head() })).toMatchObject({ ok: true });

  const seen = head();
  expect(await send(tom, { seenRev: seen })).toMatchObject({ ok: true });
  expect(await send(maya, { seenRev: seen })).toMatchObject(unseen);
  kit.inbound('1', 'never mind', { at: clock });
  expect(await send(maya, { seenRev: head() - 1 })).toMatchObject(unseen);
  // Send whatever came.
  expect(await send(maya, { seenRev: null })).toMatchObject({ ok: true });
  expect(await send(maya)).toMatchObject({ ok: true });
  // Nobody knows any more what came after a number that the log has forgotten.
  kit.gateway.store.log.prune(kit.ws, head());
  expect(await send(maya, { seenRev: 1 })).toMatchObject(unseen);
});
