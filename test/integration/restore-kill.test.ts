/**
 * Invariant: whenever the process dies while a backup is restored, the next start finds either nothing of it, or finishes it by itself and
 * without the passphrase: every message and file once, nothing half.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RestoreStep } from '../../electron/app/backup/read-backup.ts';
import { temporaryFolder } from '../support/cache-kit.ts';
import {
  FILES,
  MESSAGES,
  PASSPHRASE,
  fillFolders,
  freshTarget,
  openBackups,
} from '../support/restore-kit.ts';

const CHILD = new URL('../support/restore-kill-child.ts', import.meta.url).pathname;
const STEPS: RestoreStep[] = [
  'noted',
  'purged',
  'merged messages',
  'merged notes',
  'brought',
  'merged files',
  'whole',
];

type Task = { folder: string; backup: string; dieAt: RestoreStep | null };

/** Restores in a process of its own; `after` milliseconds after it began it is killed. Answers how it ended. */
async function restore(task: Task, after: number | null): Promise<string> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  child.stdout.once('data', () => {
    if (after !== null) setTimeout(() => child.kill('SIGKILL'), after);
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  return signal ?? `exit ${code}`;
}

/** What a start makes of it. */
async function check(folder: string): Promise<{ messages: number; files: number }> {
  const opened = await openBackups(folder);
  const planFile = path.join(folder, 'backup/plan.json');
  opened.backups.resume();
  await expect
    .poll(
      () =>
        existsSync(planFile)
          ? (JSON.parse(readFileSync(planFile, 'utf8')) as { restoring: unknown }).restoring
          : null,
      { timeout: 60_000 },
    )
    .toBeNull();
  await opened.idle();
  const { messages, notes } = await opened.cache.read.dump();
  expect(notes).toHaveLength(messages.length === 0 ? 0 : 1);
  let files = 0;
  for (const { content } of messages) {
    if (content.kind !== 'image') continue;
    const kept = await opened.cache.read.mediaKey({ id: content.media.id });
    if (kept === null) continue;
    expect(readFileSync(path.join(folder, 'media', kept.file))).toHaveLength(40_000);
    files += 1;
  }
  await opened.close();
  const inFolder = existsSync(path.join(folder, 'media')) ? readdirSync(path.join(folder, 'media')) : [];
  expect(inFolder.filter((name) => name.endsWith('.restoring'))).toEqual([]);
  expect(inFolder).toHaveLength(files);
  return { messages: messages.length, files };
}

test(
  'R000-7: killed at every step of a restore, the next start finishes it',
  { timeout: 300_000 },
  async () => {
    using temporary = temporaryFolder();
    const folders = await fillFolders(temporary.folder);
    for (const [index, step] of STEPS.entries()) {
      const folder = freshTarget(folders, `step${index}`);
      expect(await restore({ folder, backup: folders.backup, dieAt: step }, null)).toBe('SIGKILL');
      expect({ step, ...(await check(folder)) }).toEqual({ step, messages: MESSAGES, files: FILES });
      rmSync(folder, { recursive: true });
    }
  },
);

test('killed at any time: all of it or nothing', { timeout: 300_000 }, async () => {
  using temporary = temporaryFolder();
  const folders = await fillFolders(temporary.folder);
  for (const after of [0, 20, 60, 120, 200, 400, 800]) {
    const folder = freshTarget(folders, `after${after}`);
    await restore({ folder, backup: folders.backup, dieAt: null }, after);
    expect([
      { messages: 0, files: 0 },
      { messages: MESSAGES, files: FILES },
    ]).toContainEqual(await check(folder));
    rmSync(folder, { recursive: true });
  }
});

test('stopped by the person in the middle: what is there stays whole, and no start goes on with it', async () => {
  using temporary = temporaryFolder();
  const folders = await fillFolders(temporary.folder);
  const opened = await openBackups(folders.target, (step) => {
    if (step === 'merged messages') opened.backups.cancel();
  });
  opened.backups.resume();
  await opened.backups.restore({ folder: folders.backup, passphrase: PASSPHRASE });
  await opened.idle();
  const { messages, notes } = await opened.cache.read.dump();
  expect(messages).toHaveLength(400);
  expect(notes).toEqual([]);
  await opened.close();
  // Neither this start nor the next knows of it; doing it again brings the rest.
  const again = await openBackups(folders.target);
  again.backups.resume();
  expect((await again.cache.read.dump()).messages).toHaveLength(400);
  await again.backups.restore({ folder: folders.backup, passphrase: PASSPHRASE });
  await again.idle();
  await again.close();
  expect(await check(folders.target)).toEqual({ messages: MESSAGES, files: FILES });
});

test('a backup that is stopped leaves nothing in its folder', async () => {
  using temporary = temporaryFolder();
  const folders = await fillFolders(temporary.folder);
  const place = path.join(temporary.folder, 'other');
  const opened = await openBackups(path.join(temporary.folder, 'source'));
  opened.backups.resume();
  await opened.backups.save({ folder: place, schedule: 'off', keep: 3, passphrase: null });
  await opened.backups.start();
  opened.backups.cancel();
  await opened.idle();
  expect(existsSync(place) ? readdirSync(place) : []).toEqual([]);
  await opened.backups.start();
  await opened.idle();
  expect(readdirSync(place)).toHaveLength(1);
  await opened.close();
  expect(existsSync(folders.backup)).toBe(true);
});
