import { expect, test } from 'vitest';
import { openStore } from './store.ts';

test('numbers have no holes, also after a transaction that failed', () => {
  const store = openStore(':memory:');
  const { ws } = store.createWorkspace('A');
  store.catalogue.saveLabel(ws, { name: 'one', colour: 'red', deleted: false });
  expect(() =>
    store.tx(() => {
      store.catalogue.saveLabel(ws, { name: 'two', colour: 'red', deleted: false });
      throw new Error('stop');
    }),
  ).toThrow('stop');
  const label = store.catalogue.saveLabel(ws, { name: 'three', colour: 'red', deleted: false });
  expect([...store.log.after(ws, 0, 100)].map((row) => row.seq)).toEqual([1, 2, 3]);
  expect(label.rev).toBe(3);
  expect(store.catalogue.labelStates(ws)).toHaveLength(2);
  store.close();
});

test('each workspace counts for itself', () => {
  const store = openStore(':memory:');
  const [one, two] = [store.createWorkspace('A'), store.createWorkspace('B')];
  store.catalogue.saveLabel(two.ws, { name: 'one', colour: 'red', deleted: false });
  expect([store.log.ends(one.ws).head, store.log.ends(two.ws).head]).toEqual([1, 2]);
  store.close();
});

test('listeners hear of a commit once, after it, and not of one that failed', () => {
  const store = openStore(':memory:');
  const { ws } = store.createWorkspace('A');
  const heads: number[] = [];
  const stop = store.onCommit(() => heads.push(store.log.ends(ws).head));
  store.tx(() => {
    for (const name of ['one', 'two']) store.catalogue.saveLabel(ws, { name, colour: 'red', deleted: false });
    expect(heads).toEqual([]);
  });
  expect(heads).toEqual([3]);
  expect(() =>
    store.tx(() => {
      store.catalogue.saveLabel(ws, { name: 'three', colour: 'red', deleted: false });
      throw new Error('stop');
    }),
  ).toThrow('stop');
  store.tx(() => undefined);
  expect(heads).toEqual([3]);
  stop();
  store.catalogue.saveLabel(ws, { name: 'four', colour: 'red', deleted: false });
  expect(heads).toEqual([3]);
  store.close();
});
