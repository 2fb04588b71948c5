import { describe, expect, test } from 'vitest';
import { Contact } from '../../../shared/domain/contact.ts';
import { emptyRow } from '../../transfer/contact.ts';
import type { ImportRow } from '../../transfer/contact.ts';
import { type JudgeRules, checkRow, judge } from './judge.ts';
import { createSeen, keysOf, knownOf } from './known.ts';

const rules: JudgeRules = {
  options: { region: 'DE', known: 'fill', labelIds: ['all'] },
  fields: [
    { id: 'f-points', name: 'Points', type: 'number', choices: [], position: 0, deleted: false, rev: 1 },
  ],
  labels: [{ id: 'vip', name: 'VIP', colour: 'red', deleted: false, rev: 1 }],
  fileName: 'people.csv',
  now: 1_000,
};
const row = (changes: Partial<ImportRow>): ImportRow => ({ ...emptyRow(2), ...changes });
const ana = Contact.parse({
  id: 'ana',
  name: 'Ana',
  phone: '+4930123456',
  email: null,
  language: 'pt',
  fields: {},
  labelIds: ['old'],
  consent: { state: 'unknown', at: null, source: null },
  blocked: false,
  identities: [],
  createdAt: 1,
  rev: 3,
});

function verdictOf(given: ImportRow, known: Contact | null, more: Partial<JudgeRules['options']> = {}) {
  const mine = { ...rules, options: { ...rules.options, ...more } };
  const checked = checkRow(given, mine);
  return checked.ok ? judge(checked, known, mine) : checked.verdict;
}

test('a new person: numbers by the region, the first one first, labels by name, consent from the file', () => {
  const consent = [
    { purpose: 'marketing' as const, channel: null, state: 'given' as const, at: null, source: null },
  ];
  const given = row({
    name: 'Bo',
    phones: ['030 123457', '030 123458'],
    labels: ['vip', 'nobody'],
    fields: { points: '1,5' },
    consent,
  });
  const verdict = verdictOf(given, null);
  expect(verdict).toMatchObject({
    verdict: 'create',
    name: 'Bo',
    reason: 'unknown_label',
    change: {
      contact: {
        create: true,
        patch: {
          name: 'Bo',
          phone: '+4930123457',
          phones: ['+4930123458'],
          labelIds: ['all', 'vip'],
          fields: { 'f-points': '1.5' },
        },
      },
      consents: [{ purpose: 'marketing', state: 'given', at: 1_000, method: 'import', source: 'people.csv' }],
    },
  });
  expect(verdict.change?.consents[0]?.contactId).toBe(verdict.contactId);
});

test('a card without a name is called by what is known of it', () => {
  expect(verdictOf(row({ emails: ['X@y.org'] }), null)).toMatchObject({ verdict: 'create', name: 'x@y.org' });
});

test.each([
  [row({ phones: ['030'] }), 'phone:too_short', 'phones'],
  [row({ name: 'B', emails: ['nobody'] }), 'not_an_email', 'emails'],
  [row({ name: 'B', fields: { points: 'many' } }), 'not_a_number', 'field:f-points'],
  [row({ name: 'B', fields: { Nothing: 'x' } }), 'unknown_field', 'Nothing'],
  [row({ name: 'x'.repeat(201) }), 'value_too_long', 'name'],
  [row({ name: 'B', language: '??' }), 'not_a_language', 'language'],
])('a bad row is named with its part: %#', (given, reason, part) => {
  expect(verdictOf(given, null)).toMatchObject({ verdict: 'bad', reason, part, change: null });
});

describe('somebody known', () => {
  const given = row({
    name: 'Ana Souza',
    company: 'Lumen',
    language: 'en',
    phones: ['030 123456', '030 999999'],
  });

  test('fill: only what is missing', () => {
    expect(verdictOf(given, ana)).toMatchObject({
      verdict: 'update',
      contactId: 'ana',
      change: {
        contact: {
          create: false,
          patch: { company: 'Lumen', phones: ['+4930999999'], labelIds: ['old', 'all'] },
        },
      },
    });
    expect(verdictOf(given, ana).change?.contact.patch).not.toHaveProperty('language');
  });
  test('replace: what the file says', () => {
    expect(verdictOf(given, ana, { known: 'replace' }).change?.contact.patch).toMatchObject({
      name: 'Ana Souza',
      language: 'en',
    });
  });
  test('skip, nothing new, and restricted people', () => {
    expect(verdictOf(given, ana, { known: 'skip' })).toMatchObject({ verdict: 'skip', reason: 'known' });
    expect(verdictOf(row({ phones: ['030 123456'] }), ana, { labelIds: [] })).toMatchObject({
      reason: 'nothing_new',
    });
    const restricted = { ...ana, restriction: { since: 1, reason: 'asked', requestId: null } };
    expect(verdictOf(given, restricted)).toMatchObject({ verdict: 'skip', reason: 'restricted' });
  });
});

test('who is meant: by id before number before address; merged and deleted people are nobody', async () => {
  const bo = { ...ana, id: 'bo', deleted: true };
  const read = {
    knownContacts: async () => ({
      phones: { '+4930123456': ['ana'] },
      emails: { 'a@b.org': ['bo'] },
      identities: {},
    }),
    contactsById: async ({ ids }: { ids: readonly string[] }) =>
      [ana, bo].filter(({ id }) => ids.includes(id)),
  };
  const keys = keysOf(row({ id: null }), { phone: '+4930123456', email: 'a@b.org' });
  const known = await knownOf(read, [keys, { ...keys, id: 'bo' }]);
  expect(known(keys)?.id).toBe('ana');
  expect(known({ ...keys, id: 'bo' })?.id).toBe('ana');
  expect(known({ ...keys, phones: [] })).toBeNull();
});

test('the same telephone in two notations is one person of a file', () => {
  const seen = createSeen();
  seen.add(keysOf(row({}), { phone: '+5511987654321' }), 4);
  expect(seen.lineOf(keysOf(row({}), { phone: '+551187654321' }))).toBe(4);
  expect(seen.lineOf(keysOf(row({}), { email: 'a@b.org' }))).toBeNull();
});
