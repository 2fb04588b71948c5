import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { loopbackShell } from './shell.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

test('has no keychain and says so', async () => {
  const { keychain } = loopbackShell();
  expect(await keychain.status()).toMatchObject({ available: false });
  await expect(keychain.wrap(new Uint8Array(32))).rejects.toThrow(/no keychain/);
  await expect(keychain.unwrap(new Uint8Array(32))).rejects.toThrow(/no keychain/);
});

test.skipIf(process.platform !== 'linux')(
  'gives a link and a file to the system as one word, without a shell',
  async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-open-'));
    try {
      const opener = path.join(folder, 'xdg-open');
      await writeFile(opener, `#!/bin/sh\nprintf '%s|' "$@" > "${folder}/opened"\n`);
      await chmod(opener, 0o755);
      vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
      const url = 'https://example.org/?a=$(touch%20x);b&c=%27d';
      await loopbackShell().openLink(url);
      await expect.poll(() => readFile(path.join(folder, 'opened'), 'utf8').catch(() => '')).toBe(`${url}|`);
      const file = path.join(folder, "-offer of $(touch x)'s.pdf");
      await loopbackShell().openFile(file);
      await expect.poll(() => readFile(path.join(folder, 'opened'), 'utf8')).toBe(`${file}|`);
      vi.stubEnv('PATH', folder);
      await rm(opener);
      await expect(loopbackShell().openLink(url)).rejects.toMatchObject({ code: 'ENOENT' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

test('notices that the machine slept by the jump of the clock', () => {
  vi.useFakeTimers();
  const heard: string[] = [];
  const stop = loopbackShell().onPower((event) => heard.push(event));
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([]);
  // Asleep, timers do not run and the clock does.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(heard).toEqual(['resume']);
  stop();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(heard).toEqual(['resume']);
});
