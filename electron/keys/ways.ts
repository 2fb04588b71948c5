/** The ways to keep a key: wrapping it by one, and opening what was wrapped. Nothing here knows of states. */
import { timingSafeEqual } from 'node:crypto';
import type { KeyMode, KeyProblem } from '../../shared/contract/state.ts';
import type { Shell } from '../app/shell.ts';
import { KeyFailure } from './key-failure.ts';
import { isStrongEnough, sealByPassphrase } from './passphrase.ts';
import { type KeyRecord, type RecoveryWrap, fingerprintOf, fits } from './record.ts';

/** How a key shall be kept. `acceptWeak`: also by a keychain that protects nothing, told so. */
export type Way = { mode: KeyMode; passphrase: string | null; acceptWeak: boolean };

/** `rewrap`: the keychain asks to wrap it anew. */
export type Opened = { key: Uint8Array; rewrap: boolean } | { problem: KeyProblem; backend: string | null };

/** Throws KeyFailure `weak_passphrase`. */
export function checkPassphrase(passphrase: string | null): string {
  if (passphrase === null || !isStrongEnough(passphrase)) {
    throw new KeyFailure('weak_passphrase', 'the passphrase is too short or too obvious');
  }
  return passphrase;
}

/** The record of a key that is kept this way. In mode `file` writing the key itself is the caller's. Throws KeyFailure. */
export async function wrapKey(
  keychain: Shell['keychain'],
  key: Uint8Array,
  way: Way,
  rest: { createdAt: number; recovery: RecoveryWrap | null },
): Promise<KeyRecord> {
  const common = { version: 2, fingerprint: fingerprintOf(key), ...rest } as const;
  switch (way.mode) {
    case 'passphrase':
      return {
        ...common,
        mode: 'passphrase',
        ...(await sealByPassphrase(key, checkPassphrase(way.passphrase))),
      };
    case 'file':
      return { ...common, mode: 'file' };
    case 'keychain': {
      const status = await keychain.status();
      if (!status.available) throw new KeyFailure('unavailable', 'no keychain on this machine');
      if (status.weak && !way.acceptWeak)
        throw new KeyFailure('unavailable', 'the keychain protects nothing');
      const wrapped = Buffer.from(await wrapChecked(keychain, key)).toString('base64');
      return {
        ...common,
        mode: 'keychain',
        backend: status.backend,
        weakAccepted: status.weak,
        wrapped,
      };
    }
  }
}

/** A keychain is believed only after it has given back what it took. */
async function wrapChecked(keychain: Shell['keychain'], key: Uint8Array): Promise<Uint8Array> {
  try {
    const wrapped = await keychain.wrap(key);
    const { secret } = await keychain.unwrap(wrapped);
    const same = secret.length === key.length && timingSafeEqual(secret, key);
    secret.fill(0);
    if (same) return wrapped;
  } catch (error) {
    throw new KeyFailure(
      'unavailable',
      `the keychain refused (${error instanceof Error ? error.name : 'unknown'})`,
    );
  }
  throw new KeyFailure('unavailable', 'the keychain gave back something else than it was given');
}

export async function openByKeychain(
  keychain: Shell['keychain'],
  record: Extract<KeyRecord, { mode: 'keychain' }>,
): Promise<Opened> {
  const status = await keychain.status();
  if (!status.available) return { problem: 'changed_backend', backend: null };
  const { backend } = status;
  if (backend !== record.backend) return { problem: 'changed_backend', backend };
  if (status.weak && !record.weakAccepted) return { problem: 'weak_backend', backend };
  let opened: Awaited<ReturnType<Shell['keychain']['unwrap']>>;
  try {
    opened = await keychain.unwrap(Buffer.from(record.wrapped, 'base64'));
  } catch {
    return { problem: 'undecryptable', backend }; // The backend's reason is its own words: nothing to act on.
  }
  if (fits(record, opened.secret)) return { key: opened.secret, rewrap: opened.rewrap };
  opened.secret.fill(0);
  return { problem: 'undecryptable', backend };
}
