/** Backup, restore and export in the real application process, with a real gateway and real encrypted files. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaRef } from '../../../shared/domain/message-content.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { UNNAMED } from '../../../shared/policies/unnamed.ts';
import { EXPORT_PATH } from '../../../shared/contract/imports.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, signInAs, texts } from '../../support/page-steps.ts';
import { until } from '../../support/until.ts';
import { rawHits } from '../../support/raw-scan.ts';

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
  await until('both are here', async () => (await inbox(page)).length === 2);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const settings = { schedule: 'off' as const, keep: 2, passphrase: PASSPHRASE };
const idle = async (of = page) => {
  await expect.poll(async () => (await of.call('backup.get', {})).job, { timeout: 90_000 }).toBeNull();
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

const pictureOf = async (from: AppProcess, of: Page, mediaId: string) => {
  const headers = { cookie: of.cookie, origin: from.origin };
  return Buffer.from(await (await fetch(`${from.origin}/media/${mediaId}`, { headers })).arrayBuffer());
};

test('R000-7: an encrypted backup with its files comes back into another profile of the same person; somebody else is refused', async () => {
  const [row] = await inbox(page);
  const id = row?.conversation.id ?? '';
  const picture = Buffer.from('a picture of a heliotrope');
  const put = await fetch(`${app.origin}/upload`, {
    method: 'POST',
    headers: {
      cookie: page.cookie,
      origin: app.origin,
      'content-type': 'image/png',
      'x-file-name': 'flower.png',
    },
    body: Uint8Array.from(picture),
  });
  const media = (await put.json()) as MediaRef;
  await page.call('message.send', {
    conversationId: id,
    content: { kind: 'image', media, caption: null },
    quotedMessageId: null,
    sendAt: null,
    seenRev: null,
  });
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  await page.call('backup.save', { folder, ...settings });
  const { folder: one, last } = await backUp();
  expect(last.counts.files).toBe(1);
  const said = await texts(page, id);
  const other = await start(path.join(place.userData, '..', 'second'));
  try {
    const second = await other.page();
    await signInAs(second, kit.gateway.url, kit.owner.email, PASSWORD);
    const seen = await second.call('backup.inspect', { folder: one, passphrase: PASSPHRASE });
    expect(seen.kinds.find(({ kind }) => kind === 'files')).toMatchObject({ total: 1, added: 1 });
    await second.call('backup.restore', { folder: one, passphrase: PASSPHRASE });
    const state = await idle(second);
    expect(state.problem).toBeNull();
    const sum = (name: 'added' | 'left' | 'over') => seen.kinds.reduce((all, kind) => all + kind[name], 0);
    expect(state.lastRestore).toMatchObject({ added: sum('added'), left: sum('left'), over: 0, away: 0 });
    // From the file that was brought, not from the gateway.
    const [file] = await readdir(path.join(one, 'media'));
    expect(await readdir(path.join(place.userData, '..', 'second', 'media'))).toEqual([file]);
    expect((await pictureOf(other, second, media.id)).equals(picture)).toBe(true);
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

const DAYS = [200, 120, 60, 1] as const;
const said = (age: number) => `quagword${age}days`;
test('a restore brings nothing back that the rule of now would purge, says so before, and obeys a legal hold', async () => {
  const now = Date.now();
  let conversationId = '';
  for (const age of DAYS) conversationId = kit.inbound('491703', said(age), { at: now - age * DAY + HOUR });
  await expect.poll(async () => (await texts(page, conversationId)).length).toBe(4);
  await page.call('backup.save', { folder, ...settings });
  const { folder: one } = await backUp();

  const {
    updatedAt: _at,
    updatedBy: _by,
    rev: _rev,
    ...rule
  } = WorkspaceRetention.parse({ days: { log: 90 } });
  await page.call('retention.save', { rule });
  const left = async () => (await texts(page, conversationId)).toSorted();
  await expect.poll(left).toEqual([said(1), said(60)].toSorted());
  const inspected = async () =>
    (await page.call('backup.inspect', { folder: one, passphrase: PASSPHRASE })).kinds.find(
      ({ kind }) => kind === 'messages',
    );
  expect(await inspected()).toMatchObject({ total: 6, over: 2, added: 0, left: 4 });
  await page.call('backup.restore', { folder: one, passphrase: PASSPHRASE });
  expect((await idle()).lastRestore).toMatchObject({ added: 0 });
  expect(await left()).toEqual([said(1), said(60)].toSorted());
  const { hits } = await page.call('search.query', { text: said(120), conversationId: null, limit: 5 });
  expect(hits).toEqual([]);
  expect(await rawHits(place.userData, DAYS.map(said))).toEqual([]);

  await page.call('hold.save', {
    holdId: null,
    scope: { kind: 'conversation', conversationId },
    reason: 'a dispute',
    reviewAt: now + 30 * DAY,
  });
  await expect.poll(async () => (await inspected())?.added).toBe(2);
  await page.call('backup.restore', { folder: one, passphrase: PASSPHRASE });
  expect((await idle()).lastRestore).toMatchObject({ over: 0 });
  expect(await left()).toEqual(DAYS.map(said).toSorted());
});

test('another key for the cache asks for no passphrase of backups; locked, nothing runs; signed out, nothing of the plan stays', async () => {
  await page.call('backup.save', { folder, ...settings });
  await backUp();
  await page.call('key.rotate', { present: null });
  await expect.poll(async () => (await page.state()).phase).toBe('ready');
  expect((await page.call('backup.get', {})).hasKey).toBe(true);
  await backUp();
  const plan = path.join(place.userData, 'backup', 'plan.json');
  const { key } = JSON.parse(await readFile(plan, 'utf8')) as { key: { local: unknown[] } };
  expect(key.local).toHaveLength(1);
  await page.call('session.signOut', { discardUnsent: true });
  expect(await readdir(place.userData)).not.toContain('backup');
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  expect(await page.call('backup.get', {})).toMatchObject({ hasKey: false, last: null });
});

test('R003-2: where the gateway promises no portability, nothing is asked of it, and what is here can still be exported', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...UNNAMED, effectiveAt: 0 });
  await expect.poll(async () => (await page.call('retention.get', {})).policy?.id).toBe(UNNAMED.id);
  const contactId = (await inbox(page))[0]?.conversation.contactId ?? '';
  const { requestId } = await page.call('rights.open', {
    contactId,
    kind: 'port',
    way: 'mail',
    purpose: null,
    details: null,
    receivedAt: Date.now(),
  });
  const { request } = await page.call('rights.get', { requestId });
  expect(JSON.stringify(request)).not.toContain('ask_gateway');
  expect(request.steps.map(({ id }) => id)).toContain('say_local_only');
  const exported = await page.call('conversations.export', { scope: { all: true }, format: 'json' });
  expect(exported.conversations).toBe(2);
  const contacts = await page.call('export.prepare', {
    selection: { contactIds: [contactId] },
    sort: { by: 'name', descending: false },
    format: 'csv',
  });
  expect(contacts.contacts).toBe(1);
});
