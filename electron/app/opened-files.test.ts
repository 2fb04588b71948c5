import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { logTo } from './log.ts';
import { createOpenedFiles } from './opened-files.ts';

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test('a copy has its bytes and its name, is for this user only, and is gone after clear', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-opened-'));
  try {
    const files = createOpenedFiles(path.join(folder, 'opened'), logTo({ write: () => undefined }), 'linux');
    const first = await files.put('offer.pdf', pieces('one ', 'two'));
    const second = await files.put('offer.pdf', pieces('three'));
    expect(path.basename(first)).toBe('offer.pdf');
    expect(second).not.toBe(first);
    expect(await readFile(first, 'utf8')).toBe('one two');
    expect(await readFile(second, 'utf8')).toBe('three');
    if (process.platform !== 'win32') expect((await stat(first)).mode & 0o777).toBe(0o400);
    await files.clear();
    expect(await readdir(folder)).toEqual([]);
    // Nothing there is as good as removed.
    await files.clear();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
