/** Canned replies by slash, macros, and the place where both are made. */
import { atInbox, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG, GWEN, HUGO } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { choose, goTo, notice } from './fixtures/triage.ts';

test.use({ workspace: BIG });

test('a slash and a word make an answer with the names filled in', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { composer, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, GWEN.name);
  await composer.focus();
  await page.keyboard.type('/hou');
  await expect(page.getByRole('listbox', { name: 'Canned replies' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(composer).toHaveValue('Hello Gwen, we are open from 9 to 18. Ben Adeyemi');
  await page.keyboard.press('Enter');
  await expect(message('Hello Gwen, we are open')).toContainText('Sent');

  // One of one's own.
  await goTo(page, '#/library');
  await page.getByRole('button', { name: 'New canned reply' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Thanks');
  await page.getByRole('textbox', { name: /^Shortcut/ }).fill('hours');
  await page.getByRole('textbox', { name: 'Text' }).fill('Thank you, {{contact.first_name}}!');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Another reply has this shortcut already.')).toBeVisible();
  await page.getByRole('textbox', { name: /^Shortcut/ }).fill('ty');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the inbox' }).click();
  await atInbox(page);
  await openView(page, 'All');
  await openConversation(page, HUGO.name);
  await composer.focus();
  await page.keyboard.type('/ty');
  await expect(page.getByRole('listbox', { name: 'Canned replies' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(composer).toHaveValue('Thank you, Hugo!');
});

test('a macro answers, labels, assigns and closes in one go, and can be taken back', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { views, row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, GWEN.name);
  await page.getByRole('button', { name: 'Macros' }).click();
  await page.getByRole('menuitem', { name: 'Refund and close' }).click();
  await expect(row(GWEN.name)).toBeHidden();
  await expect
    .poll(() => office.delivered().map(({ text }) => text))
    .toEqual(['Your money is on its way back, Gwen.']);
  await openView(page, 'Closed');
  await expect(row(GWEN.name)).toBeVisible();
  await expect(views.getByRole('link', { name: /^Refund/ })).toBeVisible();

  // By the palette, and back: what was said stays said, the rest is as before.
  await openView(page, 'Unassigned');
  await row(HUGO.name).click();
  await page.keyboard.press('Control+k');
  await choose(page, 'Commands', 'Refund and close');
  await expect(row(HUGO.name)).toBeHidden();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
  await expect(notice(page, 'Undone.')).toBeVisible();
  await expect(row(HUGO.name)).toBeVisible();
  await expect(inbox(page).views.getByRole('link', { name: /^Closed,? 1 conversation,/ })).toBeVisible();
});
