/**
 * The parts of the application as stand-ins: a cache that only remembers who is signed in and what is unsent, a sync that does
 * what the test says, a gateway that lets in whoever has the password. The key ring is the real one.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Application, ApplicationOptions } from '../../electron/app/application-types.ts';
import { createApplication } from '../../electron/app/application.ts';
import { logTo } from '../../electron/app/log.ts';
import type { Parts, SyncOptions } from '../../electron/app/parts.ts';
import type { Shell } from '../../electron/app/shell.ts';
import {
  type Cache,
  type CacheErrorKind,
  CacheFailure,
  type StoredSession,
} from '../../electron/cache/api.ts';
import { createKeyRing } from '../../electron/keys/key-ring.ts';
import { GatewayHttpFailure } from '../../electron/sync/gateway-http.ts';
import type { HttpFailureKind } from '../../electron/sync/gateway-http.ts';
import type { User, Workspace } from '../../shared/domain/workspace.ts';
import type { SessionTokens } from '../../shared/protocol/session.ts';

export const NOTHING_CHANGED = {
  conversations: [],
  contacts: [],
  lists: false,
  directory: false,
  outbox: false,
  library: false,
  people: false,
  everything: false,
};
export const workspace: Workspace = { id: 'workspace', name: 'Test & Co' };
export const maya: User = {
  id: 'maya',
  name: 'Maya',
  email: 'maya@test.example',
  role: 'agent',
  channelIds: null,
  disabled: false,
  rev: 1,
};
export const TOKENS: SessionTokens = {
  accessToken: 'access',
  accessExpiresAt: 2_000_000_000_000,
  refreshToken: 'refresh',
  refreshExpiresAt: 2_000_000_000_000,
};

export type World = {
  application: Application;
  folder: string;
  /** Everything that was told, in order. */
  told: { event: string; data: unknown }[];
  /** Names of the cache's writes and of what sync was asked, in order. */
  done: string[];
  /** What became of the cache's threads, in order. */
  threads: string[];
  /** Where the cache lay each time, the file's name or `:memory:`. */
  opened: string[];
  /** What the cache holds. */
  held: { session: StoredSession | null; unsent: number; changes: number; imports: number };
  /** Set: the next opening fails so. */
  refuseToOpen: CacheErrorKind | null;
  /** Set: sign-in fails so. */
  refuseToSignIn: HttpFailureKind | null;
  /** Who signs in. */
  user: User;
  /** What the gateway says of the storage at a sign-in. */
  storage: 'on' | 'off' | null;
  sync: SyncOptions | null;
  /** Lets the open cache fail. */
  breakCache(kind: CacheErrorKind): void;
  logged: string[];
  /** Ends this application and starts another one on the same folder and the same cache. */
  restart(options?: Partial<ApplicationOptions>): Promise<Application>;
  close(): Promise<void>;
};

export const plainShell: Shell = {
  kind: 'loopback',
  keychain: {
    status: async () => ({ available: false, reason: 'test' }),
    wrap: () => Promise.reject(new Error('no keychain')),
    unwrap: () => Promise.reject(new Error('no keychain')),
  },
  openLink: async () => undefined,
  openFile: async () => undefined,
  notify: () => false,
  withdrawNotifications: () => undefined,
  idleSeconds: () => null,
  setBadge: () => undefined,
  focusWindow: () => undefined,
  locale: () => 'en-GB',
  onPower: () => () => undefined,
};

