/** From the start of the process to an inbox that can be used, with the large cache and with an empty one. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { EMPTY_INBOX, launchChromium, LIST_ROWS } from './chromium.ts';
import { copyOf, emptyData, largeData, type CacheData } from './files.ts';
import { connectContract, startLoopback } from './loopback.ts';
import { figure, interleave } from './measure.ts';

/** Starts, asks for the state and the first screen of the list, stops. Milliseconds until ready, and until the list was there. */
async function untilList(data: CacheData): Promise<number[]> {
  const started = performance.now();
  const loopback = await startLoopback(data);
  const ready = performance.now() - started;
  const client = await connectContract(loopback.url);
  while ((await client.call('app.state', {})).phase !== 'ready')
    await new Promise((resolve) => setTimeout(resolve, 1));
  await client.call('inbox.list', { view: { kind: 'all' }, sort: 'newest', after: null, limit: 50 });
  const usable = performance.now() - started;
  client.close();
  await loopback.close();
  return [ready, usable];
}

export const benchmark: Benchmark = {
  title: 'Start',
  async run(options, say) {
    const large = await copyOf(await largeData(options, say), options.scratch);
    const empty = await copyOf(await emptyData(options, say), options.scratch);
    const browser = await launchChromium();
    /** The same, seen in a window of a browser that already runs. */
    const untilShown = async (data: CacheData, shows: string): Promise<number[]> => {
      if ('skipped' in browser) return [0];
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const started = performance.now();
      const loopback = await startLoopback(data);
      await page.goto(loopback.url);
      await page.locator(shows).first().waitFor();
      const took = performance.now() - started;
      await context.close();
      await loopback.close();
      return [took];
    };
    // The first start of all reads the program from the disk.
    await untilList(empty);
    const samples = await interleave(
      options.rounds,
      {
        large: () => untilList(large),
        empty: () => untilList(empty),
        largeShown: () => untilShown(large, LIST_ROWS),
        emptyShown: () => untilShown(empty, EMPTY_INBOX),
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    if (!('skipped' in browser)) await browser.close();
    for (const data of [large, empty])
      if (existsSync(path.dirname(data.file))) rmSync(data.folder, { recursive: true });
    const nth = (rounds: number[][], n: number): number[] => rounds.map((it) => it[n] ?? Number.NaN);
    const floor = (rounds: number[]) => ({ what: 'an empty cache', rounds });
    const goal = { of: 'ratio' as const, atMost: 1.2 };
    return [
      figure('process start to list answered', 'ms', nth(samples.large, 1), {
        floor: floor(nth(samples.empty, 1)),
        goal,
      }),
      figure('process start to ready', 'ms', nth(samples.large, 0), { floor: floor(nth(samples.empty, 0)) }),
      ...('skipped' in browser
        ? []
        : [
            figure('process start to inbox on screen', 'ms', nth(samples.largeShown, 0), {
              floor: floor(nth(samples.emptyShown, 0)),
              goal,
              note: 'in a browser that already runs',
            }),
          ]),
    ];
  },
};
