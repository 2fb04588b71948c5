/** Backup, restore and export in the real application process, with a real gateway and real encrypted files. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EXPORT_PATH } from '../../../shared/contract/imports.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, signInAs, texts } from '../../support/page-steps.ts';

const PASSPHRASE = 'seven quiet rivers at noon';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let folder: string;

const start = (data = place.userData) =>
  startApp(['--key', 'file', '--user-data', data, '--gateway', kit.gateway.url], place);

beforeEach(async () => {
  place = await scratch();
  folder = path.join(place.userData, '..', 'backups');
  kit = await startKit({});
  kit.inbound('491701', 'Is it blue like a heliotrope?');
  kit.inbound('491702', 'Is it red?');
  app = await start();
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  await vi.waitFor(async () => {
    if ((await inbox(page)).length !== 2) throw new Error('not there yet');
  });
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const settings = { schedule: 'off' as const, keep: 2, passphrase: PASSPHRASE };
const idle = async (of = page) => {
  await expect.poll(async () => (await of.call('backup.get', {})).job, { timeout: 60_000 }).toBeNull();
  return of.call('backup.get', {});
};
async function backUp() {
  await page.call('backup.start', {});
  const state = await idle();
  expect(state.problem).toBeNull();
  const [newest] = await page.call('backup.list', { folder });
  if (newest === undefined || state.last === null) throw new Error('no backup');
  return { ...newest, last: state.last };
}

test('a backup on demand is whole, verified, audited, and never plain; older ones go', async () => {
  expect(await page.refused('backup.start', {})).toMatchObject({ kind: 'key_unavailable' });
  const weak = { folder, ...settings, passphrase: 'password' };
  expect(await page.refused('backup.save', weak)).toMatchObject({ kind: 'weak_passphrase' });
  const relative = { folder: 'here', ...settings };
  expect(await page.refused('backup.save', relative)).toMatchObject({ kind: 'invalid_value' });
  const saved = await page.call('backup.save', { folder, ...settings });
  expect(saved).toMatchObject({ hasKey: true, folder, nextAt: null, job: null });

  const first = await backUp();
  expect(first.last.counts).toMatchObject({ conversations: 2, messages: 2, contacts: 2 });
  for (const name of await readdir(folder, { recursive: true })) {
    const bytes = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
    expect(
      bytes.includes('heliotrope') || bytes.includes(PASSPHRASE) || bytes.includes('SQLite format'),
    ).toBe(false);
  }
  expect(
    (await readFile(path.join(place.userData, 'backup', 'plan.json'), 'utf8')).includes('heliotrope'),
  ).toBe(false);
  await backUp();
  const third = await backUp();
  expect((await readdir(folder)).length).toBe(2);
  expect((await page.call('backup.list', { folder }))[0]?.name).toBe(third.name);
});

test('a preview says what is in it; wrong passphrase, another file, a changed byte are told apart', async () => {
  await page.call('backup.save', { folder, ...settings });
  const { folder: one } = await backUp();
  const seen = await page.call('backup.inspect', { folder: one, passphrase: PASSPHRASE });
  expect(seen.kinds.find(({ kind }) => kind === 'messages')).toMatchObject({ total: 2, left: 2, added: 0 });
  expect(await page.refused('backup.inspect', { folder: one, passphrase: 'some other words' })).toMatchObject(
    {
      kind: 'wrong_passphrase',
    },
  );
  expect(
    await page.refused('backup.inspect', { folder: place.userData, passphrase: PASSPHRASE }),
  ).toMatchObject({
    value: { reason: 'not_a_backup' },
  });
  const file = path.join(one, 'cache.db');
  const bytes = await readFile(file);
  bytes[bytes.length - 500] = (bytes[bytes.length - 500] ?? 0) ^ 1;
  await writeFile(file, bytes);
  expect(await page.refused('backup.inspect', { folder: one, passphrase: PASSPHRASE })).toMatchObject({
    value: { reason: 'damaged' },
  });
});

test('into another profile of the same person it comes back; somebody else is refused', async () => {
  await page.call('backup.save', { folder, ...settings });
  const { folder: one } = await backUp();
  const [row] = await inbox(page);
  const id = row?.conversation.id ?? '';
  const said = await texts(page, id);
  const other = await start(path.join(place.userData, '..', 'second'));
  try {
    const second = await other.page();
    await signInAs(second, kit.gateway.url, kit.owner.email, PASSWORD);
    await second.call('backup.restore', { folder: one, passphrase: PASSPHRASE });
    const state = await idle(second);
    expect(state.problem).toBeNull();
    expect(state.lastRestore).not.toBeNull();
    expect(await texts(second, id)).toEqual(said);
    expect((await second.call('backup.get', {})).hasKey).toBe(false);
    await second.call('session.signOut', { discardUnsent: true });
    const agent = kit.maya;
    await signInAs(second, kit.gateway.url, agent.email, PASSWORD);
    expect(await second.refused('backup.inspect', { folder: one, passphrase: PASSPHRASE })).toMatchObject({
      value: { reason: 'other_account' },
    });
  } finally {
    await other.stop();
  }
});

test('a killed backup leaves nothing that looks like one, and the next one works', async () => {
  await page.call('backup.save', { folder, ...settings });
  await page.call('backup.start', {});
  await expect.poll(async () => (await readdir(folder).catch(() => [])).length).toBeGreaterThan(0);
  await app.stop('SIGKILL');
  app = await start();
  page = await app.page();
  await expect.poll(async () => (await page.state()).phase).toBe('ready');
  for (const { folder: one } of await page.call('backup.list', { folder }))
    await page.call('backup.inspect', { folder: one, passphrase: PASSPHRASE });
  // No passphrase is asked for.
  await backUp();
  expect((await readdir(folder)).some((name) => name.endsWith('.partial'))).toBe(false);
});

test('a restore that was killed goes on by itself', async () => {
  await page.call('backup.save', { folder, ...settings });
  const { folder: one } = await backUp();
  await page.call('backup.restore', { folder: one, passphrase: PASSPHRASE });
  await app.stop('SIGKILL');
  app = await start();
  page = await app.page();
  await expect.poll(async () => (await page.state()).phase).toBe('ready');
  const state = await idle();
  expect(state.problem).toBeNull();
  expect((await page.call('diagnostics.get', {})).messages).toBe(2);
  await rm(one, { recursive: true });
});

test('conversations as JSON, page and text, without restricted people, good once', async () => {
  const [first, second] = await inbox(page);
  const fetched = async (ticket: string) =>
    fetch(`${app.origin}${EXPORT_PATH}${ticket}`, { headers: { cookie: page.cookie } });
  const all = { all: true } as const;
  const json = await page.call('conversations.export', { scope: all, format: 'json' });
  expect(json).toMatchObject({ conversations: 2, restricted: 0 });
  const document = (await (await fetched(json.ticket)).json()) as {
    conversations: { conversation: { id: string }; items: unknown[] }[];
  };
  const ids = new Set(document.conversations.map(({ conversation }) => conversation.id));
  expect(ids).toEqual(new Set([first?.conversation.id, second?.conversation.id]));
  expect((await fetched(json.ticket)).status).toBe(404);
  for (const format of ['html', 'text'] as const) {
    const { ticket } = await page.call('conversations.export', { scope: { view: { kind: 'all' } }, format });
    expect(await (await fetched(ticket)).text()).toContain('heliotrope');
  }
  const contactId = first?.conversation.contactId ?? '';
  await page.call('contact.restrict', { contactId, reason: 'asked for it' });
  const scope = { conversationIds: [first?.conversation.id ?? '', second?.conversation.id ?? ''] };
  expect(await page.call('conversations.export', { scope, format: 'text' })).toMatchObject({
    conversations: 1,
    restricted: 1,
  });
});
