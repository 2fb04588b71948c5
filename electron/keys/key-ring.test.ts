/** How a key is made, kept and found again. */
import { chmod, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type KeyRingKit,
  fakeKeychain,
  keyOf,
  PASSPHRASE,
  keyRingKit,
} from '../../test/support/key-ring-kit.ts';

let kit: KeyRingKit;
beforeEach(async () => {
  kit = await keyRingKit();
});
afterEach(() => kit.remove());

test('without a key and without a cache there is a choice', async () => {
  const keys = kit.ring();
  expect((await keys.open()).at).toBe('none');
  expect(await keys.options()).toEqual([
    { mode: 'passphrase', backend: null, weak: false },
    { mode: 'file', backend: null, weak: true },
  ]);
});

test('a safe keychain is offered first, one without protection behind the passphrase', async () => {
  expect((await kit.ring(fakeKeychain()).options()).map((option) => option.mode)).toEqual([
    'keychain',
    'passphrase',
    'file',
  ]);
  const weak = fakeKeychain({ available: true, backend: 'basic_text', weak: true });
  expect((await kit.ring(weak).options()).map((option) => option.mode)).toEqual([
    'passphrase',
    'keychain',
    'file',
  ]);
});

test('mode file: 32 random bytes that the user alone can read, opened at the next start', async () => {
  const keys = kit.ring();
  await keys.create('file', null);
  expect((await stat(path.join(kit.folder, 'key'))).mode & 0o777).toBe(0o600);
  expect((await stat(kit.folder)).mode & 0o777).toBe(0o700);
  expect(keys.warning()).toBe('plain_key_file');
  const again = kit.ring();
  await again.open();
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(keyOf(again)).toMatch(/^[0-9a-f]{64}$/);
});

test.skipIf(process.platform === 'win32')(
  'a key file that others can read is refused until it is closed',
  async () => {
    await kit.ring().create('file', null);
    await chmod(path.join(kit.folder, 'key'), 0o640);
    const keys = kit.ring();
    expect(await keys.open()).toMatchObject({ at: 'problem', problem: 'exposed_key_file' });
    await chmod(path.join(kit.folder, 'key'), 0o600);
    expect((await keys.open()).at).toBe('unlocked');
    await chmod(kit.folder, 0o777);
    expect(await kit.ring().open()).toMatchObject({ at: 'problem', problem: 'exposed_key_file' });
  },
);

