/**
 * Invariant: whenever the process dies while the key of the cache is changed, the next start finds one key and one file that fit each
 * other, with every row, and needs nothing but the passphrase (or whatever opened it before). SQLCipher itself is asked before and after.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RotationStep } from '../../electron/app/lock/rotation.ts';
import { writeAtomically } from '../../electron/keys/atomic-file.ts';
import { opensFile } from '../../electron/cache/page-proof.ts';
import { askWitness, findWitness } from '../support/sqlcipher-witness.ts';
import { MESSAGES, fillFolder, openFolder } from '../support/rotation-kit.ts';
import { temporaryFolder } from '../support/cache-kit.ts';

const CHILD = new URL('../support/rotation-kill-child.ts', import.meta.url).pathname;
const STEPS: RotationStep[] = ['noted', 'copied', 'closed', 'replaced', 'promoted'];

type Task = { folder: string; dieAt: RotationStep | null };

/** Runs a rotation in a process of its own; `after` milliseconds later it is killed. Answers how it ended. */
async function rotate(task: Task, after: number | null): Promise<string> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Started many times over: what Node compiled once need not be compiled again.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'parley-test-compile-cache') },
  });
  const exited = once(child, 'exit');
  child.stdout.once('data', () => {
    if (after !== null) setTimeout(() => child.kill('SIGKILL'), after);
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  return signal ?? `exit ${code}`;
}

/** What a start finds: the key, and everything that was in the cache. */
async function check(folder: string): Promise<string> {
  const opened = await openFolder(folder);
  const { messages } = await opened.cache.read.dump();
  expect(messages).toHaveLength(MESSAGES);
  const found = await opened.cache.search.search({
    text: 'rhododendron',
    conversationId: null,
    limit: 200,
    now: 6_000,
  });
  expect(found.hits.length).toBeGreaterThan(0);
  expect(await opened.cache.read.unsentCount()).toBe(1);
  await opened.close();
  expect(readdirSync(path.join(folder, 'keys')).toSorted()).toEqual(['key', 'key.json']);
  expect(readdirSync(path.join(folder, 'cache')).filter((name) => name.includes('rotating'))).toEqual([]);
  return opened.key;
}

test('killed at every step', { timeout: 600_000 }, async () => {
  using temporary = temporaryFolder();
  await fillFolder(temporary.folder);
  let key = await check(temporary.folder);
  for (const step of STEPS) {
    expect(await rotate({ folder: temporary.folder, dieAt: step }, null)).toBe('SIGKILL');
    const now = await check(temporary.folder);
    const changed = step === 'replaced' || step === 'promoted';
    expect({ step, changed: now !== key }).toEqual({ step, changed });
    key = now;
  }
  expect(await rotate({ folder: temporary.folder, dieAt: null }, null)).toBe('exit 0');
  expect(await check(temporary.folder)).not.toBe(key);
});

test('killed at any time', { timeout: 900_000 }, async () => {
  using temporary = temporaryFolder();
  await fillFolder(temporary.folder);
  const ends = new Set<string>();
  for (let after = 0; after <= 220; after += 10) {
    ends.add(await rotate({ folder: temporary.folder, dieAt: null }, after));
    await check(temporary.folder);
  }
  expect(ends).toContain('SIGKILL');
});

test(
  'SQLCipher reads it with the old key before, and with the new one alone afterwards',
  { timeout: 700_000 },
  async (context) => {
    const witness = await findWitness();
    if ('whyNot' in witness) return context.skip(witness.whyNot);
    using temporary = temporaryFolder();
    const file = path.join(temporary.folder, 'cache', 'parley.db');
    await fillFolder(temporary.folder);
    const before = await check(temporary.folder);
    const right = [`PRAGMA key = "x'${before}'"`];
    expect((await askWitness(witness, file, right, ['SELECT count(*) FROM messages'])).rows).toEqual([
      [[MESSAGES]],
    ]);
    expect(await rotate({ folder: temporary.folder, dieAt: null }, null)).toBe('exit 0');
    const after = await check(temporary.folder);
    const ask = (key: string, ...questions: string[]) =>
      askWitness(witness, file, [`PRAGMA key = "x'${key}'"`], questions);
    const count = 'SELECT count(*) FROM messages';
    const whole = await ask(after, 'PRAGMA cipher_integrity_check', 'PRAGMA integrity_check', count);
    expect(whole).toEqual({ opened: true, error: null, rows: [[], [['ok']], [[MESSAGES]]] });
    expect(await ask(before, count)).toMatchObject({ opened: false, rows: [] });
  },
);

test('the first page alone tells which key opens the file', async () => {
  using temporary = temporaryFolder();
  await fillFolder(temporary.folder);
  const file = path.join(temporary.folder, 'cache', 'parley.db');
  const key = readFileSync(path.join(temporary.folder, 'keys', 'key'));
  expect(await opensFile(file, key)).toBe(true);
  expect(await opensFile(file, Buffer.alloc(32, 1))).toBe(false);
  expect(await opensFile(`${file}.none`, key)).toBe(false);
  await writeAtomically(`${file}.short`, Buffer.alloc(100));
  expect(await opensFile(`${file}.short`, key)).toBe(false);
});
