/**
 * What the gateway takes out of somebody's sight leaves that desktop: the rows, the search index, the files, and every page of the file behind the
 * cipher. What the person wrote and the gateway never got stays theirs.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReadableDb } from '../../../electron/cache/sql.ts';
import { openWriterConnection } from '../../../electron/cache/connection.ts';
import { newId } from '../../../shared/domain/id.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { ONEMESSAGE } from '../../../shared/policies/onemessage.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, online, signInAs, texts, thread } from '../../support/page-steps.ts';
import { plainPages } from '../../support/plain-pages.ts';
import { rawHits } from '../../support/raw-scan.ts';
import { createRecordingProvider } from '../../support/recording-provider.ts';
import { until } from '../../support/until.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let mine: string;
let theirs: string;

beforeEach(async () => {
  place = await scratch();
  const provider = createRecordingProvider();
  provider.files.set('file-1', { bytes: Buffer.alloc(5_000, 7), mimeType: 'image/png' });
  kit = await startKit({ providers: [provider.factory] });
  mine = kit.inbound('491700001', 'quagstays with maya');
  theirs = kit.inbound('491700002', 'quagleaves soon');
  kit.inbound('491700002', '', {
    content: {
      kind: 'image',
      media: { id: 'file-1', mimeType: 'image/png', size: null, sha256: null, fileName: 'quagfile.png' },
      caption: 'quagcaption',
    },
  });
  await open();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await until('the first sync', async () => (await texts(page, mine)).length === 1);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function open(): Promise<void> {
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
}
const found = async (text: string) =>
  (await page.call('search.query', { text, conversationId: null, limit: 5 })).hits.length;
const media = () => readdir(path.join(place.userData, 'media')).catch(() => []);
async function here(): Promise<string[]> {
  return (await inbox(page)).map(({ conversation }) => conversation.id).toSorted();
}
/** The picture is on this machine, and the index knows the words. */
async function allHere(): Promise<void> {
  await expect.poll(() => found('quagleaves')).toBe(1);
  const item = (await thread(page, theirs)).find(
    (each) => each.type === 'message' && each.message.content.kind === 'image',
  );
  if (item?.type !== 'message' || item.message.content.kind !== 'image') throw new Error('no picture');
  const { id: mediaId } = item.message.content.media;
  await expect
    .poll(
      () =>
        page.call('media.load', { mediaId }).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  expect(await media()).toHaveLength(1);
}
/** The file behind the cipher, after the application has ended; nothing of it in clear either. */
async function pages(): Promise<string> {
  await app.stop();
  expect(await rawHits(place.userData, ['quagstays', 'quagleaves', '491700002'])).toEqual([]);
  const key = await readFile(path.join(place.userData, 'keys', 'key'));
  const db = openWriterConnection({ file: path.join(place.userData, 'cache', 'parley.db'), key });
  try {
    return plainPages({ raw: db } as ReadableDb);
  } finally {
    db.close();
  }
}
const GONE = ['quagleaves', 'quagcaption', 'quagfile', '491700002'];

test('a conversation that was given to somebody else leaves rows, index, files and every page of the file', async () => {
  await allHere();
  await page.call('draft.save', { conversationId: theirs, draft: draftOf('quagdraft in it') });
  const owner = await kit.connect(kit.owner);
  await owner.command('conversation.assign', { conversationId: theirs, assigneeId: kit.tom.id });
  await expect.poll(here).toEqual([mine]);
  for (const word of ['quagleaves', 'quagcaption', 'quagfile']) expect(await found(word)).toBe(0);
  expect(await page.refused('conversation.get', { conversationId: theirs })).toMatchObject({
    kind: 'not_found',
  });
  await expect.poll(media).toEqual([]);
  const plain = await pages();
  expect(plain).toContain('quagstays');
  for (const word of [...GONE, 'quagdraft'])
    expect({ word, is: plain.includes(word) }).toEqual({ word, is: false });
});

test('a role that shrinks: what the channel brought leaves with it', async () => {
  await allHere();
  kit.gateway.store.people.setAccess(kit.maya.id, { channelIds: [kit.other.id] });
  await expect.poll(here).toEqual([]);
  await online(page);
  await expect.poll(media).toEqual([]);
  expect(await found('quagstays')).toBe(0);
  const plain = await pages();
  for (const word of [...GONE, 'quagstays', '491700001'])
    expect({ word, is: plain.includes(word) }).toEqual({ word, is: false });
});

test('an account that was disabled: nothing of the workspace stays, but what its person wrote waits for them alone', async () => {
  await allHere();
  await page.call('draft.save', { conversationId: mine, draft: draftOf('quagdraft of maya') });
  kit.gateway.store.people.setDisabled(kit.maya.id, true);
  await expect.poll(() => page.state()).toMatchObject({ phase: 'signed_out', reason: 'user_disabled' });
  await expect.poll(media).toEqual([]);
  const plain = await pages();
  for (const word of [...GONE, 'quagstays'])
    expect({ word, is: plain.includes(word) }).toEqual({ word, is: false });
  expect(plain).toContain('quagdraft');
  await open();
  expect((await page.state()).phase).toBe('signed_out');
  kit.gateway.store.people.setDisabled(kit.maya.id, false);
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await expect
    .poll(async () => (await page.call('conversation.get', { conversationId: mine })).draft?.text)
    .toBe('quagdraft of maya');
});

test('R001-5: consent that is withdrawn holds from then on; withdrawing is a right, without a stated deadline', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONEMESSAGE, effectiveAt: 0 });
  const { contact } = await page.call('conversation.get', { conversationId: mine });
  const record = (state: 'given' | 'withdrawn') =>
    page.call('consent.record', {
      contactId: contact.id,
      purpose: 'marketing',
      channelKind: null,
      state,
      method: 'paper',
      at: Date.now(),
      source: 'a letter',
    });
  await record('given');
  await expect
    .poll(async () => (await page.call('contact.get', { contactId: contact.id })).contact.consent)
    .toMatchObject({ state: 'opted_in' });
  await record('withdrawn');
  await expect
    .poll(async () => (await page.call('contact.get', { contactId: contact.id })).contact.consent)
    .toMatchObject({ state: 'opted_out' });
  const { policy } = await page.call('directory.get', {});
  expect(policy?.rights).toMatchObject({ withdraw: 'gateway', erase: 'gateway', object: 'gateway' });
  expect(policy?.requestDays.value).toBeNull();
});

test('R004-3: no rule of age takes a contact, however old; an erasure does', async () => {
  const old = kit.inbound('491700003', 'quagold years ago', { at: Date.now() - 900 * DAY });
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  await expect.poll(async () => (await page.call('retention.get', {})).receipts.length).toBeGreaterThan(0);
  expect(await texts(page, old)).toEqual([]);
  const { contact } = await page.call('conversation.get', { conversationId: old });
  expect(contact.identities[0]?.phone).toContain('491700003');
  const owner = await kit.connect(kit.owner);
  await owner.command(
    'contact.erase',
    { contactId: contact.id, requestId: null, reason: 'asked for' },
    newId(),
  );
  await expect
    .poll(() => page.ask('contact.get', { contactId: contact.id }).then(({ ok }) => ok))
    .toBe(false);
  const plain = await pages();
  expect(plain).not.toContain('491700003');
});
