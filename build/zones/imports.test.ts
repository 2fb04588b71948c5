import { describe, expect, test } from 'vitest';
import { importsOf, violations, zoneOf } from './imports.mjs';
import { zones } from './table.mjs';

/** [file, source, part of the message expected, or null when it is allowed] */
const cases: [string, string, string | null][] = [
  ['shared/domain/a.ts', "import { z } from 'zod';", null],
  ['shared/domain/a.ts', "import { parse } from 'libphonenumber-js/max';", null],
  ['shared/domain/a.ts', "import { readFile } from 'node:fs';", "Node's modules"],
  ['shared/domain/a.ts', "import React from 'react';", "'react'"],
  ['shared/domain/a.ts', "import type { Socket } from 'socket.io-client';", "'socket.io-client'"],
  ['shared/domain/a.ts', "import { b } from '../text/b.ts';", null],
  ['shared/domain/a.ts', "import { b } from '../text/b';", 'extension'],
  ['shared/domain/a.ts', "import { b } from '../../electron/app/b.ts';", 'electron/app/b.ts'],

  ['electron/app/a.ts', "import { app } from 'electron';", "'electron'"],
  ['electron/app/a.ts', "import Database from 'better-sqlite3';", "'better-sqlite3'"],
  ['electron/app/a.ts', "import type { Cache } from '../cache/cache.ts';", null],
  ['electron/app/a.ts', "import { open } from '../cache/cache.ts';", 'only types'],
  ['electron/app/a.ts', "import { type Cache } from '../cache/cache.ts';", 'only types'],
  ['electron/app/a.ts', "type C = import('../cache/cache.ts').Cache;", null],
  ['electron/app/a.ts', "const c = await import('../cache/cache.ts');", 'only types'],
  ['electron/app/a.ts', "export { open } from '../cache/cache.ts';", 'only types'],
  ['electron/app/a.ts', "import { b } from '../loopback/b.ts';", 'electron/loopback/b.ts'],
  ['electron/app/a.ts', "const D = createRequire(import.meta.url)('better-sqlite3');", "'better-sqlite3'"],
  ['electron/sync/a.ts', "import { io } from 'socket.io-client';", null],
  ['electron/sync/a.ts', "import { Server } from 'socket.io';", "'socket.io'"],
  ['electron/sync/a.ts', "import Database from 'better-sqlite3';", "'better-sqlite3'"],
  ['electron/keys/a.ts', "import { argon2id } from 'hash-wasm';", null],
  ['electron/keys/a.ts', "import { safeStorage } from 'electron';", "'electron'"],
  ['electron/cache/a.ts', "import Database from 'better-sqlite3';", null],
  ['electron/cache/a.ts', "import { io } from 'socket.io-client';", "'socket.io-client'"],
  ['electron/cache/a.ts', "import type { App } from '../app/app.ts';", 'electron/app/app.ts'],

  ['electron/main/entry.ts', "import { app } from 'electron';", null],
  ['electron/main/entry.ts', "import { openCache } from '../cache/open.ts';", null],
  ['electron/main/entry.ts', "import { write } from '../cache/worker/writer.ts';", 'worker/writer.ts'],
  ['electron/main/entry.ts', "import Database from 'better-sqlite3';", "'better-sqlite3'"],
  ['electron/main/entry.ts', "import { a } from '../../gateway/cli.ts';", 'gateway/cli.ts'],
  ['electron/main/entry.ts', "import { a } from '../../shared/contract/map.ts';", null],
  ['electron/preload/preload.ts', "const fs = require('node:fs');", "Node's modules"],
  ['electron/preload/preload.ts', "import a = require('ws');", "'ws'"],
  ['electron/loopback/start.ts', "import { WebSocketServer } from 'ws';", null],
  ['electron/loopback/start.ts', "import { app } from 'electron';", "'electron'"],
  ['electron/loopback/start.ts', "import { a } from '../../renderer/lib/a.ts';", 'renderer/lib/a.ts'],

  ['renderer/features/inbox/a.tsx', "import { b } from './b.tsx';", null],
  ['renderer/features/inbox/a.tsx', "import { b } from '../../ui/b.tsx';", null],
  ['renderer/features/inbox/a.tsx', "import { b } from '../contacts/b.tsx';", 'features/contacts/b.tsx'],
  ['renderer/features/inbox/a.tsx', "import { b } from '../../app/b.tsx';", 'renderer/app/b.tsx'],
  ['renderer/features/inbox/a.tsx', "import { b } from 'react-aria-components';", "'react-aria-components'"],
  ['renderer/features/inbox/a.tsx', "import { b } from '../../../electron/app/b.ts';", 'electron/app/b.ts'],
  ['renderer/app/a.tsx', "import { b } from '../features/inbox/b.tsx';", null],
  ['renderer/ui/a.tsx', "import { Button } from 'react-aria-components';", null],
  ['renderer/ui/a.tsx', "import { b } from '../lib/b.ts';", 'renderer/lib/b.ts'],
  ['renderer/ui/a.tsx', "import { create } from 'zustand';", "'zustand'"],
  ['renderer/lib/a.ts', "import path from 'node:path';", "Node's modules"],

  ['gateway/server/a.ts', "import { b } from '../../shared/protocol/b.ts';", null],
  ['gateway/server/a.ts', "import { b } from '../../shared/contract/b.ts';", 'shared/contract/b.ts'],
  ['gateway/server/a.ts', "import { b } from '../../electron/sync/b.ts';", 'electron/sync/b.ts'],

  ['gateway/server/a.ts', "import { b } from '../../test/support/b.ts';", 'test/support/b.ts'],
  ['gateway/server/a.test.ts', "import { b } from '../../test/support/b.ts';", null],
  ['shared/domain/a.test.ts', "import { test } from 'vitest';", null],
  ['shared/domain/a.test.ts', "import { b } from '../../gateway/b.ts';", 'gateway/b.ts'],
  ['test/e2e/a.ts', "import { b } from '../../gateway/b.ts';", null],
  ['elsewhere/a.ts', "import { z } from 'zod';", 'no zone'],
];

