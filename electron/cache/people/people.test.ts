/** The table of contacts: filters, orders and words against a look at every record, and what is shown of merged and deleted ones. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import type { ContactCondition, ContactFilter, ContactSort } from '../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { newId } from '../../../shared/domain/id.ts';
import { DAY } from '../../../shared/domain/time.ts';
import {
  contactOf,
  conversationOf,
  label,
  messageOf,
  openBench,
  parsed,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import type { JsonText } from '../read/json.ts';
import { readContacts } from './read-list.ts';
import { readContact, readContactTimeline } from './read-person.ts';
import { PeopleTable } from './table.ts';

const NOW = 1_700_000_000_000;
const BY_NAME: ContactSort = { by: 'name', descending: false };
const field = { id: newId(), name: 'Plan', position: 0, deleted: false, rev: 1 };
const choice = { id: newId(), name: 'Gold plan' };

type List = {
  rows: { contact: Contact; conversations: number; lastMessageAt: number | null; unsynced: boolean }[];
  total: number;
};

function list(
  bench: Bench,
  ask: Partial<Parameters<PeopleTable['refs']>[0]> & { offset?: number; limit?: number } = {},
): List {
  const input = { filter: EVERYBODY, query: '', sort: BY_NAME, now: NOW, offset: 0, limit: 500, ...ask };
  return parsed<List>(readContacts(bench.db, tableOf(bench), input) as JsonText);
}

/** One for each file, as a reader has it: what it keeps must follow every change. */
const tables = new WeakMap<Bench, PeopleTable>();
function tableOf(bench: Bench): PeopleTable {
  const table = tables.get(bench) ?? new PeopleTable(bench.db);
  tables.set(bench, table);
  return table;
}

const names = (found: List): string[] => found.rows.map(({ contact }) => contact.name);
const only = (...conditions: ContactCondition[]): ContactFilter => ({ match: 'all', not: false, conditions });

let seq = 10;
function apply(bench: Bench, type: string, data: unknown): void {
  seq += 1;
  bench.write.applyBatch({ from: seq - 1, to: seq, head: seq, events: [{ seq, at: seq, type, data }] });
}

function filled(contacts: Contact[]): Bench {
  const bench = openBench();
  const conversation = conversationOf();
  seq = 10;
  synchronised(bench, conversation, [messageOf(conversation, 'hello', { rev: 5 })], {
    contact: { name: 'Zed' },
  });
  apply(bench, 'contacts.changed', { contacts: contacts.map((contact) => ({ ...contact, rev: seq + 1 })) });
  return bench;
}

const anna = contactOf({
  name: 'Ánna Müller',
  company: 'Kiln Yard',
  phone: '+491701234567',
  email: 'anna@example.test',
  labelIds: [label.id],
});
const boris = contactOf({
  name: 'Boris',
  phone: '+5511987654321',
  fields: { [field.id]: choice.id },
  createdAt: NOW - DAY,
});
const scoped = contactOf({
  name: 'Without Number',
  identities: [
    {
      channelKind: 'whatsapp',
      externalId: 'US.13491208655302741918',
      parentExternalId: null,
      phone: null,
      username: 'kiln.fan',
    },
  ],
});

test('orders by name without accents, a window at any offset, and the total', () => {
  using bench = filled([boris, scoped, anna]);
  expect(names(list(bench))).toEqual(['Ánna Müller', 'Boris', 'Without Number', 'Zed']);
  expect(names(list(bench, { sort: { by: 'name', descending: true } }))).toEqual([
    'Zed',
    'Without Number',
    'Boris',
    'Ánna Müller',
  ]);
  const window = list(bench, { offset: 1, limit: 2 });
  expect([names(window), window.total]).toEqual([['Boris', 'Without Number'], 4]);
  // Who has none comes last, in both directions.
  expect(names(list(bench, { sort: { by: 'email', descending: true } }))[0]).toBe('Ánna Müller');
  expect(names(list(bench, { sort: { by: 'email', descending: false } }))[0]).toBe('Ánna Müller');
});

test.each([
  ['anna', 'Ánna Müller'],
  ['MUL', 'Ánna Müller'],
  ['mul ann', 'Ánna Müller'],
  ['anna@exa', 'Ánna Müller'],
  ['kiln ya', 'Ánna Müller'],
  ['0170 123 45 67', 'Ánna Müller'],
  ['+49 (0)170 1234567', 'Ánna Müller'],
  ['0049-170-1234567', 'Ánna Müller'],
  ['234567', 'Ánna Müller'],
  ['urg', 'Ánna Müller'],
  ['(11) 8765-4321', 'Boris'],
  ['+55 11 8765 4321', 'Boris'],
  ['gold', 'Boris'],
  ['gold bor', 'Boris'],
  ['kiln.fan', 'Without Number'],
  ['13491208655', 'Without Number'],
])('%s finds %s', (query, name) => {
  using bench = filled([anna, boris, scoped]);
  apply(bench, 'field.changed', { field: { ...field, type: 'choice', choices: [choice], rev: seq + 1 } });
  expect(names(list(bench, { query }))).toEqual([name]);
});

