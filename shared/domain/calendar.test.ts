import { expect, test } from 'vitest';
import { addBusinessDays, addCalendarDays, calendarDaysBetween, isTimeZone } from './calendar.ts';
import { DAY, HOUR } from './time.ts';

const at = (iso: string) => Date.parse(iso);

test('a calendar day over the start of summer time has 23 hours, over its end 25', () => {
  const spring = at('2026-03-28T12:00:00+01:00');
  const autumn = at('2026-10-24T12:00:00+02:00');
  expect(addCalendarDays(spring, 1, 'Europe/Berlin', 'later') - spring).toBe(23 * HOUR);
  expect(addCalendarDays(autumn, 1, 'Europe/Berlin', 'later') - autumn).toBe(25 * HOUR);
});

test('a wall-clock time that does not exist is one of the two instants around the gap, as asked', () => {
  // 29 March 2026, 02:30 does not exist in Berlin.
  const before = at('2026-03-28T02:30:00+01:00');
  expect(addCalendarDays(before, 1, 'Europe/Berlin', 'earlier')).toBe(at('2026-03-29T00:30:00Z'));
  expect(addCalendarDays(before, 1, 'Europe/Berlin', 'later')).toBe(at('2026-03-29T01:30:00Z'));
});

test('a wall-clock time that exists twice is one of its two instants, as asked', () => {
  // 25 October 2026, 02:30 exists twice in Berlin.
  const before = at('2026-10-24T02:30:00+02:00');
  expect(addCalendarDays(before, 1, 'Europe/Berlin', 'earlier')).toBe(at('2026-10-25T00:30:00Z'));
  expect(addCalendarDays(before, 1, 'Europe/Berlin', 'later')).toBe(at('2026-10-25T01:30:00Z'));
});

test('a zone that skipped a whole date still gives a time (Samoa, 30 December 2011)', () => {
  const before = at('2011-12-29T09:00:00-10:00');
  const after = addCalendarDays(before, 1, 'Pacific/Apia', 'later');
  expect(after).toBeGreaterThan(before);
  expect(after - before).toBeLessThanOrEqual(2 * DAY);
});

test('milliseconds, leap days and going back are kept', () => {
  expect(addCalendarDays(at('2028-02-28T23:59:59.987Z'), 1, 'UTC', 'later')).toBe(
    at('2028-02-29T23:59:59.987Z'),
  );
  expect(addCalendarDays(at('2026-03-01T00:00:00.001Z'), -1, 'UTC', 'later')).toBe(
    at('2026-02-28T00:00:00.001Z'),
  );
});

test.each([
  ['a Monday', '2026-11-16T09:30:00Z', '2026-11-23T09:30:00Z'],
  ['a Friday', '2026-11-20T09:30:00Z', '2026-11-27T09:30:00Z'],
  ['a Saturday', '2026-11-21T09:30:00Z', '2026-11-27T09:30:00Z'],
  ['a Sunday', '2026-11-22T09:30:00Z', '2026-11-27T09:30:00Z'],
])('five business days from %s leave weekends out', (_day, from, to) => {
  expect(addBusinessDays(at(from), 5, 'UTC', 'earlier')).toBe(at(to));
});

test('the weekend is the one of the zone, not of Greenwich', () => {
  // Friday 20:00 in New York is Saturday in Greenwich.
  const friday = at('2026-11-20T20:00:00-05:00');
  expect(addBusinessDays(friday, 1, 'America/New_York', 'earlier')).toBe(at('2026-11-23T20:00:00-05:00'));
});

test('days between are dates of the zone, whatever the hours', () => {
  const late = at('2026-03-28T23:50:00+01:00');
  const early = at('2026-03-29T00:10:00+01:00');
  expect(calendarDaysBetween(late, early, 'Europe/Berlin')).toBe(1);
  expect(calendarDaysBetween(early, late, 'Europe/Berlin')).toBe(-1);
  expect(calendarDaysBetween(late, early, 'UTC')).toBe(0);
});

test('a name that is no time zone is told from one that is', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Atlantis/Capital')).toBe(false);
});
