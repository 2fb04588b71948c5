/**
 * Sync ingest: from the socket to committed and searchable, against the same pages given straight to the cache, and against
 * the bare insert of the same rows into one table in one transaction. Also how long the main thread stood still meanwhile.
 */
import { rmSync } from 'node:fs';
import { openApp } from './app.ts';
import { bareHeap } from './bare.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset, type DatasetSize } from './dataset.ts';
import { fill, freshData, openData, pagesOf, settleIndex, type CacheData } from './files.ts';
import { figure, interleave } from './measure.ts';
import { startPageServer } from './page-server-client.ts';
import { watchMainThread } from './stalls.ts';
import { storedSession } from './session.ts';

/** A round of the whole million would take the run past half an hour; this many are past every warm-up. */
const MOST_MESSAGES = 200_000;

export const benchmark: Benchmark = {
  title: 'Sync ingest, socket to committed and searchable',
  async run(options, say) {
    const messages = Math.min(MOST_MESSAGES, options.large.messages);
    const size: DatasetSize = { messages, conversations: messages / 50, giant: 0 };
    const data = makeDataset(size);
    const server = await startPageServer({ size });
    const stalls: number[] = [];
    const stretches: number[] = [];
    const committed: number[] = [];
    const rate = (started: number): number => (size.messages / (performance.now() - started)) * 1000;
    const withFresh = async (work: (at: CacheData) => Promise<number>): Promise<number[]> => {
      const at = await freshData(options.scratch);
      try {
        return [await work(at)];
      } finally {
        rmSync(at.folder, { recursive: true, force: true });
        globalThis.gc?.();
      }
    };
    const samples = await interleave(
      options.rounds,
      {
        sync: () =>
          withFresh(async (at) => {
            const prepared = await openData(at);
            await prepared.write.saveSession(storedSession(server.url));
            await prepared.close();
            const app = await openApp(at, { gateway: server.url });
            const watch = watchMainThread();
            const started = performance.now();
            await app.synchronised();
            committed.push(rate(started));
            await app.indexed();
            const value = rate(started);
            const { stalled, computed } = watch.stop();
            stalls.push(stalled);
            stretches.push(computed);
            await app.close();
            return value;
          }),
        database: () =>
          withFresh(async (at) => {
            const cache = await openData(at);
            const started = performance.now();
            await fill(cache, data);
            await settleIndex(cache);
            const value = rate(started);
            await cache.close();
            return value;
          }),
        heap: () =>
          withFresh(async (at) => {
            const heap = bareHeap(at);
            let spent = 0;
            for (const page of pagesOf(data)) {
              if (page.type !== 'history') continue;
              spent += heap.insert(page.page.messages);
            }
            return (size.messages / (spent + heap.commit())) * 1000;
          }),
      },
      (round) =>
        say(`round ${round + 1} of ${options.rounds}, longest stall ${stalls.at(-1)?.toFixed(1) ?? '?'} ms`),
    );
    await server.close();
    const flat = (rounds: number[][]): number[] => rounds.flat();
    const note = `${size.messages.toLocaleString('en')} messages in each round`;
    return [
      figure('messages, committed and searchable', '/s', flat(samples.sync), {
        floor: { what: 'the cache alone, same pages', rounds: flat(samples.database) },
        goal: { of: 'ratio', atLeast: 0.85 },
        note,
      }),
      figure('messages, committed', '/s', committed),
      figure('messages, committed and searchable, against one table', '/s', flat(samples.sync), {
        floor: { what: 'bare insert into one table', rounds: flat(samples.heap) },
      }),
      figure('longest stall of the main thread', 'ms', stalls, { goal: { of: 'value', atMost: 10 } }),
      figure('longest stretch in which the main thread computed', 'ms', stretches, {
        note: 'by its own processor time: what of the stall is ours and not a neighbour',
      }),
    ];
  },
};
