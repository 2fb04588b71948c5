/**
 * What the application as a whole is doing (shared/contract/state.ts), from the start to the end. Steps never run side by side.
 *
 *   starting ─▶ key_choice | locked | key_problem ─▶ (key) ─▶ cache_problem ─▶ (cache) ─▶ signed_out ◀─▶ ready
 *                                                                                             protocol_mismatch ◀─┘
 *
 * Here: key and cache. From the sign-in on: signed-in.ts.
 */
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AppState, ConnectionState, KeyMode } from '../../shared/contract/state.ts';
import type { Cache, CacheErrorKind, CacheWorkers, OpenCacheOptions } from '../cache/api.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Changes } from './changes.ts';
import type { Ready } from './context.ts';
import { cacheKind, failure } from './failures.ts';
import type { Log } from './log.ts';
import { type Maintenance, removeFiles, startMaintenance } from './maintenance.ts';
import type { Parts, SyncOptions } from './parts.ts';
import type { Publisher } from './publisher.ts';
import { type SignIn, type StartGateway, createSignedIn } from './signed-in.ts';
import type { UnsentCounter } from './unsent.ts';

export type LifecycleOptions = {
  parts: Parts;
  keyRing: KeyRing;
  userDataDir: string;
  workers: CacheWorkers;
  /** Key and cache are opened while the demo gateway starts; only the sign-in and sync wait for it. */
  gateway: Promise<StartGateway>;
  keyAnswer: 'file' | null;
  log: Log;
  publisher: Publisher;
  unsent: UnsentCounter;
  changes: Changes;
  onArrivals: SyncOptions['onArrivals'];
  /** A statement of the cache took long. */
  onSlow(statement: string, ms: number): void;
  now(): number;
};

export type Lifecycle = {
  state(): AppState;
  connection(): ConnectionState;
  ready(): Ready | null;
  cache(): Cache | null;
  /** Something was thrown away that lies on the disk. */
  tidy(): void;
  /** The same, now: nothing that was thrown away lies on the disk when it resolves. */
  removeDiscarded(): Promise<void>;
  start(): Promise<void>;
  createKey(mode: KeyMode, passphrase: string | null): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  resolveKey(action: 'retry' | 'accept_weak' | 'start_over'): Promise<void>;
  recover(action: 'retry' | 'rebuild'): Promise<void>;
  signIn(input: SignIn): Promise<void>;
  signOut(input: { discardUnsent: boolean }): Promise<void>;
  /** Stops whatever runs and flushes; the state is not used after it. */
  close(): Promise<void>;
};

/** Name of the cache's file, as screens show it. */
export const CACHE_FILE = 'parley.db';

