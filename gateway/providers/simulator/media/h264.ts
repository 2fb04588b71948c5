/**
 * Just enough of H.264 (ITU-T H.264, baseline profile) for a short film: key frames of raw macroblocks (I_PCM, 7.3.5), and between
 * them frames in which every macroblock is skipped, so that they take a few bytes.
 */
import { Buffer } from 'node:buffer';

/** Luma and both chroma values of a pixel, each from 0 to 255. */
export type Yuv = readonly [y: number, u: number, v: number];
export type Painter = (x: number, y: number) => Yuv;

export type H264 = { sps: Buffer; pps: Buffer; key(painter: Painter): Buffer; still(frame: number): Buffer };

/** `width` and `height` are multiples of 16. NAL units come without start codes or lengths. */
export function createH264(width: number, height: number): H264 {
  const columns = width / 16;
  const rows = height / 16;
  let keys = 0;
  return {
    sps: nal(0x67, (bits) => {
      bits.put(66, 8); // baseline
      bits.put(0xc0, 8); // constrained
      bits.put(30, 8); // level 3.0
      bits.ue(0); // id
      bits.ue(4); // frame numbers have 8 bits
      bits.ue(2); // output in order of decoding
      bits.ue(1); // one reference frame
      bits.put(0, 1);
      bits.ue(columns - 1);
      bits.ue(rows - 1);
      bits.put(1, 1); // frames only
      bits.put(0, 1); // direct_8x8
      bits.put(0, 1); // no cropping
      bits.put(0, 1); // no VUI
    }),
    pps: nal(0x68, (bits) => {
      bits.ue(0);
      bits.ue(0);
      bits.put(0, 1); // CAVLC
      bits.put(0, 1);
      bits.ue(0); // one slice group
      bits.ue(0);
      bits.ue(0);
      bits.put(0, 1);
      bits.put(0, 2);
      bits.se(0); // QP 26
      bits.se(0);
      bits.se(0);
      bits.put(1, 1); // the deblocking filter can be turned off
      bits.put(0, 1);
      bits.put(0, 1);
    }),
    key(painter) {
      keys += 1;
      return nal(0x65, (bits) => {
        sliceHeader(bits, 7, 0);
        bits.ue(keys % 2); // idr_pic_id differs from one key frame to the next
        bits.put(0, 1);
        bits.put(0, 1);
        bits.se(0);
        bits.ue(1); // no deblocking
        for (let row = 0; row < rows; row += 1) {
          for (let column = 0; column < columns; column += 1)
            macroblock(bits, painter, column * 16, row * 16);
        }
      });
    },
    still(frame) {
      return nal(0x41, (bits) => {
        sliceHeader(bits, 5, frame);
        bits.put(0, 1); // no override of reference counts
        bits.put(0, 1); // no reordering
        bits.put(0, 1); // no adaptive marking
        bits.se(0);
        bits.ue(1);
        bits.ue(columns * rows); // all skipped
      });
    },
  };
}

function sliceHeader(bits: Bits, type: number, frame: number): void {
  bits.ue(0); // first macroblock
  bits.ue(type);
  bits.ue(0);
  bits.put(frame & 0xff, 8);
}

function macroblock(bits: Bits, painter: Painter, x0: number, y0: number): void {
  bits.ue(25); // I_PCM
  bits.align();
  for (let y = 0; y < 16; y += 1) for (let x = 0; x < 16; x += 1) bits.put(painter(x0 + x, y0 + y)[0], 8);
  for (const plane of [1, 2] as const) {
    for (let y = 0; y < 16; y += 2)
      for (let x = 0; x < 16; x += 2) bits.put(painter(x0 + x, y0 + y)[plane], 8);
  }
}

type Bits = {
  put(value: number, count: number): void;
  /** Unsigned Exp-Golomb code (9.1). */
  ue(value: number): void;
  se(value: number): void;
  align(): void;
};

/** One NAL unit: header, payload with its stop bit, and emulation prevention (7.4.1). */
function nal(header: number, write: (bits: Bits) => void): Buffer {
  const bytes: number[] = [];
  let current = 0;
  let filled = 0;
  const put = (value: number, count: number): void => {
    for (let i = count - 1; i >= 0; i -= 1) {
      current = (current << 1) | ((value >> i) & 1);
      filled += 1;
      if (filled === 8) {
        bytes.push(current);
        current = 0;
        filled = 0;
      }
    }
  };
  const align = (): void => {
    while (filled !== 0) put(0, 1);
  };
  const ue = (value: number): void => {
    const length = Math.floor(Math.log2(value + 1));
    put(0, length);
    put(value + 1, length + 1);
  };
  write({ put, align, ue, se: (value) => ue(value > 0 ? value * 2 - 1 : -value * 2) });
  put(1, 1);
  align();
  const out: number[] = [header];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}
