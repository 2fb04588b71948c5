/**
 * Ids of our own making: UUID version 7 (RFC 9562, section 5.7), lower case, sortable by the time they were made.
 */
import { z } from 'zod';

export const Id = z.string().min(1).max(128);
export type Id = string;

let lastTime = 0;
let counter = 0;

/** Random bytes that are still to be used: asking for 16 at a time costs as much as asking for 4,096. */
const pool = new Uint8Array(4_096);
let used = pool.length;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Returns a new UUIDv7. Ids made in the same millisecond by this process still sort in the order they were made. */
export function newId(now: number = Date.now()): Id {
  if (used === pool.length) {
    globalThis.crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = new DataView(pool.buffer, used, 16);
  used += 16;
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
  let id = '';
  for (let at = 0; at < 16; at += 1) {
    if (at === 4 || at === 6 || at === 8 || at === 10) id += '-';
    id += HEX[bytes.getUint8(at)];
  }
  return id;
}

const VERSION_7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/u;

/** When an id was made, by the id itself; null: it is none of ours. */
export function instantOfId(id: Id): number | null {
  const match = VERSION_7.exec(id);
  return match === null ? null : Number.parseInt(`${match[1]}${match[2]}`, 16);
}
