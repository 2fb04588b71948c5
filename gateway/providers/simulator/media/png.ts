/** Pictures drawn in memory: the photos that customers of a furniture and lighting shop send. */
import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';
import { randomOf } from '../random.ts';

type Colour = readonly [number, number, number];
type Shape = (x: number, y: number) => Colour | null;

export const PICTURE = { width: 480, height: 360 };

const WALLS: readonly Colour[] = [
  [233, 226, 214],
  [214, 224, 222],
  [226, 216, 224],
  [222, 222, 210],
];
const FLOORS: readonly Colour[] = [
  [168, 128, 92],
  [142, 116, 98],
  [120, 98, 80],
];
const ACCENTS: readonly Colour[] = [
  [46, 94, 92],
  [178, 84, 60],
  [60, 72, 110],
  [196, 150, 62],
];

/** A room with a lamp, a chair, a table, or a damaged parcel in it. Equal numbers give equal bytes. */
export function drawPicture(number: number): Buffer {
  const random = randomOf(number, 'picture');
  const accent = random.pick(ACCENTS);
  const wall = random.pick(WALLS);
  const floor = random.pick(FLOORS);
  const shapes = [lamp, chair, table, parcel][number % 4]?.(accent, random.int(-40, 40)) ?? [];
  const light = { x: random.int(120, 360), y: random.int(40, 120) };
  return encodePng(PICTURE.width, PICTURE.height, (x, y) => {
    for (const shape of shapes) {
      const colour = shape(x, y);
      if (colour !== null) return colour;
    }
    const ground = y > 270 ? floor : wall;
    const glow = Math.max(0, 1 - Math.hypot(x - light.x, y - light.y) / 420);
    // Floor boards, so that the picture does not look like two flat areas.
    const board = y > 270 && (x + (y - 270) * 2) % 64 < 2 ? -18 : 0;
    return tinted(ground, Math.round(glow * 22) + board);
  });
}

function lamp(accent: Colour, dx: number): Shape[] {
  const x0 = 240 + dx;
  return [
    (x, y) =>
      y > 70 && y < 150 && Math.abs(x - x0) < 34 + (y - 70) * 0.45 ? tinted(accent, (150 - y) / 3) : null,
    (x, y) => (y >= 150 && y < 300 && Math.abs(x - x0) < 4 ? [54, 50, 48] : null),
    (x, y) => (((x - x0) / 46) ** 2 + ((y - 302) / 10) ** 2 < 1 ? [48, 44, 42] : null),
  ];
}

function chair(accent: Colour, dx: number): Shape[] {
  const x0 = 240 + dx;
  return [
    (x, y) =>
      y > 110 && y < 215 && Math.abs(x - x0) < 62 && (x - x0) ** 2 / 4000 + (y - 215) ** 2 / 11500 < 1
        ? accent
        : null,
    (x, y) => (y >= 215 && y < 238 && Math.abs(x - x0) < 74 ? tinted(accent, 16) : null),
    (x, y) =>
      y >= 238 && y < 318 && Math.abs(Math.abs(x - x0) - 58 - (y - 238) * 0.12) < 5 ? [92, 66, 44] : null,
    (x, y) => (((x - x0) / 92) ** 2 + ((y - 320) / 9) ** 2 < 1 ? [96, 76, 60] : null),
  ];
}

function table(accent: Colour, dx: number): Shape[] {
  const x0 = 240 + dx;
  return [
    (x, y) => (y > 196 && y < 214 && Math.abs(x - x0) < 150 ? [156, 110, 70] : null),
    (x, y) => (y >= 214 && y < 318 && Math.abs(Math.abs(x - x0) - 128) < 7 ? [132, 92, 58] : null),
    (x, y) => (y > 150 && y <= 196 && Math.abs(x - x0 + 40) < 16 - Math.abs(y - 172) * 0.2 ? accent : null),
    (x, y) => ((x - x0 + 40) ** 2 / 900 + (y - 136) ** 2 / 500 < 1 ? [74, 112, 70] : null),
  ];
}

/** Torn at one corner: what complaints are about. */
function parcel(accent: Colour, dx: number): Shape[] {
  const x0 = 240 + dx;
  return [
    (x, y) =>
      x - x0 > 40 && x - x0 < 96 && y > 160 && y < 160 + ((x * 7) % 23) + (x - x0 - 40) * 0.6
        ? [60, 46, 36]
        : null,
    (x, y) => (y > 160 && y < 310 && Math.abs(x - x0) < 13 ? tinted(accent, 70) : null),
    (x, y) => (y > 160 && y < 310 && Math.abs(x - x0) < 110 ? [188, 150, 104] : null),
    (x, y) => (((x - x0) / 130) ** 2 + ((y - 312) / 10) ** 2 < 1 ? [96, 76, 60] : null),
  ];
}

function tinted([r, g, b]: Colour, by: number): Colour {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  return [clamp(r + by), clamp(g + by), clamp(b + by)];
}

/** PNG (W3C, third edition), 8 bits RGB, filter `sub` on every line. */
export function encodePng(width: number, height: number, at: Shape): Buffer {
  const stride = width * 3 + 1;
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    let [lastR, lastG, lastB]: Colour = [0, 0, 0];
    const line = y * stride;
    raw[line] = 1;
    for (let x = 0; x < width; x += 1) {
      const [r, g, b] = at(x, y) ?? [0, 0, 0];
      const pixel = line + 1 + x * 3;
      raw[pixel] = r - lastR;
      raw[pixel + 1] = g - lastG;
      raw[pixel + 2] = b - lastB;
      [lastR, lastG, lastB] = [r, g, b];
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
