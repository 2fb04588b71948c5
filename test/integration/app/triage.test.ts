/** Triage in the real application process: bulk actions, undo, pins, macros, the library, settings that last. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConversationAction } from '../../../shared/contract/actions.ts';
import type { View } from '../../../shared/contract/rows.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import type { Macro } from '../../../shared/domain/library.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, online, signInAs, texts } from '../../support/page-steps.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let ids: string[];

beforeEach(async () => {
  place = await scratch();
  const options: { port?: number } = {};
  kit = await startKit(options);
  options.port = Number(new URL(kit.gateway.url).port);
  ids = [1, 2, 3, 4].map((n) => kit.inbound(`49170${n}`, `Question ${n}`));
  app = await start();
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.supervisor.email, PASSWORD);
  await page.call('settings.save', { ...DEFAULT_SETTINGS, undoSendSeconds: 0 });
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const start = () =>
  startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
const labelOf = (name: string) =>
  kit.gateway.store.catalogue.saveLabel(kit.ws, { name, colour: 'red', deleted: false });
const apply = (action: ConversationAction, conversationIds = ids) =>
  page.call('conversations.apply', { conversationIds, action });
const undo = async (outcome: { undoId: string | null }) =>
  page.call('undo.apply', { undoId: outcome.undoId ?? 'nothing to undo' });
const idsOf = async (view: View) => (await page.call('inbox.ids', { view, sort: 'newest' })).ids.toSorted();
/** What the gateway says, without the numbers that only grow. */
const atGateway = () =>
  ids.map((id) => {
    const { rev: _rev, activeAt: _at, ...rest } = kit.gateway.store.conversations.get(kit.ws, id)!;
    return rest;
  });
async function sent(): Promise<void> {
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
}
const close: ConversationAction = { type: 'status', status: 'closed', snoozedUntil: null, reason: 'spam' };

async function offline(): Promise<void> {
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
}

test('many conversations in one step, and back to the exact state when it was sent already', async () => {
  const label = labelOf('VIP');
  await sent();
  const before = atGateway();
  const steps: ConversationAction[] = [
    { type: 'assign', assigneeId: kit.tom.id, teamId: null, note: 'please' },
    { type: 'labels', add: [label.id], remove: [] },
    { type: 'status', status: 'snoozed', snoozedUntil: Date.now() + 3_600_000, reason: null },
    close,
  ];
  const undos = [];
  for (const step of steps) {
    const outcome = await apply(step);
    expect(outcome.changed).toBe(4);
    undos.push(outcome);
  }
  expect(await idsOf({ kind: 'closed' })).toEqual(ids.toSorted());
  expect(await idsOf({ kind: 'label', id: label.id })).toEqual([]);
  await sent();
  expect(
    atGateway().every(({ status, assigneeId }) => status === 'closed' && assigneeId === kit.tom.id),
  ).toBe(true);
  for (const outcome of undos.toReversed()) await undo(outcome);
  expect(await idsOf({ kind: 'unassigned' })).toEqual(ids.toSorted());
  await sent();
  expect(atGateway()).toEqual(before);
  // Once is enough.
  expect(await page.refused('undo.apply', { undoId: undos[0]?.undoId ?? '' })).toMatchObject({
    kind: 'not_found',
  });
});

test('offline, what is taken back is withdrawn and never reaches the gateway', async () => {
  const before = atGateway();
  const head = kit.gateway.store.log.ends(kit.ws).head;
  const rows = await inbox(page);
  await offline();
  const outcome = await apply(close);
  expect(await idsOf({ kind: 'closed' })).toHaveLength(4);
  expect((await page.call('diagnostics.get', {})).outbox).toBe(4);
  await undo(outcome);
  expect((await page.call('diagnostics.get', {})).outbox).toBe(0);
  expect(await inbox(page)).toEqual(rows);
  await kit.restart();
  await page.call('connection.retry', {});
  await online(page);
  expect(atGateway()).toEqual(before);
  expect(kit.gateway.store.log.ends(kit.ws).head).toBe(head);
});

test('what changes nothing is no step, and what is not here is refused', async () => {
  const open: ConversationAction = { type: 'status', status: 'open', snoozedUntil: null, reason: null };
  expect(await apply(open)).toEqual({ undoId: null, changed: 0 });
  expect((await apply(close, [ids[0]!, ids[0]!, 'gone'])).changed).toBe(1);
  expect(
    await page.refused('conversations.apply', { conversationIds: ['gone'], action: close }),
  ).toMatchObject({
    kind: 'not_found',
  });
});