test.each(['nobody', '999999', '"', '*', '()', 'urg boris', '\u0000', "' OR 1=1 --"])(
  '%s finds nobody and breaks nothing',
  (query) => {
    using bench = filled([anna, boris]);
    expect(list(bench, { query }).total).toBe(0);
  },
);

test('deleted and merged ones are in no list, and come back', () => {
  using bench = filled([anna, boris]);
  apply(bench, 'contact.changed', { contact: { ...anna, deleted: true, rev: seq + 1 } });
  apply(bench, 'contact.changed', { contact: { ...boris, mergedInto: anna.id, rev: seq + 1 } });
  expect(names(list(bench))).toEqual(['Zed']);
  expect(list(bench, { query: 'anna' }).total).toBe(0);
  apply(bench, 'contact.changed', { contact: { ...anna, deleted: false, rev: seq + 1 } });
  expect(names(list(bench))).toEqual(['Ánna Müller', 'Zed']);
  // The merged one stands for the one that it went into.
  expect(readContact(bench.db, { id: boris.id })?.contact.id).toBe(anna.id);
  apply(bench, 'contact.changed', { contact: { ...boris, rev: seq + 1 } });
  expect(names(list(bench))).toEqual(['Ánna Müller', 'Boris', 'Zed']);
});

test('conversations and the last message of a person, those of merged records included', () => {
  using bench = filled([anna, boris]);
  const one = conversationOf({
    contactId: anna.id,
    rev: seq + 1,
    lastMessage: { id: newId(), kind: 'text', text: 'x', direction: 'in', status: null, at: 700 },
  });
  apply(bench, 'conversation.changed', { conversation: one });
  const other = conversationOf({
    contactId: boris.id,
    rev: seq + 1,
    lastMessage: { id: newId(), kind: 'text', text: 'y', direction: 'in', status: null, at: 900 },
  });
  const message = messageOf(other, 'y', { rev: seq + 1, sentAt: 900 });
  apply(bench, 'message.created', { message, conversation: other });
  const row = (name: string) => list(bench).rows.find(({ contact }) => contact.name === name);
  expect(row('Ánna Müller')).toMatchObject({ conversations: 1, lastMessageAt: 700 });
  apply(bench, 'contact.changed', { contact: { ...boris, mergedInto: anna.id, rev: seq + 1 } });
  expect(row('Ánna Müller')).toMatchObject({ conversations: 2, lastMessageAt: 900 });
  expect(readContactTimeline(bench.db, { contactId: anna.id, before: null, limit: 9 }).items).toMatchObject([
    { type: 'message', message: { id: message.id } },
  ]);
  expect(list(bench, { sort: { by: 'last_message', descending: true } }).rows[0]?.contact.id).toBe(anna.id);
  apply(bench, 'contact.changed', { contact: { ...boris, rev: seq + 1 } });
  expect(row('Ánna Müller')).toMatchObject({ conversations: 1, lastMessageAt: 700 });
  expect(row('Boris')).toMatchObject({ conversations: 1, lastMessageAt: 900 });
});

/** The filter as its words say it, asked of the record itself. */
function fits(contact: Contact, filter: ContactFilter | ContactCondition): boolean {
  if ('match' in filter) {
    if (filter.conditions.length === 0) return true;
    const results = filter.conditions.map((one) => fits(contact, one));
    return (filter.match === 'all' ? results.every(Boolean) : results.some(Boolean)) !== filter.not;
  }
  const text = (value: string | null, op: string, wanted: string): boolean => {
    const [has, asked] = [(value ?? '').toLowerCase(), wanted.trim().toLowerCase()];
    if (op === 'is') return has === asked;
    if (op === 'is_not') return has !== asked;
    if (op === 'contains') return has.includes(asked);
    if (op === 'starts_with') return has.startsWith(asked);
    return (op === 'empty') === (has === '');
  };
  switch (filter.on) {
    case 'name':
    case 'company':
      return text(contact[filter.on], filter.op, filter.value);
    case 'label':
      return contact.labelIds.includes(filter.labelId) === (filter.op === 'has');
    case 'blocked':
      return contact.blocked === filter.is;
    case 'created':
      return filter.op === 'before' ? contact.createdAt < filter.value : contact.createdAt > filter.value;
    case 'field': {
      const value = contact.fields[filter.fieldId] ?? '';
      if (filter.op === 'less') return value !== '' && Number(value) < Number(filter.value);
      if (filter.op === 'more') return value !== '' && Number(value) > Number(filter.value);
      return text(value, filter.op, filter.value);
    }
    default:
      throw new Error(filter.on);
  }
}

