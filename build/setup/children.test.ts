import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runToEnd } from './children.mjs';
import { root } from './paths.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-children-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program that stands in for `child`, sends it a signal once the child has said "ready", and waits for its end. */
function standInFor(
  child: string,
  signal?: NodeJS.Signals,
): Promise<{ code: number | null; stdout: string }> {
  const childFile = path.join(folder, 'child.mjs');
  const parentFile = path.join(folder, 'parent.mjs');
  const url = pathToFileURL(path.join(root, 'build/setup/children.mjs')).href;
  writeFileSync(childFile, child);
  writeFileSync(
    parentFile,
    `import { standIn } from ${JSON.stringify(url)};
     process.exitCode = await standIn(process.execPath, [${JSON.stringify(childFile)}], process.env);`,
  );
  return new Promise((resolve, reject) => {
    const parent = spawn(process.execPath, [parentFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    parent.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (signal !== undefined && stdout === 'ready\n') parent.kill(signal);
    });
    parent.on('error', reject);
    parent.on('close', (code) => resolve({ code, stdout }));
  });
}

test('the exit code and stdout are the child\u2019s', async () => {
  expect(await standInFor("process.stdout.write('{}\\n'); process.exitCode = 7;")).toEqual({
    code: 7,
    stdout: '{}\n',
  });
});

test.runIf(process.platform !== 'win32')(
  'SIGTERM reaches the child, which may take its time to end well',
  async () => {
    const child = `
    const alive = setInterval(() => {}, 1000);
    process.on('SIGTERM', () => setTimeout(() => { clearInterval(alive); process.stdout.write('flushed\\n'); }, 100));
    process.stdout.write('ready\\n');`;
    expect(await standInFor(child, 'SIGTERM')).toEqual({ code: 0, stdout: 'ready\nflushed\n' });
  },
);

test.runIf(process.platform !== 'win32')(
  'a child that a signal ended shows as 128 + its number',
  async () => {
    const child = "process.stdout.write('ready\\n'); setInterval(() => {}, 1000);";
    expect(await standInFor(child, 'SIGTERM')).toEqual({ code: 143, stdout: 'ready\n' });
  },
);

test('a program that is not there, or takes too long, is told by its code', async () => {
  expect(await runToEnd(path.join(folder, 'nothing'), [])).toMatchObject({ code: 127 });
  const hang = ['-e', 'setInterval(() => {}, 1000)'];
  expect(await runToEnd(process.execPath, hang, { collect: true, timeout: 100 })).toMatchObject({
    code: 124,
  });
});
