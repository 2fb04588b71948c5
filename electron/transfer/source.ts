/** Where the bytes come from. A source can be opened again, because its encoding is known only after a first pass. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MAX_FILE_BYTES } from './limits.ts';
import { FileFault } from './problems.ts';

/** `size`, where it is known at once, spares reading a file that is too large. */
export type ImportSource = { open(): AsyncIterable<Uint8Array>; size?(): Promise<number> };

/** A file by its path. Nothing is held open between two passes. A chunk is what is worked on between two turns of the event loop. */
export function fileSource(path: string): ImportSource {
  return {
    open: () => createReadStream(path, { highWaterMark: 64 * 1024 }),
    size: async () => (await stat(path)).size,
  };
}

/** Throws FileFault `too_large` or `unreadable` without reading, where the size is known. */
export async function checkSize(source: ImportSource): Promise<void> {
  let size = 0;
  try {
    size = (await source.size?.()) ?? 0;
  } catch (error) {
    throw new FileFault('unreadable', null, error);
  }
  if (size > MAX_FILE_BYTES) throw new FileFault('too_large');
}

/** Bytes in memory, for what was pasted and for tests. `chunkSize` bytes at a time. */
export function bytesSource(bytes: Uint8Array, chunkSize = 64 * 1024): ImportSource {
  return {
    async *open() {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
  };
}

/**
 * The bytes of a source. Throws FileFault: `unreadable` for whatever the system says, `too_large` past MAX_FILE_BYTES.
 * `onBytes` hears how many were read so far.
 */
export async function* chunksOf(
  source: ImportSource,
  onBytes?: (read: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let read = 0;
  const chunks = source.open()[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextOf(chunks);
      if (next.done === true) return;
      read += next.value.length;
      if (read > MAX_FILE_BYTES) throw new FileFault('too_large');
      onBytes?.(read);
      yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
  } finally {
    await chunks.return?.();
  }
}

async function nextOf(chunks: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await chunks.next();
  } catch (error) {
    throw new FileFault('unreadable', null, error);
  }
}
