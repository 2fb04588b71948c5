/** A person at work: the real application process and a real gateway, the page replaced by its socket. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, online, sendText, signInAs, texts, thread } from '../../support/page-steps.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess | null;

beforeEach(async () => {
  place = await scratch();
  kit = await startKit();
  app = null;
});
afterEach(async () => {
  await app?.stop();
  await kit.close();
  await place.remove();
});

async function start(): Promise<Page> {
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  expect(app.line).toMatchObject({ gatewayUrl: kit.gateway.url, webhookUrl: null, webhookSecret: null });
  return app.page();
}

async function restart(): Promise<Page> {
  expect(await app?.stop()).toBe(0);
  return start();
}

const credentials = () => ({
  gateway: kit.gateway.url,
  email: kit.maya.email,
  password: PASSWORD,
  totp: null,
});

test('sign in, see the inbox, read, answer: the customer gets it once', async () => {
  const conversationId = kit.inbound('491701', 'Do you still have the oak lamp?');
  const page = await start();
  expect(await page.refused('session.signIn', { ...credentials(), password: 'wrong' })).toMatchObject({
    kind: 'sign_in_refused',
    auth: 'invalid_credentials',
  });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  expect(await page.state()).toMatchObject({
    phase: 'ready',
    me: { id: kit.maya.id },
    keyWarning: 'plain_key_file',
  });

  const [row] = await inbox(page);
  expect(row).toMatchObject({
    conversation: { id: conversationId, unread: 1 },
    contactName: 'Customer 491701',
  });
  const views = await page.call('inbox.views', {});
  expect(views.find(({ view }) => view.kind === 'all')).toMatchObject({ total: 1, unread: 1 });
  const [first] = await thread(page, conversationId);
  if (first?.type !== 'message') throw new Error('no message');
  await page.call('conversation.read', { conversationId, upTo: first.message.id });
  const messageId = await sendText(page, conversationId, 'Yes, in two sizes.');
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  await expect.poll(async () => (await inbox(page))[0]?.conversation.unread).toBe(0);
  expect(await texts(page, conversationId)).toEqual([
    'Do you still have the oak lamp?',
    'Yes, in two sizes.',
  ]);

  // At the gateway it is there under the id that the page was told.
  const desktop = await kit.connect(kit.supervisor);
  await desktop.subscribe(0);
  const created = await desktop.event(
    ({ type, data }) =>
      type === 'message.created' && (data as unknown as { message: { id: string } }).message.id === messageId,
  );
  expect(created).toBeDefined();
});

test('what a customer writes arrives by itself, and the page is told what has changed', async () => {
  const conversationId = kit.inbound('491702', 'Hello');
  const page = await start();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  page.events.length = 0;
  kit.inbound('491702', 'Are you there?');
  await expect.poll(() => texts(page, conversationId)).toEqual(['Hello', 'Are you there?']);
  const changed = () =>
    page.events.flatMap(({ event, data }) =>
      event === 'changed' ? (data as { conversations: string[] }).conversations : [],
    );
  await expect.poll(changed).toContain(conversationId);
});

test('a restart keeps session, draft and everything cached; without the gateway all of it can be read and searched', async () => {
  const conversationId = kit.inbound('491703', 'The Brückenlampe, please');
  let page = await start();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await page.call('draft.save', { conversationId, draft: draftOf('Dear customer, about the') });
  page = await restart();
  expect(await page.state()).toMatchObject({ phase: 'ready', me: { id: kit.maya.id } });
  await online(page);
  expect((await page.call('conversation.get', { conversationId })).draft).toEqual(
    draftOf('Dear customer, about the'),
  );

  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
  expect(await texts(page, conversationId)).toEqual(['The Brückenlampe, please']);
  expect((await inbox(page))[0]?.draft).toBe('Dear customer, about the');
  await expect
    .poll(
      async () =>
        (await page.call('search.query', { text: 'bruckenlampe', conversationId: null, limit: 5 })).hits,
    )
    .toHaveLength(1);
  expect((await page.call('directory.get', {})).channels.length).toBeGreaterThan(0);
  expect(await page.refused('session.devices', {})).toMatchObject({ kind: 'offline' });
  expect(await page.refused('conversation.loadOlder', { conversationId })).toMatchObject({ kind: 'offline' });
  await kit.restart();
});

test('three written offline, a restart in between: sent once each, in order', async () => {
  const conversationId = kit.inbound('491704', 'When?');
  let page = await start();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
  for (const body of ['one', 'two', 'three']) await sendText(page, conversationId, body);
  expect((await page.connection()).unsent).toBe(3);
  expect(await page.call('outbox.list', {})).toHaveLength(3);
  expect(await page.refused('session.signOut', { discardUnsent: false })).toMatchObject({
    kind: 'forbidden',
  });

  expect(await app?.stop()).toBe(0);
  await kit.restart();
  page = await start();
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  const { gateway } = kit;
  const desktop = await kit.connect(kit.supervisor);
  const { ok } = await desktop.subscribe(0);
  expect(ok).toBe(true);
  await expect
    .poll(() =>
      desktop
        .events()
        .filter(({ type }) => type === 'message.created')
        .map(
          ({ data }) => (data as unknown as { message: { content: { body: string } } }).message.content.body,
        ),
    )
    .toEqual(['When?', 'one', 'two', 'three']);
  expect(gateway.url).toBe(kit.gateway.url);
});

test('signing out leaves nothing of the person, and the next one sees only their own', async () => {
  const conversationId = kit.inbound('491705', 'For Maya');
  const page = await start();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await page.call('draft.save', { conversationId, draft: draftOf('unfinished') });
  await page.call('session.signOut', { discardUnsent: false });
  expect(await page.state()).toMatchObject({ phase: 'signed_out', reason: null });
  expect(await page.refused('inbox.views', {})).toMatchObject({ kind: 'not_ready' });
  await signInAs(page, kit.gateway.url, kit.tom.email, PASSWORD);
  const [row] = await inbox(page);
  expect(row).toMatchObject({ conversation: { id: conversationId }, draft: null });
});

test('a device that is revoked elsewhere is signed out, and does not show the cache at the next start', async () => {
  kit.inbound('491706', 'Hello');
  let page = await start();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  const [device] = (await page.call('session.devices', {})).filter(({ current }) => current);
  expect(await page.refused('session.revokeDevice', { deviceId: device?.id ?? '' })).toMatchObject({
    kind: 'forbidden',
  });
  const elsewhere = await kit.signIn(kit.maya);
  const revoked = await kit.http('DELETE', `/v1/devices/${device?.id}`, {
    token: elsewhere.tokens.accessToken,
  });
  expect(revoked.status).toBe(204);
  await expect.poll(() => page.state()).toMatchObject({ phase: 'signed_out', reason: 'device_revoked' });
  page = await restart();
  expect(await page.state()).toMatchObject({ phase: 'signed_out', reason: 'session_expired' });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  expect(await inbox(page)).toHaveLength(1);
});