/** `keyAnswer` is `file` unless told otherwise, so that a start leads to the sign-in. */
export async function startWorld(options: Partial<ApplicationOptions> = {}): Promise<World> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-app-'));
  let failureListener: ((failure: CacheFailure) => void) | null = null;

  function make(more: Partial<ApplicationOptions>): Application {
    const application = createApplication({
      shell: plainShell,
      parts,
      userDataDir: folder,
      workers: { writer: new URL('file:///none'), reader: new URL('file:///none') },
      gateway: Promise.resolve({ url: 'http://127.0.0.1:9', prefill: null }),
      keyAnswer: 'file',
      log: logTo({ write: (line: string) => void world.logged.push(line) }),
      version: '1.2.3',
      checkOutputs: true,
      ...options,
      ...more,
    });
    application.onEvent((event, data) => void world.told.push({ event, data }));
    return application;
  }

  const parts: Parts = {
    backup: missing({}) as Parts['backup'],
    createKeyRing,
    writeAtomically: (file, content) => writeFile(file, content),
    standBy: () => ({
      fill: () => void world.threads.push('fill'),
      take: () => ({ writer: null, readers: [] }),
      end: async () => void world.threads.push('end'),
    }),
    async openCache({ file, standBy }) {
      const kind = world.refuseToOpen;
      if (kind !== null) throw new CacheFailure(kind, 'as the test said');
      world.done.push('cache.open');
      world.opened.push(path.basename(file));
      world.threads.push(standBy === undefined ? 'no threads' : 'open');
      return fakeCache(world, (listener) => {
        failureListener = listener;
      });
    },
    opensFile: async () => true,
    async recoverCache() {
      world.done.push('recover');
      world.refuseToOpen = null;
      return { outbox: 2, drafts: 1, setAside: 'parley.db.aside' };
    },
    createSync(given) {
      world.sync = given;
      const note = (what: string) => () => void world.done.push(what);
      return {
        start: note('sync.start'),
        stop: async () => void world.done.push('sync.stop'),
        retryNow: note('sync.retryNow'),
        kick: note('sync.kick'),
        suspend: note('sync.suspend'),
        resume: note('sync.resume'),
        loadOlder: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
        fetchMedia: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
        readMedia: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
        stageMedia: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
        signal: note('sync.signal'),
      };
    },
    gatewayHttp: () => ({
      async signIn() {
        if (world.refuseToSignIn !== null) throw new GatewayHttpFailure(world.refuseToSignIn, 'test');
        return { tokens: TOKENS, user: world.user, workspace, deviceId: 'device', storage: world.storage };
      },
      signOut: async () => void world.done.push('gateway.signOut'),
      refresh: async () => TOKENS,
      devices: async () => [],
      revokeDevice: async () => undefined,
      wipeDevice: async () => undefined,
      reportWipe: async () => void world.done.push('gateway.reportWipe'),
      media: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
      upload: () => Promise.reject(new GatewayHttpFailure('unreachable', 'test')),
    }),
  };

  const world: World = {
    application: undefined as unknown as Application,
    folder,
    told: [],
    done: [],
    threads: [],
    opened: [],
    held: { session: null, unsent: 0, changes: 0, imports: 0 },
    refuseToOpen: null,
    refuseToSignIn: null,
    user: maya,
    storage: null,
    sync: null,
    breakCache: (kind) => failureListener?.(new CacheFailure(kind, 'as the test said')),
    logged: [],
    async restart(more = {}) {
      await world.application.close();
      world.application = make(more);
      await world.application.start();
      return world.application;
    },
    async close() {
      await world.application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  world.application = make({});
  await world.application.start();
  return world;
}

/** Signs Maya in; the state is `ready` afterwards. */
export async function signIn(world: World): Promise<void> {
  const result = await world.application.call('session.signIn', {
    gateway: 'http://127.0.0.1:9',
    email: 'maya@test.example',
    password: 'correct horse battery',
    totp: null,
  });
  if (!result.ok) throw new Error(`sign-in: ${result.error.kind}`);
}

function fakeCache(world: World, onFailure: Cache['onFailure']): Cache {
  const { held } = world;
  const write = {
    async saveSession(session: StoredSession) {
      world.done.push('saveSession');
      held.session = session;
    },
    saveTokens: async (tokens: SessionTokens) => {
      if (held.session !== null) held.session = { ...held.session, tokens };
    },
    clear: async () => {
      world.done.push('clear');
      held.session = null;
      Object.assign(held, { unsent: 0, changes: 0, imports: 0 });
    },
    enqueue: async () => {
      world.done.push('enqueue');
      held.unsent += 1;
      return { ...NOTHING_CHANGED, outbox: true };
    },
    saveDraft: async () => NOTHING_CHANGED,
    adopt: async (rows: { session?: StoredSession[] }) => {
      world.done.push('adopt');
      held.session = rows.session?.[0] ?? null;
    },
    maintain: async () => ({ more: false }),
    sweepStaged: async () => 0,
    appendAudits: async () => undefined,
  };
  const read = {
    session: async () => held.session,
    precious: async () => ({ session: held.session === null ? [] : [held.session] }),
    unsentCount: async () => held.unsent,
    unsentWork: async () => ({ messages: held.unsent, changes: held.changes, imports: held.imports }),
    nextSendTime: async () => null,
    discardedFiles: async () => [],
    conversation: async () => null,
    media: async () => null,
    views: async () => [],
    outboxItems: async () => [],
    diagnostics: async () => ({
      cursor: 1,
      messages: 2,
      conversations: 3,
      outbox: held.unsent,
      quarantined: 0,
      cacheBytes: 4096,
      cipher: 'sqlcipher',
    }),
  };
  return {
    read: missing(read) as Cache['read'],
    write: missing(write) as Cache['write'],
    search: missing({}) as Cache['search'],
    onFailure,
    cipherFacts: () => Promise.reject(new Error('not in this stand-in')),
    encryptInto: async () => {
      world.done.push('cache.encryptInto');
      return 4096;
    },
    close: async () => void world.done.push('cache.close'),
  };
}

/** What the stand-in does not have rejects: a test that needs it says so. */
function missing(methods: object): object {
  return new Proxy(methods, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => Promise.reject(new Error(`not in this stand-in: ${String(name)}`))),
  });
}
