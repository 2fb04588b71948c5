/**
 * Attachments: fetched over HTTP, checked against size and SHA-256, kept as encrypted files whose keys lie in the cache. Deleting
 * the row shreds the file. Plain bytes are only ever in memory.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ChangeSet } from '../../shared/contract/rows.ts';
import { newId } from '../../shared/domain/id.ts';
import type { MediaRef } from '../../shared/domain/message-content.ts';
import type { Cache, MediaRecord } from '../cache/api.ts';
import type { MediaDownload } from './gateway-http.ts';
import {
  chunksOf,
  CHUNK,
  createSealer,
  MAGIC,
  MediaDamaged,
  openChunk,
  placeOf,
  sealedSize,
} from './media-file.ts';
import { IMAGE_HEAD, imageSizeOf } from './image-size.ts';
import type { Clock, Log } from './ports.ts';

/**
 * `unknown`: the cache has no such media. `wrong_content`: what came is not what the message announced; nothing was kept.
 * `not_here`: read before it was fetched. `damaged`: the file was cut or changed; it is forgotten and can be fetched again. `empty`,
 * `too_large`: what was to be staged has no bytes, or more than any channel takes.
 */
export type MediaFailureKind = 'unknown' | 'wrong_content' | 'not_here' | 'damaged' | 'empty' | 'too_large';

export class MediaFailure extends Error {
  readonly kind: MediaFailureKind;

  constructor(kind: MediaFailureKind, message: string) {
    super(message);
    this.name = 'MediaFailure';
    this.kind = kind;
  }
}

/** `bytes` gives the plain bytes of [start, end), checked chunk by chunk; the whole file without arguments. */
export type MediaContent = {
  media: MediaRef;
  size: number;
  bytes(start?: number, end?: number): AsyncIterable<Uint8Array>;
};

export type MediaStore = {
  /** Makes sure that the file is here. One download however many ask. Rejects with MediaFailure or what `download` throws. */
  fetch(mediaId: string): Promise<void>;
  /** Opens a file that is here. Rejects with MediaFailure. */
  read(mediaId: string): Promise<MediaContent>;
  /** Keeps a file that the user wants to send. Rejects with MediaFailure. */
  stage(file: StagedFile): Promise<MediaRef>;
  /** Brings a staged file to the gateway; does nothing for one that is there. Rejects with MediaFailure or what `upload` throws. */
  upload(mediaId: string): Promise<void>;
};

/** `maxBytes`: what the most generous channel takes. */
export type StagedFile = {
  mimeType: string;
  fileName: string | null;
  maxBytes: number;
  body: AsyncIterable<Uint8Array>;
};

export type MediaStoreOptions = {
  cache: {
    read: Pick<Cache['read'], 'media' | 'mediaKey'>;
    write: Pick<Cache['write'], 'saveMedia' | 'stageMedia' | 'mediaUploaded' | 'discardStaged'>;
  };
  clock: Pick<Clock, 'now'>;
  /** Folder of the encrypted files; made when missing. */
  folder: string;
  download: (mediaId: string) => Promise<MediaDownload>;
  upload: (media: MediaRef, content: MediaContent) => Promise<void>;
  onChanges: (changes: ChangeSet) => void;
  log: Log;
};

/** Bytes. Nothing that a channel may carry is larger; a gateway cannot fill the disk with one file. */
export const LARGEST = 512 * 1024 * 1024;

