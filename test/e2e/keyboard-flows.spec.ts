/** Flows that are not triage, each without a mouse: settings, a template, a search, the places. */
import { type Locator, type Page } from '@playwright/test';
import { BIG, EMIL, GWEN } from './fixtures/furniture.ts';
import { inbox, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { choose } from './fixtures/triage.ts';

test.use({ workspace: BIG });

test('settings are changed and left again', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await page.keyboard.press('g');
  await page.keyboard.press(',');
  await expect(page.getByRole('heading', { level: 1, name: 'Account and devices' })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Appearance' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('radio', { name: 'Comfortable' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
  await tabTo(page, page.getByRole('link', { name: 'Sending' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('slider', { name: 'Time to undo sending' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('1 second', { exact: true })).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Back to the inbox' }));
  await page.keyboard.press('Enter');
  await expect(inbox(page).views).toBeVisible();
});

test('a template is found, filled in and sent', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { row, message } = await signIn(page, office.ben);
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { name: 'Unassigned' })).toBeVisible();
  await expect(row(EMIL.name)).toBeVisible();
  await page.keyboard.press('End');
  await expect(row(EMIL.name)).toHaveAttribute('aria-current', 'true');
  await tabTo(page, page.getByRole('button', { name: /order_shipped/ }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Body: 1' }));
  await page.keyboard.type('Emil');
  await page.keyboard.press('Tab');
  await page.keyboard.type('A-17');
  await page.keyboard.press('Enter');
  // The company writes first: consent is asked for.
  const asked = page.getByRole('dialog');
  await tabTo(page, asked.getByRole('textbox'));
  await page.keyboard.type('on the phone, 3 March');
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(message('Hi Emil, your order A-17 is on its way.')).toContainText('Sent');
});

test('a search leads into the past, and every place is reached and left', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await page.keyboard.press('/');
  await page.keyboard.type('invoice');
  const search = page.getByRole('search', { name: 'Search' });
  await expect(search.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: GWEN.name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  for (const place of ['Outbox', 'Canned replies and macros']) {
    await page.keyboard.press('Control+k');
    await choose(page, 'Commands', place);
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'Back to the inbox' }).first());
    await page.keyboard.press('Enter');
    await expect(inbox(page).views).toBeVisible();
  }
});

/** Goes on with Tab until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
