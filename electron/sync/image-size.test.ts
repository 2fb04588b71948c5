import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageSizeOf } from './image-size.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/gu, ''), 'hex');
const pad = Buffer.alloc(40);

test.each([
  ['PNG', hex('89504e47 0d0a1a0a 0000000d 49484452 00000280 000001e0'), 640, 480],
  ['GIF', hex('474946383961 8002 e001'), 640, 480],
  ['WebP, extended', hex('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100'), 640, 480],
  ['WebP, lossless', hex('52494646 00000000 57454250 5650384c 00000000 2f 7fc27700'), 640, 480],
  ['WebP, lossy', hex('52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001'), 640, 480],
  ['JPEG', hex('ffd8 ffe0 0004 0000 ffff c2 0011 08 01e0 0280'), 640, 480],
])('%s', (_name, head, width, height) => {
  expect(imageSizeOf(Buffer.concat([head, pad]))).toEqual({ width, height });
});

test('what is no picture, or one without a size, has none', () => {
  expect(imageSizeOf(Buffer.alloc(0))).toBeNull();
  expect(imageSizeOf(Buffer.from('hello world, this is a text and no picture'))).toBeNull();
  expect(imageSizeOf(hex('89504e47 0d0a1a0a 0000000d 49484452 00000000 000001e0'))).toBeNull();
});

test('any bytes are looked at without harm', () => {
  const magic = fc.constantFrom(
    'ffd8',
    'ffd8ffe1',
    '474946383961',
    '52494646000000005745425056503858',
    '89504e47',
  );
  fc.assert(
    fc.property(magic, fc.uint8Array({ maxLength: 80 }), (start, rest) => {
      const size = imageSizeOf(Buffer.concat([Buffer.from(start, 'hex'), rest]));
      expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
    }),
  );
});
