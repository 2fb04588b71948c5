import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeychainStatus, Shell } from '../app/shell.ts';
import { type KeyRing, createKeyRing } from './key-ring.ts';

let folder: string;
let hasCache: boolean;
/** The key that opens the cache, hex; null: any. */
let opens: string | null;
let time: number;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'parley-keys-')), 'keys');
  hasCache = false;
  opens = null;
  time = 1_750_000_000_000;
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

/** A keychain that turns every byte over; its doings can be changed by the test. */
function fakeKeychain(status: KeychainStatus = { available: true, backend: 'gnome_libsecret', weak: false }) {
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

const noKeychain = fakeKeychain({ available: false, reason: 'none' });

function ring(keychain: Shell['keychain'] = noKeychain): KeyRing {
  return createKeyRing({
    folder,
    keychain,
    hasCache: async () => hasCache,
    opensCache: async (key) => opens === null || Buffer.from(key).toString('hex') === opens,
    now: () => time,
  });
}

function keyOf(keys: KeyRing): string {
  const state = keys.state();
  if (state.at !== 'unlocked') throw new Error(`the key is ${state.at}`);
  return Buffer.from(state.key).toString('hex');
}

async function record(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(folder, 'key.json'), 'utf8')) as Record<string, unknown>;
}

const PASSPHRASE = 'seven herons over the weir';

test('without a key and without a cache there is a choice', async () => {
  const keys = ring();
  expect((await keys.open()).at).toBe('none');
  expect(await keys.options()).toEqual([
    { mode: 'passphrase', backend: null, weak: false },
    { mode: 'file', backend: null, weak: true },
  ]);
});

test('a safe keychain is offered first, one without protection behind the passphrase', async () => {
  expect((await ring(fakeKeychain()).options()).map((option) => option.mode)).toEqual([
    'keychain',
    'passphrase',
    'file',
  ]);
  const weak = fakeKeychain({ available: true, backend: 'basic_text', weak: true });
  expect((await ring(weak).options()).map((option) => option.mode)).toEqual([
    'passphrase',
    'keychain',
    'file',
  ]);
});

