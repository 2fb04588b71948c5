/**
 * Ids of our own making: UUID version 7 (RFC 9562, section 5.7), lower case, sortable by the time they were made.
 */
import { z } from 'zod';

export const Id = z.string().min(1).max(128);
export type Id = string;

let lastTime = 0;
let counter = 0;

/** Returns a new UUIDv7. Ids made in the same millisecond by this process still sort in the order they were made. */
export function newId(now: number = Date.now()): Id {
  const bytes = new DataView(globalThis.crypto.getRandomValues(new Uint8Array(16)).buffer);
  if (now > lastTime) {
    lastTime = now;
    counter = bytes.getUint16(6) & 0x7ff;
  } else {
    // The clock stood still or went back: count on, so that order is kept.
    counter += 1;
    if (counter > 0xfff) {
      lastTime += 1;
      counter = 0;
    }
  }
  bytes.setUint32(0, Math.floor(lastTime / 0x1_0000));
  bytes.setUint16(4, lastTime % 0x1_0000);
  bytes.setUint16(6, 0x7000 | counter);
  bytes.setUint8(8, 0x80 | (bytes.getUint8(8) & 0x3f));
  const hex = Array.from(new Uint8Array(bytes.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
