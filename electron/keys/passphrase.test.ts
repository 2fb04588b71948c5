import { expect, test } from 'vitest';
import { isStrongEnough, openByPassphrase, sealByPassphrase } from './passphrase.ts';

test.each([
  '',
  'short',
  'nine char',
  '          ',
  'aaaaaaaaaaaaaa',
  'abababababab',
  'abcabcabcabc',
  '1234567890',
  '0987654321',
  '12345 67890',
  'qwertyuiop',
  'poiuytrewq',
  'abcdefghij',
  'password123!',
  'PASSWORD 2026',
  'welcome 2026 !!',
])('%j is too weak', (passphrase) => {
  expect(isStrongEnough(passphrase)).toBe(false);
});

test.each([
  'seven herons over the weir',
  'tR7#kq9!zLm2',
  'Überfahrt mit Käse',
  '海の上の七羽の鷺と古い橋',
  'my password is a heron',
])('%j is strong enough', (passphrase) => {
  expect(isStrongEnough(passphrase)).toBe(true);
});

test('what was sealed opens by the same words in another normal form, in about a second', async () => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  // Time of the processor: the machine may be busy with other things.
  const before = process.cpuUsage();
  const { kdf, sealed } = await sealByPassphrase(key, 'Café am Fluß'.normalize('NFC'));
  const { user, system } = process.cpuUsage(before);
  const opened = await openByPassphrase(kdf, sealed, 'Café am Fluß'.normalize('NFD'));
  expect(opened).toEqual(Buffer.from(key));
  expect(await openByPassphrase(kdf, { ...sealed, data: sealed.nonce }, 'Café am Fluß')).toBeNull();
  // The goal is below one second; the bound leaves room for a slow machine.
  expect((user + system) / 1_000).toBeLessThan(4_000);
});
