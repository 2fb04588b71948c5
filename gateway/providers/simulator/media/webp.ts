/**
 * Stickers: lossless WebP (RFC 9649) of two colours on nothing. With two values per channel every pixel takes one bit of each of
 * the four "simple" prefix codes, which keeps the encoder this short.
 */
import { Buffer } from 'node:buffer';

type Colour = readonly [number, number, number];

/** 0: transparent, 1: the first colour, 2: the second. */
export type Figure = (x: number, y: number) => 0 | 1 | 2;

export function encodeWebp(size: number, first: Colour, second: Colour, figure: Figure): Buffer {
  const bits = bitWriter();
  bits.put(0x2f, 8); // signature
  bits.put(size - 1, 14);
  bits.put(size - 1, 14);
  bits.put(1, 1); // alpha is used
  bits.put(0, 3); // version
  bits.put(0, 1); // no transform
  bits.put(0, 1); // no colour cache
  bits.put(0, 1); // one group of prefix codes for the whole picture
  const channels: readonly (readonly [number, number])[] = [
    [first[1], second[1]],
    [first[0], second[0]],
    [first[2], second[2]],
    [0, 255],
  ];
  for (const [a, b] of channels) simpleCode(bits, a, b);
  bits.put(1, 1); // the code of distances, never used: one symbol, 0
  bits.put(0, 1);
  bits.put(0, 1);
  bits.put(0, 1);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const value = figure(x, y);
      const colour = value === 2 ? second : first;
      const pixel = [colour[1], colour[0], colour[2], value === 0 ? 0 : 255];
      channels.forEach((pair, index) => {
        // Of two symbols the smaller one has the code 0; one symbol alone takes no bits.
        if (pair[0] !== pair[1]) bits.put(pixel[index] === Math.min(...pair) ? 0 : 1, 1);
      });
    }
  }
  return riff(bits.bytes());
}

function simpleCode(bits: BitWriter, a: number, b: number): void {
  bits.put(1, 1); // simple
  bits.put(a === b ? 0 : 1, 1); // number of symbols, less one
  bits.put(1, 1); // the first symbol has 8 bits
  bits.put(Math.min(a, b), 8);
  if (a !== b) bits.put(Math.max(a, b), 8);
}

type BitWriter = { put(value: number, count: number): void; bytes(): Buffer };

/** Least significant bit first. */
function bitWriter(): BitWriter {
  const bytes: number[] = [];
  let current = 0;
  let filled = 0;
  return {
    put(value, count) {
      for (let i = 0; i < count; i += 1) {
        current |= ((value >> i) & 1) << filled;
        filled += 1;
        if (filled === 8) {
          bytes.push(current);
          current = 0;
          filled = 0;
        }
      }
    },
    bytes: () => Buffer.from(filled === 0 ? bytes : [...bytes, current]),
  };
}

function riff(data: Buffer): Buffer {
  const padded = data.length % 2 === 0 ? data : Buffer.concat([data, Buffer.alloc(1)]);
  const header = Buffer.alloc(20);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(12 + padded.length, 4);
  header.write('WEBPVP8L', 8, 'latin1');
  header.writeUInt32LE(data.length, 16);
  return Buffer.concat([header, padded]);
}

const AMBER: Colour = [250, 190, 60];
const INK: Colour = [62, 44, 30];
const ROSE: Colour = [226, 86, 96];
const WHITE: Colour = [255, 244, 240];
const SIZE = 160;

/** A smile, a heart, or a lamp. */
export function drawSticker(number: number): Buffer {
  const kind = number % 3;
  if (kind === 0) return encodeWebp(SIZE, AMBER, INK, smile);
  return kind === 1 ? encodeWebp(SIZE, ROSE, WHITE, heart) : encodeWebp(SIZE, AMBER, INK, lamp);
}

function smile(x: number, y: number): 0 | 1 | 2 {
  const dx = x - 80;
  const dy = y - 80;
  if (Math.hypot(dx, dy) > 74) return 0;
  if (Math.hypot(Math.abs(dx) - 26, dy + 20) < 9) return 2;
  const ring = Math.hypot(dx, dy - 2);
  return dy > 12 && ring > 38 && ring < 46 ? 2 : 1;
}

function heart(x: number, y: number): 0 | 1 | 2 {
  const u = (x - 80) / 56;
  const v = (84 - y) / 56;
  const inside = (u * u + v * v - 1) ** 3 - u * u * v ** 3 <= 0;
  if (!inside) return 0;
  return Math.hypot(x - 52, y - 50) < 9 ? 2 : 1;
}

function lamp(x: number, y: number): 0 | 1 | 2 {
  const dx = Math.abs(x - 80);
  if (y > 16 && y < 78 && dx < 22 + (y - 16) * 0.6) return 1;
  if (y >= 78 && y < 138 && dx < 4) return 2;
  return (dx / 36) ** 2 + ((y - 140) / 9) ** 2 < 1 ? 2 : 0;
}