test('read, unread and pins: a pinned one comes first, also after a restart', async () => {
  const oldest = ids[0]!;
  const read = await apply({ type: 'read' });
  expect(read.changed).toBe(4);
  expect((await inbox(page)).map(({ conversation }) => conversation.unread)).toEqual([0, 0, 0, 0]);
  await apply({ type: 'unread' }, [oldest]);
  const pin = await apply({ type: 'pin', pinned: true }, [oldest]);
  expect((await inbox(page))[0]).toMatchObject({ conversation: { id: oldest, unread: 1 }, pinned: true });
  await sent();
  expect(await page.call('library.list', {})).toMatchObject([
    { scope: 'personal', ownerId: kit.supervisor.id, content: { kind: 'pin', conversationId: oldest } },
  ]);
  await app.stop();
  app = await start();
  page = await app.page();
  expect((await inbox(page))[0]).toMatchObject({ conversation: { id: oldest }, pinned: true });
  // Steps do not outlive the process.
  expect(await page.refused('undo.apply', { undoId: pin.undoId ?? '' })).toMatchObject({ kind: 'not_found' });
  await apply({ type: 'pin', pinned: false }, [oldest]);
  expect((await inbox(page)).some(({ pinned }) => pinned)).toBe(false);
  expect(await page.call('settings.get', {})).toMatchObject({ undoSendSeconds: 0 });
});

test('a macro replies, labels, assigns and closes as one step', async () => {
  const label = labelOf('Done');
  const content: Macro = {
    kind: 'macro',
    title: 'Thank and close',
    reply: 'Thank you, {{contact.first_name}}! {{agent.name}}',
    addLabelIds: [label.id],
    removeLabelIds: [],
    assign: 'me',
    status: 'closed',
  };
  const { itemId } = await page.call('library.save', { itemId: null, scope: 'team', content });
  const two = ids.slice(0, 2);
  const outcome = await page.call('macro.run', { macroId: itemId, conversationIds: two });
  expect(outcome.changed).toBe(2);
  await sent();
  for (const id of two) {
    expect((await texts(page, id)).at(-1)).toBe('Thank you, Customer! supervisor');
    expect(kit.gateway.store.conversations.get(kit.ws, id)).toMatchObject({
      status: 'closed',
      assigneeId: kit.supervisor.id,
      labelIds: [label.id],
    });
  }
  await undo(outcome);
  await sent();
  for (const id of two) {
    expect(kit.gateway.store.conversations.get(kit.ws, id)).toMatchObject({
      status: 'open',
      assigneeId: null,
      labelIds: [],
    });
  }
  await page.call('library.delete', { itemId });
  expect(await page.refused('macro.run', { macroId: itemId, conversationIds: two })).toMatchObject({
    kind: 'not_found',
  });
});

test('with the time to undo, a macro taken back in time says nothing', async () => {
  await page.call('settings.save', { ...DEFAULT_SETTINGS, undoSendSeconds: 30 });
  const content: Macro = {
    kind: 'macro',
    title: 'Answer',
    reply: 'Too quick',
    addLabelIds: [],
    removeLabelIds: [],
    assign: 'me',
    status: null,
  };
  const { itemId } = await page.call('library.save', { itemId: null, scope: 'personal', content });
  const before = atGateway();
  const outcome = await page.call('macro.run', { macroId: itemId, conversationIds: ids });
  expect(
    (await page.call('outbox.list', {})).filter(({ status }) => status.state === 'scheduled'),
  ).toHaveLength(4);
  await undo(outcome);
  await sent();
  expect(await texts(page, ids[0]!)).toEqual(['Question 1']);
  expect(atGateway()).toEqual(before);
});

test('saved views, filters and their counts; a contact made by hand', async () => {
  await apply({ type: 'assign', assigneeId: kit.tom.id, teamId: null, note: null }, [ids[1]!]);
  const filter = {
    status: ['open' as const],
    channelIds: [],
    labelIds: [],
    assignee: { userId: kit.tom.id },
    unread: true,
    failed: null,
    draft: null,
    mentioned: null,
    windowClosingMinutes: null,
    waitingMinutes: null,
  };
  expect(await page.call('inbox.count', { filter })).toEqual({ total: 1 });
  const view = { kind: 'saved_view' as const, title: "Tom's", filter, sort: 'waiting' as const };
  const { itemId } = await page.call('library.save', { itemId: null, scope: 'personal', content: view });
  expect(await idsOf({ kind: 'saved', id: itemId })).toEqual([ids[1]]);
  const views = await page.call('inbox.views', {});
  expect(views).toContainEqual({ view: { kind: 'saved', id: itemId }, total: 1, unread: 1 });
  const made = { contactId: null, patch: { name: 'Ana Souza', phone: '+5511987654321' } };
  const { contactId } = await page.call('contact.save', made);
  await sent();
  expect(kit.gateway.store.contacts.get(kit.ws, contactId)).toMatchObject({
    name: 'Ana Souza',
    phone: '+5511987654321',
  });
});

test("an agent may not write the team's library", async () => {
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  const content = { kind: 'canned_reply' as const, shortcut: 'hi', title: 'Hi', folder: '', body: 'Hello!' };
  const team = { itemId: null, scope: 'team' as const, content };
  expect(await page.refused('library.save', team)).toMatchObject({ kind: 'forbidden' });
  const { itemId } = await page.call('library.save', { ...team, scope: 'personal' });
  expect((await page.call('library.list', {})).map(({ id }) => id)).toEqual([itemId]);
});
