/** axe finds nothing in the contact manager: light and dark, from the right, narrow and enlarged. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { openContacts } from './fixtures/contacts.ts';
import { atInbox, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';

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

test('the table, a person, a filter, the columns', async ({ launch }) => {
  const { page } = await launch();
  await signInScreen(page).button.click();
  await atInbox(page);
  const { rows, grid, person, filter, bulk } = await openContacts(page);
  await expectAccessible(page, 'table');
  await grid.focus();
  await page.keyboard.press('Space');
  await expect(bulk).toBeVisible();
  await expectAccessible(page, 'somebody picked');
  await bulk.getByRole('button', { name: 'Edit a value' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'editing many');
  await page.keyboard.press('Escape');

  await rows.nth(1).click();
  await expect(person.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await expectAccessible(page, 'person');
  await person.getByRole('tab', { name: 'Timeline' }).click();
  await expect(
    person.getByRole('group', { name: 'Timeline' }).or(person.getByText('Nothing has happened')),
  ).toBeVisible();
  await expectAccessible(page, 'timeline');
  await person.getByRole('tab', { name: 'Files' }).click();
  await expectAccessible(page, 'files');
  await page.keyboard.press('Escape');

  await page.keyboard.press('f');
  await filter.getByRole('button', { name: 'Group', exact: true }).click();
  await expectAccessible(page, 'filter');
  await filter.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expectAccessible(page, 'columns');
  await page.keyboard.press('Escape');
});

test('in a narrow or enlarged window, and the custom fields', async ({ launch }) => {
  const { page } = await launch();
  await signInScreen(page).button.click();
  await atInbox(page);
  const { rows, lists } = await openContacts(page);
  // As on a window of half the size, or enlarged to 200 %.
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoOverflow(page, 'table');
  await expectAccessible(page, 'narrow table');
  await rows.first().click();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await expectNoOverflow(page, 'person');
  await expectAccessible(page, 'narrow person');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Escape');
  await lists.getByRole('link', { name: 'Custom fields' }).click();
  await expect(page.getByRole('heading', { name: 'Custom fields' })).toBeVisible();
  await expectAccessible(page, 'fields');
});
