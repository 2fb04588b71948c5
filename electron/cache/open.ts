/** Opens the cache: the writer first (lock, checklist, migrations), then the readers and the one that searches. */
import { CacheRefusal } from './api.ts';
import { MEMORY } from './options.ts';
import type { Cache, CacheFailure, CacheReader, CacheSearcher, CacheWriter } from './api.ts';
import type { OpenCacheOptions } from './options.ts';
import type { CipherFacts } from './cipher-facts.ts';
import { failure } from './failure.ts';
import { Thread } from './pool.ts';
import type { ThreadEvents } from './pool.ts';
import { expandThread } from './read/expand-thread.ts';
import type { PackedThread } from './read/thread.ts';

/** Threads that answer queries. */
export const READERS = 2;
/** A search that takes longer is stopped by ending its thread: SQLite here has no way to interrupt a statement. */
const SEARCH_TIMEOUT = 3_000;

/** Reads that need the row alone, not what it shows: a command must not wait to be sent. */
const OUTBOX_ITSELF = new Set([
  'outboxDue',
  'unsentCount',
  'unsentWork',
  'nextSendTime',
  'session',
  'syncState',
  'sendFacts',
  // Rows of files and where their jobs are: nothing of it is laid over.
  'imports',
  'import',
  'importRows',
  'importLines',
  'importCounts',
  'importMapping',
]);
/** Writes whose effect is written after they have answered. */
const KEEPING = new Set(['enqueue', 'enqueueMany', 'applyImportRows']);

/** Throws `CacheFailure`. The key is copied; wiping the caller's is the caller's. */
export async function openCache(options: OpenCacheOptions): Promise<Cache> {
  const { file, workers } = options;
  const key = Uint8Array.from(options.key);
  const data = { file, key, keyIsRight: options.keyIsRight ?? false, crashAt: options.crashAt ?? null };
  const listeners = new Set<(failure: CacheFailure) => void>();
  let told = false;
  let closing = false;
  const events: ThreadEvents = {
    onFailure(problem) {
      if (told || closing) return;
      told = true;
      for (const listener of listeners) listener(problem);
    },
    onSlow: (statement, ms) => options.onSlow?.(statement, ms),
  };
  const readerData = { ...data, keyIsRight: true, crashAt: null };

  told = true; // While opening, the failure is thrown, not told.
  const inMemory = file === MEMORY;
  const count = Math.max(1, options.readers ?? READERS);
  const waiting = options.standBy?.take(inMemory ? 0 : count + 1) ?? { writer: null, readers: [] };
  const writer = waiting.writer ?? new Thread(workers.writer);
  const another = (): Thread => (inMemory ? writer : (waiting.readers.pop() ?? new Thread(workers.reader)));
  const readers = Array.from({ length: count }, another);
  let searcher = another();
  try {
    await writer.open(data, events);
    if (!inMemory) await Promise.all([...readers, searcher].map((thread) => thread.open(readerData, events)));
  } catch (error) {
    await Promise.allSettled([writer, ...readers, searcher].map((thread) => thread.kill(failure('closed'))));
    key.fill(0);
    throw error;
  }
  told = false;

  function leastLoaded(): Thread {
    return readers.reduce((best, thread) => (thread.load < best.load ? thread : best));
  }

  async function search(input: unknown): Promise<unknown> {
    await shown();
    const thread = searcher;
    if (inMemory) return thread.ask('search', input);
    const timer = setTimeout(() => {
      // Another that waited in the same thread has been here before.
      if (searcher !== thread) return;
      // The next search must not wait for the end of this one.
      searcher = new Thread(workers.reader);
      void searcher.open(readerData, events).catch(() => undefined);
      void thread.kill(new CacheRefusal('too_slow', 'the search took too long'));
    }, options.searchTimeoutMs ?? SEARCH_TIMEOUT);
    try {
      return await thread.ask('search', input);
    } finally {
      clearTimeout(timer);
    }
  }

  // Set when a command was kept: what it shows is written before anybody reads.
  let showing: Promise<unknown> | null = null;
  let unshown = false;

  /** In portions, so that other writes can go between them. */
  async function showAll(): Promise<void> {
    try {
      while ((await writer.ask('showKept', null)) === true);
    } catch {
      // When it cannot be written the failure has been told; what is there can still be read.
    }
  }

  async function shown(): Promise<void> {
    if (unshown) {
      unshown = false;
      showing = showAll();
    }
    await showing;
  }

  const read = proxy<CacheReader>(async (method, input) => {
    if (!OUTBOX_ITSELF.has(method)) await shown();
    const value = await leastLoaded().ask(method, input);
    if (method === 'thread') return expandThread(value as PackedThread);
    if (method === 'threadAround') return value === null ? null : expandThread(value as PackedThread);
    return value;
  });
  const write = proxy<CacheWriter>((method, input) => {
    // Every other transaction shows what was kept before it does its own work.
    if (KEEPING.has(method)) unshown = true;
    return writer.ask(method, input);
  });

  return {
    read,
    write,
    search: { search: search as CacheSearcher['search'] },
    onFailure: (listener) => void listeners.add(listener),
    cipherFacts: async () => (inMemory ? null : ((await writer.ask('cipherFacts', null)) as CipherFacts)),
    async encryptInto(into, newKey) {
      await shown();
      // Readers hold the log: it can be folded in while nobody reads.
      return (await writer.ask('encryptInto', { into, key, newKey })) as number;
    },
    async close() {
      if (closing) return;
      closing = true;
      if (!inMemory) await Promise.all([searcher, ...readers].map((thread) => thread.close()));
      await writer.close();
      key.fill(0);
    },
  };
}

/** An object whose every method is one request of that name. The names are those of the type; a worker refuses others. */
function proxy<T extends object>(ask: (method: string, input: unknown) => Promise<unknown>): T {
  const methods = new Map<string, (input?: unknown) => Promise<unknown>>();
  return new Proxy({} as T, {
    get(_target, name) {
      // A promise that resolves with this object asks whether it is one itself.
      if (typeof name !== 'string' || name === 'then') return undefined;
      let method = methods.get(name);
      if (method === undefined) {
        method = (input) => ask(name, input);
        methods.set(name, method);
      }
      return method;
    },
  });
}
