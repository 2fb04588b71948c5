/** Writing in the real application process: time to undo, send later, the guard, holds and the choice about them, files. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../../shared/contract/rows.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { type MediaRef, mediaOf } from '../../../shared/domain/message-content.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { online, signInAs, texts, thread } from '../../support/page-steps.ts';

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
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await undoTime(0);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const undoTime = (undoSendSeconds: number) =>
  page.call('settings.save', { ...DEFAULT_SETTINGS, undoSendSeconds });
const text = (body: string) => ({ kind: 'text' as const, body });
const send = (body: string, changes: { sendAt?: number; seenRev?: number } = {}) =>
  page.call('message.send', {
    conversationId,
    content: text(body),
    quotedMessageId: null,
    sendAt: null,
    seenRev: null,
    ...changes,
  });
const items = () => page.call('outbox.list', {});
async function waitFor(what: Partial<OutboxItem['status']>[]): Promise<void> {
  await expect.poll(async () => (await items()).map(({ status }) => status)).toMatchObject(what);
}
const atGateway = async () => {
  const desktop = await kit.connect(kit.supervisor);
  await desktop.subscribe(0);
  const head = kit.gateway.store.log.ends(kit.ws).head;
  // The log may grow meanwhile: no batch need end exactly there.
  await expect.poll(() => desktop.cursor()).toBeGreaterThanOrEqual(head);
  return desktop
    .events()
    .filter(({ type }) => type === 'message.created')
    .map(({ data }) => (data as unknown as { message: { content: { body?: string } } }).message.content.body);
};
/** What a page has seen, once all that it shows is the gateway's word: what is still on its way has no number of its own. */
const newestRev = async () => {
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
  const item = (await thread(page, conversationId)).findLast(({ type }) => type === 'message');
  return item?.type === 'message' ? item.message.rev : -1;
};

async function offline(): Promise<void> {
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
}

async function back(): Promise<void> {
  await page.call('connection.retry', {});
  await online(page);
}

test('within the time to undo a message has not left, and comes back into the composer', async () => {
  await undoTime(30);
  const { messageId, undoUntil } = await send('a mistake');
  expect(undoUntil).toBeGreaterThan(Date.now() + 20_000);
  await waitFor([{ state: 'scheduled', sendAt: undoUntil }]);
  expect(await texts(page, conversationId)).toEqual(['Is it blue?', 'a mistake']);
  expect(await page.call('message.discard', { conversationId, messageId })).toEqual({
    content: text('a mistake'),
  });
  expect(await texts(page, conversationId)).toEqual(['Is it blue?']);
  expect(await page.refused('message.discard', { conversationId, messageId })).toMatchObject({
    kind: 'not_found',
  });
  expect(await atGateway()).toEqual(['Is it blue?']);
});

test('after the time to undo it goes by itself', async () => {
  await undoTime(1);
  await send('quite sure');
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  expect(await atGateway()).toEqual(['Is it blue?', 'quite sure']);
});

test('send later keeps its time through changes; a message due earlier goes earlier', async () => {
  const sendAt = Date.now() + 3_600_000;
  const { messageId } = await send('tomorrow', { sendAt });
  await send('at once');
  await expect.poll(atGateway).toEqual(['Is it blue?', 'at once']);
  const revised = { conversationId, messageId, content: text('tonight'), sendAt: sendAt + 1 };
  await page.call('message.revise', revised);
  expect(await items()).toMatchObject([
    { status: { state: 'scheduled', sendAt: sendAt + 1 }, content: text('tonight'), text: 'tonight' },
  ]);
  await page.call('message.revise', { ...revised, sendAt: null });
  await expect.poll(atGateway).toEqual(['Is it blue?', 'at once', 'tonight']);
});

test('what the writer has not seen stops the message: edit, send anyway, or discard', async () => {
  const seenRev = await newestRev();
  kit.inbound('491701', 'Or green?');
  await expect.poll(() => texts(page, conversationId)).toHaveLength(2);
  const first = await send('Yes, blue.', { seenRev });
  await waitFor([{ state: 'held', error: 'unseen' }]);
  const second = await send('Blue, I say.', { seenRev });
  await waitFor([
    { state: 'held', error: 'unseen' },
    { state: 'held', error: 'unseen' },
  ]);
  expect(await atGateway()).toEqual(['Is it blue?', 'Or green?']);
  await page.call('message.discard', { conversationId, messageId: second.messageId });
  await page.call('message.retry', { conversationId, messageId: first.messageId, anyway: true });
  await expect.poll(atGateway).toEqual(['Is it blue?', 'Or green?', 'Yes, blue.']);
  await send('Both, in fact.', { seenRev: await newestRev() });
  await expect.poll(atGateway).toHaveLength(4);
});

test('after a reconnection queued replies are checked against what happened meanwhile', async () => {
  const seenRev = await newestRev();
  await offline();
  const { messageId } = await send('Still blue.', { seenRev });
  await waitFor([{ state: 'waiting' }]);
  await kit.outOfReach(() => {
    kit.inbound('491701', 'Forget it.');
  });
  await back();
  await waitFor([{ state: 'held', error: 'unseen' }]);
  // The same message, after the writer has seen it.
  await page.call('message.retry', { conversationId, messageId, anyway: true });
  await expect.poll(atGateway).toEqual(['Is it blue?', 'Forget it.', 'Still blue.']);
});

