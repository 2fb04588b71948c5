/** Legal holds on one conversation and on one person: put and lifted where they are met, shown to everybody, counted in what would go. */
import { expectFine } from './fixtures/axe.ts';
import { contacts } from './fixtures/contacts.ts';
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { BRUNO, CHLOE } from './fixtures/workspace.ts';

test.use({ workspace: { owner: true, ages: [60, 45, 20] } });

test('X-1: an owner holds one conversation with a reason and a review; it is shown, counted, and lifted', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await openView(page, 'Unassigned');
  await openConversation(page, BRUNO.name);
  const badge = page.getByText('Legal hold', { exact: true });
  await expect(badge).toHaveCount(0);
  const more = page.getByRole('button', { name: 'More', exact: true });
  await more.click();
  await page.getByRole('menuitem', { name: 'Legal hold…' }).click();
  const dialog = page.getByRole('dialog', { name: `Legal hold on the conversation with ${BRUNO.name}` });
  await dialog.getByRole('button', { name: 'Put hold' }).click();
  await expect(dialog).toContainText('A hold needs a reason.');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A claim of last spring');
  await dialog.getByLabel('Review on').fill('2020-01-01T10:00');
  await dialog.getByRole('button', { name: 'Put hold' }).click();
  await expect(dialog).toContainText('The review lies ahead.');
  await dialog.getByLabel('Review on').fill('2099-01-01T10:00');
  await dialog.getByRole('button', { name: 'Put hold' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(badge).toBeVisible();

  // What is over its time and held is counted, and does not go.
  await goTo(page, '#/settings/retention');
  await page.getByLabel('Days for Message log, Workspace').fill('30');
  await page.getByRole('button', { name: 'See what would go' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Kept by a legal hold: 2');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Show what is held: A claim of last spring' }).click();
  await expect(badge).toBeVisible();

  await more.click();
  await page.getByRole('menuitem', { name: 'Legal hold…' }).click();
  await expect(dialog).toContainText('A claim of last spring');
  await expectFine(page, 'hold dialog');
  await dialog.getByRole('button', { name: 'Lift the hold: A claim of last spring' }).click();
  await expect(dialog).not.toContainText('A claim of last spring');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(badge).toHaveCount(0);
});

test('X-1: all of a person is held from the person’s page; a member sees it and cannot lift it', async ({
  launch,
  office,
}) => {
  const owner = await launch({ gateway: office.url });
  await signIn(owner.page, office.ada);
  await openView(owner.page, 'Unassigned');
  await openConversation(owner.page, BRUNO.name);
  await owner.page.getByRole('link', { name: BRUNO.name }).click();
  const { person } = contacts(owner.page);
  await person.getByRole('button', { name: 'More', exact: true }).click();
  await owner.page.getByRole('menuitem', { name: 'Legal hold…' }).click();
  const dialog = owner.page.getByRole('dialog', { name: `Legal hold on ${BRUNO.name}` });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The court asked');
  await dialog.getByRole('button', { name: 'Put hold' }).click();
  await expect(person).toContainText(/Legal hold, review .* The court asked/u);

  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, CHLOE.name);
  await expect(page.getByText('Legal hold', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(
    page.getByRole('menuitem', { name: 'Labels…' }).or(page.getByRole('menuitem').first()),
  ).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Legal hold…' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await openConversation(page, BRUNO.name);
  await expect(page.getByText('Legal hold', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Legal hold…' }).click();
  const seen = page.getByRole('dialog', { name: `Legal hold on the conversation with ${BRUNO.name}` });
  await expect(seen).toContainText('The court asked');
  await expect(seen).toContainText('On all of the person.');
  await expect(seen).toContainText('Only owners put and lift legal holds.');
  await expect(seen.getByRole('button', { name: /Lift|Put hold/u })).toHaveCount(0);
});
