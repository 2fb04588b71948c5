/** Key and cache in trouble, over the real process: each its own state, nothing deleted, what was written saved. */
import { chmod, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, online, sendText, signInAs, texts } from '../../support/page-steps.ts';

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

const file = (...names: string[]) => path.join(place.userData, ...names);

async function start(...args: string[]): Promise<Page> {
  app = await startApp(['--user-data', place.userData, '--gateway', kit.gateway.url, ...args], place);
  return app.page();
}

/** Signed in, with a draft and two messages that the gateway does not have. Answers the conversation. */
async function withUnsent(): Promise<string> {
  const conversationId = kit.inbound('491710', 'Is it broken?');
  const page = await start('--key', 'file');
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await page.call('draft.save', { conversationId, draft: draftOf('a draft') });
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
  await sendText(page, conversationId, 'first');
  await sendText(page, conversationId, 'second');
  await expect.poll(() => page.connection()).toMatchObject({ unsent: 2 });
  expect(await app?.stop()).toBe(0);
  await kit.restart();
  return conversationId;
}

describe('the key', () => {
  test('a passphrase: chosen, asked for, refused when wrong', async () => {
    let page = await start();
    expect(await page.state()).toMatchObject({
      phase: 'key_choice',
      options: [{ mode: 'passphrase' }, { mode: 'file' }],
    });
    const create = { mode: 'passphrase', passphrase: 'seven herons over the weir' } as const;
    expect(await page.refused('key.create', { ...create, passphrase: 'password' })).toMatchObject({
      kind: 'weak_passphrase',
    });
    expect(await page.refused('key.create', { ...create, mode: 'keychain' })).toMatchObject({
      kind: 'key_unavailable',
    });
    await page.call('key.create', create);
    expect(await page.state()).toMatchObject({ phase: 'signed_out' });
    expect(await app?.stop()).toBe(0);
    page = await start();
    expect(await page.state()).toMatchObject({ phase: 'locked', mode: 'passphrase' });
    expect(await page.refused('inbox.views', {})).toMatchObject({ kind: 'not_ready' });
    expect(await page.refused('key.unlock', { passphrase: 'seven herons' })).toMatchObject({
      kind: 'wrong_passphrase',
    });
    await page.call('key.unlock', { passphrase: create.passphrase });
    expect(await page.state()).toMatchObject({ phase: 'signed_out' });
  });

  test.skipIf(process.platform === 'win32')(
    'an exposed key file is refused until it is closed again',
    async () => {
      await withUnsent();
      expect((await stat(file('keys', 'key'))).mode & 0o777).toBe(0o600);
      await chmod(file('keys', 'key'), 0o644);
      const page = await start('--key', 'file');
      expect(await page.state()).toMatchObject({
        phase: 'key_problem',
        problem: 'exposed_key_file',
        unsent: 2,
      });
      await chmod(file('keys', 'key'), 0o600);
      await page.call('key.resolve', { action: 'retry' });
      expect(await page.state()).toMatchObject({ phase: 'ready' });
      await expect.poll(async () => (await page.connection()).unsent).toBe(0);
    },
  );

  test('a lost key: what is at stake, and a new start beside the old files', async () => {
    await withUnsent();
    await rm(file('keys'), { recursive: true });
    const page = await start('--key', 'file');
    expect(await page.state()).toMatchObject({ phase: 'key_problem', problem: 'missing_key', unsent: 2 });
    await page.call('key.resolve', { action: 'start_over' });
    expect(await page.state()).toMatchObject({ phase: 'signed_out', unsent: 0 });
    const aside = (await readdir(file('cache'))).find((name) => name.startsWith('aside-')) ?? '';
    expect(await readdir(file('cache', aside))).toContain('parley.db');
    await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  });
});

describe('the cache', () => {
  test.each([
    ['zero bytes', () => truncate(file('cache', 'parley.db'), 0)],
    ['garbage', () => writeFile(file('cache', 'parley.db'), Buffer.alloc(40_000, 'garbage'))],
  ])('%s: a screen first, then a rebuild from the gateway', async (_what, damage) => {
    const conversationId = await withUnsent();
    await damage();
    const page = await start('--key', 'file');
    expect(await page.state()).toMatchObject({
      phase: 'cache_problem',
      problem: 'damaged',
      recoverable: true,
      unsent: 2,
    });
    await page.call('app.recover', { action: 'rebuild' });
    const state = await page.state();
    expect(['ready', 'signed_out']).toContain(state.phase);
    if (state.phase === 'signed_out') await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
    await online(page);
    expect(await texts(page, conversationId)).toContain('Is it broken?');
    // Never a silent delete: the damaged file still lies there.
    expect(
      (await readdir(file('cache'))).filter((name) => name.startsWith('parley.db')).length,
    ).toBeGreaterThan(1);
  });

  test('damaged in the middle, found while it is open: session, outbox and draft are saved, and the messages arrive', async () => {
    for (let index = 0; index < 600; index += 1)
      kit.inbound('491711', `${index} ${'lorem ipsum '.repeat(60)}`);
    const conversationId = await withUnsent();
    const { size } = await stat(file('cache', 'parley.db'));
    // Schema and small tables lie in front; what is overwritten here are pages of messages and of the search index.
    const from = Math.floor((size * 0.6) / 4096) * 4096;
    const length = Math.floor((size * 0.25) / 4096) * 4096;
    const handle = await open(file('cache', 'parley.db'), 'r+');
    await handle.write(Buffer.alloc(length, 0xa5), 0, length, from);
    await handle.close();

    const page = await start('--key', 'file');
    // The pages are read when somebody looks for them, or by what the cache does on its own; either finds the damage.
    await page.ask('search.query', { text: 'lorem', conversationId: null, limit: 50 });
    for (const row of (await page.state()).phase === 'ready' ? await inbox(page).catch(() => []) : []) {
      const input = { conversationId: row.conversation.id, before: null, limit: 500 };
      await page.ask('conversation.thread', input);
    }
    await expect
      .poll(() => page.state())
      .toMatchObject({
        phase: 'cache_problem',
        problem: 'damaged',
        recoverable: true,
      });
    await page.call('app.recover', { action: 'rebuild' });
    expect(await page.state()).toMatchObject({ phase: 'ready', recovered: { drafts: 1 } });
    await expect.poll(async () => (await page.connection()).unsent).toBe(0);
    await expect.poll(() => texts(page, conversationId)).toEqual(['Is it broken?', 'first', 'second']);
    expect((await page.call('conversation.get', { conversationId })).draft).toEqual(draftOf('a draft'));
  });
});
