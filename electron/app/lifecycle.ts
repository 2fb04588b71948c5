/**
 * What the application as a whole is doing (shared/contract/state.ts), from the start to the end. Steps never run side by side.
 *
 *   starting ─▶ key_choice | locked | key_problem ─▶ (key) ─▶ cache_problem ─▶ (cache) ─▶ signed_out ◀─▶ ready
 *                                                                                             protocol_mismatch ◀─┘
 */
import os from 'node:os';
import path from 'node:path';
import { mkdir, rename, readdir, rm, stat } from 'node:fs/promises';
import type { KeyMode } from '../../shared/contract/state.ts';
import type { AppState, ConnectionState } from '../../shared/contract/state.ts';
import type { AuthErrorKind } from '../../shared/protocol/errors.ts';
import type { Cache, CacheErrorKind, CacheWorkers, OpenCacheOptions, StoredSession } from '../cache/api.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Changes } from './changes.ts';
import type { Ready } from './context.ts';
import { cacheKind, failure, signInFailure } from './failures.ts';
import type { Log } from './log.ts';
import { type Maintenance, startMaintenance } from './maintenance.ts';
import type { Parts, Sync } from './parts.ts';
import type { Publisher } from './publisher.ts';
import type { UnsentCounter } from './unsent.ts';

export type Prefill = { gateway: string; email: string; password: string };

export type LifecycleOptions = {
  parts: Parts;
  keyRing: KeyRing;
  userDataDir: string;
  workers: CacheWorkers;
  /** The gateway of this start: the demo's child process, or what the command line names. Null: what was signed in to. */
  gatewayUrl: string | null;
  prefill: Prefill | null;
  keyAnswer: 'file' | null;
  log: Log;
  publisher: Publisher;
  unsent: UnsentCounter;
  changes: Changes;
  now(): number;
};

export type SignIn = { gateway: string; email: string; password: string; totp: string | null };

