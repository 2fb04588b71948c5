/** Seeded, stateless randomness: every number is a function of a seed and an index, so any part of the data can be made alone. */

/** Mixes two 32-bit integers into one (finaliser of MurmurHash3). */
export function mix(seed: number, index: number): number {
  let h = (Math.imul(index, 0x9e3779b1) ^ seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream of numbers in [0, 1) from one seed (mulberry32). */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** An integer in [0, below) from a 32-bit number. */
export function below(bits: number, limit: number): number {
  return Math.floor((bits / 0x1_0000_0000) * limit);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex16(value: number): string {
  return `${HEX[(value >>> 8) & 0xff] ?? ''}${HEX[value & 0xff] ?? ''}`;
}

function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value & 0xffff);
}

/** A UUIDv7 as the product writes it, for a time (epoch ms) and two 32-bit numbers of randomness. */
export function uuid7(time: number, a: number, b: number): string {
  const high = Math.floor(time / 0x1_0000);
  const variant = 0x8000 | ((a >>> 12) & 0x3fff);
  return `${hex32(high)}-${hex16(time % 0x1_0000)}-7${hex16(a & 0xfff).slice(1)}-${hex16(variant)}-${hex32(b)}${hex16(a ^ (b >>> 7))}`;
}

/** Numbers 0..n-1 with counts: element k occurs `counts[k]` times, in seeded random order (Fisher and Yates). */
export function shuffledMultiset(counts: Int32Array, seed: number): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = new Int32Array(total);
  let at = 0;
  for (const [k, count] of counts.entries()) {
    all.fill(k, at, at + count);
    at += count;
  }
  const next = stream(seed);
  for (let i = total - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    const kept = all[i] ?? 0;
    all[i] = all[j] ?? 0;
    all[j] = kept;
  }
  return all;
}
