/** A workspace whose storage is off: from the very first sign-in there is no file, and what is unsent survives a lock without one. */
import { watch } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ONEMSG } from '../../../shared/policies/onemsg.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, online, signInAs, texts } from '../../support/page-steps.ts';
import { rawHits } from '../../support/raw-scan.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let conversationId: string;

beforeEach(async () => {
  place = await scratch();
  kit = await startKit();
  conversationId = kit.inbound('491701', 'quagwordhistory');
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function start(): Promise<void> {
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
}
const cacheFolder = () => path.join(place.userData, 'cache');
const cacheFiles = async () => (await readdir(cacheFolder())).filter((name) => name.startsWith('parley.db'));
test('R000-1: at the first sign-in no file is ever made, not even for a moment', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONEMSG, storage: 'off', effectiveAt: 0 });
  await start();
  const seen = new Set<string>();
  const watcher = watch(cacheFolder(), (_event, name) => void seen.add(String(name)));
  try {
    expect(await cacheFiles()).toEqual([]);
    await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
    expect(await texts(page, conversationId)).toEqual(['quagwordhistory']);
    expect((await page.call('storage.get', {})).mode).toBe('off');
    // Events come in order: when the last one is there, all before it are.
    await writeFile(path.join(cacheFolder(), 'marker'), '');
    await expect.poll(() => seen.has('marker')).toBe(true);
    expect([...seen].filter((name) => name.startsWith('parley.db'))).toEqual([]);
  } finally {
    watcher.close();
    await rm(path.join(cacheFolder(), 'marker'), { force: true });
  }
  expect(await rawHits(place.userData, ['quagwordhistory', '491701', kit.owner.email])).toEqual([]);
});

test('with the storage on the file is there as soon as somebody is signed in, and not before', async () => {
  await start();
  expect(await cacheFiles()).toEqual([]);
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  expect(await cacheFiles()).toContain('parley.db');
  await app.stop();
  await start();
  await online(page);
  expect(await texts(page, conversationId)).toEqual(['quagwordhistory']);
});

test('what is unsent and who is signed in survive a lock and another key, without a byte on the disk', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONEMSG, storage: 'off', effectiveAt: 0 });
  await start();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  await page.call('draft.save', { conversationId, draft: draftOf('quagworddraft half written') });
  // Nothing lies on the disk that a cipher could protect, and the check says so.
  const checks = await page.call('security.check', {});
  expect(checks.find(({ subject }) => subject === 'cipher')).toMatchObject({
    verdict: 'not_applicable',
    reason: 'memory',
  });
  await page.call('key.rotate', { present: null });
  expect((await page.call('conversation.get', { conversationId })).draft?.text).toContain('quagworddraft');
  await page.call('key.lock', {});
  expect((await page.state()).phase).toBe('locked');
  expect(await cacheFiles()).toEqual([]);
  expect(await rawHits(place.userData, ['quagwordhistory', 'quagworddraft', kit.owner.email])).toEqual([]);
  await page.call('key.unlock', { passphrase: null });
  await online(page);
  await expect.poll(() => texts(page, conversationId).catch(() => [])).toEqual(['quagwordhistory']);
  expect((await page.call('conversation.get', { conversationId })).draft?.text).toBe(
    'quagworddraft half written',
  );
  expect(await cacheFiles()).toEqual([]);
});
