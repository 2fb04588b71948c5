/**
 * Whether a key opens a cache file, from its first page alone and without a connection: SQLCipher 4 authenticates each page with
 * HMAC-SHA512 (zetetic.net/sqlcipher/design). The HMAC's key comes from the raw key by two rounds of PBKDF2 over the file's salt,
 * every byte of it xor 0x3a; what is authenticated is ciphertext, IV and the number of the page.
 */
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';

const PAGE = 4096;
const SALT = 16;
const HMAC = 64;

/** False too when there is no file, or a shorter one than a page. */
export async function opensFile(file: string, key: Uint8Array): Promise<boolean> {
  const page = Buffer.alloc(PAGE);
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead } = await handle.read(page, 0, PAGE, 0);
      if (bytesRead < PAGE) return false;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const salt = page.subarray(0, SALT).map((byte) => byte ^ 0x3a);
  const hmacKey = pbkdf2Sync(key, salt, 2, 32, 'sha512');
  const number = Buffer.alloc(4);
  number.writeUInt32LE(1);
  const hmac = createHmac('sha512', hmacKey)
    .update(page.subarray(SALT, PAGE - HMAC))
    .update(number)
    .digest();
  hmacKey.fill(0);
  return timingSafeEqual(hmac, page.subarray(PAGE - HMAC));
}
