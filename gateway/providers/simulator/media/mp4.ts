/** A film of a flickering lamp as MP4 (ISO/IEC 14496-12): one track, a handful of frames, no sound. */
import { Buffer } from 'node:buffer';
import { createH264 } from './h264.ts';
import type { Yuv } from './h264.ts';

const WIDTH = 128;
const HEIGHT = 96;
/** Frames in a second; every third is a key frame. */
const RATE = 6;
const FRAMES = 18;
const SCALE = 600;

export type Film = { bytes: Buffer; width: number; height: number; durationMs: number };

export function film(number: number): Film {
  const codec = createH264(WIDTH, HEIGHT);
  let sinceKey = 0;
  const samples = Array.from({ length: FRAMES }, (_, frame) => {
    const isKey = frame % 3 === 0;
    sinceKey = isKey ? 0 : sinceKey + 1;
    const bright = (frame / 3 + number) % 2 < 1;
    const unit = isKey ? codec.key((x, y) => lampAt(x, y, bright, number)) : codec.still(sinceKey);
    return { isKey, data: Buffer.concat([u32(unit.length), unit]) };
  });
  const fileType = box('ftyp', Buffer.from('isom'), u32(512), Buffer.from('isomavc1mp41'));
  const data = samples.map((sample) => sample.data);
  const at = (offset: number): Buffer => movie(codec.sps, codec.pps, samples, offset);
  const offset = fileType.length + at(0).length + 8;
  const bytes = Buffer.concat([fileType, at(offset), box('mdat', ...data)]);
  return { bytes, width: WIDTH, height: HEIGHT, durationMs: (FRAMES / RATE) * 1000 };
}

function lampAt(x: number, y: number, bright: boolean, number: number): Yuv {
  const dx = Math.abs(x - 64);
  if (y > 18 && y < 42 && dx < 12 + (y - 18) * 0.4) return bright ? [224, 90, 150] : [120, 110, 140];
  if (y >= 42 && y < 78 && dx < 2) return [50, 128, 128];
  if ((dx / 18) ** 2 + ((y - 79) / 4) ** 2 < 1) return [46, 128, 128];
  const glow = bright ? Math.max(0, 46 - Math.hypot(x - 64, y - 46)) : 0;
  const wall: Yuv = y > 72 ? [96, 116, 140] : [150 + (number % 3) * 12, 122, 132];
  return [Math.min(235, Math.round(wall[0] + glow)), wall[1], wall[2]];
}

type Sample = { isKey: boolean; data: Buffer };

function movie(sps: Buffer, pps: Buffer, samples: readonly Sample[], offset: number): Buffer {
  const duration = (FRAMES * SCALE) / RATE;
  const avcC = box(
    'avcC',
    Buffer.from([1, sps[1] ?? 66, sps[2] ?? 0, sps[3] ?? 30, 0xff, 0xe1]),
    u16(sps.length),
    sps,
    Buffer.from([1]),
    u16(pps.length),
    pps,
  );
  const entry = box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(WIDTH),
    u16(HEIGHT),
    u32(0x480000),
    u32(0x480000),
    u32(0),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    avcC,
  );
  const keys = samples.flatMap((sample, index) => (sample.isKey ? [u32(index + 1)] : []));
  const table = box(
    'stbl',
    full('stsd', u32(1), entry),
    full('stts', u32(1), u32(samples.length), u32(SCALE / RATE)),
    full('stss', u32(keys.length), ...keys),
    full('stsc', u32(1), u32(1), u32(samples.length), u32(1)),
    full('stsz', u32(0), u32(samples.length), ...samples.map((sample) => u32(sample.data.length))),
    full('stco', u32(1), u32(offset)),
  );
  const media = box(
    'mdia',
    full('mdhd', u32(0), u32(0), u32(SCALE), u32(duration), u16(0x55c4), u16(0)),
    full('hdlr', u32(0), Buffer.from('vide'), zeros(12), Buffer.from('video\0')),
    box('minf', box('vmhd', u32(1), zeros(8)), box('dinf', full('dref', u32(1), box('url ', u32(1)))), table),
  );
  const header = full(
    'mvhd',
    u32(0),
    u32(0),
    u32(SCALE),
    u32(duration),
    u32(0x10000),
    u16(0x100),
    zeros(10),
    MATRIX,
    zeros(24),
    u32(2),
  );
  const track = box(
    'tkhd',
    u32(3),
    u32(0),
    u32(0),
    u32(1),
    u32(0),
    u32(duration),
    zeros(16),
    MATRIX,
    u32(WIDTH << 16),
    u32(HEIGHT << 16),
  );
  return box('moov', header, box('trak', track, media));
}

const MATRIX = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));

function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

/** A box with version 0 and no flags. */
function full(type: string, ...parts: Buffer[]): Buffer {
  return box(type, u32(0), ...parts);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function zeros(count: number): Buffer {
  return Buffer.alloc(count);
}
