/** What changes how a key is kept, or the key: passphrase, recovery, rotation, its end. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type KeyRingKit,
  fakeKeychain,
  keyOf,
  OTHER,
  PASSPHRASE,
  way,
  keyRingKit,
} from '../../test/support/key-ring-kit.ts';

let kit: KeyRingKit;
beforeEach(async () => {
  kit = await keyRingKit();
});
afterEach(() => kit.remove());

test('a passphrase is set, changed and removed; the key stays the same, and only the present one counts', async () => {
  const keys = kit.ring();
  await keys.create('file', null);
  const key = keyOf(keys);
  await keys.keep(way('passphrase', PASSPHRASE), null);
  expect(await readdir(kit.folder)).toEqual(['key.json']);
  await expect(keys.keep(way('passphrase', OTHER), OTHER)).rejects.toMatchObject({
    kind: 'wrong_passphrase',
  });
  await expect(keys.keep(way('passphrase', 'short'), PASSPHRASE)).rejects.toMatchObject({
    kind: 'weak_passphrase',
  });
  await keys.keep(way('passphrase', OTHER), PASSPHRASE);
  const again = kit.ring();
  await again.open();
  await expect(again.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  await again.unlock(OTHER);
  expect(keyOf(again)).toBe(key);
  await again.keep(way('file'), OTHER);
  const last = kit.ring();
  expect((await last.open()).at).toBe('unlocked');
  expect(keyOf(last)).toBe(key);
});

test('wrong passphrases slow down, also over a restart, and a right one begins anew', async () => {
  await kit.ring().create('passphrase', PASSPHRASE);
  let keys = kit.ring();
  await keys.open();
  for (let tries = 0; tries < 3; tries += 1) {
    expect(keys.waitUntil()).toBeNull();
    await expect(keys.unlock(OTHER)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  }
  expect(keys.waitUntil()).toBe(kit.time + 5_000);
  keys = kit.ring();
  await keys.open();
  await expect(keys.unlock(PASSPHRASE)).rejects.toMatchObject({ kind: 'too_soon', retryAfterMs: 5_000 });
  kit.time += 5_000;
  await expect(keys.unlock(OTHER)).rejects.toMatchObject({ kind: 'wrong_passphrase' });
  expect(keys.waitUntil()).toBe(kit.time + 10_000);
  // Setting the clock back must not lengthen it.
  kit.time -= 1_000_000;
  expect(keys.waitUntil()).toBe(kit.time + 10_000);
  kit.time += 10_000_000;
  await keys.unlock(PASSPHRASE);
  expect(keys.waitUntil()).toBeNull();
  expect(await readdir(kit.folder)).toEqual(['key.json']);
});

test('the recovery key: opens what a passphrase closed, survives a new passphrase, and only the last one counts', async () => {
  const keys = kit.ring();
  await keys.create('passphrase', PASSPHRASE);
  const key = keyOf(keys);
  const first = await keys.makeRecovery(PASSPHRASE);
  const groups = await keys.makeRecovery(PASSPHRASE);
  expect(keys.recovery()).toEqual({ createdAt: kit.time, confirmedAt: null });
  expect(await keys.confirmRecovery(2, groups[3] ?? '')).toBe(groups[2] === groups[3]);
  expect(await keys.confirmRecovery(2, ` ${groups[2]?.toLowerCase()} `)).toBe(true);
  expect(keys.recovery()).toEqual({ createdAt: kit.time, confirmedAt: kit.time });
  await keys.keep(way('passphrase', OTHER), PASSPHRASE);
  const text = await readFile(path.join(kit.folder, 'key.json'), 'utf8');
  for (const group of groups) expect(text).not.toContain(group);

  const locked = kit.ring();
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
  const after = kit.ring();
  await after.open();
  await after.unlock(PASSPHRASE);
  expect(keyOf(after)).toBe(key);
});

test('a keychain that is gone: the recovery key opens, and keeps the key elsewhere', async () => {
  const keychain = fakeKeychain();
  const keys = kit.ring(keychain);
  await keys.create('keychain', null);
  const key = keyOf(keys);
  const groups = await keys.makeRecovery(null);
  keychain.broken = true;
  const lost = kit.ring(keychain);
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
      const keys = kit.ring(keychain);
      await keys.open();
      await keys.unlock(present);
      return keys;
    };
    const keys = kit.ring(keychain);
    await keys.create(mode, present);
    const groups = await keys.makeRecovery(present);
    const before = keyOf(keys);
    kit.opens = before;
    await keys.beginRotation(present);
    expect(keyOf(await start())).toBe(before);
    expect((await readdir(kit.folder)).filter((name) => name.startsWith('next'))).toEqual([]);

    const again = await start();
    kit.opens = Buffer.from(await again.beginRotation(present)).toString('hex');
    const after = await start();
    expect(keyOf(after)).toBe(kit.opens);
    expect(kit.opens).not.toBe(before);
    expect((await readdir(kit.folder)).filter((name) => name.startsWith('next'))).toEqual([]);
    expect(keyOf(await start())).toBe(kit.opens);

    kit.opens = Buffer.from(await after.beginRotation(present)).toString('hex');
    await after.endRotation(true);
    expect(keyOf(after)).toBe(kit.opens);
    await rm(path.join(kit.folder, 'key'), { force: true });
    keychain.broken = true;
    const lost = kit.ring(keychain);
    await lost.open();
    await lost.recover(groups.join('-'), way('file'));
    expect(keyOf(lost)).toBe(kit.opens);
  },
);

test('destroying leaves no file and no key in memory', async () => {
  const keys = kit.ring();
  await keys.create('file', null);
  const state = keys.state();
  if (state.at !== 'unlocked') throw new Error('not open');
  expect(await keys.destroy()).toBe(2);
  expect(state.key.every((byte) => byte === 0)).toBe(true);
  expect(await readdir(kit.folder)).toEqual([]);
  expect((await keys.open()).at).toBe('none');
});

test('what a killed process left is removed: half-written files, and a plain key after a passphrase was set', async () => {
  const keys = kit.ring();
  await keys.create('file', null);
  const plain = await readFile(path.join(kit.folder, 'key'));
  await keys.keep(way('passphrase', PASSPHRASE), null);
  for (const name of ['key', 'next', 'next.0a1b2c.tmp']) await writeFile(path.join(kit.folder, name), plain);
  const again = kit.ring();
  expect((await again.open()).at).toBe('wrapped');
  expect(await readdir(kit.folder)).toEqual(['key.json']);
  await again.unlock(PASSPHRASE);
  expect(keyOf(again)).toBe(plain.toString('hex'));
});
