import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KEY, WORKERS, openTestCache, temporaryFolder } from '../../test/support/cache-kit.ts';
import { EXPECTED_PRAGMAS, lengthenLog, openReaderConnection, openWriterConnection } from './connection.ts';
import { loadDriver } from './driver.ts';
import { Thread } from './pool.ts';

const ignore = { onFailure: () => undefined, onSlow: () => undefined };

test('every kind of thread has the settings of the checklist', async () => {
  using temporary = temporaryFolder();
  const data = { file: temporary.file, key: KEY, keyIsRight: true, crashAt: null };
  const writer = new Thread(WORKERS.writer);
  await writer.open(data, ignore);
  const reader = new Thread(WORKERS.reader);
  await reader.open(data, ignore);
  expect(await writer.ask('pragmas', null)).toEqual(EXPECTED_PRAGMAS.writer);
  expect(await reader.ask('pragmas', null)).toEqual(EXPECTED_PRAGMAS.reader);
  await reader.close();
  await writer.close();
});

test('the settings that keep plaintext off the disk and commits on it are what they must be', () => {
  expect(EXPECTED_PRAGMAS.writer).toMatchObject({
    journal_mode: 'wal',
    synchronous: 2,
    temp_store: 2,
    secure_delete: 1,
    trusted_schema: 0,
    query_only: 0,
  });
  expect(EXPECTED_PRAGMAS.reader).toMatchObject({ temp_store: 2, query_only: 1 });
});

test('a reader cannot write', () => {
  using temporary = temporaryFolder();
  const writer = openWriterConnection({ file: temporary.file, key: KEY });
  writer.exec('CREATE TABLE t (a)');
  const reader = openReaderConnection({ file: temporary.file, key: KEY });
  expect(() => reader.exec('INSERT INTO t VALUES (1)')).toThrow(/readonly/u);
  reader.close();
  writer.close();
});

test('a lengthened log stays as long, and what is committed into it survives a crash', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  db.exec('CREATE TABLE t (a)');
  lengthenLog(temporary.file);
  const { size } = statSync(`${temporary.file}-wal`);
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  for (let n = 0; n < 100; n += 1) insert.run(n);
  db.pragma('wal_checkpoint(PASSIVE)');
  for (let n = 100; n < 150; n += 1) insert.run(n);
  lengthenLog(temporary.file);
  expect(statSync(`${temporary.file}-wal`).size).toBe(size);
  // As a process that died here would have left them.
  using after = temporaryFolder();
  for (const suffix of ['', '-wal']) copyFileSync(temporary.file + suffix, after.file + suffix);
  db.close();
  const again = openWriterConnection({ file: after.file, key: KEY });
  expect(again.prepare('SELECT count(*) AS n, max(a) AS last FROM t').get()).toEqual({ n: 150, last: 149 });
  expect(again.pragma('integrity_check', { simple: true })).toBe('ok');
  again.close();
});

test('a log that holds nothing yet can be lengthened', () => {
  using temporary = temporaryFolder();
  openWriterConnection({ file: temporary.file, key: KEY }).close();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  lengthenLog(temporary.file);
  using after = temporaryFolder();
  for (const suffix of ['', '-wal']) copyFileSync(temporary.file + suffix, after.file + suffix);
  db.exec('CREATE TABLE t (a)');
  db.close();
  const again = openWriterConnection({ file: after.file, key: KEY });
  again.exec('CREATE TABLE t (a)');
  expect(again.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 });
  again.close();
});

test('a key of another length is refused', () => {
  using temporary = temporaryFolder();
  expect(() => openWriterConnection({ file: temporary.file, key: KEY.subarray(1) })).toThrow(/32 bytes/u);
});

test('the file has neither the header of a plain database nor words that were stored', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  db.exec("CREATE TABLE canary (a); INSERT INTO canary VALUES ('a very plain sentence')");
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const bytes = readFileSync(temporary.file);
  expect(bytes.length).toBeGreaterThan(4096);
  expect(bytes.includes('SQLite format 3')).toBe(false);
  expect(bytes.includes('plain sentence')).toBe(false);
});

test('an old Node is told so instead of dying', () => {
  expect(() => loadDriver('9')).toThrow(/Node-API 10/u);
  expect(() => loadDriver('')).toThrow(/Node-API 10/u);
});

test('a worker does not know methods of its prototype', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file);
  const reading = cache.read as unknown as Record<string, () => Promise<unknown>>;
  await expect(reading['constructor']?.()).rejects.toThrow(/no method/u);
  await expect(reading['applyBatch']?.()).rejects.toThrow(/no method/u);
  await cache.close();
});
