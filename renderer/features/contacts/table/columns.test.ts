import { expect, test } from 'vitest';
import { allColumns, moved, shownColumns } from './columns.ts';

const field = {
  id: '01900000-0000-7000-8000-000000000001',
  name: 'Tier',
  type: 'text' as const,
  choices: [],
  position: 0,
  deleted: false,
  rev: 1,
};

test('the name is always there and always first', () => {
  const all = allColumns([field]);
  expect(shownColumns(all, ['email', 'name'], {}).map(({ id }) => id)).toEqual(['name', 'email']);
  expect(moved(['name', 'email', 'phone'], 'phone', 0)).toEqual(['name', 'phone', 'email']);
  expect(moved(['name', 'email'], 'name', 1)).toEqual(['name', 'email']);
});

test('custom fields are columns, with their own width, and go when they are deleted', () => {
  const id = `field:${field.id}`;
  expect(shownColumns(allColumns([field]), [id], { [id]: 300 })[1]).toMatchObject({
    title: 'Tier',
    width: 300,
    sort: { fieldId: field.id },
  });
  expect(shownColumns(allColumns([]), [id], {})).toHaveLength(1);
});

test('a column goes to the place that was asked for, at most to the end', () => {
  expect(moved(['name', 'a', 'b', 'c'], 'a', 2)).toEqual(['name', 'b', 'a', 'c']);
  expect(moved(['name', 'a', 'b'], 'a', 99)).toEqual(['name', 'b', 'a']);
});
