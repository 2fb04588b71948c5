/** A first pass over a file: what it is, in which encoding, and how its first rows look. Nothing is kept but the first 64 KiB. */
import { byteOrderMark, encodingCheck, looksLikeUtf16 } from './encoding.ts';
import { FileFault } from './problems.ts';
import type { ImportSource } from './source.ts';
import { checkSize, chunksOf } from './source.ts';

export const SAMPLE_BYTES = 64 * 1024;

export type FileFormat = 'csv' | 'vcard' | 'json';
/** `sample` is the text of the start, perhaps cut within a character. */
export type Inspection = { format: FileFormat; encoding: string; bytes: number; sample: string };

/**
 * Looks at a file as a whole. The encoding is that of its mark, or UTF-8 when all of it is valid, or else windows-1252, which gives every
 * byte a meaning; `encoding` overrides.
 *
 * Throws FileFault: `empty`, `compressed`, `spreadsheet`, `not_text`, `nul_bytes`, `too_large`, `unreadable`, `wrong_encoding`.
 */
export async function inspect(source: ImportSource, encoding: string | null = null): Promise<Inspection> {
  await checkSize(source);
  const head = await headOf(source, SAMPLE_BYTES);
  if (head.length === 0) throw new FileFault('empty');
  refuseOtherFiles(head);
  const mark = byteOrderMark(head)?.encoding ?? looksLikeUtf16(head);
  const given = encoding ?? mark;
  const pass = await wholePass(source, given ?? 'utf-8');
  const found: string = given ?? (pass.valid ? 'utf-8' : 'windows-1252');
  if (pass.nul && !found.startsWith('utf-16')) throw new FileFault('nul_bytes');
  const sample = sampleText(head, found);
  const format = formatOf(sample);
  // In a vCard every property may have a charset of its own, and a fold may cut a character.
  if (given !== null && !pass.valid && format !== 'vcard') throw new FileFault('wrong_encoding');
  return { format, encoding: found, bytes: pass.bytes, sample };
}

async function headOf(source: ImportSource, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(source)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

async function wholePass(
  source: ImportSource,
  encoding: string,
): Promise<{ bytes: number; valid: boolean; nul: boolean }> {
  const check = encodingCheck(encoding);
  let valid = true;
  let bytes = 0;
  let nul = false;
  for await (const chunk of chunksOf(source)) {
    bytes += chunk.length;
    nul ||= chunk.includes(0);
    valid &&= check.feed(chunk);
  }
  return { bytes, nul, valid: valid && check.end() };
}

/** The start of a file that is no text, and what it is then. Signatures: each format's own specification. */
const SIGNATURES: readonly { bytes: readonly number[]; kind: 'compressed' | 'spreadsheet' | 'not_text' }[] = [
  { bytes: [0x1f, 0x8b], kind: 'compressed' }, // gzip
  { bytes: [0x42, 0x5a, 0x68], kind: 'compressed' }, // bzip2
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], kind: 'compressed' }, // xz
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'compressed' }, // zstd
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], kind: 'compressed' }, // 7z
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], kind: 'compressed' }, // rar
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], kind: 'spreadsheet' }, // Excel before 2007
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], kind: 'not_text' }, // PDF
];

function refuseOtherFiles(head: Buffer): void {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins([0x50, 0x4b, 0x03, 0x04]) || begins([0x50, 0x4b, 0x05, 0x06])) {
    // The names of a zip's entries stand in it uncompressed; a spreadsheet's are known.
    const names = head.subarray(0, 8192).toString('latin1');
    const sheet = /\[Content_Types\]\.xml|xl\/|opendocument\.spreadsheet/u.test(names);
    throw new FileFault(sheet ? 'spreadsheet' : 'compressed');
  }
  for (const { bytes, kind } of SIGNATURES) if (begins(bytes)) throw new FileFault(kind);
  if (byteOrderMark(head) !== null || looksLikeUtf16(head) !== null) return;
  // Text has next to no control bytes but tab, line breaks, form feed and escape.
  let controls = 0;
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) {
      controls += byte === 0x1f ? 0 : 1; // The unit separator may be a delimiter.
    }
  }
  if (controls > 8 && controls > head.length / 20) throw new FileFault('not_text');
}

/** Whatever is not in the encoding is shown as U+FFFD. */
function sampleText(head: Buffer, encoding: string): string {
  const mark = byteOrderMark(head);
  const skip = mark !== null && mark.encoding === encoding ? mark.length : 0;
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(head.subarray(skip), { stream: true });
}

function formatOf(sample: string): FileFormat {
  if (/^\s*BEGIN[ \t]*:[ \t]*VCARD/iu.test(sample)) return 'vcard';
  return /^\s*\{\s*"/u.test(sample) ? 'json' : 'csv';
}
