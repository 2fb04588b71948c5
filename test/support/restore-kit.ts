/** Backups of a user-data folder as the application makes and restores them, without the application around them. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createBackups } from '../../electron/app/backup/backups.ts';
import type { RestoreStep } from '../../electron/app/backup/read-backup.ts';
import type { Log } from '../../electron/app/log.ts';
import type { Sync } from '../../electron/app/parts.ts';
import { createPublisher } from '../../electron/app/publisher.ts';
import { createRetention } from '../../electron/app/retention/retention.ts';
import { copyCache, openCopy } from '../../electron/cache/copies.ts';
import { writeAtomically } from '../../electron/keys/atomic-file.ts';
import { isStrongEnough, openByPassphrase, sealByPassphrase } from '../../electron/keys/passphrase.ts';
import { newId } from '../../shared/domain/id.ts';
import { HOUR } from '../../shared/domain/time.ts';
import { WORKERS, contactOf, conversationOf, messageOf, noteOf, session, snapshotAt } from './cache-kit.ts';
import { openFolder } from './rotation-kit.ts';

export const PASSPHRASE = 'seven quiet rivers at noon';
export const MESSAGES = 900;
/** Of the first messages. */
export const FILES = 5;

const silent: Log = { error() {}, warn() {}, info() {} } as unknown as Log;

/** Opens the folder with its cache and its backups. `idle` resolves when no job runs; it rejects with what the last one ended with. */
export async function openBackups(folder: string, onRestore?: (step: RestoreStep) => void) {
  const opened = await openFolder(folder);
  const { cache } = opened;
  const who = await cache.read.session();
  const publisher = createPublisher(() => undefined);
  const ready = () => {
    if (who === null) throw new Error('nobody is signed in');
    return { cache, sync: {} as Sync, session: who };
  };
  const retention = createRetention({
    file: path.join(folder, 'retention.json'),
    userDataDir: folder,
    write: writeAtomically,
    ready: () => (who === null ? null : ready()),
    onDisk: () => true,
    inForce: (rules) => rules.policy,
    switchStorage: () => Promise.reject(new Error('not here')),
    removeDiscarded: async () => undefined,
    everything: () => undefined,
    log: silent,
    now: () => Date.now(),
  });
  const backups = createBackups({
    ready,
    parts: { copyCache, openCopy, isStrongEnough, openByPassphrase, sealByPassphrase },
    cacheKey: () => Buffer.from(opened.key, 'hex'),
    userDataDir: folder,
    workers: WORKERS,
    write: writeAtomically,
    version: 'test',
    pickFolder: null,
    publisher,
    retention,
    onDisk: () => true,
    changed: () => undefined,
    audit: async () => undefined,
    log: silent,
    onRestore,
    now: () => Date.now(),
  });
  const idle = () =>
    new Promise<void>((resolve, reject) => {
      const stop = publisher.listen((name) => {
        if (name === 'backup') look();
      });
      function look(): void {
        backups.get().then(({ job, problem }) => {
          if (job !== null) return;
          stop();
          if (problem === null) resolve();
          else reject(new Error(problem.problem));
        }, reject);
      }
      look();
    });
  return {
    ...opened,
    backups,
    idle,
    async close() {
      await backups.pause();
      await retention.stop();
      await opened.close();
    },
  };
}

export type Folders = { backup: string; target: string };

/** A backup of a full profile, and a profile of the same person who has only the list of conversations so far. */
export async function fillFolders(root: string): Promise<Folders> {
  const source = path.join(root, 'source');
  const target = path.join(root, 'target');
  const conversation = conversationOf();
  const contact = contactOf({ id: conversation.contactId });
  // Within every promise of the profile.
  const begun = Date.now() - HOUR;
  const messages = Array.from({ length: MESSAGES }, (_, index) =>
    index < FILES
      ? messageOf(conversation, '', {
          sentAt: begun + index,
          content: {
            kind: 'image',
            media: { id: newId(), mimeType: 'image/png', size: 40_000, sha256: null, fileName: null },
            caption: null,
          },
        })
      : messageOf(conversation, `rhododendron ${index}`, { sentAt: begun + index }),
  );
  for (const [folder, said] of [
    [source, messages],
    [target, []],
  ] as const) {
    const { cache, close } = await openFolder(folder);
    await cache.write.saveSession(session);
    await cache.write.applySnapshot(snapshotAt(10));
    const items = [{ conversation, contact, messages: [...said] }];
    await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
    const notes = said.length === 0 ? [] : [noteOf(conversation, 'marzipan')];
    await cache.write.applyPage({
      type: 'history',
      page: { asOf: 10, messages: [], notes, activities: [], next: null },
    });
    for (const { content } of said) {
      if (content.kind !== 'image') continue;
      const file = content.media.id.replaceAll('-', '');
      mkdirSync(path.join(folder, 'media'), { recursive: true });
      writeFileSync(path.join(folder, 'media', file), Buffer.alloc(40_000, 7));
      const key = Uint8Array.from({ length: 32 }, () => 3);
      await cache.write.saveMedia({ id: content.media.id, file, key, size: 40_000, sha256: 'a'.repeat(64) });
    }
    await close();
  }
  const opened = await openBackups(source);
  opened.backups.resume();
  const folder = path.join(root, 'backups');
  await opened.backups.save({ folder, schedule: 'off', keep: 3, passphrase: PASSPHRASE });
  await opened.backups.start();
  await opened.idle();
  await opened.close();
  const [name] = readdirSync(folder);
  return { backup: path.join(folder, name ?? ''), target };
}

/** A folder of its own with the same beginning. */
export function freshTarget({ target }: Folders, name: string): string {
  const folder = `${target}-${name}`;
  cpSync(target, folder, { recursive: true });
  return folder;
}
