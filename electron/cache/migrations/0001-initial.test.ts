import { expect, test } from 'vitest';
import { KEY, temporaryFolder } from '../../../test/support/cache-kit.ts';
import { openWriterConnection } from '../connection.ts';
import { migrate } from './list.ts';

test('a new file starts before its first sync, with an empty index', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 1);
  expect(db.prepare('SELECT cursor, stage, next FROM sync_state').get()).toEqual({
    cursor: 0,
    stage: 'snapshot',
    next: null,
  });
  const { low, high } = db
    .prepare<[], { low: number; high: number }>('SELECT low, high FROM index_state')
    .get()!;
  expect(high).toBe(low - 1);
  db.close();
});

test('a second row of state, and a message without a conversation, are refused', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 1);
  expect(() =>
    db.exec('INSERT INTO sync_state SELECT 2, 0, stage, next, 0, 0, 0, 0, 1 FROM sync_state'),
  ).toThrow(/CHECK/u);
  expect(() => db.exec("INSERT INTO messages VALUES (1, 'a', 77, 0, 0, '{}')")).toThrow(/FOREIGN KEY/u);
  db.close();
});
