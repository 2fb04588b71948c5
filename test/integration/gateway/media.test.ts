/** Files over real HTTP: hashes, ranges, and who may have them. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoopback } from '../../../gateway/providers/loopback.ts';
import { newId } from '../../../shared/domain/id.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { MediaRef } from '../../../shared/domain/message-content.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya = '';
let tom = '';
let fetches = 0;
let clock = 0;
const customers = new TextEncoder().encode('the bytes of a customer');
beforeEach(async () => {
  fetches = 0;
  clock = Date.now();
  kit = await startKit({
    now: () => clock,
    tokenLife: { accessMs: 30 * DAY, refreshMs: 60 * DAY },
    providers: [
      ({ now }) => ({
        provider: {
          ...createLoopback(now),
          media: ({ mediaId }) => {
            fetches += 1;
            const known = mediaId === 'provider-file';
            return Promise.resolve(known ? { bytes: customers, mimeType: 'text/plain' } : null);
          },
        },
      }),
    ],
  });
  maya = (await kit.signIn(kit.maya)).tokens.accessToken;
  tom = (await kit.signIn(kit.tom)).tokens.accessToken;
});
afterEach(() => kit.close());

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function upload(token: string, body: string, headers: Record<string, string> = {}) {
  const all = { 'content-type': 'image/png', 'x-content-sha256': sha256(body), ...headers };
  return kit.http('POST', '/v1/media', { token, body, headers: all });
}
function download(token: string, id: string, range?: string) {
  return kit.http('GET', `/v1/media/${id}`, { token, headers: range === undefined ? {} : { range } });
}

test('a file is uploaded, comes back with its hash, and a repetition has the same id', async () => {
  const first = await upload(maya, 'picture', {
    'x-file-name': encodeURIComponent('../../bild \u{1f600}.png'),
  });
  expect(first.status).toBe(201);
  const ref = MediaRef.parse(first.body);
  expect(ref).toMatchObject({
    mimeType: 'image/png',
    size: 7,
    sha256: sha256('picture'),
    fileName: 'bild \u{1f600}.png',
  });
  expect((await upload(maya, 'picture')).body).toMatchObject({ id: ref.id });
  expect((await upload(tom, 'picture')).body).not.toMatchObject({ id: ref.id });
  const back = await download(maya, ref.id);
  expect(back.status).toBe(200);
  expect(back.body).toBe('picture');
  expect(back.headers.get('x-content-sha256')).toBe(sha256('picture'));
  expect(back.headers.get('content-type')).toBe('image/png');
  expect(back.headers.get('x-content-type-options')).toBe('nosniff');
});

test('ranges are honoured, and what lies outside is 416', async () => {
  const { id } = MediaRef.parse((await upload(maya, '0123456789')).body);
  for (const [range, status, body, contentRange] of [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=nonsense', 200, '0123456789', null],
    ['bytes=5-2', 200, '0123456789', null],
  ] as const) {
    const answer = await download(maya, id, range);
    expect([answer.status, String(answer.body), answer.headers.get('content-range')]).toEqual([
      status,
      body,
      contentRange,
    ]);
    expect(answer.headers.get('x-content-sha256')).toBe(sha256('0123456789'));
  }
  const outside = await download(maya, id, 'bytes=10-');
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */10']);
});

test('wrong hash, missing hash, bad type and no token are refused, and nothing stays on disk', async () => {
  const files = async () => {
    const list = await readdir(path.join(kit.dataDir, 'media'), { recursive: true }).catch(() => []);
    return list.filter((name) => name.length > 3);
  };
  expect((await upload(maya, 'x', { 'x-content-sha256': sha256('y') })).body).toMatchObject({
    kind: 'invalid',
  });
  expect((await upload(maya, 'x', { 'x-content-sha256': 'zz' })).status).toBe(400);
  expect((await upload(maya, 'x', { 'content-type': 'image/png<script>' })).status).toBe(400);
  expect((await upload(maya, 'x', { 'x-file-name': '%E0%A4%A' })).status).toBe(400);
  expect((await upload('not-a-token', 'x')).status).toBe(401);
  expect(await files()).toEqual([]);
});

test("a customer's file is fetched from the provider once, and only for who sees the conversation", async () => {
  const media = { id: 'provider-file', mimeType: 'text/plain', size: null, sha256: null, fileName: 'a.txt' };
  const content = { kind: 'document' as const, media, caption: null };
  const conversationId = kit.inbound('1', '', { content });
  const { store } = kit.gateway;
  const messageId = store.conversations.get(kit.ws, conversationId)!.lastMessage!.id;
  const stored = store.messages.get(messageId)!.message.content;
  const id = stored.kind === 'document' ? stored.media.id : '';
  expect(id).not.toBe('provider-file');
  store.conversations.change(
    kit.ws,
    store.conversations.get(kit.ws, conversationId)!,
    { assigneeId: kit.maya.id },
    Date.now(),
  );
  const answers = await Promise.all([download(maya, id), download(maya, id), download(maya, id)]);
  expect(answers.map((answer) => answer.body)).toEqual(
    Array.from({ length: 3 }, () => 'the bytes of a customer'),
  );
  expect(answers[0]!.headers.get('x-content-sha256')).toBe(sha256(customers));
  expect(fetches).toBe(1);
  expect((await download(maya, id, 'bytes=4-8')).body).toBe('bytes');
  expect(await download(tom, id)).toMatchObject({ status: 404, body: { kind: 'not_found' } });
  expect((await download(tom, newId())).body).toEqual((await download(tom, id)).body);
  expect((await download(maya, encodeURIComponent('../../gateway.db'))).status).toBe(404);
});

