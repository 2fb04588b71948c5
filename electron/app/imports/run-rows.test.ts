import { expect, test } from 'vitest';
import { Contact } from '../../../shared/domain/contact.ts';
import type { ImportJob } from '../../../shared/contract/imports.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { ImportRow } from '../../cache/imports/types.ts';
import type { Ready } from '../context.ts';
import { type Running, runRows, undoRows } from './run-rows.ts';

const person = (id: string, changes: Partial<Contact> = {}): Contact =>
  Contact.parse({
    id,
    name: id,
    phone: null,
    email: null,
    language: null,
    fields: {},
    labelIds: [],
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    identities: [],
    createdAt: 1,
    rev: 1,
    ...changes,
  });

const row = (n: number, create: boolean, patch: object, before: ImportRow['before'] = null): ImportRow => ({
  n,
  line: n + 2,
  raw: '{}',
  verdict: create ? 'create' : 'update',
  name: `p${n}`,
  contactId: `p${n}`,
  reason: null,
  column: null,
  change: { contact: { contactId: `p${n}`, create, patch }, consents: [] },
  before,
  done: before !== null,
});

type Applied = { rows: readonly { n: number; before: unknown }[]; commands: readonly Command[] };

function arrange(rows: readonly ImportRow[], people: readonly Contact[]) {
  const applied: Applied[] = [];
  const cache = {
    read: {
      importRows: async ({ from }: { from: number }) => rows.filter(({ n }) => n >= from),
      contactsById: async ({ ids }: { ids: string[] }) => people.filter(({ id }) => ids.includes(id)),
    },
    write: {
      applyImportRows: async (given: Applied) => {
        applied.push(given);
        return {};
      },
    },
  };
  const ready = { cache, session: { me: { id: 'me' } }, sync: { kick: () => undefined } } as unknown as Ready;
  const running: Running = {
    importId: 'i',
    now: () => 5,
    stopped: () => false,
    onBatch: () => ({}) as ImportJob,
    onChanged: () => undefined,
  };
  return { ready, running, applied };
}

test('one command for a stretch, with what was before each update as the person is at that moment', async () => {
  const rows = [row(0, true, { name: 'p0' }), row(1, false, { company: 'New', fields: { f: '1' } })];
  const { ready, running, applied } = arrange(rows, [person('p1', { company: 'Changed since the dry run' })]);
  expect(await runRows(ready, running)).toBe(true);
  expect(applied).toHaveLength(1);
  expect(applied[0]?.rows).toEqual([
    { n: 0, before: null },
    { n: 1, before: { company: 'Changed since the dry run', fields: { f: null } } },
  ]);
  expect(applied[0]?.commands.map(({ type }) => type)).toEqual(['contacts.change']);
});

test('taking back: who was made is deleted, values go back unless somebody has changed them since', async () => {
  const rows = [
    row(0, true, { name: 'p0' }, {}),
    row(
      1,
      false,
      { company: 'New', note: 'n', email: 'new@x.org' },
      { company: 'Old', note: '', email: null, emails: [] },
    ),
    row(2, true, { name: 'p2' }, {}),
  ];
  const now = [
    person('p0'),
    person('p1', { company: 'New', note: 'edited since', email: 'new@x.org' }),
    person('p2', { mergedInto: 'somebody' }),
  ];
  const { ready, running, applied } = arrange(rows, now);
  expect(await undoRows(ready, running, 3)).toBe(true);
  expect(applied[0]?.commands).toMatchObject([
    { type: 'contacts.delete', data: { contactIds: ['p0'], deleted: true } },
    {
      type: 'contacts.change',
      data: {
        changes: [{ contactId: 'p1', create: false, patch: { company: 'Old', email: null, emails: [] } }],
      },
    },
  ]);
  const change = applied[0]?.commands[1];
  expect(change?.type === 'contacts.change' && change.data.changes[0]?.patch).not.toHaveProperty('note');
});

test('stopped: nothing more is written', async () => {
  const { ready, running, applied } = arrange([row(0, true, { name: 'p0' })], []);
  expect(await runRows(ready, { ...running, stopped: () => true })).toBe(false);
  expect(applied).toEqual([]);
});
