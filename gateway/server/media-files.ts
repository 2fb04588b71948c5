/** The bytes of files, in the data folder: one file per media id, written aside and renamed, so that a half one is never seen. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from './errors.ts';

export type MediaFiles = ReturnType<typeof createMediaFiles>;

export function createMediaFiles(dataDir: string) {
  const folder = path.join(dataDir, 'media');

  /** Ids are ours (UUIDs), but a path is never made from anything else by mistake. */
  function pathOf(id: string): string {
    if (!/^[\w-]{1,128}$/u.test(id)) throw new Refusal('not_found');
    return path.join(folder, id.slice(-2), id);
  }

  return {
    /** Writes a stream of at most `maxBytes`. Answers its size and SHA-256 (hex); refuses with `too_large`. */
    async write(
      id: string,
      bytes: Readable | Iterable<Uint8Array>,
      maxBytes: number,
    ): Promise<{ size: number; sha256: string }> {
      const file = pathOf(id);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const part = `${file}.part`;
      const hash = createHash('sha256');
      let size = 0;
      try {
        const handle = await open(part, 'w', 0o600);
        try {
          for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
            size += chunk.byteLength;
            if (size > maxBytes) throw new Refusal('too_large', 'file');
            hash.update(chunk);
            await handle.write(chunk);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(part, file);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      return { size, sha256: hash.digest('hex') };
    },
    /** Puts what was written under one id under another. */
    async rename(from: string, to: string): Promise<void> {
      await mkdir(path.dirname(pathOf(to)), { recursive: true, mode: 0o700 });
      await rename(pathOf(from), pathOf(to));
    },
    remove(id: string): Promise<void> {
      return rm(pathOf(id), { force: true });
    },
    read(id: string): Promise<Uint8Array> {
      return readFile(pathOf(id));
    },
    /** The bytes from `start` to `end`, both included. */
    stream(id: string, start: number, end: number): ReadStream {
      return createReadStream(pathOf(id), { start, end });
    },
  };
}
