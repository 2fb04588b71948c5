import { expect, test } from 'vitest';
import type { ContactCondition, ContactGroup } from '../../../../shared/domain/contact-filter.ts';
import { ContactFilter, EVERYBODY } from '../../../../shared/domain/contact-filter.ts';
import { added, complete, operatorsOf, replaced, startOf, SUBJECTS } from './filterDraft.ts';

const name: ContactCondition = { on: 'name', op: 'contains', value: 'ana' };
const empty: ContactCondition = { on: 'company', op: 'is', value: '' };
const group = (...conditions: ContactGroup['conditions']): ContactGroup => ({
  match: 'any',
  not: false,
  conditions,
});

test('an entry goes into the group that was meant, however deep, and out again', () => {
  const outer = added(EVERYBODY, [], group());
  const inner = added(outer, [0], group(name));
  const filter = added(inner, [0, 0], empty);
  expect(filter.conditions[0]).toEqual(group(group(name, empty)));
  expect(replaced(filter, [0, 0, 1], null).conditions[0]).toEqual(group(group(name)));
  expect(replaced(filter, [0, 0, 1], name).conditions[0]).toEqual(group(group(name, name)));
});

test('what lacks its value is not asked yet, and neither is a group of nothing', () => {
  expect(complete(group(name, empty, group(empty)))).toEqual(group(name));
  expect(complete(group({ ...empty, op: 'empty' })).conditions).toHaveLength(1);
});

test('every condition that one can start from is one that the contract knows', () => {
  const unknown = SUBJECTS.filter((subject) => {
    const condition = startOf(subject, [], '01900000-0000-7000-8000-000000000001');
    return !ContactFilter.safeParse(group(condition)).success;
  });
  expect(unknown).toEqual([]);
});

test('numbers and days are compared by size, choices are not', () => {
  expect(operatorsOf({ type: 'number' })).toContain('less');
  expect(operatorsOf({ type: 'date' })).toContain('before');
  expect(operatorsOf({ type: 'choices' })).not.toContain('contains');
});
