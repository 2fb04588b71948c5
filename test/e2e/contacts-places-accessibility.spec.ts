/** axe finds nothing in imports, duplicates and the rights desk: light and dark, from the right, narrow. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { giveFile, importFile, lawfulSource } from './fixtures/people.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { choose, goTo } from './fixtures/triage.ts';
import { BRUNO } from './fixtures/workspace.ts';

/** Looks at what is shown now, in both colour schemes and on a narrow screen, where nothing may be cut off. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }));
    expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 400, height: 800 });
  await expectNoOverflow(page, `${screen}, narrow`);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('imports', async ({ launch, office }) => {
  test.slow();
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await giveFile(page, 'a.csv', 'Name,E-mail\nAmira Nasar,amira@nassar.example\nBad One,nothing\n');
  await expect(lawfulSource(page)).toBeVisible();
  await expectAccessible(page, 'columns');
  await lawfulSource(page).fill('Customers of the shop');
  await page.getByRole('button', { name: 'Start the dry run' }).click();
  await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible();
  await expectAccessible(page, 'dry run');
  await goTo(page, '#/contacts/import');
  await expect(page.getByRole('link', { name: /a\.csv/ })).toBeVisible();
  await expectAccessible(page, 'start');
});

test('duplicates and the rights desk', async ({ launch, office }) => {
  test.slow();
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await importFile(page, 'a.csv', 'Name,E-mail\nAmira Nasar,amira@nassar.example\n');
  await goTo(page, '#/contacts/duplicates');
  await page.getByRole('button', { name: /Amira/ }).first().click();
  await expect(page.getByRole('button', { name: 'Merge', exact: true })).toBeVisible();
  await expectAccessible(page, 'side by side');
  await goTo(page, '#/contacts/rights');
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByRole('button', { name: 'Choose the person' }).click();
  await choose(page, 'Choose the person', BRUNO.name);
  await page.getByRole('combobox', { name: 'What is asked for' }).selectOption('erase');
  await expectAccessible(page, 'new request');
  await page.getByRole('button', { name: 'Record the request' }).click();
  await expect(page.getByRole('article')).toBeVisible();
  await expectAccessible(page, 'request');
});
