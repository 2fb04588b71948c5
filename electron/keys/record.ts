/**
 * `keys/key.json`: how the cache key is kept on this machine. Versioned; never holds the key itself. Byte strings are base64.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { KdfParameters, SealedKey } from '../../shared/domain/sealed-key.ts';

/** The cache key is this many random bytes. */
export const KEY_BYTES = 32;

/**
 * The same key, sealed for the recovery key that was printed: to its public half (X25519), so that a new database key can be sealed
 * without the printed one at hand. `confirmedAt`: when somebody showed to have it on paper.
 */
export const RecoveryWrap = z.object({
  publicKey: z.base64(),
  /** The public half of the pair that was made for this sealing alone. */
  ephemeral: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
  createdAt: z.number().int().nonnegative(),
  confirmedAt: z.number().int().nonnegative().nullable(),
});
export type RecoveryWrap = z.infer<typeof RecoveryWrap>;

const common = {
  /** 2 knows a recovery key. Version 1 is read, and written as 2 with the next change. */
  version: z.union([z.literal(1), z.literal(2)]),
  recovery: RecoveryWrap.nullable().default(null),
  /** Tells the right key from a wrong one without a cache at hand; see `fingerprintOf`. */
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
  createdAt: z.number().int().nonnegative(),
};

export const KeyRecord = z.discriminatedUnion('mode', [
  z.object({
    ...common,
    mode: z.literal('keychain'),
    /** Name of the store that wrapped it (for example `gnome_libsecret`). */
    backend: z.string(),
    /** The user has been told that this backend protects nothing, and went on. */
    weakAccepted: z.boolean(),
    wrapped: z.base64(),
  }),
  z.object({ ...common, mode: z.literal('passphrase'), kdf: KdfParameters, sealed: SealedKey }),
  /** The key lies in `keys/key` beside this file. */
  z.object({ ...common, mode: z.literal('file') }),
]);
export type KeyRecord = z.infer<typeof KeyRecord>;

/** One-way, 128 bits: the key is random, so that nothing about it can be learnt from this. */
export function fingerprintOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('parley cache key, fingerprint 1').digest('hex').slice(0, 32);
}

/** Whether this is the key that the record was made for. */
export function fits(record: KeyRecord, key: Uint8Array): boolean {
  if (key.length !== KEY_BYTES) return false;
  return timingSafeEqual(Buffer.from(fingerprintOf(key), 'hex'), Buffer.from(record.fingerprint, 'hex'));
}
