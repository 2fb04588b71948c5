import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Cache } from '../cache/api.ts';
import { logTo } from './log.ts';
import { startMaintenance } from './maintenance.ts';

test('works in portions until nothing is left, then removes the files of deleted messages', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-media-'));
  try {
    for (const name of ['gone', 'kept']) await writeFile(path.join(folder, name), 'noise');
    await writeFile(path.join(folder, '..', `${path.basename(folder)}-outside`), 'not ours');
    const done: string[] = [];
    let portions = 3;
    let discarded = ['gone', `../${path.basename(folder)}-outside`];
    const cache = {
      read: { discardedFiles: async () => discarded },
      write: {
        maintain: async () => {
          done.push('portion');
          portions -= 1;
          return { more: portions > 0 };
        },
        sweepStaged: async ({ before }: { before: number }) => {
          done.push(`swept ${before}`);
          return 0;
        },
        forgetFiles: async ({ files }: { files: string[] }) => {
          done.push(`forgot ${files.length}`);
          discarded = [];
        },
      },
    } as unknown as Cache;
    const maintenance = startMaintenance(cache, folder, logTo({ write: () => undefined }), () => 5_000);
    await expect
      .poll(() => done)
      .toEqual(['portion', 'portion', 'portion', `swept ${5_000 - 24 * 3_600_000}`, 'forgot 2']);
    expect(await readdir(folder)).toEqual(['kept']);
    // A name never leads out of the folder.
    expect(await readdir(path.dirname(folder))).toContain(`${path.basename(folder)}-outside`);
    maintenance.wake();
    await maintenance.stop();
    const after = done.length;
    maintenance.wake();
    expect(done.length).toBe(after);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}-outside`, { force: true });
  }
});

test('a failure of the cache is not the end of the application', async () => {
  const lines: string[] = [];
  const cache = {
    write: { maintain: () => Promise.reject(new Error('a message of a customer')) },
  } as unknown as Cache;
  const maintenance = startMaintenance(
    cache,
    '/nowhere',
    logTo({ write: (line: string) => void lines.push(line) }),
    () => 5_000,
  );
  await expect.poll(() => lines.join('')).toContain('maintenance failed');
  expect(lines.join('')).not.toContain('customer');
  await maintenance.stop();
});
