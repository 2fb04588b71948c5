import { expect, test } from 'vitest';
import type { ConnectionState } from '../../shared/contract/state.ts';
import { connectionWords, syncProgress } from './connectionWords.ts';

const sync = (stage: 'events' | 'conversations' | 'history', done: number, total: number) =>
  ({ state: 'catching_up', stage, done, total }) satisfies ConnectionState;

test('the words tell what it does, the numbers how far it is', () => {
  expect(connectionWords(sync('events', 120, 1_500), 0)).toEqual({
    main: 'Catching up',
    numbers: '120 of 1,500',
  });
  expect(connectionWords(sync('events', 0, 0), 0).numbers).toBeNull();
  expect(connectionWords(sync('history', 5, 200), 0).main).toBe('Loading older history');
});

test('offline tells when the next try is, rounded up, and never a past one', () => {
  const offline = (retryAt: number | null): ConnectionState => ({
    state: 'offline',
    since: 0,
    retryAt,
    attempt: 3,
  });
  expect(connectionWords(offline(10_400), 10_000)).toEqual({ main: 'Offline', numbers: 'Next try in 1 s' });
  expect(connectionWords(offline(9_000), 10_000).numbers).toBeNull();
  expect(connectionWords(offline(null), 10_000).numbers).toBeNull();
});

test('progress is unknown without a total and never over one', () => {
  expect(syncProgress(sync('history', 5, 0))).toBeNull();
  expect(syncProgress(sync('history', 7, 5))).toBe(1);
});
