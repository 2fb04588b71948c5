/**
 * What exists nowhere else of a workspace that runs from memory, while it is locked: encrypted by the cache key, which leaves memory. Nothing of
 * it is on the disk, so it ends with the process.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { PreciousRows } from '../../cache/retention/carry.ts';

export type SealedRows = { nonce: Buffer; tag: Buffer; data: Buffer };

/** Not the key of the file itself: one key, one purpose. */
function rowsKey(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'parley rows while locked', 32));
}

export function sealRows(rows: PreciousRows, key: Uint8Array): SealedRows {
  const plain = serialize(rows);
  const own = rowsKey(key);
  try {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', own, nonce);
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { nonce, tag: cipher.getAuthTag(), data };
  } finally {
    plain.fill(0);
    own.fill(0);
  }
}

/** Null: another key sealed them. */
export function openRows(sealed: SealedRows, key: Uint8Array): PreciousRows | null {
  const own = rowsKey(key);
  try {
    const decipher = createDecipheriv('aes-256-gcm', own, sealed.nonce, { authTagLength: 16 });
    decipher.setAuthTag(sealed.tag);
    const plain = Buffer.concat([decipher.update(sealed.data), decipher.final()]);
    return deserialize(plain) as PreciousRows;
  } catch {
    return null; // The tag does not fit: node:crypto has one error for it.
  } finally {
    own.fill(0);
  }
}
