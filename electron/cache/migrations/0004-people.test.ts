import { expect, test } from 'vitest';
import { KEY, temporaryFolder } from '../../../test/support/cache-kit.ts';
import { openWriterConnection } from '../connection.ts';
import { readContactIds, readContactsById } from '../people/read-list.ts';
import { PeopleTable } from '../people/table.ts';
import { WritableDb } from '../sql.ts';
import { createWriter } from '../worker/writes.ts';
import { migrate } from './list.ts';

const OLD = {
  id: 'old-contact',
  name: 'Öld Friend',
  phone: '+49301234567',
  email: null,
  language: null,
  fields: {},
  labelIds: [],
  consent: { state: 'unknown', at: null, source: null },
  blocked: false,
  identities: [],
  createdAt: 5,
  rev: 3,
};

test('a file of before keeps its contacts, complete and in the table, its edits, and its profile; and syncs anew', () => {
  using temporary = temporaryFolder();
  const raw = openWriterConnection({ file: temporary.file, key: KEY });
  migrate(raw, 3);
  raw.exec("UPDATE sync_state SET cursor = 9, stage = 'done', contacts_done = 1");
  raw
    .prepare(
      "INSERT INTO contacts (id, name, rev, epoch, json) VALUES ('old-contact', 'Öld Friend', 3, 1, ?)",
    )
    .run(JSON.stringify(OLD));
  const save = { contactId: 'old-contact', create: false, name: 'New Name', phone: null, email: null };
  raw
    .prepare(
      `INSERT INTO outbox (id, conversation_id, type, subject_id, command, me, state, created_at, shown)
       VALUES ('c1', 'contact:old-contact', 'contact.save', 'old-contact', ?, 'me', 'waiting', 7, 0)`,
    )
    .run(JSON.stringify({ id: 'c1', type: 'contact.save', data: save }));
  raw.exec(`INSERT INTO directory (kind, id, rev, json) VALUES ('policy', 'p', 4, '{"id":"p","version":2}')`);
  migrate(raw);
  const db = new WritableDb(raw);
  const writer = createWriter(db);
  while (writer.showKept());
  expect(readContactsById(db, { ids: ['old-contact'] })).toMatchObject([
    {
      name: 'New Name',
      phone: null,
      company: null,
      deleted: false,
      mergedInto: null,
      provenance: { name: { by: 'me' } },
    },
  ]);
  const everybody = {
    filter: { match: 'all', not: false, conditions: [] },
    sort: { by: 'name', descending: false },
    now: 9,
    offset: 0,
    limit: 5,
  } as const;
  const ask = { ...everybody, filter: { ...everybody.filter, conditions: [] }, query: 'new na' };
  expect(readContactIds(db, new PeopleTable(db), ask)).toEqual(['old-contact']);
  expect(
    db.get`SELECT conversation_id AS lane, type, command ->> '$.data.changes[0].patch.name' AS name FROM outbox`,
  ).toEqual({
    lane: 'people',
    type: 'contacts.change',
    name: 'New Name',
  });
  expect(db.get`SELECT id, version FROM policy_versions`).toEqual({ id: 'p', version: 2 });
  expect(db.get`SELECT stage, cursor, contacts_done AS done, epoch FROM sync_state`).toEqual({
    stage: 'snapshot',
    cursor: 0,
    done: 0,
    epoch: 2,
  });
  raw.close();
});
