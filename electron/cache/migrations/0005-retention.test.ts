import { expect, test } from 'vitest';
import { KEY, temporaryFolder } from '../../../test/support/cache-kit.ts';
import { openWriterConnection } from '../connection.ts';
import { migrate } from './list.ts';

test('a file of before has purged nothing yet, and may store whatever comes', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 4);
  migrate(db, 5);
  for (const table of ['purges', 'kept', 'anonymous_log', 'offline_pins', 'media_used'])
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual([]);
  db.close();
});
