/** How long things are kept: who has a say, what a change would do, and the receipt of what was done. */
import { expectFine } from './fixtures/axe.ts';
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test.use({ workspace: { owner: true, ages: [60, 45, 20] } });

test('an owner sees what a stricter rule would delete, saves it from the keyboard, and gets a receipt', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await goTo(page, '#/settings/retention');
  const days = page.getByLabel('Days for Message log, Workspace');
  await expect(days).toBeVisible();
  await days.fill('0');
  await expect(page.getByRole('alert')).toContainText('A whole number');
  await days.fill('30');
  await expect(page.getByRole('row', { name: 'Message log' })).toContainText('30 by Workspace');
  await page.getByRole('button', { name: 'See what would go' }).press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(/Would delete 2 messages in 1 conversation, /u);
  // What is lost for good wants the name typed.
  await expect(question.getByRole('button', { name: 'Save' })).toBeDisabled();
  await question.getByRole('textbox', { name: /Type the workspace’s name/u }).fill('Harbour Lamps');
  await question.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByRole('cell', { name: /2 messages, notes 0/u })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('cell', { name: /Nothing found/u })).toBeVisible();
  await expectFine(page, 'retention');
  await page.setViewportSize({ width: 400, height: 800 });
  // Rule and receipts: each row is a card, nothing has to be scrolled sideways.
  const tables = page.locator('[role="group"][tabindex="0"]');
  await expect(tables).toHaveCount(2);
  for (const table of await tables.all())
    expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  await expectFine(page, 'retention, narrow');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await openView(page, 'Unassigned');
  await openConversation(page, 'Bruno Costa');
  await expect(page.getByText('Written 20 days ago')).toBeVisible();
  await expect(page.getByText('Written 45 days ago')).toHaveCount(0);
});

test('R004-10: a team member sees the rule and cannot change it, but may be stricter here; a hold is shown', async ({
  launch,
  office,
}) => {
  const owner = await launch({ gateway: office.url });
  await signIn(owner.page, office.ada);
  await goTo(owner.page, '#/settings/retention');
  await owner.page.getByLabel('Reason').fill('A claim of last spring');
  await owner.page.getByRole('button', { name: 'Hold everything' }).click();
  await expect(owner.page.getByText('A claim of last spring')).toBeVisible();
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/retention');
  await expect(page.getByText('A claim of last spring')).toBeVisible();
  await expect(page.getByText('Only owners change the rule of the workspace.')).toBeVisible();
  await expect(page.getByLabel('Days for Message log, Workspace')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Lift/u })).toHaveCount(0);
  await page.getByLabel('Days for Message log, This device').fill('30');
  await page.getByRole('button', { name: 'See what would go' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Kept by a legal hold: 2');
  await owner.page.getByRole('button', { name: 'Lift the hold: A claim of last spring' }).click();
  const question = owner.page.getByRole('alertdialog', { name: 'Lift the hold?' });
  await expect(question.getByRole('button', { name: 'Lift' })).toBeDisabled();
  await question.getByRole('textbox').fill('Harbour Lamps');
  await question.getByRole('button', { name: 'Lift' }).click();
  await expect(page.getByText('A claim of last spring')).toHaveCount(0);
});
