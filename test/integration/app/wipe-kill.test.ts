/**
 * Invariant: whenever the process dies while the device is wiped, the next start finishes it before anything is opened, nothing that was here
 * can be read from then on, and the receipt says what the whole wipe took. Once the key is gone, no byte of it is left to open anything.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LostReceipt } from '../../../shared/contract/security.ts';
import type { WipeStep } from '../../../electron/app/ending/wiping.ts';
import type { Device } from '../../../shared/protocol/session.ts';
import { scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { filesIn, rawHits } from '../../support/raw-scan.ts';

const CHILD = new URL('../../support/wipe-kill-child.ts', import.meta.url).pathname;
const WORDS = ['quagwordwiped', '4917055512', 'maya@test.example'];
type Die = { step: WipeStep; after: number };

let kit: Kit;
let place: Awaited<ReturnType<typeof scratch>>;
beforeEach(async () => {
  kit = await startKit();
  for (let index = 0; index < 20; index += 1) kit.inbound('4917055512', `quagwordwiped ${index}`);
});
afterEach(async () => {
  await kit.close();
});

type Child = { process: ChildProcess; said(word: string): Promise<void>; ended: Promise<string> };

function run(dieAt: Die | null): Child {
  const task = {
    folder: place.userData,
    gateway: kit.gateway.url,
    email: kit.maya.email,
    password: PASSWORD,
    dieAt,
  };
  const child = spawn(process.execPath, [CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? `exit ${code}`));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    process: child,
    ended,
    async said(word) {
      while (!output.includes(`${word}\n`)) {
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then((how) => Promise.reject(new Error(`ended with ${how} before it said ${word}`))),
        ]);
      }
    },
  };
}

/** Signs in and syncs, then the owner wipes the device from elsewhere. */
async function wipeFromElsewhere(dieAt: Die | null): Promise<Child> {
  const child = run(dieAt);
  await child.said('online');
  // What a file of a message, one that was opened and a backup look like.
  for (const folder of ['media', 'opened', 'backup']) {
    await mkdir(path.join(place.userData, folder), { recursive: true });
    await writeFile(path.join(place.userData, folder, 'one'), 'quagwordwiped');
  }
  const owner = (await kit.signIn(kit.owner)).tokens.accessToken;
  const device = (await devices(owner)).find(({ user, wipe }) => user?.name === 'maya' && wipe === null);
  await kit.http('POST', `/v1/devices/${device?.id}/wipe`, { token: owner });
  return child;
}

async function devices(token: string): Promise<Device[]> {
  return (await kit.http('GET', '/v1/devices?of=workspace', { token })).body as Device[];
}

/** The start after it: never the inbox, nothing of before, one receipt, which the gateway has too. */
async function nextStart(): Promise<void> {
  const app = await startApp(
    ['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url],
    place,
  );
  const page = await app.page();
  expect(await page.state()).toMatchObject({ phase: 'signed_out', unsent: 0 });
  const receipt = await page.call('device.receipt', {});
  expect(receipt).toMatchObject({ reason: 'remote', wiped: { keys: 2, left: [] } });
  expect(receipt?.wiped?.files).toBeGreaterThanOrEqual(4);
  expect(receipt?.wiped?.bytes).toBeGreaterThan(4096);
  await expect.poll(async () => (await page.call('device.receipt', {}))?.reportedAt ?? null).not.toBeNull();
  const owner = (await kit.signIn(kit.owner)).tokens.accessToken;
  const told = (await devices(owner)).filter(({ wipe }) => wipe !== null);
  expect(told.map(({ wipe }) => wipe?.receipt?.keys)).toEqual(told.map(() => 2));
  await app.stop();
  expect(await rawHits(place.userData, WORDS)).toEqual([]);
  const names = await filesIn(place.userData);
  expect(
    names.filter((name) => /^(?:media|opened|backup)|wipe\.json|wipe-report|\.tmp$/u.test(name)),
  ).toEqual([]);
}

const STEPS: Die[] = [
  { step: 'noted', after: 0 },
  { step: 'key', after: 0 },
  { step: 'closed', after: 0 },
  { step: 'removed', after: 0 },
  { step: 'removed', after: 2 },
  { step: 'removed', after: 4 },
  { step: 'receipt', after: 0 },
  { step: 'report', after: 0 },
  { step: 'done', after: 0 },
];

test.each(STEPS)('killed at $step, after $after', async (die) => {
  place = await scratch();
  try {
    const child = await wipeFromElsewhere(die);
    expect(await child.ended).toBe('SIGKILL');
    const keys = await filesIn(path.join(place.userData, 'keys'));
    if (die.step === 'noted') expect(keys).toContain('key');
    else expect(keys).toEqual([]);
    // Killed once more while it goes on: the third start finishes it.
    if (die.step === 'closed') expect(await run({ step: 'removed', after: 1 }).ended).toBe('SIGKILL');
    await nextStart();
  } finally {
    await place.remove();
  }
});

test('killed at any time', { timeout: 900_000 }, async () => {
  const ends = new Set<string>();
  for (const after of [0, 6, 20]) {
    place = await scratch();
    try {
      const child = await wipeFromElsewhere(null);
      await child.said('wiping');
      const timer = setTimeout(() => child.process.kill('SIGKILL'), after);
      ends.add(await child.ended);
      clearTimeout(timer);
      await nextStart();
    } finally {
      await place.remove();
    }
  }
  expect(ends).toEqual(new Set(['SIGKILL']));
});

test('one that is not cut off looks for what was here, and finds nothing', async () => {
  place = await scratch();
  try {
    const child = await wipeFromElsewhere(null);
    const file = path.join(place.userData, 'receipt.json');
    await expect
      .poll(async () => LostReceipt.parse(JSON.parse(await readFile(file, 'utf8'))).reportedAt, {
        timeout: 90_000,
      })
      .not.toBeNull();
    const { wiped } = LostReceipt.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(wiped?.scan).toMatchObject({ found: 0 });
    expect(wiped?.scan?.samples).toBeGreaterThan(0);
    child.process.kill('SIGKILL');
    await child.ended;
    await nextStart();
  } finally {
    await place.remove();
  }
});
