import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { KEY, temporaryFolder } from '../../../test/support/cache-kit.ts';
import { openWriterConnection } from '../connection.ts';
import { TABLES } from '../tables.ts';
import { MIGRATIONS, SCHEMA_VERSION, migrate, schemaVersion } from './list.ts';

function schemaOf(db: Sqlite.Database): unknown[] {
  return db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
}

test('versions count up from 1 without holes', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  expect(SCHEMA_VERSION).toBe(MIGRATIONS.length);
});

test('a file that stopped at any version becomes the same as a new one', () => {
  using fresh = temporaryFolder();
  const expected = openWriterConnection({ file: fresh.file, key: KEY });
  migrate(expected);
  for (const { version } of MIGRATIONS) {
    using temporary = temporaryFolder();
    const db = openWriterConnection({ file: temporary.file, key: KEY });
    migrate(db, version);
    expect(schemaVersion(db)).toBe(version);
    migrate(db);
    migrate(db);
    expect(schemaOf(db)).toEqual(schemaOf(expected));
    db.close();
  }
  expected.close();
});

test('a newer file is refused as it is', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db);
  db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
  expect(() => migrate(db)).toThrow(expect.objectContaining({ kind: 'newer' }));
  db.close();
});

test('every table says whether it may be thrown away', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db);
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual') AND schema = 'main'",
    )
    .all()
    .map((row) => row.name)
    .filter((name) => !name.startsWith('sqlite_'));
  expect(tables.toSorted()).toEqual(Object.keys(TABLES).toSorted());
  db.close();
});
