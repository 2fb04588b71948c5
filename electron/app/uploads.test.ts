import { expect, test } from 'vitest';
import type { StagedFile } from '../sync/media.ts';
import type { Ready } from './context.ts';
import { logTo } from './log.ts';
import { type Upload, createUploads } from './uploads.ts';

function arrange(options: { signedIn?: boolean; fail?: Error } = {}) {
  const staged: { mimeType: string; fileName: string | null; maxBytes: number; bytes: string }[] = [];
  const lines: string[] = [];
  const ready = {
    sync: {
      async stageMedia({ mimeType, fileName, maxBytes, body }: StagedFile) {
        if (options.fail !== undefined) throw options.fail;
        const pieces: Uint8Array[] = [];
        for await (const piece of body) pieces.push(piece);
        staged.push({ mimeType, fileName, maxBytes, bytes: Buffer.concat(pieces).toString() });
        return { id: 'm', mimeType, size: 5, sha256: 'x', fileName };
      },
    },
    cache: {
      read: {
        directory: async () => ({
          channels: [
            { capabilities: { uploads: { image: { mimeTypes: [], maxBytes: 5_000 } } } },
            { capabilities: { uploads: { document: { mimeTypes: [], maxBytes: 100_000 } } } },
            { capabilities: { uploads: {} } },
          ],
        }),
      },
    },
  } as unknown as Ready;
  const log = logTo({ write: (line: string) => void lines.push(line) });
  const upload = createUploads(() => (options.signedIn === false ? null : ready), log);
  const put = (changes: Partial<Upload> = {}) => {
    async function* body() {
      yield Buffer.from('bytes');
    }
    return upload({ contentType: 'image/png', fileName: null, contentLength: '5', body: body(), ...changes });
  };
  return { put, staged, lines };
}

test('a file is kept under the limit of the most generous channel', async () => {
  const { put, staged } = arrange();
  expect(await put({ fileName: encodeURIComponent('C:\\Users\\me\\Ração 1.png') })).toEqual({
    status: 201,
    body: { id: 'm', mimeType: 'image/png', size: 5, sha256: 'x', fileName: 'Ração 1.png' },
  });
  expect(staged).toEqual([
    { mimeType: 'image/png', fileName: 'Ração 1.png', maxBytes: 100_000, bytes: 'bytes' },
  ]);
});

test.each(['audio/ogg; codecs=opus', 'audio/ogg;codecs="opus"', 'video/mp4; codecs=avc1.42E01E, mp4a.40.2'])(
  'the codecs of %s are kept',
  async (contentType) => {
    const { put, staged } = arrange();
    expect((await put({ contentType })).status).toBe(201);
    expect(staged[0]?.mimeType).toBe(contentType);
  },
);

test.each([
  null,
  '',
  'png',
  'image/',
  '/png',
  'image/png; x=1',
  'text/html\nX: y',
  `image/${'x'.repeat(90)}`,
])('the type %j is refused', async (contentType) => {
  const { put, staged } = arrange();
  expect(await put({ contentType })).toMatchObject({ status: 400, body: { kind: 'invalid_input' } });
  expect(staged).toEqual([]);
});

test('too large by what it announces, too large by its bytes, without bytes', async () => {
  const announced = arrange();
  const tooLarge = { status: 413, body: { kind: 'refused', gateway: 'too_large' } };
  expect(await announced.put({ contentLength: '100001' })).toMatchObject(tooLarge);
  expect(announced.staged).toEqual([]);
  const failing = (kind: string) =>
    arrange({ fail: Object.assign(new Error(kind), { name: 'MediaFailure', kind }) });
  expect(await failing('too_large').put({ contentLength: null })).toMatchObject(tooLarge);
  expect(await failing('empty').put()).toMatchObject({ status: 400, body: { kind: 'invalid_input' } });
});

test('nobody signed in, a full disk, the unforeseen: each has its status, none its words', async () => {
  expect((await arrange({ signedIn: false }).put()).status).toBe(503);
  const full = arrange({ fail: Object.assign(new Error('x'), { code: 'ENOSPC' }) });
  expect(await full.put()).toMatchObject({ status: 507, body: { kind: 'disk_full' } });
  const odd = arrange({ fail: new Error('secret.png broke') });
  expect(await odd.put()).toMatchObject({ status: 500, body: { kind: 'internal' } });
  expect(odd.lines.join('')).toContain('an upload failed');
  expect(odd.lines.join('')).not.toContain('secret');
});

test('a broken file name is refused', async () => {
  expect(await arrange().put({ fileName: '%E0%A4%A' })).toMatchObject({ status: 400 });
});
