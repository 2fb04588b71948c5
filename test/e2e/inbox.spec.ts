import { atInbox, openConversation, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { assign } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test('the demo inbox has its views with counts, and conversations with what one needs to choose', async ({
  launch,
}) => {
  const { page } = await launch();
  await signInScreen(page).button.click();
  const { views, grid } = await atInbox(page);

  for (const name of ['Mine', 'Unassigned', 'All', 'Closed', 'Sales', 'Showroom', 'Alerts SMS']) {
    await expect(
      views.getByRole('link', { name: new RegExp(`^${name},? \\d+ conversations?, \\d+ unread$`) }),
    ).toBeVisible();
  }
  await openView(page, 'All');
  const rows = grid.getByRole('row');
  await expect(rows.nth(5)).toBeVisible();
  await expect(rows.first().locator('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/);
  await expect(rows.filter({ hasText: /Sales|Showroom|Alerts SMS/ }).first()).toBeVisible();
});

test('a channel is a view of its own, and the newest conversation stands on top', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { views, grid } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await expect(grid.getByRole('row')).toHaveText([
    new RegExp(AMIRA.name),
    new RegExp(BRUNO.name),
    new RegExp(CHLOE.name),
  ]);
  await office.post(textFrom(BRUNO, 'Still nothing!'));
  await expect(grid.getByRole('row').first()).toContainText(BRUNO.name);
  await expect(grid.getByRole('row').first()).toContainText('Still nothing!');

  await views.getByRole('link', { name: /^Sales/ }).click();
  await expect(grid.getByRole('row')).toHaveCount(3);
});

test('unread is counted, goes when it was read, and comes back when it is asked for', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { row, views } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  const unread = views.getByRole('link', { name: /^Unassigned,? 3 conversations, 3 unread$/ });
  await expect(unread).toBeVisible();
  await expect(row(AMIRA.name)).toContainText('2 unread messages');

  await openConversation(page, AMIRA.name);
  await expect(row(AMIRA.name)).not.toContainText('unread');
  await expect(views.getByRole('link', { name: /^Unassigned,? 3 conversations, 2 unread$/ })).toBeVisible();
  // The gateway knows as well: Meta is told.
  await expect
    .poll(() => office.graph.requests.some(({ body }) => body.includes('"status":"read"')))
    .toBe(true);

  await page.getByRole('button', { name: 'Mark as unread' }).click();
  await expect(row(AMIRA.name)).toContainText(/unread message/);
});

test('a conversation is assigned, closed and opened again', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, CHLOE.name);
  await assign(page, 'Unassigned', office.ben.name);
  await expect(page.getByRole('button', { name: `Assignee: ${office.ben.name}` })).toBeVisible();
  await openView(page, 'Mine');
  await openConversation(page, CHLOE.name);
  await page.getByRole('button', { name: 'Close conversation' }).click();
  await openView(page, 'Closed');
  await expect(row(CHLOE.name)).toBeVisible();
  // What a customer writes opens it again.
  await office.post(textFrom(CHLOE, 'One more thing'));
  await expect(row(CHLOE.name)).toBeHidden();
  await openView(page, 'Mine');
  await expect(row(CHLOE.name)).toBeVisible();
});
