import { expect, test } from 'vitest';
import { mergedContact } from '../../../../shared/domain/merging.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { Contact as ContactSchema } from '../../../../shared/domain/contact.ts';
import { mergeRows, valueOf } from './rows.ts';

const SIZE = {
  id: '01900000-0000-7000-8000-00000000000f',
  name: 'Size',
  type: 'text' as const,
  choices: [],
  position: 0,
  deleted: false,
  rev: 1,
};

function person(n: number, values: Partial<Contact>): Contact {
  return ContactSchema.parse({
    id: `01900000-0000-7000-8000-00000000000${String(n)}`,
    name: 'Amira',
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
    ...values,
  });
}

test('only what one of them has is shown, and what differs is told', () => {
  const rows = mergeRows(
    person(1, { company: 'Lamps', fields: { [SIZE.id]: '42' } }),
    person(2, { company: 'Lamps Ltd' }),
    [SIZE],
  );
  expect(rows.map(({ key, differs }) => [key, differs])).toEqual([
    ['name', false],
    ['company', true],
    [`field:${SIZE.id}`, true],
  ]);
});

test('the result of a row is what the merge itself makes', () => {
  const winner = person(1, { company: 'Lamps' });
  const loser = person(2, { company: 'Lamps Ltd', fields: { [SIZE.id]: '42' } });
  const rows = mergeRows(winner, loser, [SIZE]);
  const choices = { company: 'loser' } as const;
  const result = mergedContact({ winner, loser, choices, mergedBy: null, mergedAt: 5 });
  expect(rows.map((row) => valueOf(result, row))).toEqual(['Amira', 'Lamps Ltd', '42']);
});
