/** Who is signed in: signing in and out, and the sync session that runs meanwhile. Called by lifecycle.ts, one step at a time. */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import type { AppState, ConnectionState } from '../../shared/contract/state.ts';
import type { AuthErrorKind } from '../../shared/protocol/errors.ts';
import type { Cache, StoredSession } from '../cache/api.ts';
import type { Changes } from './changes.ts';
import { failure, signInFailure } from './failures.ts';
import type { LostDevice } from './lock/lost-device.ts';
import type { Log } from './log.ts';
import type { Parts, Sync, SyncOptions } from './parts.ts';
import type { Publisher } from './publisher.ts';
import { tellRefused } from './refused.ts';

export type Prefill = { gateway: string; email: string; password: string };
/**
 * The gateway of this start: the demo's, or what the command line names. `url` null: the one that was signed in to. `prefill`: the
 * form comes filled in.
 */
export type StartGateway = { url: string | null; prefill: Prefill | null };
export type SignIn = { gateway: string; email: string; password: string; totp: string | null };

export type SignedInOptions = {
  parts: Parts;
  mediaFolder: string;
  /** See lifecycle.ts. */
  gateway(): Promise<StartGateway>;
  log: Log;
  publisher: Publisher;
  changes: Changes;
  /** The phase as it is, and changing it. */
  state(): AppState;
  enter(next: AppState): void;
  /** What `ready` says besides. */
  notices(): Pick<Extract<AppState, { phase: 'ready' }>, 'keyWarning' | 'recovered'>;
  /** Answers the cache that this workspace's things go to: its storage is known before anything is written. */
  settle(storage: 'on' | 'off' | null): Promise<Cache>;
  lost: Pick<LostDevice, 'endsSession' | 'endSession'>;
  /** Runs after the step that is under way; failures are logged. */
  stepAside(name: string, work: () => Promise<void>): void;
  /** Something was synced: there may be maintenance to do. */
  onSynced(): void;
  /** See SyncSessionOptions. */
  onServerTime: (at: number) => void;
  onArrivals: SyncOptions['onArrivals'];
  /** The gateway says that nothing may stay here: wipes it. Called within a step. */
  takenAway(cache: Cache, reason: 'remote' | 'terminated'): Promise<void>;
  /** Before anything is sent to this address. */
  connecting(gateway: string): void;
  /** See lifecycle.ts. */
  onForget(): Promise<void>;
};

export type SignedIn = {
  current(): { sync: Sync; session: StoredSession } | null;
  connection(): ConnectionState;
  /** Goes on where the cache was left: signed in, or at the sign-in. */
  resume(cache: Cache): Promise<void>;
  signIn(cache: Cache, input: SignIn): Promise<void>;
  signOut(cache: Cache, input: { discardUnsent: boolean }): Promise<void>;
  /** Stops sync; nothing writes to the cache any more when it resolves. */
  stop(): Promise<void>;
};

export const NO_TOKENS = { accessToken: '', accessExpiresAt: 0, refreshToken: '', refreshExpiresAt: 0 };
/** A gateway that does not answer must not keep somebody from signing out. Milliseconds. */
const SIGN_OUT_PATIENCE = 3_000;

