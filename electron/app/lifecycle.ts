/**
 * What the application as a whole is doing (shared/contract/state.ts), from the start to the end. Steps never run side by side.
 *
 *   starting ─▶ key_choice | locked | key_problem ─▶ (key) ─▶ cache_problem ─▶ (cache) ─▶ signed_out ◀─▶ ready
 *                   ▲           ▲                                                 ▲           protocol_mismatch ◀─┘
 *                   └── wiping ─┴── locked ─────────────── from every open one ───┴── rotating ◀── signed_out, ready
 *
 * Here: key and cache. From the sign-in on: signed-in.ts.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { AppState, KeyMode } from '../../shared/contract/state.ts';
import type { Cache, CacheErrorKind } from '../cache/api.ts';
import type { OpenCacheOptions } from '../cache/options.ts';
import { CACHE_FILE, createCachePlace } from './cache-place.ts';
import { cacheKind, failure } from './failures.ts';
import { type Maintenance, removeFiles, startMaintenance } from './maintenance.ts';
import { createKeySteps } from './lock/key-steps.ts';
import { createSignedIn } from './signed-in.ts';
import type { Lifecycle, LifecycleOptions } from './lifecycle-types.ts';

/** Problems after which setting the file aside and starting a new one is a way out. */
const RECOVERABLE: readonly CacheErrorKind[] = ['damaged', 'newer', 'wrong_key'];

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { parts, keyRing, log, publisher, unsent, changes } = options;
  const mediaFolder = path.join(options.userDataDir, 'media');
  /** The threads of the next cache load their code while a passphrase is asked for, or derived. */
  const standBy = parts.standBy(options.workers);
  const place = createCachePlace({ ...options, mediaFolder });

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
    lost: options.lost,
    settle,
    notices: () => ({ keyWarning: keyRing.warning(), recovered }),
    stepAside,
    onSynced: () => maintenance?.wake(),
    onArrivals: options.onArrivals,
    onServerTime: options.onServerTime,
    takenAway: (opened, reason) => takeAway(opened, reason),
    connecting: options.connecting,
    onForget: options.onForget,
  });

  async function followKey(): Promise<void> {
    const key = keyRing.state();
    switch (key.at) {
      case 'none':
        if (options.keyAnswer !== null) {
          await keySteps.forgetWipe();
          await keyRing.create(options.keyAnswer, null);
          return followKey();
        }
        return enter({ phase: 'key_choice', options: await keyRing.options() });
      case 'wrapped':
        return enterLocked(key.record.mode);
      case 'problem': {
        const previousBackend = key.record?.mode === 'keychain' ? key.record.backend : null;
        const { problem, backend } = key;
        return enter({
          phase: 'key_problem',
          problem,
          backend,
          previousBackend,
          recovery: keyRing.recovery() !== null,
          unsent: await unsent.read(),
        });
      }
      case 'unlocked':
        return openCache(key.key);
    }
  }

  function enterLocked(mode: KeyMode): void {
    standBy.fill();
    const unread = options.unread();
    enter({
      phase: 'locked',
      mode,
      waitUntil: keyRing.waitUntil(),
      recovery: keyRing.recovery() !== null,
      unread: unread > 0 ? unread : null,
    });
  }

  /** The wrong passphrase is told to the caller, and how long to wait to everybody. */
  async function openKey(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const key = keyRing.state();
      if (state.phase === 'locked' && key.at === 'wrapped') enterLocked(key.record.mode);
      throw error;
    }
    await followKey();
  }

  async function openCache(key: Uint8Array): Promise<void> {
    enter({ phase: 'starting' });
    let opened: Cache;
    try {
      opened = await openThere(key, 'nobody');
      await place.restore(opened, key);
    } catch (error) {
      const kind = cacheKind(error);
      if (kind === null || kind === 'closed') throw error;
      log.warn({ kind, error }, 'the cache did not open');
      return cacheProblem(kind);
    }
    attach(opened);
    // Whoever signs in next may need the file.
    if (!place.onDisk()) await (options.storage() === 'on' ? standBy.fill() : standBy.end());
    return signedIn.resume(opened);
  }

  async function openThere(key: Uint8Array, asked: 'nobody' | 'known'): Promise<Cache> {
    const file = await place.prepare(asked);
    return parts.openCache({ ...cacheOptions(key), file, standBy });
  }

  /** The cache, opened where the storage says now; what the user wrote and who is signed in are carried over. Nothing may be syncing. */
  async function move(key: Uint8Array, change: () => Promise<void>): Promise<Cache> {
    const precious = await needCache().read.precious();
    await letGo();
    // From here on a start finds the new choice, and removes what a kill in between has left.
    await change();
    const opened = await openThere(key, 'known');
    await opened.write.adopt(precious);
    attach(opened);
    return opened;
  }

  /** Before anything of a workspace is written: what the gateway says about its storage. Nobody told it: only memory, until it is known. */
  async function settle(said: 'on' | 'off' | null): Promise<Cache> {
    const key = keyRing.state();
    if (key.at !== 'unlocked') throw failure('not_ready', 'the key is not open');
    const storage = await options.toldStorage(said);
    if (storage === null || (storage === 'on') === place.onDisk()) return needCache();
    try {
      return await move(key.key, async () => undefined);
    } catch (error) {
      const kind = cacheKind(error);
      if (kind !== null && kind !== 'closed') await cacheProblem(kind);
      throw error;
    }
  }

  function attach(opened: Cache): void {
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
  }

  /** The cache copies the key. That it is the right one is known from its fingerprint: what it does not open is damaged. */
  function cacheOptions(key: Uint8Array): OpenCacheOptions {
    const onSlow = (statement: string, ms: number) => {
      log.warn({ statement, ms: Math.round(ms) }, 'a slow statement');
      options.onSlow(statement, ms);
    };
    return { file: place.file, key, workers: options.workers, keyIsRight: true, onSlow };
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

  /** The same before the key leaves memory: of a workspace that runs from memory, what the user wrote stays, sealed. */
  async function shut(key: Uint8Array): Promise<void> {
    await signedIn.stop();
    try {
      if (cache !== null) await place.seal(cache, key);
    } catch (error) {
      // Locked in any case.
      log.warn({ error }, 'what was written could not be sealed');
    }
    await letGo();
  }

  const keySteps = createKeySteps({
    ...options,
    cacheFile: place.file,
    onDisk: place.onDisk,
    shut,
    wiped: place.forget,
    async quiet() {
      await signedIn.stop();
      await maintenance?.stop();
    },
    letGo,
    enter,
  });

  async function takeAway(opened: Cache | null, reason: 'remote' | 'terminated'): Promise<void> {
    await keySteps.takeAway(opened, reason);
    await followKey();
  }

  function needCache(): Cache {
    if (cache === null) throw failure('not_ready', 'the cache is not open');
    return cache;
  }

  return {
    state: () => state,
    onDisk: place.onDisk,
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
        standBy.fill();
        await options.lost.load();
        await keySteps.begin();
        await options.reports.resume();
        options.termination.look();
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
        await keySteps.forgetWipe();
        await keyRing.create(mode, passphrase);
        await followKey();
      }),
    unlock: (passphrase) =>
      step(async () => {
        if (state.phase === 'locked') await openKey(() => keyRing.unlock(passphrase));
      }),
    recoverKey: (typed, way) => step(() => openKey(() => keyRing.recover(typed, way))),
    lock: () =>
      step(async () => {
        const key = keyRing.state();
        if (key.at !== 'unlocked') return;
        await shut(key.key);
        keyRing.close();
        enterLocked(key.record.mode);
      }),
    tellNotices() {
      if (state.phase === 'ready') enter({ ...state, keyWarning: keyRing.warning() });
    },
    withKey: (work) => step(() => work(keyRing)),
    rotateKey: (present) =>
      step(async () => {
        try {
          await keySteps.rotate(needCache(), present);
        } finally {
          // Nothing was stopped when the passphrase was wrong.
          if (cache === null) await followKey();
        }
      }),
    reportLost: (wanted) =>
      step(async () => {
        const receipt = await keySteps.report(cache, wanted);
        await followKey();
        return receipt;
      }),
    terminate: () =>
      step(async () => {
        // Somebody may have taken it back while another step ran.
        if (!closed && options.termination.over()) await takeAway(cache, 'terminated');
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
          place.forget();
          await place.setAside(options.now());
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
    switchStorage: (change) =>
      step(async () => {
        const key = keyRing.state();
        if (key.at !== 'unlocked' || cache === null) throw failure('not_ready', 'the cache is not open');
        await signedIn.stop();
        await signedIn.resume(await move(key.key, change));
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
        options.lost.stop();
        options.reports.stop();
        await letGo();
        await standBy.end();
        keyRing.close();
      });
    },
  };
}

function nobodyWaits(): never {
  throw failure('not_ready', 'the application is closing');
}
