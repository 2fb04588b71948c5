/** Being told, in the real application process: notifications by the page, sounds, presence, settings. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type NotificationSettings } from '../../../shared/contract/settings.ts';
import { newId } from '../../../shared/domain/id.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { online, signInAs, texts } from '../../support/page-steps.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let conversationId: string;

beforeEach(async () => {
  place = await scratch();
  const options: { port?: number } = {};
  kit = await startKit(options);
  options.port = Number(new URL(kit.gateway.url).port);
  conversationId = kit.inbound('491701', 'Is it blue?');
  // The words of notifications follow the system's language.
  const env = { LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8' };
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], {
    ...place,
    env,
  });
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const told = (event: string) => page.events.filter((one) => one.event === event).map(({ data }) => data);
async function arrived(text: string): Promise<void> {
  await expect.poll(() => texts(page, conversationId)).toContain(text);
}
const save = (changes: Partial<NotificationSettings>) =>
  page.call('settings.save', {
    ...DEFAULT_SETTINGS,
    notifications: { ...DEFAULT_SETTINGS.notifications, ...changes },
  });

test('a new message is announced once, and not while it is looked at', async () => {
  // Nothing of the first sync.
  expect(told('notification')).toEqual([]);
  kit.inbound('491701', 'Or green?');
  await expect
    .poll(() => told('notification'))
    .toEqual([{ title: 'Customer 491701', body: 'Or green?', conversationId }]);
  await expect.poll(() => told('chime')).toEqual([{ conversationId }]);
  await page.call('connection.signal', { type: 'viewing', conversationId });
  kit.inbound('491701', 'On screen');
  await arrived('On screen');
  await page.call('window.focus', { focused: false });
  kit.inbound('491701', 'In the background');
  await expect.poll(() => told('notification').length).toBe(2);
  expect(told('notification')[1]).toMatchObject({ body: 'In the background' });
});

test('what came while it was away is one summary; without content when that is the setting', async () => {
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
  await kit.outOfReach(() => {
    for (let n = 0; n < 7; n += 1) kit.inbound(`49179${n}`, `secret ${n}`);
  });
  await page.call('connection.retry', {});
  await online(page);
  await expect
    .poll(() => told('notification'))
    .toEqual([{ title: 'Parley', body: '7 new messages', conversationId: null }]);
  await expect.poll(() => told('chime')).toHaveLength(1);
  await save({ showContent: false, sound: false });
  kit.inbound('491701', 'my card number');
  await expect.poll(() => told('notification').length).toBe(2);
  expect(told('notification')[1]).toEqual({ title: 'Parley', body: 'New message', conversationId });
  expect(told('chime')).toHaveLength(1);
});

test('a note that mentions me is announced, by rules of its own', async () => {
  await save({ rules: { mine: false, unassigned: false, others: false, mentions: true } });
  const tom = await kit.connect(kit.tom);
  const note = (body: string, mentions: string[]) =>
    tom.command('note.add', { conversationId, noteId: newId(), body, mentions });
  kit.inbound('491701', 'not told');
  await note('for nobody', []);
  await note('please look', [kit.maya.id]);
  await expect
    .poll(() => told('notification'))
    .toEqual([{ title: 'Customer 491701', body: 'please look', conversationId }]);
  expect((await page.call('inbox.ids', { view: { kind: 'mentions' }, sort: 'newest' })).ids).toEqual([
    conversationId,
  ]);
});

test('switched off nothing is announced; settings are told, and lie in a file without contents', async () => {
  await save({ enabled: false });
  kit.inbound('491701', 'quiet');
  await arrived('quiet');
  await save({ enabled: true });
  kit.inbound('491701', 'loud');
  await expect.poll(() => told('notification')).toMatchObject([{ body: 'loud' }]);
  expect(told('settings')).toMatchObject([
    { notifications: { enabled: false } },
    { notifications: { enabled: true } },
  ]);
  const file = await readFile(path.join(place.userData, 'settings.json'), 'utf8');
  expect(JSON.parse(file)).toEqual(DEFAULT_SETTINGS);
  const wrong = { ...DEFAULT_SETTINGS, undoSendSeconds: 31 };
  expect(await page.refused('settings.save', wrong)).toMatchObject({ kind: 'invalid_input' });
});

test('colleagues who are there are known, until the connection goes', async () => {
  const tom = await kit.connect(kit.tom);
  await tom.subscribe(0);
  // Maya's desktop has said that she is there.
  await expect
    .poll(() => tom.ephemeral)
    .toContainEqual({ type: 'presence', userId: kit.maya.id, state: 'available' });
  tom.socket.emit('ephemeral', { type: 'presence', state: 'busy' });
  await expect
    .poll(() => page.call('presence.list', {}))
    .toContainEqual({ userId: kit.tom.id, state: 'busy' });
  await kit.gateway.close();
  await expect.poll(() => page.call('presence.list', {})).toEqual([]);
  await kit.restart();
});
