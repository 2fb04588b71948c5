import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaRef } from '../../shared/domain/message-content.ts';
import { NO_CHANGES } from '../../test/support/memory-cache.ts';
import type { MediaDownload } from './gateway-http.ts';
import { chunksOf, CHUNK, createSealer, MediaDamaged, openChunk, sealedSize } from './media-file.ts';
import { createMediaStore } from './media.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-media-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Staged = {
  media: MediaRef;
  file: string;
  key: Uint8Array;
  size: number;
  sha256: string;
  uploaded: boolean;
};
type Saved = { file: string | null; key: Uint8Array | null; size: number; sha256: string };

function arrange(bytes: Buffer, changes: Partial<MediaRef> = {}, download: Partial<MediaDownload> = {}) {
  const media: MediaRef = {
    id: 'm',
    mimeType: 'image/png',
    size: bytes.length,
    sha256: hashOf(bytes),
    fileName: null,
    ...changes,
  };
  let saved: Saved | null = null;
  let refuse: Error | null = null;
  const uploads: string[] = [];
  const staged = new Map<string, Staged>();
  let downloads = 0;
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
  }
  const store = createMediaStore({
    folder,
    log: () => undefined,
    onChanges: () => undefined,
    clock: { now: () => 7 },
    async upload(ref, content) {
      const sent = await all(content.bytes());
      uploads.push(`${ref.id} ${hashOf(sent)}`);
      if (refuse !== null) throw refuse;
    },
    async download() {
      downloads += 1;
      return { mimeType: null, size: null, sha256: null, body: pieces(), ...download };
    },
    cache: {
      read: {
        async media({ id }) {
          const own = staged.get(id);
          if (own !== undefined) {
            return {
              media: own.media,
              messageId: null,
              state: own.uploaded ? 'local' : 'staged',
              file: own.file,
            };
          }
          if (id !== 'm') return null;
          const file = saved?.file ?? null;
          return { media, messageId: 'x', state: file === null ? 'remote' : 'local', file };
        },
        async mediaKey({ id }) {
          if (staged.has(id)) return staged.get(id) ?? null;
          if (saved?.file == null || saved.key === null) return null;
          return { file: saved.file, key: saved.key, size: saved.size, sha256: saved.sha256 };
        },
      },
      write: {
        async stageMedia({ media: own, file, key, size, sha256 }) {
          staged.set(own.id, { media: own, file, key: Uint8Array.from(key), size, sha256, uploaded: false });
        },
        async mediaUploaded({ id }) {
          const own = staged.get(id);
          if (own !== undefined) own.uploaded = true;
        },
        async discardStaged({ id }) {
          return staged.delete(id);
        },
        async saveMedia({ file, key, size, sha256 }) {
          saved = { file, key: key === null ? null : Uint8Array.from(key), size, sha256 };
          return NO_CHANGES;
        },
      },
    },
  });
  const refuseUploads = (error: Error | null) => {
    refuse = error;
  };
  return { store, downloads: () => downloads, saved: () => saved, uploads, staged, refuseUploads };
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('what was fetched can be read, whole and in parts, and is not on disk in the clear', async () => {
  const bytes = Buffer.from('The quick brown fox. '.repeat(10_000));
  const { store, saved } = arrange(bytes);
  await store.fetch('m');
  const content = await store.read('m');
  expect(content.size).toBe(bytes.length);
  expect((await all(content.bytes())).equals(bytes)).toBe(true);
  expect((await all(content.bytes(CHUNK - 5, CHUNK + 7))).equals(bytes.subarray(CHUNK - 5, CHUNK + 7))).toBe(
    true,
  );
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  const onDisk = await readFile(path.join(folder, name!));
  expect(onDisk.includes('quick brown')).toBe(false);
  expect(onDisk.includes(Buffer.from(saved()!.key!))).toBe(false);
  expect(name).not.toContain('m');
});

test('one download however many ask, and none when it is here', async () => {
  const { store, downloads } = arrange(Buffer.alloc(10, 1));
  await Promise.all([store.fetch('m'), store.fetch('m'), store.fetch('m')]);
  await store.fetch('m');
  expect(downloads()).toBe(1);
});

test.each([
  ['size', { size: 11 }, {}],
  ['hash', { sha256: hashOf(Buffer.from('else')) }, {}],
  ['announced size', {}, { size: 9 }],
  ['announced hash', { sha256: null }, { sha256: '00' }],
])('a wrong %s keeps nothing', async (_name, changes, download) => {
  const { store, saved } = arrange(Buffer.alloc(10, 1), changes, download);
  await expect(store.fetch('m')).rejects.toMatchObject({ kind: 'wrong_content' });
  expect(await readdir(folder)).toEqual([]);
  expect(saved()).toBe(null);
  // The failure is not remembered.
  await expect(store.fetch('m')).rejects.toMatchObject({ kind: 'wrong_content' });
});

