/** The rights desk in the real application process: requests by the profile, a bundle, erasure with a scan of the raw files. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PersonFile } from '../../../electron/app/rights/bundle-json.ts';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { Right } from '../../../shared/domain/policy.ts';
import type { RightsStepId } from '../../../shared/domain/rights.ts';
import { ONECHAT } from '../../../shared/policies/onechat.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, online, sendText, signInAs } from '../../support/page-steps.ts';
import { getExport } from '../../support/transfer-http.ts';
import { unzip } from '../../support/unzip.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let contactId: string;
let conversationId: string;
const options: { port?: number } = {};
const start = () =>
  startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);

beforeEach(async () => {
  place = await scratch();
  delete options.port;
  kit = await startKit(options);
  options.port = Number(new URL(kit.gateway.url).port);
  conversationId = kit.inbound('4917012345678', 'My address is 14 Kiln Yard <b>now</b>');
  kit.inbound('491702', 'Somebody else altogether');
  app = await start();
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.supervisor.email, PASSWORD);
  contactId = await idOf('Customer 4917012345678');
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function listed(query = '') {
  const sort = { by: 'name' as const, descending: false };
  return (await page.call('contacts.list', { filter: EVERYBODY, query, sort, offset: 0, limit: 50 })).rows;
}
async function idOf(name: string): Promise<string> {
  const id = (await listed()).find(({ contact }) => contact.name === name)?.contact.id;
  if (id === undefined) throw new Error(`no ${name}`);
  return id;
}
const settled = async () => {
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
};
const open = async (kind: Right) =>
  (
    await page.call('rights.open', {
      contactId,
      kind,
      way: 'mail',
      purpose: null,
      details: 'wrote that she wants it',
      receivedAt: Date.now() - 1000,
    })
  ).requestId;
const request = async (requestId: string) => (await page.call('rights.get', { requestId })).request;
const stepsOf = async (requestId: string) =>
  Object.fromEntries((await request(requestId)).steps.map(({ id, state }) => [id, state]));
async function tick(requestId: string, ...steps: RightsStepId[]): Promise<void> {
  for (const step of steps) await page.call('rights.step', { requestId, step, state: 'done', note: null });
}
/** What is left for people to do. */
async function tickLeft(requestId: string): Promise<void> {
  const left = Object.entries(await stepsOf(requestId)).filter(([, state]) => state === 'open');
  await tick(requestId, ...left.map(([id]) => id as RightsStepId).filter((id) => id !== 'write_receipt'));
}

test('a request has the addressee, the steps and the clock of the profile; hold, resume, refuse', async () => {
  const requestId = await open('rectify');
  const { policy } = await page.call('directory.get', {});
  const found = await request(requestId);
  expect(found.promise).toMatchObject({ policyId: policy?.id, holder: policy?.rights.rectify });
  expect(found.dueAt === null).toBe(policy?.requestDays.value === null);
  expect(
    await page.refused('rights.hold', { requestId, ground: 'legal', reason: 'a claim', reviewAt: 1 }),
  ).toMatchObject({
    kind: 'invalid_value',
    value: { name: 'reviewAt', reason: 'in_past' },
  });
  await page.call('rights.hold', {
    requestId,
    ground: 'legal',
    reason: 'a claim',
    reviewAt: Date.now() + 9e6,
  });
  expect((await request(requestId)).state).toBe('on_hold');
  await page.call('rights.resume', { requestId });
  // What the application does is ticked by doing it.
  await page.call('contact.save', { contactId, patch: { name: 'Ana Souza' } });
  expect(await stepsOf(requestId)).toMatchObject({ correct_record: 'done', inform_person: 'open' });
  expect(await page.refused('rights.finish', { requestId })).toMatchObject({
    kind: 'refused',
    gateway: 'conflict',
  });
  expect(
    await page.refused('rights.step', { requestId, step: 'inform_person', state: 'skipped', note: null }),
  ).toMatchObject({
    value: { name: 'note' },
  });
  await tickLeft(requestId);
  const { receipt } = await page.call('rights.finish', { requestId });
  expect(receipt).toMatchObject({ kind: 'rectify', contactId, counts: { contacts: 1 } });
  await settled();
  const [row] = await page.call('rights.list', { contactId });
  expect(row).toMatchObject({
    contactName: 'Ana Souza',
    request: { state: 'done', rev: expect.any(Number) },
  });
  const second = await open('object');
  await page.call('rights.refuse', { requestId: second, reason: 'asked twice' });
  expect((await request(second)).state).toBe('refused');
});