test('any filter lets through what its words say', () => {
  const labels = [newId(), newId()];
  const word = fc.constantFrom('', 'a', 'ab', 'b', 'ba', 'abba', "'", '%');
  const contacts = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'ab', 'abba', 'b c', "o'b"),
      company: fc.constantFrom(null, 'ab', 'ba%'),
      blocked: fc.boolean(),
      labelIds: fc.subarray(labels),
      createdAt: fc.nat(9),
      number: fc.constantFrom(null, '5', '-3', '20'),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const textOp = fc.constantFrom('is', 'is_not', 'contains', 'starts_with', 'empty', 'not_empty');
  const condition = fc.oneof(
    fc.record({ on: fc.constantFrom('name', 'company'), op: textOp, value: word }),
    fc.record({
      on: fc.constant('label'),
      op: fc.constantFrom('has', 'has_not'),
      labelId: fc.constantFrom(...labels),
    }),
    fc.record({ on: fc.constant('blocked'), is: fc.boolean() }),
    fc.record({ on: fc.constant('created'), op: fc.constantFrom('before', 'after'), value: fc.nat(9) }),
    fc.record({
      on: fc.constant('field'),
      fieldId: fc.constant(field.id),
      op: fc.constantFrom('less', 'more', 'is', 'is_not', 'empty'),
      value: fc.constantFrom('5', '0'),
    }),
  ) as fc.Arbitrary<ContactCondition>;
  const group = (inner: fc.Arbitrary<ContactCondition | ContactFilter>) =>
    fc.record({
      match: fc.constantFrom('all', 'any'),
      not: fc.boolean(),
      conditions: fc.array(inner, { maxLength: 3 }),
    }) as fc.Arbitrary<ContactFilter>;
  const filters = group(fc.oneof(condition, group(condition)));
  fc.assert(
    fc.property(contacts, fc.array(filters, { minLength: 1, maxLength: 5 }), (made, asked) => {
      const people = made.map(({ number, ...one }) =>
        contactOf({ ...one, fields: number === null ? {} : { [field.id]: number } }),
      );
      using bench = filled(people);
      const zed = list(bench, { query: 'zed' }).rows[0]?.contact;
      const all = zed === undefined ? people : [...people, zed];
      for (const filter of asked) {
        const expected = all
          .filter((contact) => fits(contact, filter))
          .map(({ id }) => id)
          .toSorted();
        expect(
          list(bench, { filter })
            .rows.map(({ contact }) => contact.id)
            .toSorted(),
        ).toEqual(expected);
        expect(tableOf(bench).count(filter, NOW)).toBe(expected.length);
      }
    }),
    { numRuns: 40 },
  );
});

test('numbers and e-mails beyond the first, consent, channel and times are filtered by', () => {
  const more = contactOf({
    name: 'More',
    phones: ['+442079460001'],
    emails: ['second@example.test'],
    consent: { state: 'opted_out', at: 1, source: null },
  });
  using bench = filled([anna, boris, more]);
  const found = (...conditions: ContactCondition[]) => names(list(bench, { filter: only(...conditions) }));
  expect(found({ on: 'phone', op: 'contains', value: '020 7946' })).toEqual(['More']);
  expect(found({ on: 'phone', op: 'is', value: '0170 1234567' })).toEqual([]);
  expect(found({ on: 'phone', op: 'is', value: '+49 170 1234567' })).toEqual(['Ánna Müller']);
  expect(found({ on: 'email', op: 'starts_with', value: 'SECOND' })).toEqual(['More']);
  expect(found({ on: 'consent', purpose: 'marketing', state: 'withdrawn' })).toEqual(['More']);
  expect(found({ on: 'has_conversation', is: true })).toEqual(['Zed']);
  expect(found({ on: 'created', op: 'within_days', value: 2 })).toEqual(['Boris']);
  expect(found({ on: 'channel', op: 'has', channelKind: 'sms' })).toEqual([]);
});

test('orders by a custom field: numbers as numbers, choices as they are defined, none at the end', () => {
  const people = ['10', '9', null, '-2'].map((value, index) =>
    contactOf({ name: `p${index}`, fields: value === null ? {} : { [field.id]: value } }),
  );
  using bench = filled(people);
  apply(bench, 'field.changed', { field: { ...field, type: 'number', choices: [], rev: seq + 1 } });
  const sort: ContactSort = { by: { fieldId: field.id }, descending: false };
  expect(names(list(bench, { sort }))).toEqual(['p3', 'p1', 'p0', 'p2', 'Zed']);
  expect(names(list(bench, { sort: { ...sort, descending: true } }))).toEqual([
    'p0',
    'p1',
    'p3',
    'p2',
    'Zed',
  ]);
});
