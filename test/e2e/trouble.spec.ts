/** What must not happen, and what Parley says when it does: damaged files, a second instance, a gateway of another version. */
import { open, readdir, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { startOtherVersion } from '../support/other-version-gateway.ts';
import { LOOPBACK, flagsOf } from './fixtures/desktop.ts';
import { runProgram } from './fixtures/program.ts';
import { atInbox, inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test('a damaged cache: a screen that says so, a repair that keeps what was written, and the rest from the gateway', async ({
  launch,
  office,
  network,
}) => {
  const desktop = await launch({ gateway: network.url });
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  network.cut();
  await expect(inbox(desktop.page).connection).toContainText('Offline');
  await send(desktop.page, 'Written before the damage.');
  await expect(inbox(desktop.page).connection).toContainText('1 message waiting to be sent');
  await desktop.stop();

  const file = path.join(desktop.userDataDir, 'cache/parley.db');
  await scratch(file);
  network.heal();
  await desktop.start();
  const { page } = desktop;
  await expect(page.getByRole('heading', { name: 'The file with your messages is damaged' })).toBeVisible();
  await expect(page.getByText('1 message that was not sent yet is in it.')).toBeVisible();
  await page.getByRole('button', { name: 'Repair' }).click();

  const screen = inbox(page);
  const signInAgain = page.getByRole('button', { name: 'Sign in', exact: true });
  await expect(screen.grid.or(signInAgain).first()).toBeVisible();
  if (await signInAgain.isVisible()) await signIn(page, office.ben);
  await atInbox(page);
  await openView(page, 'Unassigned');
  await expect(screen.row(AMIRA.name)).toBeVisible();
  await expect(screen.row(BRUNO.name)).toBeVisible();
  // What it says it saved is what is sent, once; a message in the damaged part is not promised.
  const banner = page.getByText(/Your messages were repaired: \d+ unsent/);
  await expect(banner).toBeVisible();
  const saved = Number(/(\d+) unsent/.exec(await banner.innerText())?.[1]);
  await expect
    .poll(() => office.delivered().map(({ text }) => text))
    .toEqual(saved === 0 ? [] : ['Written before the damage.']);
  const kept = await readdir(path.join(desktop.userDataDir, 'cache'), { recursive: true });
  expect(kept.filter((name) => name.includes('parley')).length).toBeGreaterThan(1);
});

test('a cache that is nothing but garbage is set aside, and everything comes back from the gateway', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await desktop.stop();
  const file = path.join(desktop.userDataDir, 'cache/parley.db');
  await truncate(file, 1234);
  await desktop.start();
  const { page } = desktop;
  await page.getByRole('button', { name: /^(Repair|Set aside and load again)$/ }).click();
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await expect(inbox(page).grid.getByRole('row')).toHaveCount(3);
});

test('a second Parley on the same folder refuses to start, and the first goes on', async ({
  launch,
  office,
}) => {
  test.skip(
    test.info().project.name === 'electron',
    'Electron has its own lock for this, and shows the first window',
  );
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  const options = { userDataDir: desktop.userDataDir, gateway: office.url };
  const second = await runProgram(LOOPBACK, ['--no-window', ...flagsOf(options)]);
  expect(second.code).not.toBe(0);
  expect(second.log).toContain('already running');
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await expect(await send(desktop.page, 'Still here.')).toContainText('Sent');
});

test('a gateway of another version: a screen that says who has to be updated, not a loop', async ({
  launch,
}) => {
  const gateway = await startOtherVersion();
  try {
    const { page } = await launch({ gateway: gateway.url });
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ben@lamps.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('whatever it is');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { name: /do not speak the same version/ })).toBeVisible();
    await expect(page.getByText(`The gateway has protocol ${gateway.protocol}`)).toBeVisible();
    const tried = gateway.handshakes();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => gateway.handshakes()).toBe(tried + 1);
    await expect(page.getByRole('heading', { name: /do not speak the same version/ })).toBeVisible();
  } finally {
    await gateway.close();
  }
});

/** Overwrites a piece in the middle of the file, which every page's checksum then tells. */
async function scratch(file: string): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  try {
    const junk = Buffer.alloc(8192, 0xa5);
    await handle.write(junk, 0, junk.length, 4096);
    await handle.write(junk, 0, junk.length, Math.floor(size / 2));
  } finally {
    await handle.close();
  }
}