test('mode file: 32 random bytes that the user alone can read, opened at the next start', async () => {
  const keys = ring();
  await keys.create('file', null);
  expect((await stat(path.join(folder, 'key'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(keys.warning()).toBe('plain_key_file');
  const again = ring();
  await again.open();
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(keyOf(again)).toMatch(/^[0-9a-f]{64}$/);
});

test.skipIf(process.platform === 'win32')(
  'a key file that others can read is refused until it is closed',
  async () => {
    await ring().create('file', null);
    await chmod(path.join(folder, 'key'), 0o640);
    const keys = ring();
    expect(await keys.open()).toMatchObject({ at: 'problem', problem: 'exposed_key_file' });
    await chmod(path.join(folder, 'key'), 0o600);
    expect((await keys.open()).at).toBe('unlocked');
    await chmod(folder, 0o777);
    expect(await ring().open()).toMatchObject({ at: 'problem', problem: 'exposed_key_file' });
  },
);

test('a lost key file is a missing key, another one is undecryptable', async () => {
  await ring().create('file', null);
  await writeFile(path.join(folder, 'key'), Buffer.alloc(32, 1), { mode: 0o600 });
  expect(await ring().open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
  await rm(path.join(folder, 'key'));
  expect(await ring().open()).toMatchObject({ at: 'problem', problem: 'missing_key' });
});

test('a cache without any key record is a missing key; starting over leads to the choice and keeps the old files', async () => {
  const first = ring();
  await first.create('file', null);
  await rm(path.join(folder, 'key.json'));
  hasCache = true;
  const keys = ring();
  expect(await keys.open()).toMatchObject({ at: 'problem', problem: 'missing_key', record: null });
  expect((await keys.startOver()).at).toBe('none');
  const [aside] = await readdir(folder);
  expect(aside).toMatch(/^aside-/);
  expect((await readFile(path.join(folder, aside ?? '', 'key'))).toString('hex')).toBe(keyOf(first));
});

test('a record that cannot be read, or is of a version that we do not know, is a problem and not a new key', async () => {
  await ring().create('file', null);
  for (const text of ['', '{', '{"version":2}', '[]']) {
    await writeFile(path.join(folder, 'key.json'), text);
    expect({ text, ...(await ring().open()) }).toMatchObject({
      text,
      at: 'problem',
      problem: 'undecryptable',
    });
  }
});

test('mode passphrase: wrapped by Argon2id, opened by the same words only', async () => {
  const keys = ring();
  await keys.create('passphrase', PASSPHRASE);
  const again = ring();
  expect((await again.open()).at).toBe('wrapped');
  await expect(again.unlock('seven herons over the wier')).rejects.toMatchObject({
    kind: 'wrong_passphrase',
  });
  await again.unlock(PASSPHRASE);
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(keys.warning()).toBeNull();
  // Nothing on the disk is the key itself.
  const names = await readdir(folder);
  expect(names).toEqual(['key.json']);
  const text = await readFile(path.join(folder, 'key.json'), 'utf8');
  expect(text).not.toContain(keyOf(keys));
  expect(text).not.toContain(Buffer.from(keyOf(keys), 'hex').toString('base64'));
  expect((await record()).kdf).toMatchObject({
    name: 'argon2id',
    memoryKiB: 65_536,
    iterations: 3,
    parallelism: 4,
  });
});

test('parameters that were changed in the file open nothing', async () => {
  await ring().create('passphrase', PASSPHRASE);
  const written = await record();
  const kdf = written.kdf as Record<string, unknown>;
  await writeFile(
    path.join(folder, 'key.json'),
    JSON.stringify({ ...written, kdf: { ...kdf, iterations: 2 } }),
  );
  const keys = ring();
  await keys.open();
  await expect(keys.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
});

test('a weak passphrase is refused and leaves nothing behind', async () => {
  const keys = ring();
  await expect(keys.create('passphrase', 'password12')).rejects.toMatchObject({ kind: 'weak_passphrase' });
  await expect(keys.create('passphrase', null)).rejects.toMatchObject({ kind: 'weak_passphrase' });
  expect(keys.state().at).toBe('none');
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('mode keychain: the backend is recorded and the key comes back', async () => {
  const keychain = fakeKeychain();
  const keys = ring(keychain);
  await keys.create('keychain', null);
  expect(await record()).toMatchObject({ mode: 'keychain', backend: 'gnome_libsecret', weakAccepted: false });
  const again = ring(keychain);
  await again.open();
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(again.warning()).toBeNull();
});

test('a keychain that does not give back what it took is not believed', async () => {
  const keychain = fakeKeychain();
  keychain.unwrap = async () => ({ secret: new Uint8Array(32), rewrap: false });
  await expect(ring(keychain).create('keychain', null)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(ring().create('keychain', null)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('another backend than the recorded one, or none, is told and not tried', async () => {
  const keychain = fakeKeychain();
  await ring(keychain).create('keychain', null);
  const before = keychain.asked;
  keychain.state = { available: true, backend: 'kwallet6', weak: false };
  expect(await ring(keychain).open()).toMatchObject({
    at: 'problem',
    problem: 'changed_backend',
    backend: 'kwallet6',
  });
  keychain.state = { available: false, reason: 'no session' };
  expect(await ring(keychain).open()).toMatchObject({
    at: 'problem',
    problem: 'changed_backend',
    backend: null,
  });
  expect(keychain.asked).toBe(before);
  // Going back opens it again.
  keychain.state = { available: true, backend: 'gnome_libsecret', weak: false };
  expect((await ring(keychain).open()).at).toBe('unlocked');
});

test('a backend that refuses, or gives something else, is undecryptable', async () => {
  const keychain = fakeKeychain();
  await ring(keychain).create('keychain', null);
  keychain.broken = true;
  expect(await ring(keychain).open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
  keychain.broken = false;
  keychain.unwrap = async () => ({ secret: new Uint8Array(32), rewrap: false });
  expect(await ring(keychain).open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
});

test('a weak backend makes a key only after it was accepted, and stays marked', async () => {
  const keychain = fakeKeychain({ available: true, backend: 'basic_text', weak: true });
  const keys = ring(keychain);
  expect(await keys.create('keychain', null)).toMatchObject({
    at: 'problem',
    problem: 'weak_backend',
    record: null,
  });
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await keys.acceptWeak()).at).toBe('unlocked');
  expect(keys.warning()).toBe('weak_backend');
  const again = ring(keychain);
  expect((await again.open()).at).toBe('unlocked');
  expect(again.warning()).toBe('weak_backend');
});

test('the backend asks to wrap anew: the record is written again', async () => {
  const keychain = fakeKeychain();
  await ring(keychain).create('keychain', null);
  const before = await record();
  keychain.rewrap = true;
  keychain.wrap = async (secret) => Uint8Array.from([...secret].map((byte) => byte ^ 0xff).concat(7));
  expect((await ring(keychain).open()).at).toBe('unlocked');
  expect((await record()).wrapped).not.toBe(before.wrapped);
});

test('requests at the same time ask the keychain once', async () => {
  const keychain = fakeKeychain();
  await ring(keychain).create('keychain', null);
  const before = keychain.asked;
  const keys = ring(keychain);
  const states = await Promise.all([keys.open(), keys.open(), keys.open()]);
  expect(keychain.asked - before).toBe(1);
  expect(new Set(states).size).toBe(1);
});

test('closing overwrites the key in memory', async () => {
  const keys = ring();
  const state = await keys.create('file', null);
  if (state.at !== 'unlocked') throw new Error('not unlocked');
  keys.close();
  expect(Buffer.from(state.key).equals(Buffer.alloc(32))).toBe(true);
  expect(keys.state().at).toBe('wrapped');
});

const way = (mode: 'file' | 'passphrase' | 'keychain', passphrase: string | null = null) => ({
  mode,
  passphrase,
  acceptWeak: false,
});
const OTHER = 'nine otters below the bridge';

test('a passphrase is set, changed and removed; the key stays the same, and only the present one counts', async () => {
  const keys = ring();
  await keys.create('file', null);
  const key = keyOf(keys);
  await keys.keep(way('passphrase', PASSPHRASE), null);
  expect(await readdir(folder)).toEqual(['key.json']);
  await expect(keys.keep(way('passphrase', OTHER), OTHER)).rejects.toMatchObject({
    kind: 'wrong_passphrase',
  });
  await expect(keys.keep(way('passphrase', 'short'), PASSPHRASE)).rejects.toMatchObject({
    kind: 'weak_passphrase',
  });
  await keys.keep(way('passphrase', OTHER), PASSPHRASE);
  const again = ring();
  await again.open();
  await expect(again.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  await again.unlock(OTHER);
  expect(keyOf(again)).toBe(key);
  await again.keep(way('file'), OTHER);
  const last = ring();
  expect((await last.open()).at).toBe('unlocked');
  expect(keyOf(last)).toBe(key);
});

test('wrong passphrases slow down, also over a restart, and a right one begins anew', async () => {
  await ring().create('passphrase', PASSPHRASE);
  let keys = ring();
  await keys.open();
  for (let tries = 0; tries < 3; tries += 1) {
    expect(keys.waitUntil()).toBeNull();
    await expect(keys.unlock(OTHER)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  }
  expect(keys.waitUntil()).toBe(time + 5_000);
  keys = ring();
  await keys.open();
  await expect(keys.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'too_soon', retryAfterMs: 5_000 });
  time += 5_000;
  await expect(keys.unlock(OTHER)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  expect(keys.waitUntil()).toBe(time + 10_000);
  // Setting the clock back must not lengthen it.
  time -= 1_000_000;
  expect(keys.waitUntil()).toBe(time + 10_000);
  time += 10_000_000;
  await keys.unlock(PASSPHRASE);
  expect(keys.waitUntil()).toBeNull();
  expect(await readdir(folder)).toEqual(['key.json']);
});

test('the recovery key: opens what a passphrase closed, survives a new passphrase, and only the last one counts', async () => {
  const keys = ring();
  await keys.create('passphrase', PASSPHRASE);
  const key = keyOf(keys);
  const first = await keys.makeRecovery(PASSPHRASE);
  const groups = await keys.makeRecovery(PASSPHRASE);
  expect(keys.recovery()).toEqual({ createdAt: time, confirmedAt: null });
  expect(await keys.confirmRecovery(2, groups[3] ?? '')).toBe(groups[2] === groups[3]);
  expect(await keys.confirmRecovery(2, ` ${groups[2]?.toLowerCase()} `)).toBe(true);
  expect(keys.recovery()).toEqual({ createdAt: time, confirmedAt: time });
  await keys.keep(way('passphrase', OTHER), PASSPHRASE);
  const text = await readFile(path.join(folder, 'key.json'), 'utf8');
  for (const group of groups) expect(text).not.toContain(group);

  const locked = ring();
  await locked.open();
  await expect(locked.recover(first.join('-'), way('file'))).rejects.toMatchObject({
    kind: 'wrong_recovery_key',
  });
  await expect(locked.recover(groups.join('-'), way('passphrase', 'short'))).rejects.toMatchObject({
    kind: 'weak_passphrase',
  });
  expect(locked.state().at).toBe('wrapped');
  await locked.recover(groups.join(' ').toLowerCase(), way('passphrase', PASSPHRASE));
  expect(keyOf(locked)).toBe(key);
  const after = ring();
  await after.open();
  await after.unlock(PASSPHRASE);
  expect(keyOf(after)).toBe(key);
});

test('a keychain that is gone: the recovery key opens, and keeps the key elsewhere', async () => {
  const keychain = fakeKeychain();
  const keys = ring(keychain);
  await keys.create('keychain', null);
  const key = keyOf(keys);
  const groups = await keys.makeRecovery(null);
  keychain.broken = true;
  const lost = ring(keychain);
  expect(await lost.open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
  expect(lost.recovery()).not.toBeNull();
  await lost.recover(groups.join('-'), way('file'));
  expect(keyOf(lost)).toBe(key);
});

test.each(['file', 'passphrase', 'keychain'] as const)(
  'rotation, kept by %s: cut off before the cache changed the old key counts, afterwards the new one, and recovery too',
  async (mode) => {
    const keychain = fakeKeychain();
    const present = mode === 'passphrase' ? PASSPHRASE : null;
    const start = async () => {
      const keys = ring(keychain);
      await keys.open();
      await keys.unlock(present);
      return keys;
    };
    const keys = ring(keychain);
    await keys.create(mode, present);
    const groups = await keys.makeRecovery(present);
    const before = keyOf(keys);
    opens = before;
    await keys.beginRotation(present);
    expect(keyOf(await start())).toBe(before);
    expect((await readdir(folder)).filter((name) => name.startsWith('next'))).toEqual([]);

    const again = await start();
    opens = Buffer.from(await again.beginRotation(present)).toString('hex');
    const after = await start();
    expect(keyOf(after)).toBe(opens);
    expect(opens).not.toBe(before);
    expect((await readdir(folder)).filter((name) => name.startsWith('next'))).toEqual([]);
    expect(keyOf(await start())).toBe(opens);

    opens = Buffer.from(await after.beginRotation(present)).toString('hex');
    await after.endRotation(true);
    expect(keyOf(after)).toBe(opens);
    await rm(path.join(folder, 'key'), { force: true });
    keychain.broken = true;
    const lost = ring(keychain);
    await lost.open();
    await lost.recover(groups.join('-'), way('file'));
    expect(keyOf(lost)).toBe(opens);
  },
);

test('destroying leaves no file and no key in memory', async () => {
  const keys = ring();
  await keys.create('file', null);
  const state = keys.state();
  if (state.at !== 'unlocked') throw new Error('not open');
  expect(await keys.destroy()).toBe(2);
  expect(state.key.every((byte) => byte === 0)).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  expect((await keys.open()).at).toBe('none');
});

test('what a killed process left is removed: half-written files, and a plain key after a passphrase was set', async () => {
  const keys = ring();
  await keys.create('file', null);
  const plain = await readFile(path.join(folder, 'key'));
  await keys.keep(way('passphrase', PASSPHRASE), null);
  for (const name of ['key', 'next', 'next.0a1b2c.tmp']) await writeFile(path.join(folder, name), plain);
  const again = ring();
  expect((await again.open()).at).toBe('wrapped');
  expect(await readdir(folder)).toEqual(['key.json']);
  await again.unlock(PASSPHRASE);
  expect(keyOf(again)).toBe(plain.toString('hex'));
});
