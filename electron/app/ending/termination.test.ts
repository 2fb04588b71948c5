import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceTermination } from '../../../shared/domain/termination.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import type { Cache } from '../../cache/api.ts';
import { logTo } from '../log.ts';
import { TERMINATION_FILE, type TerminationClock, createTermination } from './termination.ts';

const START = 20_000 * DAY;
let folder = '';
let device = START;
let over = 0;
const clocks: TerminationClock[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-termination-'));
  device = START;
  over = 0;
});
afterEach(async () => {
  for (const clock of clocks.splice(0)) await clock.stop();
  await rm(folder, { recursive: true, force: true });
});

async function startClock(): Promise<TerminationClock> {
  const clock = createTermination({
    userDataDir: folder,
    write: (file, content) => writeFile(file, content),
    inForce: ({ policy }) => policy,
    onOver: () => void (over += 1),
    log: logTo({ write: () => undefined }),
    now: () => device,
  });
  clocks.push(clock);
  await clock.load();
  return clock;
}
async function restart(): Promise<TerminationClock> {
  await clocks.pop()?.stop();
  return startClock();
}
function told(fields: Partial<WorkspaceTermination> | null): Cache {
  const policy = { ...WASMS, version: 1, rev: 1, effectiveAt: 0 };
  const none = { endsAt: START, wipeAt: null, announcedAt: START, announcedBy: null };
  const termination = fields === null ? null : { ...none, cancelledAt: null, cancelledBy: null, ...fields };
  const rules = { policy, versions: [policy], workspace: null, holds: [], breaches: [], termination };
  return { read: { rules: async () => rules } } as unknown as Cache;
}
const kept = async () =>
  JSON.parse(await readFile(path.join(folder, TERMINATION_FILE), 'utf8')) as { wipeAt: number; seen: number };

test('R004-4: the date is kept outside of the cache, and what is taken back is forgotten', async () => {
  const clock = await startClock();
  await clock.follow(told(null));
  expect(clock.view().wipeAt).toBeNull();
  await clock.follow(told({}));
  expect(clock.view().wipeAt).toBe(START + 30 * DAY);
  const again = await restart();
  expect(again.view().wipeAt).toBe(START + 30 * DAY);
  expect(again.over()).toBe(false);
  await again.follow(told({ cancelledAt: START + DAY }));
  expect(again.view().wipeAt).toBeNull();
  await expect(kept()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('R004-4: it is over at a start after the date, and while it runs as soon as the date is told', async () => {
  await (await startClock()).follow(told({}));
  device = START + 30 * DAY;
  expect((await restart()).over()).toBe(true);
  expect(over).toBe(0);
  device = START;
  await rm(path.join(folder, TERMINATION_FILE));
  const clock = await restart();
  await clock.follow(told({ wipeAt: START - 1 }));
  expect(over).toBe(1);
});

test('R004-4: a clock that is set back counts on from the latest time that was seen', async () => {
  await (await startClock()).follow(told({}));
  device = START + 29 * DAY;
  (await restart()).look();
  const later = await restart();
  expect((await kept()).seen).toBeGreaterThanOrEqual(START + 29 * DAY);
  device = START - 400 * DAY;
  expect(later.view().now).toBeGreaterThanOrEqual(START + 29 * DAY);
  const again = await restart();
  expect(again.view().now).toBeGreaterThanOrEqual(START + 29 * DAY);
  // The time in which it runs counts, whatever the clock says.
  await writeFile(
    path.join(folder, TERMINATION_FILE),
    JSON.stringify({ wipeAt: START + DAY, seen: START + DAY - 1 }),
  );
  const last = await startClock();
  await expect.poll(() => last.over()).toBe(true);
});

test('R004-4: the gateway puts a clock right that ran ahead', async () => {
  const clock = await startClock();
  await clock.follow(told({}));
  device = START + 900 * DAY;
  clock.serverTime(START + HOUR);
  expect(clock.over()).toBe(false);
  expect(over).toBe(0);
  expect(clock.view().now - (START + HOUR)).toBeLessThan(HOUR);
});
