/**
 * The main process as it is built for Electron, run under Node with a stand-in for the `electron` module: entry, workers, gateway, page
 * and preload find each other in the bundle, and a person can work. What needs the binary is in the end-to-end specs.
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppState } from '../../../shared/contract/state.ts';
import type { CallResult } from '../../../shared/contract/frames.ts';
import { scratch } from '../../support/app-process.ts';
import type { Asked } from '../../support/electron-runtime.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Inside of the repository, where the bundle finds its packages; git ignores it.
const out = path.join(root, 'out', `bundle-test-${process.pid}`);
const hook = new URL('../../support/electron-hook.mjs', import.meta.url).href;

let place: Awaited<ReturnType<typeof scratch>>;
let child: ChildProcess;
let stderr = '';
let last = 0;

type Question = Asked extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

function ask<T>(question: Question): Promise<T> {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    const listener = (answer: { id: number; value?: T; error?: string }) => {
      if (answer.id !== id) return;
      child.off('message', listener);
      if (answer.error === undefined) resolve(answer.value as T);
      else reject(new Error(answer.error));
    };
    child.on('message', listener);
    child.send({ id, ...question });
  });
}

async function call(name: string, input: unknown = {}): Promise<CallResult> {
  return ask<CallResult>({ what: 'call', name, input });
}

async function state(): Promise<AppState | null> {
  const result = (await call('app.state')) as CallResult | undefined;
  return result?.ok === true ? (result.value as AppState) : null;
}

beforeAll(async () => {
  place = await scratch();
  const tool = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const args = [
    tool,
    'build',
    '--config',
    'build/electron.vite.config.ts',
    '--logLevel',
    'error',
    '--outDir',
    out,
  ];
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const own = ['--seed', 'demo', '--key', 'file', '--user-data', place.userData];
  child = fork(path.join(out, 'main/entry.js'), own, {
    execArgv: ['--import', hook],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
});
afterAll(async () => {
  if (child.exitCode === null) child.kill('SIGKILL');
  await rm(out, { recursive: true, force: true });
  await place.remove();
});

test('starts: the demo gateway, the key, the cache, the sign-in', async () => {
  await expect.poll(async () => (await state())?.phase, { timeout: 120_000 }).toBe('signed_out');
  const paths = await ask<Record<string, string>>({ what: 'paths' });
  expect(paths).toMatchObject({
    userData: place.userData,
    sessionData: path.join(place.userData, 'browser'),
    sandbox: 'on',
  });
  expect(paths.preload).toBe(path.join(out, 'preload/preload.cjs'));
});

test('the preload requires electron and nothing else', async () => {
  const text = await readFile(path.join(out, 'preload/preload.cjs'), 'utf8');
  expect(text.match(/require\([^)]*\)/g)).toEqual(['require("electron")']);
  expect(text.length).toBeLessThan(3000);
});

test('serves the built page under its own scheme', async () => {
  const index = await ask<{ status: number; csp: string; text: string }>({
    what: 'get',
    url: 'parley-app://main/',
  });
  expect(index.status).toBe(200);
  expect(index.csp).toContain("default-src 'none'");
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(index.text)?.[1] ?? 'none';
  const found = await ask<{ status: number }>({ what: 'get', url: `parley-app://main/${script}` });
  expect(found.status).toBe(200);
});

test('a person signs in and has an inbox', async () => {
  const signedOut = await state();
  if (signedOut?.phase !== 'signed_out' || signedOut.prefill === null) throw new Error('not filled in');
  expect(await call('session.signIn', { ...signedOut.prefill, totp: null })).toEqual({ ok: true, value: {} });
  await expect
    .poll(async () => {
      const list = await call('inbox.list', {
        view: { kind: 'all' },
        sort: 'newest',
        after: null,
        limit: 5,
      });
      return list.ok ? (list.value as { rows: unknown[] }).rows.length : list.error.kind;
    })
    .toBe(5);
});

test('quits with everything flushed', async () => {
  const ended = once(child, 'close') as Promise<[number | null]>;
  void ask({ what: 'quit' });
  expect((await ended)[0]).toBe(0);
  expect(stderr).not.toContain('Parley');
  expect(existsSync(path.join(place.userData, 'cache', 'parley.db-wal'))).toBe(false);
});
