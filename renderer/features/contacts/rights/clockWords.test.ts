import { expect, test } from 'vitest';
import { clockWords } from './clockWords.ts';

const clock = { dueAt: 1, daysLeft: null, pastDue: false, reviewAt: null };

test('a due date is counted in days, and today is a word of its own', () => {
  expect(clockWords({ ...clock, state: 'running', daysLeft: 12 }, { closedAt: null })).toBe('Due in 12 days');
  expect(clockWords({ ...clock, state: 'running', daysLeft: 0 }, { closedAt: null })).toBe('Due today');
  expect(clockWords({ ...clock, state: 'overdue', daysLeft: -1 }, { closedAt: null })).toBe(
    'Overdue by 1 day',
  );
  expect(clockWords({ ...clock, state: 'overdue', daysLeft: 0 }, { closedAt: null })).toBe(
    'Overdue since today',
  );
});

test('what is not stated is never shown as a date, and a late end is told', () => {
  expect(clockWords({ ...clock, dueAt: null, state: 'not_stated' }, { closedAt: null })).toBe(
    'No due date is promised',
  );
  const closedAt = new Date(2026, 2, 3).getTime();
  expect(clockWords({ ...clock, state: 'closed', pastDue: true }, { closedAt })).toContain('Closed late');
});