test('a conversation that somebody else has meanwhile holds the reply', async () => {
  // One who sees it all the same.
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  await offline();
  const { messageId } = await send('I take it.');
  await kit.outOfReach(async () => {
    const supervisor = await kit.connect(kit.supervisor);
    const assigned = await supervisor.command('conversation.assign', {
      conversationId,
      assigneeId: kit.tom.id,
    });
    expect(assigned.ok).toBe(true);
  });
  await back();
  await waitFor([{ state: 'held', error: 'reassigned' }]);
  await page.call('message.retry', { conversationId, messageId, anyway: true });
  await expect.poll(atGateway).toEqual(['Is it blue?', 'I take it.']);
});

test('a closed window holds the reply here, before anything is asked of the gateway', async () => {
  const old = kit.inbound('491709', 'Long ago', { at: Date.now() - 30 * 3_600_000 });
  await expect.poll(() => texts(page, old)).toEqual(['Long ago']);
  const before = kit.gateway.store.log.ends(kit.ws).head;
  const { messageId } = await page.call('message.send', {
    conversationId: old,
    content: text('Hello again'),
    quotedMessageId: null,
    sendAt: null,
    seenRev: null,
  });
  await waitFor([{ state: 'held', error: 'window_closed' }]);
  // Nobody can send that anyway.
  await page.call('message.retry', { conversationId: old, messageId, anyway: true });
  await waitFor([{ state: 'held', error: 'window_closed' }]);
  expect(kit.gateway.store.log.ends(kit.ws).head).toBe(before);
  // The customer opens it.
  kit.inbound('491709', 'I am back');
  await expect.poll(() => texts(page, old)).toContain('I am back');
  await page.call('message.retry', { conversationId: old, messageId, anyway: false });
  await expect.poll(atGateway).toContain('Hello again');
});

describe('files', () => {
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d4948445200000280000001e0', 'hex'),
    Buffer.alloc(100_000, 'a picture of a lamp '),
  ]);
  const put = (body: Buffer, headers: Record<string, string> = {}) =>
    fetch(`${app.origin}/upload`, {
      method: 'POST',
      headers: {
        cookie: page.cookie,
        origin: app.origin,
        'content-type': 'image/png',
        'x-file-name': encodeURIComponent('Lâmpada.png'),
        ...headers,
      },
      body: Uint8Array.from(body),
    });
  const shown = async (id: string) =>
    fetch(`${app.origin}/media/${id}`, { headers: { cookie: page.cookie, origin: app.origin } });
  const mediaFiles = () => readdir(path.join(place.userData, 'media'));

  test('a file is kept, shown, survives in the draft, and goes with its message, once, under its id', async () => {
    const answer = await put(png);
    expect(answer.status).toBe(201);
    const media = (await answer.json()) as MediaRef;
    expect(media).toMatchObject({ fileName: 'Lâmpada.png', size: png.length, width: 640, height: 480 });
    expect(Buffer.from(await (await shown(media.id)).arrayBuffer()).equals(png)).toBe(true);
    const [file] = await mediaFiles();
    expect((await readFile(path.join(place.userData, 'media', file!))).includes('a picture of a lamp')).toBe(
      false,
    );
    const draft = { text: 'This one?', quotedMessageId: null, attachments: [{ media, caption: 'blue' }] };
    await page.call('draft.save', { conversationId, draft });
    expect((await page.call('conversation.get', { conversationId })).draft).toEqual(draft);

    await offline();
    const content = { kind: 'image' as const, media, caption: 'blue' };
    const input = { conversationId, content, quotedMessageId: null, sendAt: null, seenRev: null };
    await page.call('message.send', input);
    await page.call('draft.save', {
      conversationId,
      draft: { text: '', quotedMessageId: null, attachments: [] },
    });
    expect((await shown(media.id)).status).toBe(200);
    await kit.restart();
    await back();
    await expect.poll(async () => (await page.connection()).unsent).toBe(0);
    // The page was told how far it had got, from nothing to all and over.
    const carried = page.events.flatMap(({ event, data }) =>
      event === 'upload' ? [data as { mediaId: string; share: number | null }] : [],
    );
    expect(new Set(carried.map(({ mediaId }) => mediaId))).toEqual(new Set([media.id]));
    expect(carried.at(0)?.share).toBe(0);
    expect(carried.slice(-2).map(({ share }) => share)).toEqual([1, null]);
    const { tokens } = await kit.signIn(kit.supervisor);
    const stored = await fetch(`${kit.gateway.url}/v1/media/${media.id}`, {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });
    expect(stored.status).toBe(200);
    expect(Buffer.from(await stored.arrayBuffer()).equals(png)).toBe(true);
    const last = (await thread(page, conversationId)).at(-1);
    expect(last?.type === 'message' && mediaOf(last.message.content)?.id).toBe(media.id);
    // Still here: it is not fetched to be shown.
    expect((await shown(media.id)).status).toBe(200);
    expect(await mediaFiles()).toHaveLength(1);
  });

  test('a file that is not sent after all leaves the disk', async () => {
    const media = (await (await put(png)).json()) as MediaRef;
    expect(await mediaFiles()).toHaveLength(1);
    await page.call('attachment.discard', { mediaId: media.id });
    await expect.poll(mediaFiles).toEqual([]);
    expect((await shown(media.id)).status).toBe(404);
    await page.call('attachment.discard', { mediaId: media.id });
  });

  test('only our own page may put files here, of a size that some channel takes', async () => {
    expect((await put(png, { cookie: '' })).status).toBe(403);
    expect((await put(png, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await put(png, { 'content-type': 'nonsense' })).status).toBe(400);
    const large = await put(Buffer.alloc(1_000_001));
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ kind: 'refused', gateway: 'too_large' });
    expect((await put(Buffer.alloc(0))).status).toBe(400);
    const get = await fetch(`${app.origin}/upload`, { headers: { cookie: page.cookie } });
    expect(get.status).toBe(405);
    expect(await mediaFiles().catch(() => [])).toEqual([]);
  });
});
