/** What a reader waits while the gateway pushes events as fast as they are committed, against an idle application. */
import { openApp } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset } from './dataset.ts';
import { copyOf, largeData } from './files.ts';
import { figures, interleave, timeEach } from './measure.ts';
import { startPageServer } from './page-server-client.ts';
import { stream } from './random.ts';

const SAMPLES = 300;
/** A person clicks; a reader that asks without pause would be a load test of its own. */
const PAUSE_MS = 3;

export const benchmark: Benchmark = {
  title: 'Readers while a sync runs flat out',
  async run(options, say) {
    const data = makeDataset(options.large);
    const server = await startPageServer({ size: options.large });
    const app = await openApp(await copyOf(await largeData(options, say), options.scratch), {
      gateway: server.url,
    });
    await app.online();
    const open = async (round: number): Promise<number[]> => {
      const random = stream(round + 100);
      const samples: number[] = [];
      for (let n = 0; n < SAMPLES; n += 1) {
        const k = data.order[Math.floor(random() * 2000 * (options.large.conversations / 20_000))] ?? 0;
        const input = { conversationId: data.conversationId(k), before: null, after: null, limit: 50 };
        samples.push(...(await timeEach(1, () => app.call('conversation.thread', input))));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      return samples;
    };
    const list = (): Promise<number[]> =>
      timeEach(50, () =>
        app.call('inbox.list', { view: { kind: 'all' }, sort: 'newest', after: null, limit: 100 }),
      );
    const events: number[] = [];
    const underSync = async (work: () => Promise<number[]>): Promise<number[]> => {
      const before = (await app.call('diagnostics.get', {})).cursor;
      const started = performance.now();
      server.flood(null);
      const samples = await work();
      const after = (await app.call('diagnostics.get', {})).cursor;
      events.push(((after - before) / (performance.now() - started)) * 1000);
      server.stop();
      await app.settled();
      return samples;
    };
    const samples = await interleave(
      options.rounds,
      {
        idle: open,
        sync: (round) => underSync(() => open(round)),
        listIdle: list,
        listSync: () => underSync(list),
      },
      (round) =>
        say(`round ${round + 1} of ${options.rounds}, ${Math.round(events.at(-1) ?? 0)} events/s meanwhile`),
    );
    await app.close();
    await server.close();
    const goals = { 0.99: { of: 'ratio' as const, atMost: 3 } };
    const note = `${Math.round(events.toSorted((a, b) => a - b)[events.length >>> 1] ?? 0)} events/s were applied meanwhile`;
    return [
      ...figures('thread while a sync runs', 'ms', samples.sync, {
        floor: { what: 'idle', rounds: samples.idle },
        goals,
        note,
      }),
      ...figures('list while a sync runs', 'ms', samples.listSync, {
        floor: { what: 'idle', rounds: samples.listIdle },
        note,
      }),
    ];
  },
};
