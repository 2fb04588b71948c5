import { expect, test } from 'vitest';
import type { CannedReplyItem } from '../../../lib/queries/writing.ts';
import { matchingPeople, matchingReplies, mentionsIn, triggerAt } from './suggest.ts';

function reply(shortcut: string, title: string, body = 'x'): CannedReplyItem {
  return {
    id: shortcut,
    scope: 'team',
    ownerId: 'u',
    deleted: false,
    rev: 1,
    content: { kind: 'canned_reply', shortcut, title, folder: '', body },
  };
}

test('a slash at the start or after a space begins a suggestion', () => {
  expect(triggerAt('/hel', 4, '/')).toEqual({ from: 0, query: 'hel' });
  expect(triggerAt('Hi /', 4, '/')).toEqual({ from: 3, query: '' });
  expect(triggerAt('Hi\n/a', 5, '/')).toEqual({ from: 3, query: 'a' });
});

test('a date, an address or a mark behind the caret is none', () => {
  expect(triggerAt('1/2', 3, '/')).toBeNull();
  expect(triggerAt('https://a', 9, '/')).toBeNull();
  expect(triggerAt('/a b', 4, '/')).toBeNull();
  expect(triggerAt('a /b', 1, '/')).toBeNull();
  expect(triggerAt('me@example', 10, '@')).toBeNull();
  expect(triggerAt('@tom', 4, '/')).toBeNull();
});

test('shortcuts come before titles, titles before texts', () => {
  const all = [reply('a1', 'Thanks', 'hello'), reply('b1', 'Hello there'), reply('hello', 'Z')];
  expect(matchingReplies(all, 'HELLO').map(({ id }) => id)).toEqual(['hello', 'b1', 'a1']);
  expect(matchingReplies(all, 'nothing')).toEqual([]);
  expect(matchingReplies(all, '')).toHaveLength(3);
});

test('colleagues by any of their names', () => {
  const people = [{ name: 'Tom Becker' }, { name: 'Beatriz Reis' }];
  expect(matchingPeople(people, 'be').map(({ name }) => name)).toEqual(['Tom Becker', 'Beatriz Reis']);
  expect(matchingPeople(people, 'omb')).toEqual([]);
});

test('who is mentioned', () => {
  const people = [
    { id: '1', name: 'Tom' },
    { id: '2', name: 'Tom Becker' },
    { id: '3', name: 'Ana' },
  ];
  expect(mentionsIn('@Tom Becker please look', people)).toEqual(['2']);
  expect(mentionsIn('@Tom Becker and @Tom', people).toSorted()).toEqual(['1', '2']);
  expect(mentionsIn('Ana', people)).toEqual([]);
});
