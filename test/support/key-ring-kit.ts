/** A key ring on a folder of its own, with a keychain and a clock that a test can turn. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { KeychainStatus, Shell } from '../../electron/app/shell.ts';
import { type KeyRing, createKeyRing } from '../../electron/keys/key-ring.ts';

export const PASSPHRASE = 'seven herons over the weir';
export const OTHER = 'nine otters below the bridge';

/** A keychain that turns every byte over; its doings can be changed by the test. */
export function fakeKeychain(
  status: KeychainStatus = { available: true, backend: 'gnome_libsecret', weak: false },
) {
  const flip = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ 0xff);
  const keychain = {
    state: status,
    asked: 0,
    rewrap: false,
    broken: false,
    status: async () => keychain.state,
    wrap: async (secret: Uint8Array) => flip(secret),
    unwrap: async (wrapped: Uint8Array) => {
      keychain.asked += 1;
      if (keychain.broken) throw new Error('the ring is locked');
      return { secret: flip(wrapped), rewrap: keychain.rewrap };
    },
  };
  return keychain;
}

export const noKeychain = fakeKeychain({ available: false, reason: 'none' });

export type KeyRingKit = {
  folder: string;
  hasCache: boolean;
  /** The key that opens the cache, hex; null: any. */
  opens: string | null;
  time: number;
  ring(keychain?: Shell['keychain']): KeyRing;
  /** `key.json`. */
  record(): Promise<Record<string, unknown>>;
  remove(): Promise<void>;
};

/** No cache yet, and no key. */
export async function keyRingKit(): Promise<KeyRingKit> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-keys-'));
  const folder = path.join(root, 'keys');
  const kit: KeyRingKit = {
    folder,
    hasCache: false,
    opens: null,
    time: 1_750_000_000_000,
    ring: (keychain = noKeychain) =>
      createKeyRing({
        folder,
        keychain,
        hasCache: async () => kit.hasCache,
        opensCache: async (key) => kit.opens === null || Buffer.from(key).toString('hex') === kit.opens,
        now: () => kit.time,
      }),
    record: async () =>
      JSON.parse(await readFile(path.join(folder, 'key.json'), 'utf8')) as Record<string, unknown>,
    remove: () => rm(root, { recursive: true, force: true }),
  };
  return kit;
}

export function keyOf(keys: KeyRing): string {
  const state = keys.state();
  if (state.at !== 'unlocked') throw new Error(`the key is ${state.at}`);
  return Buffer.from(state.key).toString('hex');
}

export const way = (mode: 'file' | 'passphrase' | 'keychain', passphrase: string | null = null) => ({
  mode,
  passphrase,
  acceptWeak: false,
});
