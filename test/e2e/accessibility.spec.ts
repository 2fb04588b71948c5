/** axe finds nothing on any screen, in light and in dark. */
import AxeBuilder from '@axe-core/playwright';
import { truncate } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startOtherVersion } from '../support/other-version-gateway.ts';
import {
  accountButton,
  atInbox,
  inbox,
  openConversation,
  openView,
  send,
  signIn,
  signInScreen,
} from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { recordings, statusOf, whyNoRecordings } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

/** Looks at what is shown now, in both colour schemes. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // Legacy mode needs no second page, which Electron would not give.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }));
    expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

test('the first questions: key and sign-in', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url, key: null });
  const choice = page.getByRole('radiogroup', { name: 'Where the key is kept' });
  await expect(choice).toBeVisible();
  await expectAccessible(page, 'key choice');
  await choice.getByRole('radio', { name: /^Key file/ }).check({ force: true });
  await expect(page.getByRole('checkbox', { name: /I understand/ })).toBeVisible();
  await expectAccessible(page, 'key file');
  await page.getByRole('checkbox', { name: /I understand/ }).check({ force: true });
  await page.getByRole('button', { name: 'Continue' }).click();
  const form = signInScreen(page);
  await expect(form.button).toBeVisible();
  await expectAccessible(page, 'sign-in');
  await form.email.fill(office.dora.email);
  await form.password.fill(office.dora.password);
  await form.button.click();
  await expect(form.code).toBeVisible();
  await expectAccessible(page, 'one-time code');
});

test('the inbox of the demo', async ({ launch }) => {
  const { page } = await launch();
  await signInScreen(page).button.click();
  const { grid, log } = await atInbox(page);
  await expectAccessible(page, 'inbox, nothing open');
  await openView(page, 'All');
  for (const nth of [0, 5]) {
    await grid.getByRole('row').nth(nth).click();
    await expect(log).toBeVisible();
    await expectAccessible(page, `inbox, conversation ${nth}`);
  }
});

test('a thread of every recorded kind, files that cannot be had among them', async ({ launch, office }) => {
  test.skip(whyNoRecordings !== null, whyNoRecordings ?? '');
  const { page } = await launch({ gateway: office.url });
  const { row, log } = await signIn(page, office.ben);
  await openView(page, 'All');
  for (const { payload } of recordings()) await office.post(payload);
  await row('Test Name').first().click();
  await expect(log.getByRole('article').first()).toBeVisible();
  await log.press('End');
  await expectAccessible(page, 'all kinds, the end');
  await log.press('Home');
  await expect(log.getByText('Try again').first()).toBeVisible();
  await expectAccessible(page, 'all kinds, the beginning');
});

test('the inbox at work: menus, a failure, offline, a question, a narrow window', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const answer = await send(page, 'This one fails.');
  await expect(answer).toContainText('Sent');
  await office.post(
    statusOf(office.delivered()[0]?.wamid ?? '', 'failed', [{ code: 131026, title: 'Undeliverable' }]),
  );
  await expect(answer.getByRole('button', { name: 'Retry' })).toBeVisible();
  await expectAccessible(page, 'a failed message');

  await page.getByRole('button', { name: 'Assignee: Unassigned' }).click();
  await expect(page.getByRole('dialog', { name: 'Assign to' })).toBeVisible();
  await expectAccessible(page, 'assignee picker');
  await page.keyboard.press('Escape');

  network.cut();
  await expect(inbox(page).connection).toContainText('Offline');
  await send(page, 'This one waits.');
  await expectAccessible(page, 'offline');

  await accountButton(page, office.ben).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'sign out with unsent messages');
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.setViewportSize({ width: 480, height: 720 });
  await expect(inbox(page).composer).toBeVisible();
  await expectAccessible(page, 'narrow, thread');
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await page.getByRole('button', { name: 'Views' }).click();
  await expect(inbox(page).views).toBeVisible();
  await expectAccessible(page, 'narrow, views');
});

test('when things are wrong: locked, damaged, another version', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await desktop.stop();
  await truncate(path.join(desktop.userDataDir, 'cache/parley.db'), 1234);
  await desktop.start();
  await expect(desktop.page.getByRole('heading', { level: 1 })).toContainText('messages');
  await expectAccessible(desktop.page, 'damaged');

  const locked = await launch({ gateway: office.url, key: null });
  await locked.page
    .getByRole('textbox', { name: 'Passphrase', exact: true })
    .fill('seven brass lanterns and a half');
  await locked.page
    .getByRole('textbox', { name: 'Repeat the passphrase' })
    .fill('seven brass lanterns and a half');
  await locked.page.getByRole('button', { name: 'Continue' }).click();
  await expect(signInScreen(locked.page).button).toBeVisible();
  await locked.restart();
  await expect(locked.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expectAccessible(locked.page, 'locked');

  const gateway = await startOtherVersion();
  const other = await launch({ gateway: gateway.url });
  await signInScreen(other.page).email.fill('ben@lamps.example');
  await signInScreen(other.page).password.fill('whatever it is');
  await signInScreen(other.page).button.click();
  await expect(other.page.getByRole('heading', { name: /do not speak the same version/ })).toBeVisible();
  await expectAccessible(other.page, 'another version');
  await gateway.close();
});
