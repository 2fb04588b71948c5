/** R004-4: the end of a workspace is counted down in front of everybody, and at its end nothing is left but a receipt. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectFine } from './fixtures/axe.ts';
import type { Desktop } from './fixtures/desktop.ts';
import type { Office } from './fixtures/office.ts';
import { openConversation, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { type Launch, expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: { policy: 'wasms', owner: true } });

/** The owner's desktop, at the settings of the workspace. */
async function signedIn(launch: Launch, office: Office): Promise<Desktop> {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ada);
  await goTo(desktop.page, '#/settings/workspace');
  return desktop;
}

async function announce(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Announce the end…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Announce the end of Harbour Lamps?' });
  const confirm = question.getByRole('button', { name: 'Announce the end' });
  await expect(question).toContainText('On every device of the team');
  await confirm.click();
  await expect(question).toContainText('Choose a day and a time.');
  await expect(question).toContainText('That is not the name.');
  // In the past means now.
  await question.getByLabel('End of the contract').fill('2024-01-01T00:00');
  await question.getByLabel('Type the name of the workspace: Harbour Lamps').fill('Harbour Lamps');
  await confirm.click();
}

test('R004-4: an owner announces the end with the name typed; a colleague sees thirty days counted down; it is taken back', async ({
  launch,
  office,
}) => {
  const ben = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  const { page } = await signedIn(launch, office);
  const section = page.getByRole('region', { name: 'End of the workspace' });
  await expect(section).toContainText('No end was announced.');
  await expect(section).toContainText('30 days after the end');
  await announce(page);
  await expect(section).toContainText('Time left');

  const banner = ben.page.getByRole('complementary', { name: 'End of the workspace' });
  await expect(banner).toContainText(
    /In (?:29|30) days \(.+\) Parley deletes everything of it on this device\./u,
  );
  await expectFine(ben.page, 'the countdown');
  await banner.getByRole('button', { name: 'Details' }).click();
  await expect(ben.page.getByRole('region', { name: 'End of the workspace' })).toContainText(
    'Only owners announce the end',
  );
  await expectFine(page, 'the end in the settings');

  await section.getByRole('button', { name: 'Take it back' }).click();
  await expect(section).toContainText('taken back');
  await ben.page.getByRole('link', { name: 'Back to the inbox' }).click();
  await expect(banner).toBeHidden();
});

test('remote wipe with two desktops: the name typed, the other one explains itself, the receipt comes back', async ({
  launch,
  office,
}) => {
  const ben = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await goTo(page, '#/settings/account');
  const team = page.getByRole('region', { name: 'Devices of the team' });
  await expect(team).toContainText(office.ben.name);
  await team.getByRole('button', { name: /^Sign out and wipe / }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('destroys its key, then deletes everything');
  await expectFine(page, 'the question before a remote wipe');
  const confirm = question.getByRole('button', { name: 'Sign out and wipe' });
  await confirm.click();
  await expect(question).toContainText('That is not the name.');
  const field = question.getByRole('textbox');
  const label = (await question.getByText(/^Type the name of the device/u).textContent()) ?? '';
  await field.fill(label.replace(/^Type the name of the device: /u, ''));
  await confirm.click();

  const receipt = ben.page.getByRole('alertdialog', { name: 'This device was wiped' });
  await expect(receipt).toContainText('asked for it to be wiped', { timeout: 30_000 });
  await expect(receipt).toContainText('nothing is left');
  await receipt.getByRole('button', { name: 'Understood' }).click();
  await expect(signInScreen(ben.page).button).toBeVisible();
  await expect(team).toContainText('Nothing is left.', { timeout: 30_000 });
  await expect(team.getByRole('button', { name: /^Sign out and wipe / })).toHaveCount(0);
});

test.describe('a profile that states no time after the end', () => {
  test.use({ workspace: { owner: true } });

  test('R004-4: at the end the desktop wipes itself in front of who works on it, and a receipt can be saved', async ({
    launch,
    office,
  }) => {
    const desktop = await launch({ gateway: office.url });
    const { page } = desktop;
    await signIn(page, office.ben);
    await openView(page, 'Unassigned');
    await openConversation(page, AMIRA.name);
    // This profile states no time after the end, so nothing outlasts it.
    await announce((await signedIn(launch, office)).page);
    const receipt = page.getByRole('alertdialog', { name: 'The workspace has ended' });
    await expect(receipt).toContainText('nothing is left', { timeout: 30_000 });
    await expect(receipt).toContainText('0 found');
    await expectFine(page, 'the receipt of a wipe');
    const saving = page.waitForEvent('download');
    await receipt.getByRole('button', { name: 'Save receipt' }).click();
    const saved = await (await saving).path();
    const words = JSON.parse(await readFile(saved, 'utf8')) as { reason: string; wiped: { left: string[] } };
    expect(words).toMatchObject({ reason: 'terminated', wiped: { left: [] } });
    expect(JSON.stringify(words)).not.toContain(AMIRA.name);
    await receipt.getByRole('button', { name: 'Understood' }).click();
    await expect(signInScreen(page).button).toBeVisible();
    await expect(page.getByText(AMIRA.name)).toHaveCount(0);
    expect(await readdir(path.join(desktop.userDataDir, 'media')).catch(() => [])).toEqual([]);
    await page.getByLabel('Gateway').fill(office.url);
    await page.getByLabel('E-mail').fill(office.ben.email);
    await page.getByLabel('Password').fill(office.ben.password);
    await signInScreen(page).button.click();
    await expect(page.getByText('This workspace has come to its end.')).toBeVisible();
  });
});