test('a lost key file is a missing key, another one is undecryptable', async () => {
  await kit.ring().create('file', null);
  await writeFile(path.join(kit.folder, 'key'), Buffer.alloc(32, 1), { mode: 0o600 });
  expect(await kit.ring().open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
  await rm(path.join(kit.folder, 'key'));
  expect(await kit.ring().open()).toMatchObject({ at: 'problem', problem: 'missing_key' });
});

test('a cache without any key record is a missing key; starting over leads to the choice and keeps the old files', async () => {
  const first = kit.ring();
  await first.create('file', null);
  await rm(path.join(kit.folder, 'key.json'));
  kit.hasCache = true;
  const keys = kit.ring();
  expect(await keys.open()).toMatchObject({ at: 'problem', problem: 'missing_key', record: null });
  expect((await keys.startOver()).at).toBe('none');
  const [aside] = await readdir(kit.folder);
  expect(aside).toMatch(/^aside-/);
  expect((await readFile(path.join(kit.folder, aside ?? '', 'key'))).toString('hex')).toBe(keyOf(first));
});

test('a record that cannot be read, or is of a version that we do not know, is a problem and not a new key', async () => {
  await kit.ring().create('file', null);
  for (const text of ['', '{', '{"version":2}', '[]']) {
    await writeFile(path.join(kit.folder, 'key.json'), text);
    expect({ text, ...(await kit.ring().open()) }).toMatchObject({
      text,
      at: 'problem',
      problem: 'undecryptable',
    });
  }
});

test('mode passphrase: wrapped by Argon2id, opened by the same words only', async () => {
  const keys = kit.ring();
  await keys.create('passphrase', PASSPHRASE);
  const again = kit.ring();
  expect((await again.open()).at).toBe('wrapped');
  await expect(again.unlock('seven herons over the wier')).rejects.toMatchObject({
    kind: 'wrong_passphrase',
  });
  await again.unlock(PASSPHRASE);
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(keys.warning()).toBeNull();
  // Nothing on the disk is the key itself.
  const names = await readdir(kit.folder);
  expect(names).toEqual(['key.json']);
  const text = await readFile(path.join(kit.folder, 'key.json'), 'utf8');
  expect(text).not.toContain(keyOf(keys));
  expect(text).not.toContain(Buffer.from(keyOf(keys), 'hex').toString('base64'));
  expect((await kit.record()).kdf).toMatchObject({
    name: 'argon2id',
    memoryKiB: 65_536,
    iterations: 3,
    parallelism: 4,
  });
});

test('parameters that were changed in the file open nothing', async () => {
  await kit.ring().create('passphrase', PASSPHRASE);
  const written = await kit.record();
  const kdf = written.kdf as Record<string, unknown>;
  await writeFile(
    path.join(kit.folder, 'key.json'),
    JSON.stringify({ ...written, kdf: { ...kdf, iterations: 2 } }),
  );
  const keys = kit.ring();
  await keys.open();
  await expect(keys.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
});

test('a weak passphrase is refused and leaves nothing behind', async () => {
  const keys = kit.ring();
  await expect(keys.create('passphrase', 'password12')).rejects.toMatchObject({ kind: 'weak_passphrase' });
  await expect(keys.create('passphrase', null)).rejects.toMatchObject({ kind: 'weak_passphrase' });
  expect(keys.state().at).toBe('none');
  await expect(stat(kit.folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('mode keychain: the backend is recorded and the key comes back', async () => {
  const keychain = fakeKeychain();
  const keys = kit.ring(keychain);
  await keys.create('keychain', null);
  expect(await kit.record()).toMatchObject({
    mode: 'keychain',
    backend: 'gnome_libsecret',
    weakAccepted: false,
  });
  const again = kit.ring(keychain);
  await again.open();
  expect(keyOf(again)).toBe(keyOf(keys));
  expect(again.warning()).toBeNull();
});

test('a keychain that does not give back what it took is not believed', async () => {
  const keychain = fakeKeychain();
  keychain.unwrap = async () => ({ secret: new Uint8Array(32), rewrap: false });
  await expect(kit.ring(keychain).create('keychain', null)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(stat(kit.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(kit.ring().create('keychain', null)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('another backend than the recorded one, or none, is told and not tried', async () => {
  const keychain = fakeKeychain();
  await kit.ring(keychain).create('keychain', null);
  const before = keychain.asked;
  keychain.state = { available: true, backend: 'kwallet6', weak: false };
  expect(await kit.ring(keychain).open()).toMatchObject({
    at: 'problem',
    problem: 'changed_backend',
    backend: 'kwallet6',
  });
  keychain.state = { available: false, reason: 'no session' };
  expect(await kit.ring(keychain).open()).toMatchObject({
    at: 'problem',
    problem: 'changed_backend',
    backend: null,
  });
  expect(keychain.asked).toBe(before);
  // Going back opens it again.
  keychain.state = { available: true, backend: 'gnome_libsecret', weak: false };
  expect((await kit.ring(keychain).open()).at).toBe('unlocked');
});

test('a backend that refuses, or gives something else, is undecryptable', async () => {
  const keychain = fakeKeychain();
  await kit.ring(keychain).create('keychain', null);
  keychain.broken = true;
  expect(await kit.ring(keychain).open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
  keychain.broken = false;
  keychain.unwrap = async () => ({ secret: new Uint8Array(32), rewrap: false });
  expect(await kit.ring(keychain).open()).toMatchObject({ at: 'problem', problem: 'undecryptable' });
});

test('a weak backend makes a key only after it was accepted, and stays marked', async () => {
  const keychain = fakeKeychain({ available: true, backend: 'basic_text', weak: true });
  const keys = kit.ring(keychain);
  expect(await keys.create('keychain', null)).toMatchObject({
    at: 'problem',
    problem: 'weak_backend',
    record: null,
  });
  await expect(stat(kit.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await keys.acceptWeak()).at).toBe('unlocked');
  expect(keys.warning()).toBe('weak_backend');
  const again = kit.ring(keychain);
  expect((await again.open()).at).toBe('unlocked');
  expect(again.warning()).toBe('weak_backend');
});

test('the backend asks to wrap anew: the record is written again', async () => {
  const keychain = fakeKeychain();
  await kit.ring(keychain).create('keychain', null);
  const before = await kit.record();
  keychain.rewrap = true;
  keychain.wrap = async (secret) => Uint8Array.from([...secret].map((byte) => byte ^ 0xff).concat(7));
  expect((await kit.ring(keychain).open()).at).toBe('unlocked');
  expect((await kit.record()).wrapped).not.toBe(before.wrapped);
});

test('requests at the same time ask the keychain once', async () => {
  const keychain = fakeKeychain();
  await kit.ring(keychain).create('keychain', null);
  const before = keychain.asked;
  const keys = kit.ring(keychain);
  const states = await Promise.all([keys.open(), keys.open(), keys.open()]);
  expect(keychain.asked - before).toBe(1);
  expect(new Set(states).size).toBe(1);
});

test('closing overwrites the key in memory', async () => {
  const keys = kit.ring();
  const state = await keys.create('file', null);
  if (state.at !== 'unlocked') throw new Error('not unlocked');
  keys.close();
  expect(Buffer.from(state.key).equals(Buffer.alloc(32))).toBe(true);
  expect(keys.state().at).toBe('wrapped');
});
