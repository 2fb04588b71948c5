/** The picture in the tray, drawn here: a speech bubble of 32 by 32 pixels, as PNG. */
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 32;
/** Mid blue: seen on light and on dark bars. */
const COLOUR = [0x3b, 0x6f, 0xe0] as const;

export function trayIcon(): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < SIZE; y += 1) {
    const row = Buffer.alloc(1 + SIZE * 4);
    for (let x = 0; x < SIZE; x += 1) {
      if (inBubble(x + 0.5, y + 0.5)) row.set([...COLOUR, 0xff], 1 + x * 4);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // 8 bits a channel, RGB with alpha.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An ellipse with a tail at the lower left. */
function inBubble(x: number, y: number): boolean {
  const dx = (x - 16) / 14;
  const dy = (y - 14) / 11;
  if (dx * dx + dy * dy <= 1) return true;
  return y > 20 && y < 30 && x > 6 && x < 6 + (30 - y);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
