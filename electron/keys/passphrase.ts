/** Wrapping the cache key by a passphrase: Argon2id makes the wrapping key, AES-256-GCM wraps. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { KdfParameters, SealedKey } from '../../shared/domain/sealed-key.ts';

/**
 * RFC 9106, section 4, second recommended option (64 MiB, 3 passes, 4 lanes), which is above every row of OWASP's Password
 * Storage Cheat Sheet (at least 19 MiB with 2 passes). Measured on two slow cores: 0.2 to 0.4 seconds.
 */
export const KDF_DEFAULTS = { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 4 } as const;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;

export const MINIMUM_PASSPHRASE = 10;

/** Everything that people take first when ten characters are asked for, folded to lower case and without blanks. */
const OBVIOUS = [
  'password',
  'passwort',
  'passphrase',
  'contraseña',
  'letmein',
  'welcome',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'changeme',
  'administrator',
  'parley',
];
const RUNS = 'abcdefghijklmnopqrstuvwxyz 01234567890 09876543210 qwertyuiopasdfghjklzxcvbnm';

/** Whether it is long enough and not what a guesser tries first. Length counts characters as a person would. */
export function isStrongEnough(passphrase: string): boolean {
  const folded = passphrase.normalize('NFKC').toLowerCase();
  if (Array.from(folded.trim()).length < MINIMUM_PASSPHRASE) return false;
  if (new Set(folded).size < 5) return false;
  const letters = folded.replace(/\s/gu, '');
  if (RUNS.includes(letters) || RUNS.includes(Array.from(letters).reverse().join(''))) return false;
  // "abcabcabcabc": one short piece over and over.
  if (/^(.{1,5})\1+$/u.test(letters)) return false;
  // What is left besides an obvious word must itself be something.
  const rest = OBVIOUS.reduce((text, word) => text.replaceAll(word, ''), letters);
  return rest.length === letters.length || rest.replace(/[^\p{L}]/gu, '').length >= 5;
}

/** Argon2id over the NFKC form, so that the same words typed on another keyboard fit. 32 bytes; the caller zeroes them. */
async function derive(passphrase: string, kdf: KdfParameters): Promise<Uint8Array> {
  const password = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  try {
    return await argon2id({
      password,
      salt: Buffer.from(kdf.salt, 'base64'),
      iterations: kdf.iterations,
      parallelism: kdf.parallelism,
      memorySize: kdf.memoryKiB,
      hashLength: 32,
      outputType: 'binary',
    });
  } finally {
    password.fill(0);
  }
}

/** The parameters are bound to the wrapped key, so that nobody can weaken them in the file unnoticed. */
function bound(kdf: KdfParameters): Buffer {
  const { name, memoryKiB, iterations, parallelism, salt } = kdf;
  return Buffer.from(
    JSON.stringify(['parley key 1', name, memoryKiB, iterations, parallelism, salt]),
    'utf8',
  );
}

export async function sealByPassphrase(
  key: Uint8Array,
  passphrase: string,
): Promise<{ kdf: KdfParameters; sealed: SealedKey }> {
  const kdf: KdfParameters = { ...KDF_DEFAULTS, salt: randomBytes(SALT_BYTES).toString('base64') };
  const wrapping = await derive(passphrase, kdf);
  try {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(bound(kdf));
    const data = Buffer.concat([cipher.update(key), cipher.final()]);
    return {
      kdf,
      sealed: {
        nonce: nonce.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
        data: data.toString('base64'),
      },
    };
  } finally {
    wrapping.fill(0);
  }
}

/** The key, or null when the passphrase is wrong (or the file was tampered with: it cannot be told apart). */
export async function openByPassphrase(
  kdf: KdfParameters,
  sealed: SealedKey,
  passphrase: string,
): Promise<Uint8Array | null> {
  const wrapping = await derive(passphrase, kdf);
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: 16 });
    decipher.setAAD(bound(kdf)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch {
    return null; // node:crypto has one error for all of these: the tag does not fit.
  } finally {
    wrapping.fill(0);
  }
}