test('access: one ZIP with data, schema and a page without anything from elsewhere; its digest stands in the receipt', async () => {
  await sendText(page, conversationId, 'We have noted it.');
  await page.call('note.add', { conversationId, body: 'moved house', mentions: [] });
  const picture = Buffer.from('not really a picture');
  const put = await fetch(`${app.origin}/upload`, {
    method: 'POST',
    headers: {
      cookie: page.cookie,
      origin: app.origin,
      'content-type': 'image/png',
      'x-file-name': encodeURIComponent('..\\the lamp.png'),
    },
    body: Uint8Array.from(picture),
  });
  const media = (await put.json()) as MediaRef;
  const content = { kind: 'image' as const, media, caption: 'the lamp' };
  await page.call('message.send', {
    conversationId,
    content,
    quotedMessageId: null,
    sendAt: null,
    seenRev: null,
  });
  await settled();
  const requestId = await open('access');
  const { ticket, fileName } = await page.call('rights.bundle', { requestId });
  expect(fileName).toMatch(/^parley-access-.*\.zip$/u);
  const bytes = Buffer.from(await (await getExport(app, page, ticket)).arrayBuffer());
  const files = unzip(bytes);
  expect([...files.keys()].toSorted()).toEqual([
    'files/0001-the lamp.png',
    'index.html',
    'person.json',
    'schema.json',
  ]);
  expect(files.get('files/0001-the lamp.png')).toEqual(picture);
  const person = JSON.parse(files.get('person.json')?.toString() ?? '') as {
    person: { id: string };
    timeline: { type: string }[];
  };
  expect(person.person.id).toBe(contactId);
  expect(person.timeline.map(({ type }) => type).toSorted()).toEqual(
    expect.arrayContaining(['message', 'message', 'note']),
  );
  const html = files.get('index.html')?.toString() ?? '';
  expect(html).toContain('14 Kiln Yard &lt;b&gt;now&lt;/b&gt;');
  expect(html).not.toMatch(/src=|https?:|<script/u);
  await expect.poll(async () => (await stepsOf(requestId))['build_bundle']).toBe('done');
  await tickLeft(requestId);
  const { receipt } = await page.call('rights.finish', { requestId });
  expect(receipt.bundleSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(receipt.counts).toMatchObject({
    messages: 3,
    notes: 1,
    files: 1,
    conversations: 1,
    bytes: bytes.length,
  });
});

test('R002-2: the file for moving elsewhere is JSON that names its schema and version and keeps to it', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONECHAT, effectiveAt: 0 });
  const requestId = await open('port');
  const { ticket } = await page.call('rights.bundle', { requestId });
  const files = unzip(Buffer.from(await (await getExport(app, page, ticket)).arrayBuffer()));
  const person: unknown = JSON.parse(files.get('person.json')?.toString() ?? '');
  expect(person).toMatchObject({ schema: 'parley.person', version: 1, person: { id: contactId } });
  const schema = JSON.parse(files.get('schema.json')?.toString() ?? '') as { required: string[] };
  expect(schema.required).toEqual(expect.arrayContaining(['schema', 'version', 'person', 'timeline']));
  expect(PersonFile.safeParse(person).error).toBeUndefined();
});

