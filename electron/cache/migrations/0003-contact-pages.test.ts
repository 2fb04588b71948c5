import { expect, test } from 'vitest';
import { KEY, temporaryFolder } from '../../../test/support/cache-kit.ts';
import { openWriterConnection } from '../connection.ts';
import { migrate } from './list.ts';

test('a finished file stays finished, and its contacts without a conversation are still to come', () => {
  using temporary = temporaryFolder();
  const db = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(db, 2);
  db.exec("UPDATE sync_state SET cursor = 9, stage = 'done'");
  migrate(db, 3);
  expect(db.prepare('SELECT cursor, stage, contacts_done, contacts_next FROM sync_state').get()).toEqual({
    cursor: 9,
    stage: 'done',
    contacts_done: 0,
    contacts_next: null,
  });
  db.close();
});
