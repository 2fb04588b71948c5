import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disposition, mediaIdOf, mediaResponse, parseRange } from './media-response.ts';
import type { MediaFile } from './media-source.ts';

const BYTES = Uint8Array.from({ length: 100 }, (_, index) => index);

function file(mimeType: string, fileName: string | null = null): MediaFile {
  return {
    mimeType,
    fileName,
    size: BYTES.length,
    async *bytes(start, end) {
      yield BYTES.subarray(start, end);
    },
  };
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function get(mimeType: string, range: string | null = null) {
  const { status, headers, body } = await mediaResponse(async () => file(mimeType), 'id', range);
  const bytes = body === null ? null : await collect(body);
  return { status, headers, bytes };
}

test.each(['image/png', 'video/mp4', 'audio/ogg; codecs=opus', 'IMAGE/JPEG'])(
  '%s is shown in place',
  async (type) => {
    const { status, headers, bytes } = await get(type);
    expect(status).toBe(200);
    expect(headers['Content-Type']).toBe(type.split(';')[0]?.toLowerCase());
    expect(headers['Content-Disposition']).toBe('inline');
    expect(bytes).toEqual(Buffer.from(BYTES));
  },
);

test.each([
  ['text/html', 'application/octet-stream'],
  ['image/svg+xml', 'application/octet-stream'],
  ['application/xhtml+xml', 'application/octet-stream'],
  ['text/javascript', 'application/octet-stream'],
  ['nonsense', 'application/octet-stream'],
  ['image/png\r\nSet-Cookie: a=b', 'application/octet-stream'],
  ['', 'application/octet-stream'],
  ['application/pdf', 'application/pdf'],
])('%j is a download of type %s in a sandbox', async (type, served) => {
  const { headers } = await get(type);
  expect(headers['Content-Type']).toBe(served);
  expect(headers['Content-Disposition']).toBe('attachment');
  expect(headers['Content-Security-Policy']).toBe("default-src 'none'; sandbox");
  expect(headers['X-Content-Type-Options']).toBe('nosniff');
  expect(headers['Cache-Control']).toBe('no-store');
});

test.each([
  ['bytes=0-9', 206, 'bytes 0-9/100', 10],
  ['bytes=90-', 206, 'bytes 90-99/100', 10],
  ['bytes=-5', 206, 'bytes 95-99/100', 5],
  ['bytes=0-1000', 206, 'bytes 0-99/100', 100],
  ['bytes=100-', 416, 'bytes */100', null],
  ['bytes=-0', 416, 'bytes */100', null],
  ['bytes=5-2', 200, undefined, 100],
  ['bytes=0-1,5-6', 200, undefined, 100],
  ['nonsense', 200, undefined, 100],
])('range %s: %d', async (range, status, contentRange, length) => {
  const answer = await get('video/mp4', range);
  expect(answer.status).toBe(status);
  expect(answer.headers['Content-Range']).toBe(contentRange);
  expect(answer.bytes?.length ?? null).toBe(length);
});

test('any range is answered within the file', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.oneof(fc.nat(300), fc.constant('')),
      fc.oneof(fc.nat(300), fc.constant('')),
      (size, a, b) => {
        const range = parseRange(`bytes=${a}-${b}`, size);
        if (range === null || range === 'unsatisfiable') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThan(size);
        expect(range.start).toBeLessThanOrEqual(range.end);
      },
    ),
  );
});

test('a file that is not here is not found', async () => {
  expect(await mediaResponse(async () => null, 'id', null)).toMatchObject({ status: 404, body: null });
});

test.each([
  ['/media/abc', 'abc'],
  ['/media/a%2Db', 'a-b'],
  ['/media/', null],
  ['/media/a/b', null],
  ['/media/..', '..'],
  ['/media/%', null],
  ['/media/%ff', null],
  [`/media/${'x'.repeat(200)}`, null],
  ['/mediax', null],
])('the id of %s is %s', (path, id) => {
  // Ids are looked up in the cache and never become a path, so dots mean nothing.
  expect(mediaIdOf(path)).toBe(id);
});

test.each([
  ['invoice.pdf', `attachment; filename="invoice.pdf"; filename*=UTF-8''invoice.pdf`],
  ['Größe "x".pdf', `attachment; filename="Gr__e _x_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22.pdf`],
  ['../../etc/passwd', `attachment; filename="passwd"; filename*=UTF-8''passwd`],
  ['a\r\nX: y', `attachment; filename="aX: y"; filename*=UTF-8''aX%3A%20y`],
  ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
])('the name %j', (name, wanted) => {
  expect(disposition('attachment', name)).toBe(wanted);
});