test.each(cases)('%s: %s', (file, source, expected) => {
  const found = violations(file, source);
  expect(found).toEqual(expected === null ? [] : [expect.stringContaining(expected)]);
});

describe('the reading of imports', () => {
  test('tells types from values and gives the line', () => {
    const source =
      "import type { A } from './a.ts';\n\nexport * from './b.ts';\nexport type { C } from './c.ts';\n";
    expect(importsOf('shared/x.ts', source).map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual([
      ['./a.ts', true],
      ['./b.ts', false],
      ['./c.ts', true],
    ]);
    expect(violations('renderer/ui/x.ts', `\n\nimport 'zod';`)).toEqual([
      expect.stringMatching(/^renderer\/ui\/x\.ts:3: /),
    ]);
  });

  test('is not fooled by text that looks like an import', () => {
    expect(importsOf('shared/x.ts', "// import 'react'\nconst a = `import 'react'`;")).toEqual([]);
  });

  test('says so when a file cannot be parsed', () => {
    expect(() => importsOf('shared/x.ts', 'import {')).toThrow('shared/x.ts');
  });
});

test('the most specific zone decides', () => {
  expect(zoneOf('renderer/features/inbox/deep/a.tsx')?.home).toBe('renderer/features/inbox');
  expect(zoneOf('renderer/main.tsx')?.home).toBe('renderer');
  expect(zoneOf('renderer/newcomer/a.ts')).toBeNull();
  expect(zoneOf('sharedness/a.ts')).toBeNull();
});

test('no zone grants another one by a folder that is in no zone', () => {
  const known = zones.map((zone) => zone.folder.replace(/\/[?*]$/, ''));
  const named = zones
    .flatMap((zone) => [...zone.folders, ...(zone.typesOf ?? [])])
    .filter((folder) => folder !== '*');
  for (const folder of named) {
    expect(known.some((it) => folder.replace('/*', '').startsWith(it))).toBe(true);
  }
});