export function createSignedIn(options: SignedInOptions): SignedIn {
  const { parts, log, publisher, changes } = options;
  let running: { sync: Sync; session: StoredSession } | null = null;
  let connection: ConnectionState = { state: 'idle' };

  /** `before`: the gateway that was signed in to. */
  async function signedOut(reason: AuthErrorKind | null, before: string | null): Promise<void> {
    const { url, prefill } = await options.gateway();
    const unsent = await changes.count();
    options.enter({ phase: 'signed_out', prefill, gateway: url ?? before, reason, unsent });
  }

  async function run(cache: Cache, stored: StoredSession): Promise<void> {
    // The demo gateway has another port at every start, and `--gateway` names the one to use.
    const session = { ...stored, gateway: (await options.gateway()).url ?? stored.gateway };
    const sync = create(cache, session);
    if (sync === null) return signedOut('invalid', session.gateway);
    if (session.gateway !== stored.gateway) await cache.write.saveSession(session);
    running = { sync, session };
    await changes.count();
    enterReady(session);
    sync.start();
  }

  /** Null when the address is not one that tokens may be sent to. */
  function create(cache: Cache, session: StoredSession): Sync | null {
    try {
      options.connecting(session.gateway);
      const sync: Sync = parts.createSync({
        cache,
        session,
        mediaFolder: options.mediaFolder,
        log,
        onChanges: (set) => {
          changes.publish(set);
          options.onSynced();
        },
        onConnection: (next) => connected(sync, next),
        onEphemeral: (event) => publisher.publish('ephemeral', event),
        onUpload: (carried) => publisher.publish('upload', carried),
        onRefused: tellRefused({ cache, publisher, log }),
        onArrivals: options.onArrivals,
        onServerTime: options.onServerTime,
        onSignedOut: (reason) =>
          options.stepAside('signed out by the gateway', () => endedByGateway(cache, sync, reason)),
      });
      return sync;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'GatewayHttpFailure') throw error;
      log.warn({ error }, 'the address of the gateway is refused');
      return null;
    }
  }

  async function endedByGateway(cache: Cache, sync: Sync, reason: AuthErrorKind | null): Promise<void> {
    if (running?.sync !== sync) return;
    const { gateway } = running.session;
    await stop();
    if (reason === 'device_wipe') return options.takenAway(cache, 'remote');
    if (reason === 'workspace_ended') return options.takenAway(cache, 'terminated');
    if (reason === 'user_disabled') {
      // This person may see nothing of it any more. What they wrote themselves is nowhere else, and stays for them.
      await cache.write.clear({ discardUnsent: false });
      changes.everything();
      options.onSynced();
      return signedOut(reason, gateway);
    }
    // Dead tokens are forgotten, so that a start without a network does not show what this device may not see any more.
    await cache.write.saveTokens(NO_TOKENS);
    await signedOut(reason, gateway);
  }

  function enterReady({ me, workspace, gateway }: StoredSession): void {
    options.enter({ phase: 'ready', me, workspace, gateway, ...options.notices() });
  }

  function connected(sync: Sync, next: ConnectionState): void {
    if (running?.sync !== sync) return;
    connection = next;
    const unsent = changes.unsent();
    publisher.publish('connection', { connection, unsent });
    if (next.state === 'mismatch') {
      options.enter({ phase: 'protocol_mismatch', ours: next.ours, theirs: next.theirs, unsent });
    } else if (options.state().phase === 'protocol_mismatch' && next.state !== 'idle') {
      enterReady(running.session);
    }
  }

  async function stop(): Promise<void> {
    const was = running;
    running = null;
    connection = { state: 'idle' };
    await was?.sync.stop();
  }

  async function askForSession(input: SignIn, before: StoredSession | null) {
    try {
      const http = parts.gatewayHttp(input.gateway);
      options.connecting(input.gateway);
      const device = { id: before?.deviceId ?? null, name: `Parley on ${os.hostname()}`.slice(0, 120) };
      const { email, password, totp } = input;
      return await http.signIn({ email, password, totp, device });
    } catch (error) {
      throw signInFailure(error);
    }
  }

  /** Everything of the person who was signed in, drafts and encrypted files included. */
  async function forget(cache: Cache): Promise<void> {
    await cache.write.clear({ discardUnsent: true });
    await rm(options.mediaFolder, { recursive: true, force: true });
    await options.onForget();
    changes.everything();
  }

  async function tellSignOut({ gateway, tokens }: StoredSession): Promise<void> {
    if (tokens.accessToken === '') return;
    try {
      await parts.gatewayHttp(gateway).signOut(tokens.accessToken);
    } catch (error) {
      log.info({ error }, 'the gateway was not told of a sign-out');
    }
  }

  return {
    current: () => running,
    connection: () => connection,
    async resume(cache) {
      const session = await cache.read.session();
      if (session === null) return signedOut(null, null);
      if (await options.lost.endsSession()) {
        // Reported as lost: the gateway hears of it before anything else, and nobody goes on with this session.
        options.connecting(session.gateway);
        await options.lost.endSession(session);
        await cache.write.saveTokens(NO_TOKENS);
        return signedOut('session_expired', session.gateway);
      }
      if (session.tokens.refreshToken !== '') return run(cache, session);
      return signedOut('session_expired', session.gateway);
    },
    async signIn(cache, input) {
      const before = await cache.read.session();
      const answer = await askForSession(input, before);
      const { tokens, user, workspace, deviceId, storage } = answer;
      const session: StoredSession = { gateway: input.gateway, deviceId, me: user, workspace, tokens };
      if (before !== null && (before.me.id !== user.id || before.workspace.id !== workspace.id)) {
        const { messages, changes: others } = await cache.read.unsentWork();
        if (messages + others > 0) {
          await tellSignOut(session);
          throw failure('forbidden', 'unsent work of somebody else is on this machine');
        }
        // Another person or company: nothing of the one before may be seen.
        await forget(cache);
      }
      const there = await options.settle(storage);
      await there.write.saveSession(session);
      await run(there, session);
    },
    async signOut(cache, { discardUnsent }) {
      if (!discardUnsent) {
        const left = await cache.read.unsentWork();
        if (left.messages + left.changes + left.imports > 0)
          throw failure('forbidden', 'there is unsent work');
      }
      const session = await cache.read.session();
      await stop();
      if (session !== null) await Promise.race([tellSignOut(session), patience(SIGN_OUT_PATIENCE)]);
      await forget(cache);
      await signedOut(null, session?.gateway ?? null);
    },
    stop,
  };
}

function patience(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