export function createMediaStore(options: MediaStoreOptions): MediaStore {
  const { cache, folder, log } = options;
  const running = new Map<string, Promise<void>>();
  const uploading = new Map<string, Promise<void>>();

  async function fetchOnce(mediaId: string): Promise<void> {
    const record = await cache.read.media({ id: mediaId });
    if (record === null) throw new MediaFailure('unknown', 'the cache has no such media');
    if (record.state !== 'remote') return;
    const download = await options.download(mediaId);
    const key = randomBytes(32);
    const file = randomBytes(16).toString('hex');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = path.join(folder, `${file}.part`);
    try {
      const { size, sha256 } = await writeSealed(partial, key, download.body, LARGEST);
      if (!fits(record.media, download, size, sha256)) {
        log('warn', 'media is not what was announced', { size, announced: record.media.size });
        throw new MediaFailure('wrong_content', 'size or SHA-256 do not match');
      }
      await rename(partial, path.join(folder, file));
      options.onChanges(await cache.write.saveMedia({ id: mediaId, file, key, size, sha256 }));
    } catch (error) {
      await rm(partial, { force: true });
      // Without its key, which only saveMedia keeps, the file is noise.
      await rm(path.join(folder, file), { force: true });
      throw error;
    } finally {
      key.fill(0);
    }
  }

  async function stage({ mimeType, fileName, maxBytes, body }: StagedFile): Promise<MediaRef> {
    const key = randomBytes(32);
    const file = randomBytes(16).toString('hex');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = path.join(folder, `${file}.part`);
    const head: Buffer[] = [];
    try {
      const limit = Math.min(maxBytes, LARGEST);
      const { size, sha256 } = await writeSealed(partial, key, noting(body, head), limit);
      if (size === 0) throw new MediaFailure('empty', 'a file without bytes');
      await rename(partial, path.join(folder, file));
      const picture = mimeType.startsWith('image/') ? imageSizeOf(Buffer.concat(head)) : null;
      const media: MediaRef = { id: newId(), mimeType, size, sha256, fileName, ...picture };
      await cache.write.stageMedia({ media, file, key, size, sha256, now: options.clock.now() });
      return media;
    } catch (error) {
      await rm(partial, { force: true });
      // Without its key, which only stageMedia keeps, the file is noise.
      await rm(path.join(folder, file), { force: true });
      throw error;
    } finally {
      key.fill(0);
    }
  }

  async function uploadOnce(mediaId: string): Promise<void> {
    const record = await cache.read.media({ id: mediaId });
    if (record === null) throw new MediaFailure('unknown', 'the cache has no such media');
    if (record.state !== 'staged') return;
    await options.upload(record.media, await read(mediaId));
    await cache.write.mediaUploaded({ id: mediaId });
  }

  async function forget(record: MediaRecord, file: string, size: number, sha256: string): Promise<void> {
    log('warn', 'media file is damaged');
    await rm(path.join(folder, file), { force: true });
    const mediaId = record.media.id;
    // Nobody else has a staged one: its message is held when it is its turn.
    if (record.state === 'staged') return void (await cache.write.discardStaged({ id: mediaId }));
    options.onChanges(await cache.write.saveMedia({ id: mediaId, file: null, key: null, size, sha256 }));
  }

  async function read(mediaId: string): Promise<MediaContent> {
    const [record, kept] = await Promise.all([
      cache.read.media({ id: mediaId }),
      cache.read.mediaKey({ id: mediaId }),
    ]);
    if (record === null) throw new MediaFailure('unknown', 'the cache has no such media');
    if (kept === null) throw new MediaFailure('not_here', 'the file is not on this machine');
    const { file, key, size, sha256 } = kept;
    const whole = path.join(folder, path.basename(file));
    const damaged = async () => {
      await forget(record, path.basename(file), size, sha256);
      return new MediaFailure('damaged', 'the encrypted file is damaged');
    };
    if (!(await isWhole(whole, size))) throw await damaged();
    return {
      media: record.media,
      size,
      async *bytes(start = 0, end = size) {
        try {
          yield* openRange(whole, key, size, start, Math.min(end, size));
        } catch (error) {
          if (error instanceof MediaDamaged) throw await damaged();
          throw error;
        }
      },
    };
  }

  return {
    fetch(mediaId) {
      const under = running.get(mediaId);
      if (under !== undefined) return under;
      const started = fetchOnce(mediaId).finally(() => running.delete(mediaId));
      running.set(mediaId, started);
      return started;
    },

    read,
    stage,
    upload(mediaId) {
      const under = uploading.get(mediaId);
      if (under !== undefined) return under;
      const started = uploadOnce(mediaId).finally(() => uploading.delete(mediaId));
      uploading.set(mediaId, started);
      return started;
    },
  };
}

/** Passes the pieces on and keeps the first ones. */
async function* noting(pieces: AsyncIterable<Uint8Array>, head: Buffer[]): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of pieces) {
    if (length < IMAGE_HEAD) head.push(Buffer.from(piece));
    length += piece.length;
    yield piece;
  }
}

function fits(media: MediaRef, download: MediaDownload, size: number, sha256: string): boolean {
  if (media.size !== null && media.size !== size) return false;
  if (download.size !== null && download.size !== size) return false;
  if (media.sha256 !== null && media.sha256.toLowerCase() !== sha256) return false;
  return download.sha256 === null || download.sha256 === sha256;
}

async function writeSealed(
  file: string,
  key: Uint8Array,
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const sealer = createSealer(key);
  let size = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeAll(handle, MAGIC);
    for await (const piece of pieces) {
      size += piece.length;
      if (size > limit) throw new MediaFailure('too_large', 'larger than any attachment may be');
      hash.update(piece);
      for (const chunk of sealer.push(piece)) await writeAll(handle, chunk);
    }
    await writeAll(handle, sealer.end());
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { size, sha256: hash.digest('hex') };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}

async function isWhole(file: string, size: number): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  try {
    const magic = Buffer.alloc(MAGIC.length);
    await handle.read(magic, 0, MAGIC.length, 0);
    return magic.equals(MAGIC) && (await handle.stat()).size === sealedSize(size);
  } finally {
    await handle.close();
  }
}

async function* openRange(
  file: string,
  key: Uint8Array,
  size: number,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  if (start >= end) return;
  const last = chunksOf(size) - 1;
  const handle = await open(file, 'r');
  try {
    for (let index = Math.floor(start / CHUNK); index <= last && index * CHUNK < end; index += 1) {
      const { offset, length } = placeOf(index, size);
      const sealed = Buffer.alloc(length);
      const { bytesRead } = await handle.read(sealed, 0, length, offset);
      const plain = openChunk(key, index, index === last, sealed.subarray(0, bytesRead));
      const from = index * CHUNK;
      yield plain.subarray(Math.max(0, start - from), Math.min(plain.length, end - from));
    }
  } finally {
    await handle.close();
  }
}