/** What the receipt says that the gateway has answered. */
async function answerOf(requestId: string): Promise<string | null | undefined> {
  return (await page.call('rights.get', { requestId })).request.receipt?.asked.answer;
}

test('erasure: gone here and at the gateway, nothing in the raw files, not brought back by a sync, with a receipt', async () => {
  await sendText(page, conversationId, 'Kiln Yard it is.');
  await settled();
  const requestId = await open('erase');
  const input = { contactId, requestId, reason: 'asked for it', typedName: 'Customer 4917012345678' };
  expect(await page.refused('contact.erase', { ...input, typedName: 'Somebody' })).toMatchObject({
    value: { name: 'typedName', reason: 'not_the_name' },
  });
  expect(await page.refused('contact.erase', input)).toMatchObject({ kind: 'refused', gateway: 'conflict' });
  await tick(requestId, 'confirm_identity', 'check_holds');
  const { receipt } = await page.call('contact.erase', input);
  expect(receipt).toMatchObject({
    kind: 'erase',
    counts: { contacts: 1, conversations: 1, messages: 2 },
    scan: { found: 0 },
  });
  expect(receipt.scan?.files).toBeGreaterThan(0);
  const { policy } = await page.call('directory.get', {});
  expect(receipt.backups?.stated).toBe(policy?.backupDays.value !== null);
  expect(await page.refused('contact.get', { contactId })).toMatchObject({ kind: 'not_found' });
  expect((await inbox(page)).map(({ contactName }) => contactName)).toEqual(['Customer 491702']);
  expect((await page.call('search.query', { text: 'Kiln', conversationId: null, limit: 5 })).hits).toEqual(
    [],
  );
  await settled();
  expect(kit.gateway.store.contacts.get(kit.ws, contactId)).toBeNull();
  await tickLeft(requestId);
  await page.call('rights.finish', { requestId });
  const [row] = await page.call('rights.list', { contactId });
  expect(row).toMatchObject({ contactName: null, request: { state: 'done', details: null } });
  await expect.poll(() => answerOf(requestId)).toBe('accepted');

  // A whole first sync does not bring them back, and no file holds a word of them.
  await app.stop();
  for (const entry of await readdir(place.userData, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(path.join(entry.parentPath, entry.name));
    for (const word of ['Kiln Yard', '4917012345678'])
      expect([entry.name, bytes.includes(word)]).toEqual([entry.name, false]);
  }
  app = await start();
  page = await app.page();
  await online(page);
  expect((await listed()).map(({ contact }) => contact.name)).toEqual(['Customer 491702']);
});

test('erased offline: gone here at once, the gateway is asked when it can be reached; without a request it stands on the desk', async () => {
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
  const typedName = 'Customer 4917012345678';
  const { receipt } = await page.call('contact.erase', {
    contactId,
    requestId: null,
    reason: 'a test order',
    typedName,
  });
  expect(receipt.asked).toMatchObject({ answer: 'pending' });
  expect(await listed('4917012345678')).toEqual([]);
  await kit.restart();
  await page.call('connection.retry', {});
  await online(page);
  await settled();
  expect(kit.gateway.store.contacts.get(kit.ws, contactId)).toBeNull();
  const [row] = await page.call('rights.list', { contactId });
  expect(row?.request).toMatchObject({ kind: 'erase', state: 'done', receipt: { id: receipt.id } });
  await expect.poll(() => answerOf(row?.request.id ?? '')).toBe('accepted');
});

test('agents open requests and do no more', async () => {
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  const requestId = await open('access');
  expect(await page.refused('rights.bundle', { requestId })).toMatchObject({ kind: 'forbidden' });
  const typedName = 'Customer 4917012345678';
  const erase = { contactId, requestId: null, reason: 'x', typedName };
  expect(await page.refused('contact.erase', erase)).toMatchObject({ kind: 'forbidden' });
  expect(await page.refused('contact.restrict', { contactId, reason: 'x' })).toMatchObject({
    kind: 'forbidden',
  });
});
