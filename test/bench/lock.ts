/** Locking (what is open is closed, the key dropped) and unlocking to a list that answers, beside the same with an empty cache. */
import { rmSync } from 'node:fs';
import { openApp, type App } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { copyOf, emptyData, largeData } from './files.ts';
import { figure, interleave } from './measure.ts';

/** Milliseconds to lock, and from the click to the first screen of the list. */
async function lockAndUnlock(app: App): Promise<number[]> {
  const started = performance.now();
  await app.call('key.lock', {});
  const locked = performance.now();
  await app.call('key.unlock', { passphrase: null });
  await app.call('inbox.list', { view: { kind: 'all' }, sort: 'newest', after: null, limit: 50 });
  return [locked - started, performance.now() - locked];
}

export const benchmark: Benchmark = {
  title: 'Lock and unlock',
  async run(options, say) {
    const large = await copyOf(await largeData(options, say), options.scratch);
    const empty = await copyOf(await emptyData(options, say), options.scratch);
    const onLarge = await openApp(large);
    const onEmpty = await openApp(empty);
    const samples = await interleave(
      options.rounds,
      { large: () => lockAndUnlock(onLarge), empty: () => lockAndUnlock(onEmpty) },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    await onLarge.close();
    await onEmpty.close();
    for (const data of [large, empty]) rmSync(data.folder, { recursive: true });
    const nth = (rounds: number[][], n: number): number[] => rounds.map((it) => it[n] ?? Number.NaN);
    const floor = (n: number) => ({ what: 'an empty cache', rounds: nth(samples.empty, n) });
    const note = 'without a passphrase; Argon2id adds its own time to unlocking';
    return [
      figure('lock: cache and workers closed, key dropped', 'ms', nth(samples.large, 0), { floor: floor(0) }),
      figure('unlock: to list answered', 'ms', nth(samples.large, 1), { floor: floor(1), note }),
    ];
  },
};
