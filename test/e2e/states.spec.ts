/** Snoozed, closed, open again, pinned. */
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { choose } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('snoozed until the customer writes, or until a time; closed with a reason; what is written opens it again', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  const more = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).first().click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await more('Snooze');
  await choose(page, 'Snooze', 'Until they write');
  await openView(page, 'Snoozed');
  await expect(row(AMIRA.name)).toBeVisible();
  await office.post(textFrom(AMIRA, 'Here I am again'));
  await expect(row(AMIRA.name)).toBeHidden();

  await openView(page, 'Unassigned');
  await expect(row(AMIRA.name)).toContainText('Here I am again');
  await openConversation(page, BRUNO.name);
  await more('Snooze');
  await choose(page, 'Snooze', 'Tomorrow');
  await openView(page, 'Snoozed');
  await openConversation(page, BRUNO.name);
  await expect(page.getByText(/^Snoozed until/)).toBeVisible();
  // An answer of one's own takes it out of its sleep, and makes it one's own.
  await inbox(page).composer.fill('We have found it.');
  await inbox(page).send.click();
  await openView(page, 'Mine');
  await expect(row(BRUNO.name)).toBeVisible();

  await openConversation(page, BRUNO.name);
  await more('Close with a reason');
  await choose(page, 'Close with a reason', 'Solved');
  await openView(page, 'Closed');
  await openConversation(page, BRUNO.name);
  await expect(page.getByText('Closed: Solved')).toBeVisible();
  await office.post(textFrom(BRUNO, 'It came, thank you'));
  await openView(page, 'Mine');
  await expect(row(BRUNO.name)).toContainText('It came, thank you');

  await openView(page, 'All');
  await expect(inbox(page).grid.getByRole('row').first()).toContainText(BRUNO.name);
  await openConversation(page, CHLOE.name);
  await more('Pin');
  await expect(inbox(page).grid.getByRole('row').first()).toContainText(CHLOE.name);
  await expect(row(CHLOE.name).getByRole('img', { name: 'Pinned' })).toBeVisible();
});
