/** The packager is not everywhere; what its configuration says about the rest of the tree is checked here. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const config = parse(read('build/electron-builder.yml')) as {
  protocols: { schemes: string[] }[];
  files: string[];
  electronFuses: Record<string, boolean>;
  directories: { buildResources: string };
};

test('the packaged application answers the links that the program reads', () => {
  const scheme = /LINK_SCHEME = '([^']+)'/u.exec(read('electron/main/deep-link.ts'))?.[1];
  expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual([scheme]);
});

test('what package.json starts is among the files, and the sources are not', () => {
  const { main } = JSON.parse(read('package.json')) as { main: string };
  expect(config.files).toContain(`${path.posix.dirname(main)}/**`);
  expect(config.files.filter((pattern) => !pattern.startsWith('out/'))).toEqual(['package.json']);
  expect(existsSync(path.join(root, config.directories.buildResources))).toBe(true);
});

test('no fuse opens a way into the packaged application', () => {
  const open = Object.entries(config.electronFuses).filter(([, on]) => on);
  expect(open.map(([name]) => name).toSorted()).toEqual([
    'enableCookieEncryption',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
  ]);
});
