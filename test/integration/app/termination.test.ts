/**
 * What the gateway takes away is gone from this device: at the end of the workspace, by remote wipe, and when the role shrinks. The real
 * application, a real gateway, and the raw bytes of the whole user-data folder.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LostReceipt } from '../../../shared/contract/security.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { UNNAMED } from '../../../shared/policies/unnamed.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, online, signInAs } from '../../support/page-steps.ts';
import { filesIn, rawHits } from '../../support/raw-scan.ts';

const WORDS = [
  'quagworthend',
  '4917055511',
  'quagdraft',
  'maya@test.example',
  'owner@test.example',
  'Test & Co',
];

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;

beforeEach(async () => {
  place = await scratch();
  kit = await startKit();
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  for (let index = 0; index < 5; index += 1) kit.inbound('4917055511', `quagworthend ${index}`);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function open(gateway = kit.gateway.url): Promise<void> {
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', gateway], place);
  page = await app.page();
}
async function start(user = kit.owner): Promise<void> {
  await open();
  const { phase } = await page.state();
  if (phase === 'signed_out') await signInAs(page, kit.gateway.url, user.email, PASSWORD);
  else if (phase === 'ready') await online(page);
}
const view = () => page.call('termination.get', {});
/** Whole dates: at midnight one of them is over. */
async function announced(days: number): Promise<void> {
  await expect.poll(async () => (await view()).wipeAt).not.toBeNull();
  expect([days - 1, days]).toContain((await view()).daysLeft);
}
const receipt = () => page.call('device.receipt', {});
const phases = () =>
  page.events.flatMap(({ event, data }) =>
    event === 'app.state' ? [(data as { phase: string }).phase] : [],
  );
const ends = (wipeAt: number | null) => ({
  endsAt: Date.now(),
  wipeAt,
  announcedAt: Date.now(),
  announcedBy: null,
  cancelledAt: null,
  cancelledBy: null,
});
async function nothingLeft(found: LostReceipt | null, reason: LostReceipt['reason']): Promise<void> {
  expect(found).toMatchObject({ reason, wiped: { keys: 2, left: [] } });
  expect(found?.wiped?.files).toBeGreaterThan(0);
  expect(found?.wiped?.bytes).toBeGreaterThan(4096);
  expect(await rawHits(place.userData, WORDS)).toEqual([]);
  const kept = await readFile(path.join(place.userData, 'receipt.json'), 'utf8');
  for (const word of WORDS) expect(kept).not.toContain(word);
  expect((await filesIn(place.userData)).filter((name) => /wipe\.json|termination/u.test(name))).toEqual([]);
}

test('R004-4: thirty days are counted down; an owner takes it back; at the end the device wipes itself, with a receipt', async () => {
  await start();
  expect(await view()).toMatchObject({ termination: null, wipeAt: null, daysLeft: null, mayEdit: true });
  await page.call('termination.begin', { endsAt: Date.now() });
  await announced(30);
  const { termination, wipeAt, promised } = await view();
  expect(wipeAt).toBe(termination?.wipeAt);
  expect(promised).toMatchObject({ value: 30 });
  expect(promised.source).not.toBe('');
  await page.call('termination.cancel', {});
  await expect.poll(async () => (await view()).wipeAt).toBeNull();
  await expect.poll(() => filesIn(place.userData)).not.toContain('termination.json');

  const [row] = await inbox(page);
  await page.call('draft.save', {
    conversationId: row?.conversation.id ?? '',
    draft: draftOf('quagdraft of mine'),
  });
  kit.gateway.store.terminations.save(kit.ws, ends(Date.now() - 1), Date.now());
  await expect.poll(async () => (await page.state()).phase).toBe('signed_out');
  expect(phases().slice(-3)).toEqual(['wiping', 'starting', 'signed_out']);
  const found = await receipt();
  await nothingLeft(found, 'terminated');
  expect(found?.wiped?.scan).toMatchObject({ found: 0 });
  expect(found?.wiped?.scan?.samples).toBeGreaterThan(0);
  // Nobody comes back to it, and the receipt is still there at the next start.
  const again = { gateway: kit.gateway.url, email: kit.owner.email, password: PASSWORD, totp: null };
  expect(await page.refused('session.signIn', again)).toMatchObject({ auth: 'workspace_ended' });
  await app.stop();
  await open();
  expect(await receipt()).toEqual(found);
  await page.call('device.dismissReceipt', {});
  expect(await receipt()).toBeNull();
  expect(await filesIn(place.userData)).toContain('last-wipe.json');
});

