/** A whole queue worked off with the keyboard alone. */
import { accountButton, atInbox, inbox, signInScreen } from './fixtures/screens.ts';
import { BIG, EMIL, FARAH, GWEN, HUGO } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { choose, notice, picker } from './fixtures/triage.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('a queue is worked off without a mouse: take, answer, close, snooze, pass on, label, pin, and take back', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const form = signInScreen(page);
  await form.email.focus();
  await page.keyboard.type(office.ben.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(office.ben.password);
  await page.keyboard.press('Enter');
  const { grid, row, composer, message } = await atInbox(page);
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const rows = grid.getByRole('row');

  await press('g', 'u');
  await expect(rows).toHaveCount(7);

  // Take one, and answer it.
  await press('j');
  await expect(page.getByRole('heading', { name: AMIRA.name })).toBeVisible();
  await press('m');
  await expect(notice(page, `Assigned to ${office.ben.name}.`)).toBeVisible();
  await expect(row(AMIRA.name)).toBeHidden();
  await press('r');
  await expect(composer).toBeFocused();
  await page.keyboard.type('On its way.');
  await press('Enter');
  await expect(message('On its way.')).toContainText('Sent');
  await press('Escape');

  // The next one is closed, and that is taken back.
  await press('j');
  await expect(page.getByRole('heading', { name: BRUNO.name })).toBeVisible();
  await press('e');
  await expect(notice(page, 'Closed.')).toBeVisible();
  await expect(row(BRUNO.name)).toBeHidden();
  await expect(page.getByRole('heading', { name: CHLOE.name })).toBeVisible();
  await press('Control+z');
  await expect(notice(page, 'Undone.')).toBeVisible();
  await expect(row(BRUNO.name)).toBeVisible();

  // What comes after it was opened in its place: snoozed until the customer writes.
  await press('s');
  await choose(page, 'Snooze', 'Until they write');
  await expect(row(CHLOE.name)).toBeHidden();
  await expect(page.getByRole('heading', { name: GWEN.name })).toBeVisible();

  // Passed on: an agent does not see it any more.
  await press('a');
  await choose(page, 'Assign to', 'Cleo Park');
  await expect(row(GWEN.name)).toBeHidden();

  // The next one is there already.
  await expect(row(HUGO.name)).toHaveAttribute('aria-current', 'true');
  await press('l');
  await choose(page, 'Label', 'Refund');
  await press('Escape');
  await expect(notice(page, 'Label changed.')).toBeVisible();
  await press('p');
  await expect(notice(page, 'Pinned.')).toBeVisible();
  await expect(rows.first()).toContainText(HUGO.name);

  // Two at once.
  await press('End');
  await expect(row(EMIL.name)).toHaveAttribute('aria-current', 'true');
  await press('x', 'k', 'x');
  await expect(page.getByRole('toolbar', { name: 'Selected conversations' })).toContainText('2 selected');
  await press('e');
  await expect(notice(page, '2 conversations closed.')).toBeVisible();
  await expect(row(FARAH.name)).toBeHidden();
  await expect(row(EMIL.name)).toBeHidden();
  await press('Control+z');
  await expect(row(FARAH.name)).toBeVisible();
  await expect(row(EMIL.name)).toBeVisible();

  // All the rest.
  await press('Shift+A', 'e');
  await expect(notice(page, '4 conversations closed.')).toBeVisible();
  await expect(page.getByText('Nobody is waiting to be taken on.')).toBeVisible();

  // Every key is told, and the palette goes everywhere.
  await press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Snooze');
  await press('Escape');
  await expect(sheet).toBeHidden();
  await press('Control+k');
  await choose(page, 'Commands', 'Snoozed');
  await expect(page.getByRole('heading', { level: 1, name: 'Snoozed' })).toBeVisible();
  await expect(row(CHLOE.name)).toContainText('Until they write');
  await press('g', 'c');
  await expect(rows).toHaveCount(4);
  await press('g', 'm');
  await expect(row(AMIRA.name)).toBeVisible();
  expect(office.delivered().map(({ text }) => text)).toEqual(['On its way.']);
});

test('the palette finds conversations and what was said, and the box gives the focus back', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const form = signInScreen(page);
  await form.email.fill(office.ben.email);
  await form.password.fill(office.ben.password);
  await page.keyboard.press('Enter');
  await atInbox(page);
  await page.keyboard.press('Control+k');
  const palette = await picker(page, 'Commands');
  await page.keyboard.type('invoice');
  await expect(palette.getByRole('option').filter({ hasText: GWEN.name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await page.keyboard.press('Control+k');
  await picker(page, 'Commands');
  await page.keyboard.type('gwen');
  await expect(palette.getByRole('option').first()).toContainText(GWEN.name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: GWEN.name })).toBeVisible();
  await expect(inbox(page).message('Can I pay by invoice?')).toBeVisible();
  await expect(accountButton(page, office.ben)).toBeVisible();
});