/** Problems after which setting the file aside and starting a new one is a way out. */
const RECOVERABLE: readonly CacheErrorKind[] = ['damaged', 'newer', 'wrong_key'];

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { parts, keyRing, log, publisher, unsent, changes } = options;
  const cacheFolder = path.join(options.userDataDir, 'cache');
  const cacheFile = path.join(cacheFolder, CACHE_FILE);
  const mediaFolder = path.join(options.userDataDir, 'media');

  let state: AppState = { phase: 'starting' };
  let cache: Cache | null = null;
  let maintenance: Maintenance | null = null;
  let recovered: Extract<AppState, { phase: 'ready' }>['recovered'] = null;
  let closed = false;
  let stopWaiting: () => void = () => undefined;
  const closing = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  let last: Promise<unknown> = Promise.resolve();

  /** One step after the other, whoever asks. */
  function step<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  /** For steps that nobody waits for. */
  function stepAside(name: string, work: () => Promise<void>): void {
    step(work).catch((error: unknown) => log.error({ step: name, error }, 'a step failed'));
  }

  function enter(next: AppState): void {
    state = next;
    log.info({ phase: next.phase, problem: 'problem' in next ? next.problem : undefined }, 'state');
    publisher.publish('app.state', next);
  }

  const signedIn = createSignedIn({
    parts,
    mediaFolder,
    gateway: () => Promise.race([options.gateway, closing.then(nobodyWaits)]),
    log,
    publisher,
    changes,
    state: () => state,
    enter,
    notices: () => ({ keyWarning: keyRing.warning(), recovered }),
    stepAside,
    onSynced: () => maintenance?.wake(),
    onArrivals: options.onArrivals,
  });

  async function followKey(): Promise<void> {
    const key = keyRing.state();
    switch (key.at) {
      case 'none':
        if (options.keyAnswer !== null) {
          await keyRing.create(options.keyAnswer, null);
          return followKey();
        }
        return enter({ phase: 'key_choice', options: await keyRing.options() });
      case 'wrapped':
        return enter({ phase: 'locked' });
      case 'problem': {
        const previousBackend = key.record?.mode === 'keychain' ? key.record.backend : null;
        const { problem, backend } = key;
        return enter({
          phase: 'key_problem',
          problem,
          backend,
          previousBackend,
          unsent: await unsent.read(),
        });
      }
      case 'unlocked':
        return openCache(key.key);
    }
  }

  async function openCache(key: Uint8Array): Promise<void> {
    enter({ phase: 'starting' });
    let opened: Cache;
    try {
      await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
      opened = await parts.openCache(cacheOptions(key));
    } catch (error) {
      const kind = cacheKind(error);
      if (kind === null || kind === 'closed') throw error;
      log.warn({ kind, error }, 'the cache did not open');
      return cacheProblem(kind);
    }
    cache = opened;
    changes.attach(opened);
    opened.onFailure(({ kind }) => {
      if (kind === 'closed') return;
      stepAside('cache failure', async () => {
        if (cache !== opened) return;
        await letGo();
        await cacheProblem(kind);
      });
    });
    maintenance = startMaintenance(opened, mediaFolder, log, options.now);
    return signedIn.resume(opened);
  }

  /** The cache copies the key. That it is the right one is known from its fingerprint: what it does not open is damaged. */
  function cacheOptions(key: Uint8Array): OpenCacheOptions {
    const onSlow = (statement: string, ms: number) => {
      log.warn({ statement, ms: Math.round(ms) }, 'a slow statement');
      options.onSlow(statement, ms);
    };
    return { file: cacheFile, key, workers: options.workers, keyIsRight: true, onSlow };
  }

  async function cacheProblem(problem: Exclude<CacheErrorKind, 'closed'>): Promise<void> {
    const recoverable = RECOVERABLE.includes(problem);
    enter({ phase: 'cache_problem', problem, file: CACHE_FILE, recoverable, unsent: await unsent.read() });
  }

  /** Stops sync and closes the cache; the key stays. */
  async function letGo(): Promise<void> {
    await signedIn.stop();
    await maintenance?.stop();
    maintenance = null;
    const was = cache;
    cache = null;
    changes.detach();
    await was?.close();
  }

  function needCache(): Cache {
    if (cache === null) throw failure('not_ready', 'the cache is not open');
    return cache;
  }

  return {
    state: () => state,
    connection: signedIn.connection,
    ready() {
      const current = signedIn.current();
      return cache === null || current === null ? null : { cache, ...current };
    },
    cache: () => cache,
    tidy: () => maintenance?.wake(),
    async removeDiscarded() {
      if (cache !== null) await removeFiles(cache, mediaFolder);
    },
    start: () =>
      step(async () => {
        await mkdir(options.userDataDir, { recursive: true, mode: 0o700 });
        await keyRing.open();
        await followKey();
      }),
    createKey: (mode, passphrase) =>
      step(async () => {
        const before = keyRing.state();
        const free = before.at === 'none' || (before.at === 'problem' && before.record === null);
        if (!free || (before.at === 'problem' && before.problem !== 'weak_backend')) {
          throw failure('not_ready', 'there is a key already');
        }
        await keyRing.create(mode, passphrase);
        await followKey();
      }),
    unlock: (passphrase) =>
      step(async () => {
        await keyRing.unlock(passphrase);
        await followKey();
      }),
    resolveKey: (action) =>
      step(async () => {
        if (action === 'accept_weak') {
          const key = keyRing.state();
          if (key.at !== 'problem' || key.problem !== 'weak_backend') {
            throw failure('forbidden', 'not that problem');
          }
          await keyRing.acceptWeak();
        } else if (action === 'start_over') {
          await setAside(cacheFolder, options.now());
          await keyRing.startOver();
        } else {
          await keyRing.open();
        }
        await followKey();
      }),
    recover: (action) =>
      step(async () => {
        const key = keyRing.state();
        if (key.at !== 'unlocked' || state.phase !== 'cache_problem') {
          throw failure('not_ready', 'no cache problem');
        }
        if (action === 'rebuild') {
          if (!state.recoverable) throw failure('forbidden', 'a rebuild would not help');
          const report = await parts.recoverCache(cacheOptions(key.key));
          recovered = { at: options.now(), ...report };
        }
        await openCache(key.key);
      }),
    signIn: (input) => step(() => signedIn.signIn(needCache(), input)),
    signOut: (input) =>
      step(async () => {
        await signedIn.signOut(needCache(), input);
        recovered = null;
      }),
    close() {
      // A step that waits for a gateway that is still starting must not hold up the end.
      stopWaiting();
      return step(async () => {
        if (closed) return;
        closed = true;
        await letGo();
        keyRing.close();
      });
    },
  };
}

function nobodyWaits(): never {
  throw failure('not_ready', 'the application is closing');
}

/** Moves the cache's files into `aside-<time>` beside them: never a silent delete. */
async function setAside(folder: string, now: number): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there === null) return;
  const target = path.join(folder, `aside-${now}`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!name.startsWith(CACHE_FILE) && name !== 'unsent') continue;
    await rename(path.join(folder, name), path.join(target, name));
  }
}
