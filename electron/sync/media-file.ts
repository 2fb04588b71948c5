/**
 * The encrypted form of an attachment on disk. AES-256-GCM under a key that this file alone has, in chunks, so that a video can
 * be read from the middle and no byte is given out before its tag was checked (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár: nonce = number of the chunk, and whether it is the last, so that chunks cannot be swapped or cut off).
 *
 *   magic "PMF1" | chunk 0 | chunk 1 | …     chunk = ciphertext (64 KiB, the last one shorter) | tag (16 bytes)
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

export const MAGIC = Buffer.from('PMF1');
export const CHUNK = 64 * 1024;
const TAG = 16;
const ALGORITHM = 'aes-256-gcm';

/** The file on disk is not what was written: cut, changed, or under another key. */
export class MediaDamaged extends Error {
  constructor() {
    super('the encrypted file is damaged');
    this.name = 'MediaDamaged';
  }
}

export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(index, last), { authTagLength: TAG });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws MediaDamaged when the tag does not match. */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer {
  if (sealed.length < TAG) throw new MediaDamaged();
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(index, last), { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG));
  try {
    decipher.final();
  } catch {
    throw new MediaDamaged();
  }
  return plain;
}

/** Number of chunks of a file of `size` plain bytes; an empty file has one empty chunk. */
export function chunksOf(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK));
}

/** Where a sealed chunk lies in the file. */
export function placeOf(index: number, size: number): { offset: number; length: number } {
  const plain = Math.min(CHUNK, size - index * CHUNK);
  return { offset: MAGIC.length + index * (CHUNK + TAG), length: plain + TAG };
}

/** Bytes on disk of a file of `size` plain bytes. */
export function sealedSize(size: number): number {
  return MAGIC.length + size + chunksOf(size) * TAG;
}

/** Turns pieces of any length into sealed chunks. `end` gives the last one, which is always there. */
export function createSealer(key: Uint8Array): { push(piece: Uint8Array): Buffer[]; end(): Buffer } {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let index = 0;
  return {
    push(piece) {
      waiting.push(piece);
      length += piece.length;
      // A full chunk is sealed only when more follows it: the last one is marked as such.
      if (length <= CHUNK) return [];
      const all = Buffer.concat(waiting);
      const sealed: Buffer[] = [];
      let from = 0;
      while (all.length - from > CHUNK) {
        sealed.push(sealChunk(key, index, false, all.subarray(from, from + CHUNK)));
        index += 1;
        from += CHUNK;
      }
      waiting = [all.subarray(from)];
      length = all.length - from;
      return sealed;
    },
    end() {
      return sealChunk(key, index, true, Buffer.concat(waiting));
    },
  };
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}
