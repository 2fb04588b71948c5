/** Width and height from the first bytes of a picture, for laying it out before it is shown. Null when they cannot be told cheaply. */

export type ImageSize = { width: number; height: number };

/** Bytes that are enough: a JPEG may carry a preview and a colour profile before its frame. */
export const IMAGE_HEAD = 256 * 1024;

export function imageSizeOf(head: Buffer): ImageSize | null {
  const size = png(head) ?? gif(head) ?? webp(head) ?? jpeg(head);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

/** PNG 1.2, section 11.2.2: IHDR is the first chunk. */
function png(head: Buffer): ImageSize | null {
  if (head.length < 24 || head.readUInt32BE(0) !== 0x89504e47 || head.toString('latin1', 12, 16) !== 'IHDR') {
    return null;
  }
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** GIF89a, section 18: the logical screen. */
function gif(head: Buffer): ImageSize | null {
  if (head.length < 10 || !/^GIF8[79]a$/u.test(head.toString('latin1', 0, 6))) return null;
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}

/** RFC 9649, section 2: the first chunk is VP8X (with a canvas), VP8L or VP8. */
function webp(head: Buffer): ImageSize | null {
  if (
    head.length < 30 ||
    head.toString('latin1', 0, 4) !== 'RIFF' ||
    head.toString('latin1', 8, 12) !== 'WEBP'
  ) {
    return null;
  }
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** ITU-T T.81, annex B: segments until a start of frame. A turned picture (EXIF) is told as it is stored. */
function jpeg(head: Buffer): ImageSize | null {
  if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0;
    // SOF0 to SOF15 but for the tables DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    }
    // Filling before a marker.
    at += marker === 0xff ? 1 : 2 + head.readUInt16BE(at + 2);
  }
  return null;
}
