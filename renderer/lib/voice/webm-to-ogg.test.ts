import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oggCrc, packetSamples } from './ogg-opus.ts';
import { RemuxError, webmToOgg } from './webm-to-ogg.ts';

const bytes = (...parts: (number | string | Uint8Array | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number'
        ? [part]
        : typeof part === 'string'
          ? [...new TextEncoder().encode(part)]
          : [...part],
    ),
  );
/** An element with a size of two bytes, or of unknown size as live recordings have it. */
const element = (id: number[], data: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes(id, 0x40 | (data.length >> 8), data.length & 0xff, data);
const live = (id: number[], ...children: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  bytes(id, [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], ...children);

const EBML = element([0x1a, 0x45, 0xdf, 0xa3], bytes(0x42, 0x82, 0x84, 'webm'));
const HEAD = bytes('OpusHead', 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0);
const track = (codec: string, number = 1): Uint8Array<ArrayBuffer> =>
  element(
    [0xae],
    bytes(element([0xd7], bytes(number)), element([0x86], bytes(codec)), element([0x63, 0xa2], HEAD)),
  );
const block = (packet: Uint8Array, number = 1): Uint8Array<ArrayBuffer> =>
  element([0xa3], bytes(0x80 | number, 0, 0, 0x80, packet));
const webm = (tracks: Uint8Array[], ...clusters: Uint8Array[][]): Uint8Array<ArrayBuffer> =>
  bytes(
    EBML,
    live(
      [0x18, 0x53, 0x80, 0x67],
      element([0x15, 0x49, 0xa9, 0x66], bytes(0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40)),
      element([0x16, 0x54, 0xae, 0x6b], bytes(...tracks)),
      ...clusters.map((blocks) => live([0x1f, 0x43, 0xb6, 0x75], element([0xe7], bytes(0)), ...blocks)),
    ),
  );
/** A packet of one frame of 20 ms (configuration 9, SILK wide band). */
const packet = (length: number): Uint8Array<ArrayBuffer> => bytes(0x48, new Uint8Array(length - 1).fill(7));

type Page = { flags: number; granule: number; sequence: number; packets: Uint8Array[] };
/** Reads pages back; throws where one is broken. */
function pagesOf(ogg: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < ogg.length;) {
    const view = new DataView(ogg.buffer, ogg.byteOffset + at);
    if (new TextDecoder().decode(ogg.subarray(at, at + 4)) !== 'OggS') throw new Error('no page');
    const count = view.getUint8(26);
    const table = ogg.subarray(at + 27, at + 27 + count);
    const packets: Uint8Array[] = [];
    let from = at + 27 + count;
    let length = 0;
    for (const lacing of table) {
      length += lacing;
      if (lacing === 255) continue;
      packets.push(ogg.slice(from, from + length));
      from += length;
      length = 0;
    }
    const whole = ogg.slice(at, from);
    whole.fill(0, 22, 26);
    if (oggCrc(whole) !== view.getUint32(22, true)) throw new Error('wrong checksum');
    pages.push({
      flags: view.getUint8(5),
      granule: Number(view.getBigUint64(6, true)),
      sequence: view.getUint32(18, true),
      packets,
    });
    at = from;
  }
  return pages;
}

test('the same packets in pages with the time they end at', () => {
  const packets = Array.from({ length: 120 }, (_, index) => packet(1 + (index % 300)));
  const result = webmToOgg(
    webm(
      [track('A_OPUS')],
      packets.slice(0, 70).map((it) => block(it)),
      packets.slice(70).map((it) => block(it)),
    ),
  );
  const [head, tags, ...sound] = pagesOf(result.bytes);
  expect(head).toMatchObject({ flags: 2, granule: 0, sequence: 0, packets: [HEAD] });
  expect(new TextDecoder().decode(tags?.packets[0]?.subarray(0, 8))).toBe('OpusTags');
  expect(sound.flatMap((page) => page.packets)).toEqual(packets);
  let samples = 0;
  for (const page of sound) {
    samples += page.packets.length * 960;
    expect(page.granule).toBe(samples);
    expect(page.packets.length * 20).toBeLessThanOrEqual(1_000);
  }
  expect(sound.map((page) => page.flags)).toEqual([...sound.slice(1).map(() => 0), 4]);
  expect(pagesOf(result.bytes).map((page) => page.sequence)).toEqual(
    pagesOf(result.bytes).map((_, index) => index),
  );
  // 120 × 20 ms without the lead-in of 312 samples (6.5 ms).
  expect(result.durationMs).toBe(Math.round(2_400 - 6.5));
});

test('packets of exactly 255 bytes and of many segments are kept whole', () => {
  const packets = [255, 510, 1_275, 254, 256].map((length) => packet(length));
  const result = webmToOgg(
    webm(
      [track('A_OPUS')],
      packets.map((it) => block(it)),
    ),
  );
  expect(
    pagesOf(result.bytes)
      .slice(2)
      .flatMap((page) => page.packets),
  ).toEqual(packets);
});

test('blocks in groups are read, those of another track are not', () => {
  const grouped = element([0xa0], element([0xa1], bytes(0x81, 0, 0, 0, packet(9))));
  const result = webmToOgg(webm([track('V_VP8', 2), track('A_OPUS')], [block(packet(5), 2), grouped]));
  expect(pagesOf(result.bytes)[2]?.packets).toEqual([packet(9)]);
});

test('a recording that was cut off keeps what is whole', () => {
  const whole = webm([track('A_OPUS')], [block(packet(50)), block(packet(60))]);
  const result = webmToOgg(whole.subarray(0, whole.length - 10));
  expect(pagesOf(result.bytes)[2]?.packets).toEqual([packet(50)]);
});

test.each([
  ['not_webm', new Uint8Array()],
  ['not_webm', bytes('OggS and so on')],
  ['not_opus', webm([track('A_VORBIS')], [block(packet(5))])],
  ['not_opus', webm([])],
  ['empty', webm([track('A_OPUS')], [])],
])('says %s', (kind, input) => {
  expect(() => webmToOgg(input)).toThrow(expect.objectContaining({ name: 'RemuxError', kind }));
});

test('no bytes make it throw anything else', () => {
  const good = webm([track('A_OPUS')], [block(packet(50)), block(packet(60))]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const broken = Uint8Array.from(good);
      for (const [at, value] of changes) broken[at] = value;
      try {
        pagesOf(webmToOgg(broken).bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RemuxError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['20 ms SILK', [0x48], 960],
  ['60 ms SILK', [0x58], 2_880],
  ['10 ms hybrid', [0x60], 480],
  ['2.5 ms CELT', [0x80], 120],
  ['20 ms CELT', [0xf8], 960],
  ['two frames', [0xf9], 1_920],
  ['three frames by count', [0xfb, 0x03], 2_880],
])('a packet of %s sounds for %j', (_name, start, samples) => {
  expect(packetSamples(bytes(start, 1, 2, 3))).toBe(samples);
});

test('the checksum is that of the known answer', () => {
  // CRC-32/MPEG-2 family with initial value 0, no reflection: "123456789" gives 0x89a1897f.
  expect(oggCrc(bytes('123456789'))).toBe(0x89a1897f);
});
