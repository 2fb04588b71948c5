/** Settings are found by their words, with keys alone and in the page's language; sections have what they say. */
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test('a setting is found by its sentence and shown, without a mouse', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/account');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('/');
  const box = page.getByRole('searchbox', { name: 'Search settings' });
  await expect(box).toBeFocused();
  await page.keyboard.type('conversations at once');
  const results = page.getByRole('list', { name: 'Settings found' });
  await expect(results.getByRole('link')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(results.getByRole('link', { name: /^Density of the lists/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Appearance' })).toBeVisible();
  await expect(page.locator('[data-found]')).toContainText('Density of the lists');
  await expect(box).toHaveValue('');

  await page.keyboard.press('Escape');
  await box.fill('nothing like it');
  await expect(page.getByText('No setting has these words.')).toBeVisible();
  await box.press('Escape');
  await expect(box).toHaveValue('');
});

test('in German the words are German; the keyboard, the licences and the rights desk are there', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/keyboard');
  await expect(page.getByRole('main').locator('kbd').first()).toBeVisible();
  await goTo(page, '#/settings/about');
  await expect(page.getByText(/^react \d/)).toBeVisible();
  await goTo(page, '#/settings/privacy');
  await expect(page.getByRole('link', { name: 'Open the rights desk' })).toHaveAttribute(
    'href',
    '#/contacts/rights',
  );
  await goTo(page, '#/settings/language');
  await page.locator('select[name="language"]').selectOption('de');
  const box = page.getByRole('searchbox', { name: 'Einstellungen durchsuchen' });
  await box.fill('dichte');
  await box.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Darstellung' })).toBeVisible();
});
