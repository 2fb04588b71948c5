/**
 * Locking (what is open is closed, the key dropped) and unlocking to a list that answers, beside the same with an empty cache, and by a
 * passphrase beside Argon2id alone.
 */
import { rmSync } from 'node:fs';
import { openByPassphrase, sealByPassphrase } from '../../electron/keys/passphrase.ts';
import { openApp, type App } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { type CacheData, copyOf, emptyData, largeData } from './files.ts';
import { figure, interleave } from './measure.ts';

const PASSPHRASE = 'nine otters below the bridge';
/** Milliseconds in which nobody types anything yet: the threads of the next cache load their code after a lock. */
const BEFORE_TYPING = 3_000;

/** Milliseconds to lock, and from the click to the first screen of the list. */
async function lockAndUnlock(app: App, passphrase: string | null, wait: number): Promise<number[]> {
  const started = performance.now();
  await app.call('key.lock', {});
  const locked = performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  const clicked = performance.now();
  await app.call('key.unlock', { passphrase });
  await app.call('inbox.list', { view: { kind: 'all' }, sort: 'newest', after: null, limit: 50 });
  return [locked - started, performance.now() - clicked];
}

/** The deliberate cost: the passphrase opens the wrapped key, and nothing else. */
async function derivation(): Promise<() => Promise<number[]>> {
  const { kdf, sealed } = await sealByPassphrase(new Uint8Array(32), PASSPHRASE);
  return async () => {
    const started = performance.now();
    if ((await openByPassphrase(kdf, sealed, PASSPHRASE)) === null) throw new Error('it does not open');
    return [performance.now() - started];
  };
}

async function openWithPassphrase(data: CacheData): Promise<App> {
  const app = await openApp(data);
  await app.call('key.keep', {
    mode: 'passphrase',
    passphrase: PASSPHRASE,
    acceptWeak: false,
    present: null,
  });
  return app;
}

export const benchmark: Benchmark = {
  title: 'Lock and unlock',
  async run(options, say) {
    const large = await copyOf(await largeData(options, say), options.scratch);
    const empty = await copyOf(await emptyData(options, say), options.scratch);
    const typed = await copyOf(await largeData(options, say), options.scratch);
    const onLarge = await openApp(large);
    const onEmpty = await openApp(empty);
    const onTyped = await openWithPassphrase(typed);
    const argon2id = await derivation();
    const samples = await interleave(
      options.rounds,
      {
        large: () => lockAndUnlock(onLarge, null, BEFORE_TYPING),
        empty: () => lockAndUnlock(onEmpty, null, BEFORE_TYPING),
        typed: () => lockAndUnlock(onTyped, PASSPHRASE, BEFORE_TYPING),
        atOnce: () => lockAndUnlock(onEmpty, null, 0),
        argon2id,
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    for (const app of [onLarge, onEmpty, onTyped]) await app.close();
    for (const data of [large, empty, typed]) rmSync(data.folder, { recursive: true });
    const nth = (rounds: number[][], n: number): number[] => rounds.map((it) => it[n] ?? Number.NaN);
    const floor = (n: number) => ({ what: 'an empty cache', rounds: nth(samples.empty, n) });
    const kdf = { what: 'Argon2id alone', rounds: nth(samples.argon2id, 0) };
    return [
      figure('lock: cache and workers closed, key dropped', 'ms', nth(samples.large, 0), { floor: floor(0) }),
      figure('unlock without a passphrase: to list answered', 'ms', nth(samples.large, 1), {
        floor: floor(1),
      }),
      figure('unlock by passphrase: to list answered', 'ms', nth(samples.typed, 1), { floor: kdf }),
      figure('unlock of an empty cache right after the lock', 'ms', nth(samples.atOnce, 1), {
        note: 'the threads still load their code: what their start costs when nobody has typed meanwhile',
      }),
    ];
  },
};
