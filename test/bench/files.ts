/**
 * User-data folders with a cache of generated messages in them, as the application would have left them: a key in a file, a
 * session, everything synchronised and in the search index. Made through the product's own cache, kept between runs.
 */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { keyFiles } from '../../electron/keys/key-files.ts';
import { createKeyRing } from '../../electron/keys/key-ring.ts';
import { openCache } from '../../electron/cache/open.ts';
import type { Cache, SyncPage } from '../../electron/cache/api.ts';
import { FIRST_PAGE, HISTORY_PAGE, MOST_CONVERSATIONS } from '../../electron/sync/first-sync.ts';
import type { BenchOptions } from './benchmark.ts';
import { DATASET_VERSION, makeDataset, type Dataset, type DatasetSize } from './dataset.ts';
import { keep } from './kept.ts';
import { storedSession } from './session.ts';

/** `folder`: the user-data folder. `file`: its cache. `key`: 32 bytes. */
export type CacheData = { folder: string; file: string; key: Uint8Array };

/** Nobody listens there: an application on a kept folder is offline unless it is given a gateway. */
export const NOWHERE = 'http://127.0.0.1:9';

export const workers = {
  writer: new URL('../../electron/cache/worker/writer.ts', import.meta.url),
  reader: new URL('../../electron/cache/worker/reader.ts', import.meta.url),
};

/** The pages of a first sync in the sizes in which the desktop asks for them. */
export function* pagesOf(data: Dataset): Generator<SyncPage> {
  let next: string | null = null;
  let limit = FIRST_PAGE;
  do {
    const page = data.conversationPage(next, limit);
    yield { type: 'conversations', page };
    next = page.next;
    limit = MOST_CONVERSATIONS;
  } while (next !== null);
  do {
    const page = data.historyPage(next, HISTORY_PAGE);
    yield { type: 'history', page };
    next = page.next;
  } while (next !== null);
}

/** Applies a whole first sync; the next page is made while the one before is being written. */
export async function fill(cache: Cache, data: Dataset, onPage?: (messages: number) => void): Promise<void> {
  await cache.write.applySnapshot(data.snapshot());
  const pages = pagesOf(data);
  let page = pages.next();
  while (page.done !== true) {
    const applying = cache.write.applyPage(page.value);
    page = pages.next();
    const outcome = await applying;
    if (!outcome.applied) throw new Error('a page was not applied');
    onPage?.(outcome.state.messages);
  }
}

/** Does what can wait until nothing waits: the search index is complete afterwards. */
export async function settleIndex(cache: Cache): Promise<void> {
  while ((await cache.write.maintain({ budgetMs: 1_000 })).more);
}

/** A folder with a key and nothing else; answers the key. */
export async function makeKey(folder: string): Promise<Uint8Array> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ring = createKeyRing({
    folder: path.join(folder, 'keys'),
    keychain: {
      status: () => Promise.resolve({ available: false, reason: 'bench' }),
      wrap: () => Promise.reject(new Error('no keychain')),
      unwrap: () => Promise.reject(new Error('no keychain')),
    },
    opensCache: async () => true,
    hasCache: () => Promise.resolve(false),
    now: Date.now,
  });
  mkdirSync(path.join(folder, 'keys'), { recursive: true, mode: 0o700 });
  await ring.create('file', null);
  ring.close();
  return readKey(folder);
}

async function readKey(folder: string): Promise<Uint8Array> {
  const stored = await keyFiles(path.join(folder, 'keys')).readKey();
  if (stored.type !== 'key') throw new Error(`the key of the kept data is ${stored.type}`);
  return Uint8Array.from(stored.key);
}

async function dataIn(folder: string): Promise<CacheData> {
  return { folder, file: path.join(folder, 'cache', 'parley.db'), key: await readKey(folder) };
}

/** Opens the cache of a folder with the product's own threads. */
export function openData(data: CacheData): Promise<Cache> {
  mkdirSync(path.dirname(data.file), { recursive: true, mode: 0o700 });
  return openCache({ file: data.file, key: Uint8Array.from(data.key), workers });
}

async function made(
  options: BenchOptions,
  size: DatasetSize,
  say: (line: string) => void,
): Promise<CacheData> {
  const name = `v${DATASET_VERSION}-${size.messages}-${size.conversations}-${size.giant}`;
  const folder = await keep(options.kept, name, async (unfinished) => {
    say(`making a cache of ${(size.messages + size.giant).toLocaleString('en')} messages`);
    const key = await makeKey(unfinished);
    const cache = await openData({
      folder: unfinished,
      file: path.join(unfinished, 'cache', 'parley.db'),
      key,
    });
    try {
      await cache.write.saveSession(storedSession(NOWHERE));
      let told = 0;
      await fill(cache, makeDataset(size), (messages) => {
        if (messages - told < 100_000) return;
        told = messages;
        say(`${messages.toLocaleString('en')} messages`);
      });
      await settleIndex(cache);
    } finally {
      await cache.close();
    }
  });
  return dataIn(folder);
}

/** Kept folders are read only by agreement: what writes works on a copy. */
export function largeData(options: BenchOptions, say: (line: string) => void): Promise<CacheData> {
  return made(options, options.large, say);
}

/** A tenth of the large one. */
export function smallData(options: BenchOptions, say: (line: string) => void): Promise<CacheData> {
  return made(options, options.small, say);
}

/** As many conversations as the large one with a fifth of its messages, and one thread of a tenth of them: for scrolling. */
export function giantSize(options: BenchOptions): DatasetSize {
  const { messages, conversations } = options.large;
  return { messages: messages / 5, conversations, giant: messages / 10 };
}

export function giantData(options: BenchOptions, say: (line: string) => void): Promise<CacheData> {
  return made(options, giantSize(options), say);
}

/** Signed in, synchronised, and nothing there. */
export function emptyData(options: BenchOptions, say: (line: string) => void): Promise<CacheData> {
  return made(options, { messages: 0, conversations: 0, giant: 0 }, say);
}

/** A copy that may be written to, under `scratch`. */
export async function copyOf(data: CacheData, scratch: string): Promise<CacheData> {
  const folder = path.join(scratch, `copy-${process.pid}-${(copies += 1)}`);
  cpSync(data.folder, folder, { recursive: true, preserveTimestamps: true });
  return dataIn(folder);
}

let copies = 0;

/** A new user-data folder with a key and no cache yet, under `scratch`. */
export async function freshData(scratch: string): Promise<CacheData> {
  const folder = path.join(scratch, `fresh-${process.pid}-${(copies += 1)}`);
  await makeKey(folder);
  return dataIn(folder);
}