test('R004-4: the date passes while the machine is off and the gateway away: the next start wipes before it opens anything', async () => {
  await start(kit.maya);
  kit.gateway.store.terminations.save(kit.ws, ends(Date.now() + 30 * DAY), Date.now());
  await announced(30);
  await expect.poll(() => filesIn(place.userData)).toContain('termination.json');
  // Locked, it goes on counting, and nothing can be read.
  await page.call('key.lock', {});
  expect(await rawHits(place.userData, WORDS)).toEqual([]);
  await expect.poll(() => filesIn(place.userData)).toContain('termination.json');
  await app.stop();
  const file = path.join(place.userData, 'termination.json');
  // As if thirty days had passed; then the clock is set back: the latest time that was seen counts.
  await writeFile(file, JSON.stringify({ wipeAt: Date.now() + 5 * DAY, seen: Date.now() + 6 * DAY }));
  await kit.outOfReach(async () => {
    await open('http://127.0.0.1:9');
    expect(await page.state()).toMatchObject({ phase: 'signed_out', unsent: 0 });
    await nothingLeft(await receipt(), 'terminated');
    // Nothing was opened, so nothing was known to look for.
    expect((await receipt())?.wiped?.scan).toBeNull();
  });
});

test('R004-4: who did not hear of the end in time wipes when the gateway says that it is over', async () => {
  await start(kit.maya);
  await app.stop();
  await kit.outOfReach(() => {
    kit.gateway.store.terminations.save(kit.ws, ends(Date.now() - HOUR), Date.now());
  });
  await open();
  await expect.poll(async () => (await receipt())?.reason).toBe('terminated');
  await expect.poll(async () => (await page.state()).phase).toBe('signed_out');
  await nothingLeft(await receipt(), 'terminated');
});

test('X-2: a profile that states no number: the end itself is the date, and none is made up', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...UNNAMED, effectiveAt: 0 });
  await start();
  await page.call('termination.begin', { endsAt: Date.now() + 12 * DAY });
  await announced(12);
  expect((await view()).promised.value).toBeNull();
});

test('remote wipe: the key first, then the files, and the receipt comes to who asked for it', async () => {
  await start(kit.maya);
  const other = await scratch();
  const boss = await startApp(
    ['--key', 'file', '--user-data', other.userData, '--gateway', kit.gateway.url],
    other,
  );
  try {
    const asker = await boss.page();
    await signInAs(asker, kit.gateway.url, kit.supervisor.email, PASSWORD);
    const [device] = (await asker.call('session.devices', {})).filter(({ user }) => user?.name === 'maya');
    expect(device).toMatchObject({ wipe: null, current: false });
    await asker.call('session.wipeDevice', { deviceId: device?.id ?? '' });
    await expect.poll(async () => (await page.state()).phase).toBe('signed_out');
    await nothingLeft(await receipt(), 'remote');
    const told = async () =>
      (await asker.call('session.devices', {})).find(({ id }) => id === device?.id)?.wipe ?? null;
    await expect.poll(async () => (await told())?.receipt ?? null).not.toBeNull();
    expect(await told()).toMatchObject({ receipt: { keys: 2, left: [], scan: { found: 0 } } });
    expect(await page.refused('session.wipeDevice', { deviceId: 'any' })).toMatchObject({
      kind: 'not_ready',
    });
    // The one in use is reported as lost instead.
    const own = (await asker.call('session.devices', {})).find(({ current }) => current);
    expect(await asker.refused('session.wipeDevice', { deviceId: own?.id ?? '' })).toMatchObject({
      kind: 'forbidden',
    });
  } finally {
    await boss.stop();
    await other.remove();
  }
});