export type Lifecycle = {
  state(): AppState;
  connection(): ConnectionState;
  ready(): Ready | null;
  cache(): Cache | null;
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
/** Encrypted files of messages, in the user-data folder. */
export const MEDIA_FOLDER = 'media';

/** Problems after which setting the file aside and starting a new one is a way out. */
const RECOVERABLE: readonly CacheErrorKind[] = ['damaged', 'newer', 'wrong_key'];

const NO_TOKENS = { accessToken: '', accessExpiresAt: 0, refreshToken: '', refreshExpiresAt: 0 };
/** A gateway that does not answer must not keep somebody from signing out. */
const SIGN_OUT_PATIENCE = 3_000;

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { parts, keyRing, log, publisher, unsent, changes } = options;
  const cacheFolder = path.join(options.userDataDir, 'cache');
  const cacheFile = path.join(cacheFolder, CACHE_FILE);
  const mediaFolder = path.join(options.userDataDir, MEDIA_FOLDER);

  let state: AppState = { phase: 'starting' };
  let connection: ConnectionState = { state: 'idle' };
  let cache: Cache | null = null;
  let running: { sync: Sync; session: StoredSession } | null = null;
  let maintenance: Maintenance | null = null;
  let recovered: Extract<AppState, { phase: 'ready' }>['recovered'] = null;
  let closed = false;
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
    await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
    let opened: Cache;
    try {
      opened = await parts.openCache(cacheOptions(key));
    } catch (error) {
      const kind = cacheKind(error);
      if (kind === null || kind === 'closed') throw error;
      log.warn({ kind, error }, 'the cache did not open');
      return cacheProblem(kind);
    }
    cache = opened;
    changes.attach(opened);
    opened.onFailure((problem) => {
      if (problem.kind === 'closed') return;
      const { kind } = problem;
      stepAside('cache failure', async () => {
        if (cache !== opened) return;
        await letGo();
        await cacheProblem(kind);
      });
    });
    maintenance = startMaintenance(opened, log);
    const session = await opened.read.session();
    if (session === null) return signedOut(null, options.gatewayUrl);
    if (session.tokens.refreshToken === '')
      return signedOut('session_expired', options.gatewayUrl ?? session.gateway);
    return run(session);
  }

  /** The cache copies the key. That it is the right one is known from its fingerprint: what it does not open is damaged. */
  function cacheOptions(key: Uint8Array): OpenCacheOptions {
    const onSlow = (statement: string, ms: number) =>
      log.warn({ statement, ms: Math.round(ms) }, 'a slow statement');
    return { file: cacheFile, key, workers: options.workers, keyIsRight: true, onSlow };
  }

  async function cacheProblem(problem: Exclude<CacheErrorKind, 'closed'>): Promise<void> {
    const recoverable = RECOVERABLE.includes(problem);
    enter({ phase: 'cache_problem', problem, file: CACHE_FILE, recoverable, unsent: await unsent.read() });
  }

  async function signedOut(reason: AuthErrorKind | null, gateway: string | null): Promise<void> {
    enter({ phase: 'signed_out', prefill: options.prefill, gateway, reason, unsent: await changes.count() });
  }

  async function run(stored: StoredSession): Promise<void> {
    const open = need(cache);
    // The demo gateway has another port at every start, and `--gateway` names the one to use.
    const session = { ...stored, gateway: options.gatewayUrl ?? stored.gateway };
    if (session.gateway !== stored.gateway) await open.write.saveSession(session);
    const sync = parts.createSync({
      cache: open,
      session,
      mediaFolder,
      log,
      onChanges: (set) => {
        changes.publish(set);
        maintenance?.wake();
      },
      onConnection: (next) => connected(sync, next),
      onEphemeral: (event) => publisher.publish('ephemeral', event),
      onSignedOut: (reason) =>
        stepAside('signed out by the gateway', async () => {
          if (running?.sync !== sync) return;
          await stopSync();
          // Dead tokens are forgotten, so that a start without a network does not show what this device may not see any more.
          await open.write.saveTokens(NO_TOKENS);
          await signedOut(reason, session.gateway);
        }),
    });
    running = { sync, session };
    await changes.count();
    enterReady();
    sync.start();
  }

  function enterReady(): void {
    const { session } = need(running);
    const { me, workspace, gateway } = session;
    enter({ phase: 'ready', me, workspace, gateway, keyWarning: keyRing.warning(), recovered });
  }

  function connected(sync: Sync, next: ConnectionState): void {
    if (running?.sync !== sync) return;
    connection = next;
    publisher.publish('connection', { connection, unsent: changes.unsent() });
    if (next.state === 'mismatch') {
      enter({ phase: 'protocol_mismatch', ours: next.ours, theirs: next.theirs, unsent: changes.unsent() });
    } else if (state.phase === 'protocol_mismatch' && next.state !== 'idle') {
      enterReady();
    }
  }

  async function stopSync(): Promise<void> {
    const was = running;
    running = null;
    connection = { state: 'idle' };
    await was?.sync.stop();
  }

  /** Stops sync and closes the cache; the key stays. */
  async function letGo(): Promise<void> {
    await stopSync();
    await maintenance?.stop();
    maintenance = null;
    const was = cache;
    cache = null;
    changes.detach();
    await was?.close();
  }

  async function signIn(input: SignIn): Promise<void> {
    const open = need(cache);
    const before = await open.read.session();
    const { http, answer } = await askForSession(input, before);
    const { tokens, user, workspace, deviceId } = answer;
    if (before !== null && (before.me.id !== user.id || before.workspace.id !== workspace.id)) {
      if ((await open.read.unsentCount()) > 0) {
        await http.signOut(tokens.accessToken).catch(ignoreUnreachable);
        throw failure('forbidden', 'unsent messages of somebody else are on this machine');
      }
      // Another person or company: nothing of the one before may be seen.
      await forget(open);
    }
    const session: StoredSession = { gateway: input.gateway, deviceId, me: user, workspace, tokens };
    await open.write.saveSession(session);
    await run(session);
  }

  async function askForSession(input: SignIn, before: StoredSession | null) {
    try {
      const http = parts.gatewayHttp(input.gateway);
      const device = { id: before?.deviceId ?? null, name: `Parley on ${os.hostname()}`.slice(0, 120) };
      const { email, password, totp } = input;
      return { http, answer: await http.signIn({ email, password, totp, device }) };
    } catch (error) {
      throw signInFailure(error);
    }
  }

  async function signOut(input: { discardUnsent: boolean }): Promise<void> {
    const open = need(cache);
    if ((await open.read.unsentCount()) > 0 && !input.discardUnsent) {
      throw failure('forbidden', 'there are unsent messages');
    }
    const session = await open.read.session();
    await stopSync();
    if (session !== null && session.tokens.accessToken !== '') {
      const asked = parts
        .gatewayHttp(session.gateway)
        .signOut(session.tokens.accessToken)
        .catch(ignoreUnreachable);
      await Promise.race([asked, patience(SIGN_OUT_PATIENCE)]);
    }
    await forget(open);
    recovered = null;
    await signedOut(null, options.gatewayUrl ?? session?.gateway ?? null);
  }

  /** Everything of the person who was signed in, drafts and encrypted files included. */
  async function forget(open: Cache): Promise<void> {
    await open.write.clear({ discardUnsent: true });
    await rm(mediaFolder, { recursive: true, force: true });
    changes.everything();
  }

  function ignoreUnreachable(error: unknown): void {
    log.info({ error }, 'the gateway was not told of a sign-out');
  }

  return {
    state: () => state,
    connection: () => connection,
    ready: () => (cache === null || running === null ? null : { cache, ...running }),
    cache: () => cache,
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
          if (key.at !== 'problem' || key.problem !== 'weak_backend')
            throw failure('forbidden', 'not that problem');
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
        if (key.at !== 'unlocked' || state.phase !== 'cache_problem')
          throw failure('not_ready', 'no cache problem');
        if (action === 'rebuild') {
          if (!state.recoverable) throw failure('forbidden', 'a rebuild would not help');
          const report = await parts.recoverCache(cacheOptions(key.key));
          recovered = { at: options.now(), ...report };
        }
        await openCache(key.key);
      }),
    signIn: (input) => step(() => signIn(input)),
    signOut: (input) => step(() => signOut(input)),
    close: () =>
      step(async () => {
        if (closed) return;
        closed = true;
        await letGo();
        keyRing.close();
      }),
  };
}

/** Moves the cache's files into `aside-<time>` beside them: never a silent delete. */
async function setAside(folder: string, now: number): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there === null) return;
  const target = path.join(folder, `aside-${now}`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name.startsWith(CACHE_FILE) || name === 'unsent')
      await rename(path.join(folder, name), path.join(target, name));
  }
}

function patience(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function need<T>(value: T | null): T {
  if (value === null) throw failure('not_ready', 'the cache is not open');
  return value;
}
