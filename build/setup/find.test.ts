import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookForChromium } from './chromium.mjs';
import { lookForElectron } from './electron.mjs';
import { canRunParley } from './node24.mjs';
import { holds } from './packages.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-find-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('Node 20 and 22 are refused, 24 is taken', () => {
  expect(canRunParley({ node: '20.20.2', napi: '9' })).toBe(false);
  expect(canRunParley({ node: '22.23.3', napi: '10' })).toBe(false);
  expect(canRunParley({ node: '24.21.0', napi: '10' })).toBe(true);
  expect(canRunParley({ node: '24.0.0', napi: undefined })).toBe(false);
});

test('a Chromium that the environment names is used, and one that is not there is refused, not replaced', () => {
  const file = path.join(folder, 'chrome');
  writeFileSync(file, '');
  expect(lookForChromium({ PARLEY_CHROMIUM: file, PATH: '' })).toEqual({ path: file });
  expect(lookForChromium({ CHROMIUM_PATH: file, PATH: '' })).toEqual({ path: file });
  expect(lookForChromium({ PARLEY_CHROMIUM: `${file}-gone`, PATH: '' })).toEqual({
    whyNot: expect.stringContaining('PARLEY_CHROMIUM'),
  });
});

test.runIf(process.platform === 'linux')(
  'the newest of what Playwright installed is found in PATH-less places',
  () => {
    const program = (version: number) => path.join(folder, `chromium-${version}`, 'chrome-linux64/chrome');
    for (const version of [999, 1200]) {
      mkdirSync(path.dirname(program(version)), { recursive: true });
      writeFileSync(program(version), '');
    }
    const found = lookForChromium({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: folder });
    // An installed browser goes first where there is one.
    const installed = lookForChromium({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: path.join(folder, 'none') });
    expect(found).toEqual('path' in installed ? installed : { path: program(1200) });
  },
);

test('an Electron that the environment names is used, and an empty folder is refused by name', () => {
  expect(lookForElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toEqual({
    whyNot: expect.stringContaining(folder),
  });
  const name =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ??
    'electron';
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), '');
  expect(lookForElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toEqual({ path: path.join(folder, name) });
});

test('a tree holds what the lock says: versions, nothing missing but the optional, nothing more', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/mac': { version: '2.0.0', optional: true },
    },
  };
  const tree = (packages: Record<string, { version?: string }>) => holds(lock, { packages });
  expect(tree({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  expect(tree({ 'node_modules/a': { version: '1.0.1' } })).toBe(false);
  expect(tree({})).toBe(false);
  expect(tree({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/mac': { version: '1.0.0' } })).toBe(
    false,
  );
  expect(tree({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } })).toBe(
    false,
  );
});
