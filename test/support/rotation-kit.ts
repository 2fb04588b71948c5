/** A user-data folder with a key file and a filled cache, opened as the application does, without the application. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Cache } from '../../electron/cache/api.ts';
import { opensFile } from '../../electron/cache/page-proof.ts';
import { type KeyRing, createKeyRing } from '../../electron/keys/key-ring.ts';
import { removeLeftovers } from '../../electron/app/lock/rotation.ts';
import {
  contactOf,
  conversationOf,
  me,
  messageOf,
  openTestCache,
  sendCommand,
  session,
  snapshotAt,
} from './cache-kit.ts';

/** Those of the history and the one in the outbox. */
export const MESSAGES = 601;

export type Opened = {
  cache: Cache;
  keyRing: KeyRing;
  cacheFile: string;
  /** Hex. */
  key: string;
  close(): Promise<void>;
};

export async function openFolder(folder: string): Promise<Opened> {
  const cacheFile = path.join(folder, 'cache', 'parley.db');
  mkdirSync(path.dirname(cacheFile), { recursive: true });
  const keyRing = createKeyRing({
    folder: path.join(folder, 'keys'),
    keychain: {
      status: async () => ({ available: false, reason: 'test' }),
      wrap: () => Promise.reject(new Error('no keychain')),
      unwrap: () => Promise.reject(new Error('no keychain')),
    },
    hasCache: async () => false,
    opensCache: (key) => opensFile(cacheFile, key),
    now: () => Date.now(),
  });
  let state = await keyRing.open();
  if (state.at === 'none') state = await keyRing.create('file', null);
  if (state.at !== 'unlocked') throw new Error(`the key is ${state.at}`);
  await removeLeftovers(cacheFile);
  const cache = await openTestCache(cacheFile, { key: state.key });
  return {
    cache,
    keyRing,
    cacheFile,
    key: Buffer.from(state.key).toString('hex'),
    async close() {
      await cache.close();
      keyRing.close();
    },
  };
}

export async function fillFolder(folder: string): Promise<void> {
  const conversation = conversationOf();
  const { cache, close } = await openFolder(folder);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  const messages = Array.from({ length: MESSAGES - 1 }, (_, index) =>
    messageOf(conversation, `rhododendron and more words, number ${index}`, { sentAt: index }),
  );
  const contact = contactOf({ id: conversation.contactId });
  await cache.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [{ conversation, contact, messages }], next: null },
  });
  await cache.write.enqueue({ command: sendCommand(conversation, 'we answer'), me: me.id, now: 5_000 });
  await cache.write.maintain({ budgetMs: 60_000 });
  await close();
}
