import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import type { Bridge } from '../../../lib/bridge/bridge.ts';
import { useSelection } from '../../../lib/stores/selection.ts';
import type { Place } from './triage.ts';
import { nextAfter, Triage } from './triage.ts';

const ids = ['a', 'b', 'c', 'd'];

test('what comes next is the first below that stays, else the last above', () => {
  expect(nextAfter(ids, 'b', new Set(['b']))).toBe('c');
  expect(nextAfter(ids, 'b', new Set(['b', 'c']))).toBe('d');
  expect(nextAfter(ids, 'd', new Set(['d', 'c']))).toBe('b');
});

test('nothing is next when all of them go; what is not in the list has no next', () => {
  expect(nextAfter(ids, 'a', new Set(ids))).toBeNull();
  expect(nextAfter(ids, 'x', new Set(['x']))).toBeUndefined();
  expect(nextAfter(ids, null, new Set())).toBeUndefined();
});

/** A triage whose "select all" is answered when told to. */
function slow() {
  const answers: ((ids: string[]) => void)[] = [];
  const call = (): Promise<{ ids: string[] }> =>
    new Promise((resolve) => {
      answers.push((all) => resolve({ ids: all }));
    });
  const place: Place = {
    view: { kind: 'mine' },
    sort: 'newest',
    openId: 'open',
    me: { id: 'me', role: 'agent' },
    show: () => undefined,
  };
  const bridge = { call, on: () => () => undefined, onLink: () => undefined } as unknown as Bridge;
  const triage = new Triage(bridge, new QueryClient(), place);
  const done: string[][] = [];
  const act = () => triage.act((targets) => done.push([...targets]));
  return { triage, place, done, act, answer: (all: string[]) => answers.shift()?.(all) };
}

beforeEach(() => useSelection.getState().clear());

test('a key right after "select all" is for all of them, not for the open conversation', async () => {
  const { triage, done, act, answer } = slow();
  act();
  expect(done).toEqual([['open']]);
  triage.pickAll();
  expect(act()).toBe(true);
  expect(done).toHaveLength(1);
  answer(['a', 'b']);
  await expect.poll(() => done).toEqual([['open'], ['a', 'b']]);
});

test('"select all" that was given up, or whose view was left, selects nothing and nothing is done', async () => {
  const { triage, place, done, act, answer } = slow();
  triage.pickAll();
  act();
  expect(triage.drop()).toBe(true);
  answer(['a', 'b']);
  await Promise.resolve();
  triage.pickAll();
  act();
  triage.stand({ ...place, view: { kind: 'all' } });
  answer(['a', 'b']);
  triage.pickAll();
  act();
  answer(['c']);
  await expect.poll(() => done).toEqual([['c']]);
});
