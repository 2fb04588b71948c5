/** The application's own scheme. As far as it can be checked without Electron's binary: against a module that records what it is asked. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as electron from '../../test/support/fake-electron.ts';
import { pageFiles } from '../app/page-files.ts';
import type { ImportUpload } from '../app/imports/receive.ts';
import type { UploadTarget } from '../app/uploads.ts';
import { answer, registerScheme, serveOwnScheme } from './protocol.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;

async function* someBytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a,b\n');
}
const noTransfer = {
  importFile: () => Promise.reject(new Error('not here')),
  takeExport: () => null,
};
const noUpload: UploadTarget = () => Promise.reject(new Error('not here'));

describe('the protocol', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'parley-protocol-'));
    await mkdir(path.join(folder, 'page'));
    await writeFile(path.join(folder, 'secret.js'), 'secret');
    await writeFile(path.join(folder, 'page', 'index.html'), '<!doctype html>');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const get = (url: string, method = 'GET') =>
    answer(
      { url, method, headers: new Headers() },
      {
        page: pageFiles(path.join(folder, 'page')),
        media: async () => null,
        upload: noUpload,
        ...noTransfer,
      },
    );

  test('is an origin of its own, without service workers and without a way round the CSP', () => {
    registerScheme();
    expect(asked.schemes).toHaveLength(1);
    expect(asked.schemes[0]).toMatchObject({
      scheme: 'parley-app',
      privileges: { standard: true, secure: true },
    });
    const privileges = asked.schemes[0]?.privileges ?? {};
    for (const name of ['bypassCSP', 'allowServiceWorkers', 'corsEnabled', 'allowExtensions']) {
      expect(privileges[name] ?? false).toBe(false);
    }
  });

  test('serves the page under a strict CSP', async () => {
    const response = await get('parley-app://main/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    const csp = response.headers.get('Content-Security-Policy') ?? '';
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toMatch(/unsafe|\*|https?:|ws:|data:/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test.each([
    'parley-app://main/../secret.js',
    'parley-app://main/..%2fsecret.js',
    'parley-app://main/%2e%2e/secret.js',
    'parley-app://main/..%5csecret.js',
    'parley-app://main//etc/passwd',
    'parley-app://main/etc/passwd',
    'parley-app://main/page/../../secret.js',
    'parley-app://evil/',
    'parley-app://main/media/none',
    'parley-app://main/media/..%2f..%2fkey',
  ])('%s leads nowhere', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  test('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get('parley-app://main/', method)).status).toBe(405);
    }
  });

  test('takes a file that is to be sent, from our own page only', async () => {
    const taken: string[] = [];
    const upload: UploadTarget = async ({ contentType, fileName, body }) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      taken.push(`${contentType} ${fileName} ${Buffer.concat(pieces).toString()}`);
      return { status: 201, body: { kind: 'internal', message: 'stands for a file' } };
    };
    const put = (headers: Record<string, string>, method = 'POST') => {
      const { body } = new Request('https://x/', { method: 'POST', body: 'bytes' });
      const request = { url: 'parley-app://main/upload', method, headers: new Headers(headers), body };
      return answer(request, { page: () => null, media: async () => null, upload, ...noTransfer });
    };
    const own = { origin: 'parley-app://main', 'content-type': 'image/png', 'x-file-name': 'a.png' };
    expect((await put(own)).status).toBe(201);
    expect(taken).toEqual(['image/png a.png bytes']);
    expect((await put({ ...own, origin: 'https://evil.example' })).status).toBe(403);
    expect((await put({ 'content-type': 'image/png' })).status).toBe(403);
    expect((await put(own, 'GET')).status).toBe(405);
    expect(taken).toHaveLength(1);
  });

  test('takes a file of contacts from our own page only, and gives an export out once, as a file to keep', async () => {
    const taken: unknown[] = [];
    const offers = new Map([['good', { fileName: 'contacts.csv', mimeType: 'text/csv', bytes: someBytes }]]);
    const served = {
      page: () => null,
      media: async () => null,
      upload: noUpload,
      async importFile({ fileName, encoding, delimiter }: ImportUpload) {
        taken.push([fileName, encoding, delimiter]);
        return { status: 201, body: { kind: 'internal' as const, message: 'stands for a job' } };
      },
      takeExport(ticket: string) {
        const offer = offers.get(ticket) ?? null;
        offers.delete(ticket);
        return offer;
      },
    };
    const ask = (path: string, method: string, headers: Record<string, string> = {}) => {
      const { body } = new Request('https://x/', { method: 'POST', body: 'bytes' });
      const url = `parley-app://main${path}`;
      return answer({ url, method, headers: new Headers(headers), body }, served);
    };
    const own = {
      origin: 'parley-app://main',
      'x-file-name': 'p.csv',
      'x-encoding': 'utf-8',
      'x-delimiter': '%3B',
    };
    expect((await ask('/import', 'POST', own)).status).toBe(201);
    expect(taken).toEqual([['p.csv', 'utf-8', '%3B']]);
    expect((await ask('/import', 'POST', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('/import', 'GET', own)).status).toBe(405);
    const file = await ask('/export/good', 'GET');
    expect([file.status, await file.text()]).toEqual([200, 'a,b\n']);
    expect(file.headers.get('content-disposition')).toContain('attachment; filename="contacts.csv"');
    expect((await ask('/export/good', 'GET')).status).toBe(404);
  });

  test('serves files of messages by id, in pieces too', async () => {
    const session = new electron.FakeSession();
    const bytes = async function* (start: number, end: number) {
      yield Buffer.from('0123456789').subarray(start, end);
    };
    serveOwnScheme(session as unknown as Session, {
      page: pageFiles(path.join(folder, 'page')),
      media: async (id) => (id === 'one' ? { mimeType: 'video/mp4', fileName: null, size: 10, bytes } : null),
      upload: noUpload,
      ...noTransfer,
    });
    const request = new Request('https://x/', { headers: { range: 'bytes=2-4' } });
    const own = { url: 'parley-app://main/media/one', method: 'GET', headers: request.headers };
    const response = (await session.handlers['parley-app']?.(...([own] as never[]))) as Response;
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('234');
  });
});
