/**
 * What lies on the disk: no byte of a message, a name, a number or a draft in the whole user-data folder, while the application
 * runs and after it has ended. The demo gateway's own folder aside: it is the other side of the wire.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediaOf } from '../../../shared/domain/message-content.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { draftOf, inbox, sendText, signInAs, thread } from '../../support/page-steps.ts';

const SENT = 'Zwölf Boxkämpfer jagen Viktor';
const DRAFT = 'Falsches Üben von Xylophonmusik';

let place: Awaited<ReturnType<typeof scratch>>;
let app: AppProcess;
let page: Page;
let conversationId: string;
/** A picture that is on the disk. */
let mediaId: string;
const needles = new Set<string>([SENT, DRAFT, 'maya@demo.parley.example', 'parley-demo', 'Lumen & Oak']);

beforeAll(async () => {
  place = await scratch();
  app = await startApp(['--key', 'file', '--seed', 'demo', '--user-data', place.userData], place);
  page = await app.page();
  const state = await page.state();
  if (state.phase !== 'signed_out' || state.prefill === null) throw new Error('the demo is not filled in');
  const { gateway, email, password } = state.prefill;
  await signInAs(page, gateway, email, password);
  const rows = await inbox(page);
  const writable = rows.find(({ conversation }) => conversation.lastInboundAt !== null) ?? rows[0];
  if (writable === undefined) throw new Error('an empty demo');
  conversationId = writable.conversation.id;
  await sendText(page, conversationId, SENT);
  await page.call('draft.save', { conversationId, draft: draftOf(DRAFT) });
  await page.call('search.query', { text: 'Boxkämpfer', conversationId: null, limit: 10 });
  for (const row of rows.slice(0, 40)) {
    needles.add(row.contactName);
    const { contact } = await page.call('conversation.get', { conversationId: row.conversation.id });
    for (const { phone } of contact.identities) if (phone !== null) needles.add(phone.replace(/\D/g, ''));
    for (const item of await thread(page, row.conversation.id)) {
      if (item.type === 'message' && item.message.content.kind === 'text')
        needles.add(item.message.content.body);
      if (item.type === 'note') needles.add(item.note.body);
    }
  }
});
afterAll(async () => {
  await app.stop();
  await place.remove();
});

/** Short words occur in anything by chance. */
function wanted(): string[] {
  return [...needles].filter((needle) => needle.length >= 10);
}

async function files(): Promise<string[]> {
  const all = await readdir(place.userData, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(place.userData, file).startsWith('demo-gateway'));
}

/** A file that was replaced or ended since the folder was listed is not on the disk. */
function goneIsNothing(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Names of files in which something was found, with what. */
async function found(): Promise<string[]> {
  const hits: string[] = [];
  for (const file of await files()) {
    const bytes = await readFile(file).catch(goneIsNothing);
    for (const needle of wanted()) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        if (bytes.includes(Buffer.from(needle, encoding)))
          hits.push(`${path.relative(place.userData, file)}: ${needle}`);
      }
    }
  }
  return hits;
}

test('a file of a message is shown in pieces, and lies encrypted', async () => {
  const rows = await inbox(page);
  const all = (await Promise.all(rows.map(({ conversation }) => thread(page, conversation.id)))).flat();
  const refs = all.flatMap((item) => (item.type === 'message' ? (mediaOf(item.message.content) ?? []) : []));
  const picture = refs.find(({ mimeType }) => mimeType.startsWith('image/'));
  if (picture === undefined) throw new Error('no picture in the demo');
  const { size, mimeType } = await page.call('media.load', { mediaId: picture.id });
  const get = (headers: Record<string, string>) =>
    fetch(`${app.origin}/media/${encodeURIComponent(picture.id)}`, {
      headers: { cookie: page.cookie, ...headers },
    });
  const whole = await get({});
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-type')).toBe(mimeType);
  expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(bytes.length).toBe(size);
  const piece = await get({ range: 'bytes=4-11' });
  expect(piece.status).toBe(206);
  expect(Buffer.from(await piece.arrayBuffer())).toEqual(bytes.subarray(4, 12));
  mediaId = encodeURIComponent(picture.id);
  const [kept] = await readdir(path.join(place.userData, 'media'));
  const sealed = await readFile(path.join(place.userData, 'media', kept ?? ''));
  expect(sealed.includes(bytes.subarray(0, 32))).toBe(false);
  // The name of the file on the disk says nothing either.
  expect(kept).toMatch(/^[0-9a-f]{32}$/);
  expect(await page.refused('media.load', { mediaId: 'none' })).toMatchObject({ kind: 'not_found' });
});

test('nothing to be read while it runs, journal included', async () => {
  expect(wanted().length).toBeGreaterThan(100);
  expect((await files()).map((file) => path.basename(file))).toEqual(
    expect.arrayContaining(['parley.db', 'parley.db-wal', 'key.json', 'parley.log']),
  );
  expect(await found()).toEqual([]);
});

test('the search itself finds what lies in the demo gateway: it would find it here too', async () => {
  const folder = path.join(place.userData, 'demo-gateway');
  const isThere = async () => {
    const names = await readdir(folder);
    const bytes = await Promise.all(
      names.map((name) => readFile(path.join(folder, name)).catch(() => Buffer.alloc(0))),
    );
    return bytes.some((content) => content.includes(SENT));
  };
  await expect.poll(isThere).toBe(true);
});

test('nothing to be read while it is locked, files are not given out, and all of it is there after the unlock', async () => {
  const media = () => readdir(path.join(place.userData, 'media'));
  const before = await media();
  await page.call('key.lock', {});
  expect(await found()).toEqual([]);
  expect(await page.refused('inbox.views', {})).toMatchObject({ kind: 'not_ready' });
  expect(before).not.toEqual([]);
  const shown = await fetch(`${app.origin}/media/${mediaId}`, { headers: { cookie: page.cookie } });
  expect(shown.status).toBe(404);
  await page.call('key.unlock', { passphrase: null });
  expect(await media()).toEqual(before);
  expect((await page.call('conversation.get', { conversationId })).draft).toEqual(draftOf(DRAFT));
});

test('nothing to be read after it has ended, and all of it is there at the next start', async () => {
  expect(await app.stop()).toBe(0);
  expect(await found()).toEqual([]);
  app = await startApp(['--key', 'file', '--user-data', place.userData], place);
  page = await app.page();
  expect((await page.call('conversation.get', { conversationId })).draft).toEqual(draftOf(DRAFT));
  expect(await found()).toEqual([]);
});