test("an uploaded file goes out with a message, and only with its owner's", async () => {
  const conversationId = kit.inbound('1', 'hello');
  const desktop = await kit.connect(kit.maya);
  await desktop.subscribe(0);
  const ref = MediaRef.parse((await upload(maya, 'picture')).body);
  const send = (media: MediaRef) =>
    desktop.command('message.send', {
      conversationId,
      messageId: newId(),
      content: { kind: 'image', media, caption: 'look' },
      quotedMessageId: null,
    });
  expect(await send({ ...ref, mimeType: 'text/html', size: 1 })).toMatchObject({ ok: true });
  const created = await desktop.event(
    (event) => event.type === 'message.created' && JSON.stringify(event).includes(ref.id),
  );
  expect(created.data).toMatchObject({ message: { content: { media: { mimeType: 'image/png', size: 7 } } } });
  expect((await download(tom, ref.id)).status).toBe(200);
  const foreign = MediaRef.parse((await upload(tom, 'picture of Tom')).body);
  expect(await send(foreign)).toMatchObject({ error: { kind: 'not_found' } });
  const tooLarge = MediaRef.parse((await upload(maya, 'x'.repeat(1_000_001))).body);
  expect(await send(tooLarge)).toMatchObject({ error: { kind: 'too_large' } });
  const wrongType = MediaRef.parse((await upload(maya, 'gif', { 'content-type': 'image/gif' })).body);
  expect(await send(wrongType)).toMatchObject({ error: { kind: 'unsupported' } });
});

test("a desktop's own id: the same again is the same, other bytes or another user are a conflict", async () => {
  const id = newId();
  const own = { 'x-media-id': id, 'x-file-name': 'a.png' };
  const first = await upload(maya, 'picture', own);
  expect([first.status, first.body]).toEqual([
    201,
    expect.objectContaining({ id, size: 7, fileName: 'a.png' }),
  ]);
  expect(await upload(maya, 'picture', own)).toMatchObject({ status: 201, body: first.body });
  expect(await upload(maya, 'another', own)).toMatchObject({ status: 409, body: { kind: 'conflict' } });
  expect(await upload(tom, 'picture', own)).toMatchObject({ status: 409, body: { kind: 'conflict' } });
  expect((await download(maya, id)).body).toBe('picture');
  expect((await download(tom, id)).status).toBe(404);
  // The same bytes under another id are another file, so that a message may refer to either.
  const other = newId();
  expect((await upload(maya, 'picture', { 'x-media-id': other })).body).toMatchObject({ id: other });
  for (const bad of ['../../etc/passwd', 'x', id.toUpperCase(), `${id} `.repeat(2)]) {
    expect(await upload(maya, 'picture', { 'x-media-id': bad })).toMatchObject({ status: 400 });
  }
  const stranger = newId();
  const wrong = { 'x-media-id': stranger, 'x-content-sha256': sha256('y') };
  expect((await upload(maya, 'x', wrong)).status).toBe(400);
  expect((await upload(maya, 'x', { 'x-media-id': stranger })).status).toBe(201);
});

test('the same id at the same time: one file, whole, and the rest are told so', async () => {
  const id = newId();
  const bodies = ['a'.repeat(200_000), 'b'.repeat(200_000)];
  const answers = await Promise.all(
    [0, 1, 0, 1, 0, 1].map((which) => upload(maya, bodies[which]!, { 'x-media-id': id })),
  );
  const taken = answers.filter(({ status }) => status === 201);
  expect(taken).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
  const { sha256: hash } = MediaRef.parse(taken[0]!.body);
  const back = await download(maya, id);
  expect(sha256(String(back.body))).toBe(hash);
  // Nothing lies beside it.
  const list = await readdir(path.join(kit.dataDir, 'media'), { recursive: true });
  expect(list.filter((name) => name.length > 3)).toHaveLength(1);
});

test('an upload that no message refers to is gone after a day, one that is used stays', async () => {
  const conversationId = kit.inbound('1', 'hello', { at: clock });
  const [used, unused, again] = [newId(), newId(), newId()];
  const refs: MediaRef[] = [];
  for (const id of [used, unused, again]) {
    refs.push(MediaRef.parse((await upload(maya, id, { 'x-media-id': id })).body));
  }
  const desktop = await kit.connect(kit.maya);
  const content = { kind: 'image', media: refs[0], caption: null };
  const sent = { conversationId, messageId: newId(), content, quotedMessageId: null };
  expect(await desktop.command('message.send', sent)).toMatchObject({ ok: true });
  clock += 23 * HOUR;
  // Asked for once more: its day begins anew.
  await upload(maya, again, { 'x-media-id': again });
  clock += 2 * HOUR;
  await kit.restart();
  await expect.poll(async () => (await download(maya, unused)).status).toBe(404);
  expect((await download(maya, used)).status).toBe(200);
  expect((await download(maya, again)).status).toBe(200);
  await expect
    .poll(async () => {
      const list = await readdir(path.join(kit.dataDir, 'media'), { recursive: true });
      return list
        .map((name) => path.basename(name))
        .filter((name) => name.length > 3)
        .toSorted();
    })
    .toEqual([used, again].toSorted());
});
