import type { QueryClient } from '@tanstack/react-query';
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueryClient } from './client.ts';
import { reread, told } from './reread.ts';

const queryKey = ['directory'];

let client: QueryClient;
/** Ends the readings that were begun, in their order. */
let readings: { answer: (value: string) => void; refuse: () => void }[];

beforeEach(() => {
  client = createQueryClient();
  readings = [];
});
afterEach(() => client.clear());

function watch(): { shown: () => string | undefined; leave: () => void } {
  const observer = new QueryObserver<string>(client, {
    queryKey,
    queryFn: () =>
      new Promise((resolve, reject) => {
        readings.push({ answer: resolve, refuse: () => reject(new Error('refused')) });
      }),
  });
  const leave = observer.subscribe(() => undefined);
  return { shown: () => observer.getCurrentResult().data, leave };
}

async function begun(count: number): Promise<void> {
  await expect.poll(() => readings).toHaveLength(count);
}

test('what changes during the first reading is read again after it', async () => {
  const { shown } = watch();
  await begun(1);
  reread(client, { queryKey });
  readings[0]?.answer('before the change');
  await begun(2);
  expect(shown()).toBe('before the change');
  readings[1]?.answer('after the change');
  await expect.poll(() => shown()).toBe('after the change');
  expect(client.isFetching()).toBe(0);
});

test('a flood of changes neither throws a reading away nor makes more than one more', async () => {
  const { shown } = watch();
  await begun(1);
  readings[0]?.answer('first');
  await expect.poll(() => shown()).toBe('first');
  for (let change = 0; change < 20; change += 1) reread(client, { queryKey });
  await begun(2);
  readings[1]?.answer('second');
  await begun(3);
  expect(shown()).toBe('second');
  readings[2]?.answer('third');
  await expect.poll(() => shown()).toBe('third');
  expect(client.isFetching()).toBe(0);
  expect(readings).toHaveLength(3);
});

test('what changes during a reading that nobody waits for any more is read when it is next shown', async () => {
  const { leave } = watch();
  await begun(1);
  leave();
  reread(client, { queryKey });
  readings[0]?.answer('before the change');
  await expect.poll(() => client.getQueryData(queryKey)).toBe('before the change');
  expect(readings).toHaveLength(1);
  const { shown } = watch();
  await begun(2);
  readings[1]?.answer('after the change');
  await expect.poll(() => shown()).toBe('after the change');
});

test('a reading that fails or is cancelled is followed too', async () => {
  const { shown } = watch();
  await begun(1);
  reread(client, { queryKey });
  readings[0]?.refuse();
  await begun(2);
  reread(client, { queryKey });
  await client.cancelQueries({ queryKey });
  await begun(3);
  readings[2]?.answer('at last');
  await expect.poll(() => shown()).toBe('at last');
});

test('what is told during a reading is not replaced for good by the older answer', async () => {
  const { shown } = watch();
  await begun(1);
  told(client, queryKey, 'failed');
  expect(shown()).toBe('failed');
  readings[0]?.answer('reading');
  await begun(2);
  readings[1]?.answer('failed');
  await expect.poll(shown).toBe('failed');
});

test('what is told while nothing is read asks for no reading', async () => {
  const { shown } = watch();
  await begun(1);
  readings[0]?.answer('reading');
  await expect.poll(shown).toBe('reading');
  told(client, queryKey, 'failed');
  expect(shown()).toBe('failed');
  expect(client.isFetching()).toBe(0);
  expect(readings).toHaveLength(1);
});
