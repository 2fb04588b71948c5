import { expect, test } from 'vitest';
import { CacheRefusal } from './api.ts';
import { failureOf } from './failure.ts';

const coded = (code: string): Error => Object.assign(new Error('words of a customer'), { code });

test.for([
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_CORRUPT_VTAB', 'damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'damaged'],
  ['SQLITE_FULL', 'disk_full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk_full'],
  ['ENOSPC', 'disk_full'],
  ['SQLITE_READONLY_DIRECTORY', 'read_only'],
  ['SQLITE_CANTOPEN', 'read_only'],
  ['EROFS', 'read_only'],
  ['SQLITE_BUSY', 'in_use'],
  ['SQLITE_NOTADB', 'wrong_key'],
] as const)('%s is %s', ([code, kind]) => {
  expect(failureOf(coded(code))).toMatchObject({ kind });
});

test('"not a database" under the right key is damage', () => {
  expect(failureOf(coded('SQLITE_NOTADB'), true)).toMatchObject({ kind: 'damaged' });
});

test('a failure has our words only', () => {
  expect(failureOf(coded('SQLITE_FULL'))?.message).not.toContain('customer');
});

test('a bug, a constraint and a refusal say nothing about the file', () => {
  expect(failureOf(new TypeError('x'))).toBeNull();
  expect(failureOf(coded('SQLITE_CONSTRAINT_UNIQUE'))).toBeNull();
  expect(failureOf(new CacheRefusal('conflict', 'x'))).toBeNull();
  expect(failureOf('a string')).toBeNull();
});
