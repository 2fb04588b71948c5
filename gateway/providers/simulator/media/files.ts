/** The files of the simulated customers, made on demand from their ids, so that nobody has to store them. */
import { createHash } from 'node:crypto';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { film } from './mp4.ts';
import { writePdf } from './pdf.ts';
import { drawPicture, PICTURE } from './png.ts';
import { speak } from './wav.ts';
import { drawSticker } from './webp.ts';

export type SimulatedFile = 'image' | 'voice' | 'document' | 'sticker' | 'video';

type Made = { bytes: Uint8Array; mimeType: string; more: Partial<MediaRef> };

/** How many different ones there are of each. */
const VARIANTS: Record<SimulatedFile, number> = { image: 16, voice: 8, document: 6, sticker: 3, video: 3 };
const made = new Map<string, Made>();

/** A reference to the file with this number; numbers beyond the variants start over. `fileName` for documents. */
export function simulatedFile(kind: SimulatedFile, number: number, fileName: string | null = null): MediaRef {
  const id = `sim-${kind}-${number % VARIANTS[kind]}`;
  const file = fileOf(id);
  if (file === null) throw new Error('a simulated file that cannot be made');
  return {
    id,
    mimeType: file.mimeType,
    size: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    fileName,
    ...file.more,
  };
}

/** The bytes behind an id that `simulatedFile` gave out, or null for any other. */
export function simulatedBytes(id: string): { bytes: Uint8Array; mimeType: string } | null {
  const file = fileOf(id);
  return file === null ? null : { bytes: file.bytes, mimeType: file.mimeType };
}

function fileOf(id: string): Made | null {
  const known = made.get(id);
  if (known !== undefined) return known;
  const match = /^sim-(image|voice|document|sticker|video)-(\d{1,3})$/u.exec(id);
  if (match === null) return null;
  const file = make(match[1] as SimulatedFile, Number(match[2]));
  made.set(id, file);
  return file;
}

function make(kind: SimulatedFile, number: number): Made {
  switch (kind) {
    case 'image':
      return { bytes: drawPicture(number), mimeType: 'image/png', more: PICTURE };
    case 'voice': {
      const { bytes, durationMs, waveform } = speak(number);
      return { bytes, mimeType: 'audio/wav', more: { durationMs, waveform } };
    }
    case 'sticker':
      return { bytes: drawSticker(number), mimeType: 'image/webp', more: { width: 160, height: 160 } };
    case 'video': {
      const { bytes, width, height, durationMs } = film(number);
      return { bytes, mimeType: 'video/mp4', more: { width, height, durationMs } };
    }
    case 'document':
      return { bytes: invoice(number), mimeType: 'application/pdf', more: {} };
  }
}

function invoice(number: number): Uint8Array {
  const total = 189 + number * 74;
  return writePdf(`Lumen & Oak  -  Invoice LO-${20_450 + number * 17}`, [
    'Lumen & Oak GmbH, Lindenstrasse 12, 10969 Berlin',
    '',
    `Linden floor lamp, brass                     1 x ${total - 40}.00 EUR`,
    'Delivery to the door                         1 x 40.00 EUR',
    '',
    `Total                                        ${total}.00 EUR`,
    '',
    'Thank you for your order. Payable within 14 days.',
  ]);
}