test('a file that was changed or cut gives nothing, is forgotten, and can be fetched again', async () => {
  const bytes = Buffer.alloc(3 * CHUNK, 7);
  const { store } = arrange(bytes);
  for (const damage of ['flip', 'cut', 'remove']) {
    await store.fetch('m');
    const [name] = await readdir(folder);
    const file = path.join(folder, name!);
    const sealed = await readFile(file);
    if (damage === 'remove') await rm(file);
    else if (damage === 'cut') await writeFile(file, sealed.subarray(0, sealed.length - CHUNK - 16));
    else {
      sealed.writeUInt8(sealed.readUInt8(CHUNK + 100) ^ 1, CHUNK + 100);
      await writeFile(file, sealed);
    }
    const reading = (async () => all((await store.read('m')).bytes()))();
    await expect(reading).rejects.toMatchObject({ kind: 'damaged' });
    await expect(store.read('m')).rejects.toMatchObject({ kind: 'not_here' });
  }
  await store.fetch('m');
  expect((await all((await store.read('m')).bytes())).equals(bytes)).toBe(true);
});

test('unknown media', async () => {
  const { store } = arrange(Buffer.alloc(1));
  await expect(store.fetch('other')).rejects.toMatchObject({ kind: 'unknown' });
  await expect(store.read('other')).rejects.toMatchObject({ kind: 'unknown' });
});

test('sealed and opened again, any sizes and pieces; chunks cannot change places', () => {
  const key = Buffer.alloc(32, 3);
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 9),
      fc.integer({ min: 1_000, max: 200_000 }),
      (size, piece) => {
        const plain = Buffer.alloc(size, 'parley');
        const sealer = createSealer(key);
        const chunks: Buffer[] = [];
        for (let from = 0; from < size; from += piece)
          chunks.push(...sealer.push(plain.subarray(from, from + piece)));
        chunks.push(sealer.end());
        expect(chunks).toHaveLength(chunksOf(size));
        expect(chunks.reduce((sum, chunk) => sum + chunk.length, 4)).toBe(sealedSize(size));
        const opened = chunks.map((chunk, index) =>
          openChunk(key, index, index === chunks.length - 1, chunk),
        );
        expect(Buffer.concat(opened).equals(plain)).toBe(true);
        expect(() => openChunk(key, 1, chunks.length === 1, chunks[0]!)).toThrow(MediaDamaged);
        // A file cut after a whole chunk would end in one that is not marked as the last.
        expect(() => openChunk(key, 0, chunks.length !== 1, chunks[0]!)).toThrow(MediaDamaged);
      },
    ),
    { numRuns: 40 },
  );
});

/** The first bytes of a picture of 640 by 480, and some more. */
function png(length: number): Buffer {
  const bytes = Buffer.alloc(length, 1);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(640, 16);
  bytes.writeUInt32BE(480, 20);
  return bytes;
}

async function* inPieces(bytes: Buffer, length = 1000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

const toSend = { mimeType: 'image/png', fileName: 'a.png', maxBytes: 1_000_000 };

test('a file to be sent is kept encrypted, with its hash and its size as a picture, and can be shown', async () => {
  const bytes = png(200_000);
  const { store } = arrange(Buffer.alloc(0));
  const media = await store.stage({ ...toSend, body: inPieces(bytes) });
  expect(media).toMatchObject({
    mimeType: 'image/png',
    fileName: 'a.png',
    size: 200_000,
    sha256: hashOf(bytes),
    width: 640,
    height: 480,
  });
  expect((await all((await store.read(media.id)).bytes())).equals(bytes)).toBe(true);
  const [file] = await readdir(folder);
  expect((await readFile(path.join(folder, file!))).includes('IHDR')).toBe(false);
});

test('a file that is empty, too large or breaks off leaves nothing behind', async () => {
  const { store, staged } = arrange(Buffer.alloc(0));
  const stage = (body: AsyncIterable<Uint8Array>, maxBytes = 5_000) =>
    store.stage({ ...toSend, maxBytes, body });
  await expect(stage(inPieces(Buffer.alloc(0)))).rejects.toMatchObject({ kind: 'empty' });
  await expect(stage(inPieces(png(5_001)))).rejects.toMatchObject({ kind: 'too_large' });
  async function* broken() {
    yield png(1_000);
    throw new Error('the page has gone');
  }
  await expect(stage(broken())).rejects.toThrow('gone');
  expect(await readdir(folder)).toEqual([]);
  expect(staged.size).toBe(0);
  expect((await stage(inPieces(png(5_000)))).size).toBe(5_000);
});

test('an upload brings the plain bytes once, however many ask, and again after it failed', async () => {
  const bytes = png(150_000);
  const { store, uploads, refuseUploads, downloads } = arrange(Buffer.alloc(0));
  const { id } = await store.stage({ ...toSend, body: inPieces(bytes) });
  refuseUploads(new Error('no network'));
  await expect(Promise.all([store.upload(id), store.upload(id)])).rejects.toThrow('no network');
  expect(uploads).toEqual([`${id} ${hashOf(bytes)}`]);
  refuseUploads(null);
  await store.upload(id);
  await store.upload(id);
  expect(uploads).toHaveLength(2);
  // It is here: nobody fetches it.
  await store.fetch(id);
  expect(downloads()).toBe(0);
  await expect(store.upload('nothing')).rejects.toMatchObject({ kind: 'unknown' });
});

test('a staged file that was damaged is forgotten', async () => {
  const { store, staged, uploads } = arrange(Buffer.alloc(0));
  const { id } = await store.stage({ ...toSend, body: inPieces(png(1_000)) });
  const [file] = await readdir(folder);
  await writeFile(path.join(folder, file!), 'something else');
  await expect(store.upload(id)).rejects.toMatchObject({ kind: 'damaged' });
  expect([staged.size, uploads.length, (await readdir(folder)).length]).toEqual([0, 0, 0]);
});
