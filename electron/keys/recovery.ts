/**
 * The recovery key: 160 random bits that are printed once and kept nowhere. They are the private half of an X25519 pair (through HKDF);
 * the database key is sealed to the public half, which stays in the record. Figures of the printed form: shared/domain/recovery-key.ts.
 */
import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { RECOVERY_BYTES } from '../../shared/domain/recovery-key.ts';
import type { RecoveryWrap } from './record.ts';

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');
const NONCE_BYTES = 12;

export function makeRecoverySecret(): Uint8Array {
  return randomBytes(RECOVERY_BYTES);
}

function privateKeyOf(secret: Uint8Array): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'parley recovery pair 1', 32));
  const der = Buffer.concat([PRIVATE_PREFIX, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    seed.fill(0);
    der.fill(0);
  }
}

function rawPublic(key: KeyObject): Buffer {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });
}

/** The public half of a secret, base64. */
export function publicHalf(secret: Uint8Array): string {
  return rawPublic(privateKeyOf(secret)).toString('base64');
}

function wrappingKey(mine: KeyObject, theirs: KeyObject, ephemeral: Buffer, recipient: Buffer): Buffer {
  const shared = diffieHellman({ privateKey: mine, publicKey: theirs });
  try {
    return Buffer.from(
      hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), 'parley recovery wrap 1', 32),
    );
  } finally {
    shared.fill(0);
  }
}

/** Seals a database key for whoever has the printed key. Needs nothing secret but the database key. */
export function sealForRecovery(
  key: Uint8Array,
  to: Pick<RecoveryWrap, 'publicKey' | 'createdAt' | 'confirmedAt'>,
): RecoveryWrap {
  const recipient = Buffer.from(to.publicKey, 'base64');
  const pair = generateKeyPairSync('x25519');
  const ephemeral = rawPublic(pair.publicKey);
  const wrapping = wrappingKey(pair.privateKey, publicKeyOf(recipient), ephemeral, recipient);
  try {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(ephemeral);
    const data = Buffer.concat([cipher.update(key), cipher.final()]);
    return {
      publicKey: to.publicKey,
      ephemeral: ephemeral.toString('base64'),
      nonce: nonce.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      data: data.toString('base64'),
      createdAt: to.createdAt,
      confirmedAt: to.confirmedAt,
    };
  } finally {
    wrapping.fill(0);
  }
}

/** The database key, or null when this is not the recovery key of the record. */
export function openByRecovery(wrap: RecoveryWrap, secret: Uint8Array): Uint8Array | null {
  const mine = privateKeyOf(secret);
  const recipient = rawPublic(mine);
  if (recipient.toString('base64') !== wrap.publicKey) return null;
  try {
    const ephemeral = Buffer.from(wrap.ephemeral, 'base64');
    const wrapping = wrappingKey(mine, publicKeyOf(ephemeral), ephemeral, recipient);
    try {
      const nonce = Buffer.from(wrap.nonce, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: 16 });
      decipher.setAAD(ephemeral).setAuthTag(Buffer.from(wrap.tag, 'base64'));
      return Buffer.concat([decipher.update(Buffer.from(wrap.data, 'base64')), decipher.final()]);
    } finally {
      wrapping.fill(0);
    }
  } catch {
    return null; // Tampered with: node:crypto has one error for all of these.
  }
}
