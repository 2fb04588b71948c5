/**
 * The application that Electron and loopback both start: the cache, the keys, the session with the gateway and the calls of the
 * page, wired together. It knows the desktop only through the Shell.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { AppState } from '../../shared/contract/state.ts';
import type { CacheWorkers } from '../cache/api.ts';
import { createChanges } from './changes.ts';
import type { Context } from './context.ts';
import { failure } from './failures.ts';
import { type Gate, createGate } from './gate.ts';
import { handlers } from './handlers/all.ts';
import { CACHE_FILE, createLifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import { type MediaSource, createMediaSource } from './media-source.ts';
import type { Parts } from './parts.ts';
import { type PageListener, createPublisher } from './publisher.ts';
import type { Shell } from './shell.ts';
import type { StartGateway } from './signed-in.ts';
import { createUnsentCounter } from './unsent.ts';

export type ApplicationOptions = {
  shell: Shell;
  parts: Parts;
  userDataDir: string;
  workers: CacheWorkers;
  /** See lifecycle.ts. */
  gateway: Promise<StartGateway>;
  keyAnswer: 'file' | null;
  log: Log;
  version: string;
  checkOutputs: boolean;
  now?: () => number;
};

export type Application = {
  state(): AppState;
  /** Runs until the first screen is known. Problems of key and cache are states; only the unforeseen rejects. */
  start(): Promise<void>;
  /** The one gate; never rejects. */
  call: Gate;
  /** Returns a function that stops listening. */
  onEvent(listener: PageListener): () => void;
  media: MediaSource;
  /** The notification of a conversation was clicked, or a link to it. */
  showConversation(conversationId: string): void;
  /** Everything written is flushed when it resolves. */
  close(): Promise<void>;
};

export function createApplication(options: ApplicationOptions): Application {
  const { log, parts, shell, userDataDir } = options;
  const now = options.now ?? (() => Date.now());
  const publisher = createPublisher((error) => log.error({ error }, 'an event was not delivered'));
  const unsent = createUnsentCounter(path.join(userDataDir, 'cache', 'unsent'));
  const changes = createChanges({
    counter: unsent,
    log,
    onChanged: (set) => publisher.publish('changed', set),
    onUnsent: (count) => publisher.publish('connection', { connection: life.connection(), unsent: count }),
  });
  const keyRing = parts.createKeyRing({
    folder: path.join(userDataDir, 'keys'),
    keychain: shell.keychain,
    hasCache: () => exists(path.join(userDataDir, 'cache', CACHE_FILE)),
    now,
  });
  const life = createLifecycle({ ...options, keyRing, publisher, unsent, changes, now });

  const context: Context = {
    life,
    state: life.state,
    ready() {
      const ready = life.ready();
      if (ready === null) throw failure('not_ready', 'nobody is signed in');
      return ready;
    },
    cache() {
      const cache = life.cache();
      if (cache === null) throw failure('not_ready', 'the cache is not open');
      return cache;
    },
    connection: life.connection,
    countUnsent: changes.count,
    changed: changes.publish,
    keyMode() {
      const key = keyRing.state();
      return key.at === 'unlocked' || key.at === 'wrapped' ? key.record.mode : null;
    },
    gatewayHttp: parts.gatewayHttp,
    shell,
    version: options.version,
    now,
  };

  const stopListening = shell.onPower((event) => {
    const sync = life.ready()?.sync;
    if (event === 'suspend') sync?.suspend();
    else sync?.resume();
  });

  return {
    state: life.state,
    start: life.start,
    call: createGate({ handlers, context, checkOutputs: options.checkOutputs, log }),
    onEvent: publisher.listen,
    media: createMediaSource(life.ready, log),
    showConversation: (conversationId) => publisher.publish('navigate.conversation', { conversationId }),
    async close() {
      stopListening();
      await life.close();
    },
  };
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
