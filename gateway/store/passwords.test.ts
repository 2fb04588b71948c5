import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

const CHEAP = { logN: 4, r: 8, p: 1 };

test('the right password is recognised, also in another Unicode form; a wrong one is not', async () => {
  const hash = await hashPassword('pässword \u{1f511}', CHEAP);
  expect(hash).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/u);
  expect(await verifyPassword('pa\u0308ssword \u{1f511}', hash)).toBe(true);
  expect(await verifyPassword('passwort', hash)).toBe(false);
  expect(await hashPassword('pässword \u{1f511}', CHEAP)).not.toBe(hash);
});

test('what is no hash is never right', async () => {
  for (const stored of ['', 'plain', '$scrypt$ln=4,r=8,p=1$$', '$argon2id$v=19$m=1,t=1,p=1$x$y']) {
    expect(await verifyPassword('plain', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  }
});
