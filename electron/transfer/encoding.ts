/** From bytes to text: which encoding, and decoding as a stream. */
import type { Encoding } from '../../shared/text/encodings.ts';
import { FileFault } from './problems.ts';

export type Decoder = InstanceType<typeof TextDecoder>;

/** The encoding that a byte order mark at the start names, and the mark's length. */
export function byteOrderMark(start: Uint8Array): { encoding: Encoding; length: number } | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/** UTF-16 without a mark: mostly Latin text has its zeros at every other place and nowhere else. */
export function looksLikeUtf16(start: Uint8Array): Encoding | null {
  if (start.length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < start.length; at += 1) {
    if (start[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const enough = start.length / 4;
  if (odd > enough && even === 0) return 'utf-16le';
  if (even > enough && odd === 0) return 'utf-16be';
  return null;
}

/** Tells over many chunks whether all of it is in an encoding. Throws FileFault `wrong_encoding` for one that nobody knows. */
export function encodingCheck(encoding: string): { feed(chunk: Uint8Array): boolean; end(): boolean } {
  const decoder = decoderFor(encoding);
  if (decoder === null) throw new FileFault('wrong_encoding');
  let valid = true;
  const attempt = (decode: () => string): boolean => {
    if (!valid) return false;
    try {
      decode();
    } catch {
      valid = false; // The answer, not an error.
    }
    return valid;
  };
  return {
    feed: (chunk) => attempt(() => decoder.decode(chunk, { stream: true })),
    end: () => attempt(() => decoder.decode()),
  };
}

/** A decoder that throws on bytes that the encoding does not have, or null for a label that nobody knows. */
export function decoderFor(label: string): Decoder | null {
  try {
    // Marks are taken off by hand, once and only at the start.
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    return null;
  }
}

/** The text of a stream of bytes, without its byte order mark. Throws FileFault `wrong_encoding` and `nul_bytes`. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string, void, undefined> {
  const decoder = decoderFor(encoding);
  if (decoder === null) throw new FileFault('wrong_encoding');
  let first = true;
  const checked = (text: string): string => {
    const clean = first && text.startsWith('\uFEFF') ? text.slice(1) : text;
    if (text !== '') first = false;
    if (clean.includes('\0')) throw new FileFault('nul_bytes');
    return clean;
  };
  for await (const chunk of chunks) {
    const text = checked(decodeOrFail(decoder, chunk));
    if (text !== '') yield text;
  }
  const rest = checked(decodeOrFail(decoder));
  if (rest !== '') yield rest;
}

function decodeOrFail(decoder: Decoder, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw new FileFault('wrong_encoding', null, error);
  }
}
