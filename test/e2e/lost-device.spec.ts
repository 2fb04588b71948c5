/** R002-3: a lost device is reported with two actions from anywhere; the session ends, Parley locks, and is wiped when asked to. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inbox, openConversation, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('R002-3: two actions while writing end the session at the gateway and lock', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await inbox(page).composer.fill('Dear Amira');
  await page.keyboard.press('Control+Shift+l');
  const alert = page.getByRole('alertdialog', { name: 'Lost device or unauthorised access?' });
  await expect(alert).toContainText('signed out at the gateway');
  await alert.getByRole('button', { name: 'Sign out and lock' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'This device was reported' });
  await expect(receipt).toContainText('Signed out at the gateway');
  await receipt.getByRole('button', { name: 'Understood' }).click();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(signInScreen(page).button).toBeVisible();
  await expect(page.getByText('Your session has ended.')).toBeVisible();
});

test('R002-3: from the settings, offline, with everything deleted; the gateway hears of it when it is back', async ({
  launch,
  office,
  network,
}) => {
  const desktop = await launch({ gateway: network.url });
  const { page } = desktop;
  await signIn(page, office.ben);
  network.cut();
  await goTo(page, '#/settings/security');
  await page.getByRole('button', { name: 'Report' }).click();
  const alert = page.getByRole('alertdialog', { name: 'Lost device or unauthorised access?' });
  await alert.getByText('Also delete everything on this device').click();
  await expect(alert).toContainText('The key is destroyed first');
  await alert.getByRole('button', { name: 'Sign out and delete' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'This device was reported' });
  await expect(receipt).toContainText('could not be reached yet', { timeout: 90_000 });
  await expect(receipt).toContainText('nothing is left');
  expect(await files(path.join(desktop.userDataDir, 'media'))).toEqual([]);
  network.heal();
});

test('R002-3: two actions on the lock screen and at the sign-in too', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await expect(page.getByRole('button', { name: 'Lost device or unauthorised access' })).toBeVisible();
  await signIn(page, office.ben);
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Lost device or unauthorised access' }).click();
  const alert = page.getByRole('alertdialog', { name: 'Lost device or unauthorised access?' });
  await expect(alert).toContainText('the session ends as soon as Parley is opened');
  await alert.getByRole('button', { name: 'Sign out and lock' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'This device was reported' });
  await expect(receipt).toContainText('because Parley was shut');
  await receipt.getByRole('button', { name: 'Understood' }).click();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(signInScreen(page).button).toBeVisible();
  await expect(page.getByText('Your session has ended.')).toBeVisible();
});

test('R002-3: two actions from the palette', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('Report a lost device');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alertdialog', { name: 'Lost device or unauthorised access?' });
  await alert.getByRole('button', { name: 'Sign out and lock' }).click();
  await expect(page.getByRole('alertdialog', { name: 'This device was reported' })).toContainText(
    'Signed out at the gateway',
  );
});

async function files(folder: string): Promise<string[]> {
  const there = await stat(folder).catch(() => null);
  return there === null ? [] : readdir(folder);
}
