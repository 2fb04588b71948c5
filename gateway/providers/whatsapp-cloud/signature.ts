/** `X-Hub-Signature-256`: "sha256=" and the hex HMAC of the raw body under the app secret (Meta, "Webhooks: validating payloads"). */
import type { Buffer } from 'node:buffer';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export function signatureOf(rawBody: Buffer | string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/** Constant time in both the signature's contents and its length. */
export function isSigned(rawBody: Buffer | string, header: string | undefined, appSecret: string): boolean {
  return equalInConstantTime(header ?? '', signatureOf(rawBody, appSecret));
}

/** Compares hashes, so that neither contents nor length of the secret side show in the time it takes. */
export function equalInConstantTime(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
