import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Instance, takeInstance } from './instance.ts';

test('a folder is held by one at a time, also when its name is longer than a socket may have', async () => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-instance-'));
  try {
    for (const folder of [root, path.join(root, 'x'.repeat(120))]) {
      const first = (await takeInstance(folder)) as Instance;
      expect(first).not.toBeNull();
      expect(await takeInstance(folder)).toBeNull();
      await first.release();
      const second = (await takeInstance(folder)) as Instance;
      expect(second).not.toBeNull();
      await second.release();
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
