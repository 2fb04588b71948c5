/**
 * The HTTP answer for `/media/<id>`, the same under Electron's protocol and loopback. Files come from strangers: nothing in them
 * may run, so only pictures, sound and film keep their type and everything else is a download in a sandbox.
 */
import type { MediaFile, MediaSource } from './media-source.ts';

export type MediaResponse = {
  status: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array> | null;
};

const INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
  'audio/ogg',
  'audio/wav',
  'audio/x-wav',
  'audio/webm',
  'audio/flac',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/3gpp',
  'video/quicktime',
]);
/** Types that a browser might run or render as a page. */
const RISKY = /html|xml|svg|script|ecma|wasm|multipart|message|mathml|css|x-shockwave|java/;

/** `path` is that of the address, still encoded; null when it is not one of a file. */
export function mediaIdOf(path: string): string | null {
  const match = /^\/media\/([A-Za-z0-9%._~-]{1,384})$/.exec(path);
  if (match?.[1] === undefined) return null;
  try {
    const id = decodeURIComponent(match[1]);
    return id.length <= 128 ? id : null;
  } catch {
    return null; // A broken escape is no id.
  }
}

/** `range` is the header of the request, or null. */
export async function mediaResponse(
  source: MediaSource,
  id: string,
  range: string | null,
): Promise<MediaResponse> {
  const file = await source(id);
  if (file === null) return { status: 404, headers: headersOf(null), body: null };
  const { size } = file;
  const headers = { ...headersOf(file), 'Accept-Ranges': 'bytes' };
  const wanted = range === null ? null : parseRange(range, size);
  if (wanted === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` }, body: null };
  }
  if (wanted === null)
    return { status: 200, headers: { ...headers, 'Content-Length': `${size}` }, body: file.bytes(0, size) };
  const { start, end } = wanted;
  return {
    status: 206,
    headers: {
      ...headers,
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': `${end - start + 1}`,
    },
    body: file.bytes(start, end + 1),
  };
}

function headersOf(file: MediaFile | null): Record<string, string> {
  const common = {
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  if (file === null) return common;
  const type = (file.mimeType.split(';')[0] ?? '').trim().toLowerCase();
  const wellFormed = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(type);
  const inline = INLINE.has(type);
  return {
    ...common,
    'Content-Type': inline || (wellFormed && !RISKY.test(type)) ? type : 'application/octet-stream',
    'Content-Disposition': disposition(inline ? 'inline' : 'attachment', file.fileName),
  };
}

/** RFC 6266: an ASCII name for old readers, the true one in UTF-8. */
export function disposition(kind: 'inline' | 'attachment', fileName: string | null): string {
  if (fileName === null || fileName === '') return kind;
  // A path or a control character in a customer's file name is not ours to pass on.
  // oxlint-disable-next-line no-control-regex
  const name = (fileName.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]/g, '').toWellFormed();
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** One range (RFC 9110, section 14.1.2). Several, or none that makes sense: the whole file, as the standard allows. */
export function parseRange(
  header: string,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}
