import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PageFiles, pageFiles } from './page-files.ts';

let folder: string;
let page: PageFiles;

beforeEach(async () => {
  const above = await mkdtemp(path.join(os.tmpdir(), 'parley-page-'));
  folder = path.join(above, 'renderer');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(above, 'secret.js'), 'secret');
  await writeFile(path.join(folder, 'index.html'), '<!doctype html>');
  await writeFile(path.join(folder, 'assets', 'app.js'), 'run()');
  await writeFile(path.join(folder, 'assets', 'app.js.map'), '{}');
  await writeFile(path.join(folder, 'assets', 'a name.css'), 'a{}');
  if (process.platform !== 'win32')
    await symlink(path.join(above, 'secret.js'), path.join(folder, 'linked.js'));
  page = pageFiles(folder);
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/index.html', 'text/html; charset=utf-8'],
  ['/assets/app.js', 'text/javascript; charset=utf-8'],
  ['/assets/a%20name.css', 'text/css; charset=utf-8'],
])('%s is served', async (address, type) => {
  const file = page(address);
  expect(file?.type).toBe(type);
  expect((await file?.read())?.length).toBeGreaterThan(0);
});

test.each([
  '',
  '//',
  '/../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '/assets/../../secret.js',
  '/assets\\..\\..\\secret.js',
  '/linked.js',
  '/assets/app.js.map',
  '/assets/',
  '/assets',
  '/etc/passwd',
  'index.html',
  '/__proto__',
  '/index.html\0.js',
])('%j is not', (address) => {
  expect(page(address)).toBeNull();
});

test('a folder without a page says so', async () => {
  await rm(path.join(folder, 'index.html'));
  expect(() => pageFiles(folder)).toThrow(/build the page/);
});
