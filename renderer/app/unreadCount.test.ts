import { expect, test } from 'vitest';
import { unreadCount } from './unreadCount.ts';

const views = [
  { view: { kind: 'mine' as const }, total: 9, unread: 2 },
  { view: { kind: 'unassigned' as const }, total: 9, unread: 3 },
  { view: { kind: 'all' as const }, total: 30, unread: 10 },
];
const none = { mine: false, unassigned: false, others: false, mentions: false };

test('counts only what one wants to be told of', () => {
  expect(unreadCount(views, none)).toBe(0);
  expect(unreadCount(views, { ...none, mine: true })).toBe(2);
  expect(unreadCount(views, { ...none, mine: true, unassigned: true })).toBe(5);
  expect(unreadCount(views, { ...none, others: true })).toBe(5);
});

test('views that are not there yet count nothing, and counts of different moments never go below nothing', () => {
  expect(unreadCount([], { ...none, others: true })).toBe(0);
  expect(unreadCount(views.slice(0, 2), { ...none, others: true })).toBe(0);
});
