import { performance } from 'node:perf_hooks';
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
  const started = performance.now();
  const { kdf, sealed } = await sealByPassphrase(key, 'Café am Fluß'.normalize('NFC'));
  const took = performance.now() - started;
  const opened = await openByPassphrase(kdf, sealed, 'Café am Fluß'.normalize('NFD'));
  expect(opened).toEqual(Buffer.from(key));
  expect(await openByPassphrase(kdf, { ...sealed, data: sealed.nonce }, 'Café am Fluß')).toBeNull();
  // The goal is below one second; the bound leaves room for a machine that does other things too.
  expect(took).toBeLessThan(4_000);
}, 20_000);
