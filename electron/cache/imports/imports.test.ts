import { expect, test } from 'vitest';
import type { ImportJob } from '../../../shared/contract/imports.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { contactOf, conversationOf, me, openBench, synchronised } from '../../../test/support/cache-kit.ts';
import {
  readImport,
  readImportCounts,
  readImportLines,
  readImportMapping,
  readImportRows,
  readKnownContacts,
} from './read.ts';

const NOW = 9_000;
const importId = newId();
const job: ImportJob = {
  id: importId,
  fileName: 'people.csv',
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  columns: [],
  options: null,
  state: 'mapping',
  counts: { rows: 3, checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 },
  readShare: 1,
  problem: null,
  startedAt: 1,
  endedAt: null,
};
const row = (n: number) => ({ n, line: n + 2, raw: JSON.stringify([`row ${n}`]) });

test('rows are staged, judged, done with their commands at once, and taken back', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  bench.write.saveImport(job);
  bench.write.stageImportRows({ importId, rows: [row(0), row(1), row(2)] });
  expect(readImportRows(bench.db, { importId, from: 1, limit: 1 })).toMatchObject([
    { n: 1, line: 3, raw: '["row 1"]', verdict: null, done: false },
  ]);
  const contact = { contactId: newId(), create: true, patch: { name: 'Made' } };
  const base = { name: 'Made', reason: null, column: null };
  bench.write.setImportVerdicts({
    importId,
    verdicts: [
      { ...base, n: 0, verdict: 'create', contactId: contact.contactId, change: { contact, consents: [] } },
      {
        ...base,
        n: 1,
        verdict: 'bad',
        contactId: null,
        reason: 'phone:too_short',
        column: 'c2',
        change: null,
      },
    ],
  });
  expect(readImportCounts(bench.db, { importId })).toEqual({
    rows: 3,
    checked: 2,
    create: 1,
    update: 0,
    skip: 0,
    bad: 1,
    done: 0,
  });
  expect(readImportLines(bench.db, { importId, verdict: 'bad', offset: 0, limit: 5 })).toEqual({
    lines: [
      { line: 3, verdict: 'bad', name: 'Made', contactId: null, reason: 'phone:too_short', column: 'c2' },
    ],
    total: 1,
  });
  const command: Command = { id: newId(), type: 'contacts.change', data: { changes: [contact], importId } };
  const running: ImportJob = { ...job, state: 'running' };
  const apply = { importId, rows: [{ n: 0, before: null }], commands: [command], me: me.id, now: NOW };
  bench.write.applyImportRows({ ...apply, job: running });
  while (bench.write.showKept());
  expect(readImport(bench.db, { importId })?.state).toBe('running');
  expect(
    readImportRows(bench.db, { importId, from: 0, limit: 9, verdicts: ['create'], done: true }),
  ).toHaveLength(1);
  expect(
    bench.db
      .get`SELECT json ->> '$.provenance.name.source' AS source FROM contacts WHERE id = ${contact.contactId}`,
  ).toEqual({ source: 'import' });
  const back: Command = {
    id: newId(),
    type: 'contacts.delete',
    data: { contactIds: [contact.contactId], deleted: true },
  };
  bench.write.applyImportRows({ ...apply, commands: [back], undo: true });
  expect(readImportCounts(bench.db, { importId }).done).toBe(0);
  bench.write.discardImport({ importId });
  expect(readImportCounts(bench.db, { importId }).rows).toBe(0);
});

test('rows and commands are one: when a command cannot be kept, no row is done', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  bench.write.stageImportRows({ importId, rows: [row(0)] });
  const missing: Command = { id: newId(), type: 'conversation.unread', data: { conversationId: newId() } };
  const apply = { importId, rows: [{ n: 0, before: null }], commands: [missing], me: me.id, now: NOW };
  expect(() => bench.write.applyImportRows(apply)).toThrow(expect.objectContaining({ kind: 'not_found' }));
  expect(readImportCounts(bench.db, { importId }).done).toBe(0);
});

test('who is known: by any notation of a number, an address in any case, an identity; not who was merged', () => {
  using bench = openBench();
  const known = contactOf({ phone: '+5511987654321', email: 'Known@example.test'.toLowerCase() });
  const gone = contactOf({ phone: '+4930123456', mergedInto: known.id });
  synchronised(bench, conversationOf(), []);
  const data = { contacts: [known, gone].map((contact) => ({ ...contact, rev: 11 })) };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'contacts.changed', data }],
  });
  const identity = { channelKind: 'whatsapp' as const, externalId: known.id };
  expect(
    readKnownContacts(bench.db, {
      phones: ['+551187654321', '+4930123456'],
      emails: ['KNOWN@Example.test'],
      identities: [identity],
    }),
  ).toEqual({
    phones: { '+551187654321': [known.id] },
    emails: { 'KNOWN@Example.test': [known.id] },
    identities: { [`whatsapp:${known.id}`]: [known.id] },
  });
});

test('the mapping of a file with the same headers is remembered', () => {
  using bench = openBench();
  bench.write.saveImportMapping({ headers: 'a|b', mapping: '{"a":"name"}', now: 1 });
  bench.write.saveImportMapping({ headers: 'a|b', mapping: '{"a":"email"}', now: 2 });
  expect(readImportMapping(bench.db, { headers: 'a|b' })).toBe('{"a":"email"}');
  expect(readImportMapping(bench.db, { headers: 'other' })).toBeNull();
});
