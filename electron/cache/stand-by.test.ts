import { expect, test, vi } from 'vitest';
import { WORKERS, openTestCache, temporaryFolder } from '../../test/support/cache-kit.ts';
import { MEMORY } from './options.ts';
import { failure } from './failure.ts';
import { standBy } from './stand-by.ts';

test('a cache is opened by the threads that wait, once', async () => {
  using temporary = temporaryFolder();
  const waiting = standBy(WORKERS);
  expect(waiting.take(3)).toEqual({ writer: null, readers: [] });
  waiting.fill();
  const took = vi.spyOn(waiting, 'take');
  const cache = await openTestCache(temporary.file, { standBy: waiting, readers: 2 });
  expect(took).toHaveBeenCalledExactlyOnceWith(3);
  const taken = took.mock.results[0]?.value as ReturnType<typeof waiting.take>;
  expect(taken.writer?.waits).toBe(false);
  // All three were opened: two that answer and the one that searches.
  expect(taken.readers).toEqual([]);
  expect(await cache.read.session()).toBeNull();
  expect(waiting.take(3)).toEqual({ writer: null, readers: [] });
  await cache.close();
});

test('a thread that died while it waited is replaced', async () => {
  using temporary = temporaryFolder();
  const waiting = standBy(WORKERS);
  waiting.fill();
  const { writer, readers } = waiting.take(3);
  await readers[0]?.kill(failure('closed'));
  const alive = readers.filter((thread) => thread.waits);
  expect(alive).toHaveLength(2);
  const cache = await openTestCache(temporary.file, {
    readers: 2,
    standBy: { ...waiting, take: () => ({ writer, readers: alive }) },
  });
  expect(await cache.read.session()).toBeNull();
  await cache.close();
});

test('a cache in memory takes the writer alone; the readers wait on, and end when they are told to', async () => {
  const waiting = standBy(WORKERS);
  waiting.fill();
  const cache = await openTestCache(MEMORY, { standBy: waiting });
  expect(await cache.read.session()).toBeNull();
  await cache.close();
  const { writer, readers } = waiting.take(1);
  expect([writer, readers.length]).toEqual([null, 1]);
  await waiting.end();
  expect(waiting.take(3)).toEqual({ writer: null, readers: [] });
  await readers[0]?.kill(failure('closed'));
});
