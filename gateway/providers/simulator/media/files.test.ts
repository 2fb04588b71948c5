import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MediaRef } from '../../../../shared/domain/message-content.ts';
import { simulatedBytes, simulatedFile } from './files.ts';
import { writePdf } from './pdf.ts';
import { encodePng } from './png.ts';

test.each(['image', 'voice', 'document', 'sticker', 'video'] as const)(
  'a reference tells the truth about its %s',
  (kind) => {
    for (const number of [0, 1, 17]) {
      const ref = MediaRef.parse(simulatedFile(kind, number, 'name'));
      const file = simulatedBytes(ref.id);
      expect(file?.mimeType).toBe(ref.mimeType);
      expect(file?.bytes.length).toBe(ref.size);
      expect(
        createHash('sha256')
          .update(file?.bytes ?? '')
          .digest('hex'),
      ).toBe(ref.sha256);
    }
  },
);

test('ids that were never given out have no bytes', () => {
  for (const id of ['65463453', 'sim-image-', 'sim-image-9999', 'sim-spell-1', '../sim-image-1']) {
    expect(simulatedBytes(id)).toBeNull();
  }
});

test('a picture holds the pixels that were drawn', () => {
  const png = encodePng(2, 2, (x, y) => [x * 255, y * 255, 7]);
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  const start = png.indexOf('IDAT') + 4;
  const raw = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  // Filter `sub`: each pixel is the difference to the one on its left.
  expect([...raw]).toEqual([1, 0, 0, 7, 255, 0, 0, 1, 0, 255, 7, 255, 0, 0]);
});

test('the table of a PDF points at its objects', () => {
  const pdf = writePdf('Title (with brackets)', ['Größe 5', '漢字']).toString('latin1');
  const offsets = [...pdf.matchAll(/^(\d{10}) 00000 n/gmu)].map((match) => Number(match[1]));
  expect(offsets).toHaveLength(6);
  offsets.forEach((offset, index) => {
    expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`, 'u'));
  });
  expect(Number(/startxref\n(\d+)/u.exec(pdf)?.[1])).toBe(pdf.indexOf('xref\n0 7'));
  expect(pdf).toContain('(Title \\(with brackets\\)) Tj');
  expect(pdf).toContain('(Größe 5) Tj');
  expect(pdf).toContain('(??) Tj');
});

test('a film is one MP4: boxes add up, and each sample lies where the table says', () => {
  const film = Buffer.from(simulatedBytes('sim-video-0')?.bytes ?? []);
  const types: string[] = [];
  for (let at = 0; at < film.length; at += film.readUInt32BE(at))
    types.push(film.toString('latin1', at + 4, at + 8));
  expect(types).toEqual(['ftyp', 'moov', 'mdat']);
  const sizes = film.indexOf('stsz') + 12;
  const count = film.readUInt32BE(sizes);
  let at = film.readUInt32BE(film.indexOf('stco') + 12);
  for (let index = 0; index < count; index += 1) {
    const size = film.readUInt32BE(sizes + 4 + index * 4);
    expect(film.readUInt32BE(at)).toBe(size - 4);
    expect([0x65, 0x41]).toContain(film[at + 4]);
    at += size;
  }
  expect(at).toBe(film.length);
});
