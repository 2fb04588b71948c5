/**
 * Password hashes: scrypt (node:crypto, in the thread pool, so that the event loop is not held up), in a PHC-like string that
 * carries its own cost. Default cost: N 2^15, r 8, p 3, one of the settings of OWASP's password storage cheat sheet.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

export type PasswordCost = { logN: number; r: number; p: number };

export const DEFAULT_COST: PasswordCost = { logN: 15, r: 8, p: 3 };
const KEY_BYTES = 32;

/** Hashes a password with a fresh salt. */
export async function hashPassword(password: string, cost: PasswordCost = DEFAULT_COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** True when the password is the one that was hashed. A stored text that is no hash is never right. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/u.exec(stored);
  if (match === null) return false;
  const [, logN, r, p, salt = '', key = ''] = match;
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  const maxmem = 256 * N * cost.r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, { N, r: cost.r, p: cost.p, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
