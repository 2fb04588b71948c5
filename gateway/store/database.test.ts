import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreInUse } from './database.ts';
import { StoreTooNew } from './migrations/index.ts';
import { openStore } from './store.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'parley-store-test-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("the file is the owner's alone, in WAL with a full sync, and opens again", () => {
  const store = openStore(dataDir);
  store.createWorkspace('A');
  expect(store.db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(store.db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  store.close();
  expect(statSync(path.join(dataDir, 'gateway.db')).mode & 0o077).toBe(0);
  const again = openStore(dataDir);
  expect(again.people.workspaces().map((workspace) => workspace.name)).toEqual(['A']);
  again.close();
});

test('a second gateway on the same folder is refused, until the first is gone', () => {
  const first = openStore(dataDir);
  expect(() => openStore(dataDir)).toThrow(StoreInUse);
  first.close();
  openStore(dataDir).close();
});

test('a file of a newer gateway is left alone', () => {
  openStore(dataDir).close();
  const handle = new Sqlite(path.join(dataDir, 'gateway.db'));
  handle.pragma('user_version = 999');
  handle.close();
  expect(() => openStore(dataDir)).toThrow(StoreTooNew);
});
