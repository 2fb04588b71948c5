import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runStep } from './steps.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-steps-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const limit = 10_000;

test('tells the exit code, and 127 for a program that is not there', async () => {
  expect(
    await runStep(process.execPath, ['-e', 'process.exit(3)'], { env: process.env, limit }),
  ).toMatchObject({
    code: 3,
    late: false,
  });
  expect(await runStep(path.join(folder, 'nothing'), [], { env: process.env, limit })).toMatchObject({
    code: 127,
  });
});

test.runIf(process.platform !== 'win32')(
  'a step over its limit ends, and what it started ends with it',
  async () => {
    const pidFile = path.join(folder, 'pid');
    const step = path.join(folder, 'step.mjs');
    writeFileSync(
      step,
      `import { spawn } from 'node:child_process';
     import { renameSync, writeFileSync } from 'node:fs';
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
     writeFileSync(${JSON.stringify(`${pidFile}.new`)}, String(child.pid));
     renameSync(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)});
     setInterval(() => {}, 1000);`,
    );
    // On a busy machine a second may not be enough to start two programs: then there was nothing to see, and it gets longer.
    for (const seconds of [1, 5, 25]) {
      if (existsSync(pidFile)) break;
      const ended = await runStep(process.execPath, [step], { env: process.env, limit: seconds * 1000 });
      expect(ended.late).toBe(true);
      expect(ended.code).not.toBe(0);
    }
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => state(pid)).toMatch(/gone|zombie/);
  },
);

/** A process that ended but was not yet collected by its new parent still has a number. */
function state(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch {
    return 'gone';
  }
  if (process.platform !== 'linux') return 'alive';
  return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) ? 'zombie' : 'alive';
}
