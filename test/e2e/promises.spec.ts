/** What the gateway promised is visible with its source, and what it has to tell is told. */
import { expectFine } from './fixtures/axe.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test.use({ workspace: { policy: 'wasms', breach: true } });

test('X-4: every number stands in the settings with its words, and what is not stated says so', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/promises');
  await expect(page.getByRole('heading', { level: 1, name: 'Workspace and promises' })).toBeFocused();
  const line = (name: string) =>
    page
      .locator('dl > div')
      .filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) });
  await expect(line('Message log kept')).toContainText('90 days');
  await expect(line('Message log kept')).toContainText('logs 90 d default');
  await expect(line('Answer to a request')).toContainText('30 calendar days');
  await expect(line('Minimum age')).toContainText('16 years of age');
  await expect(line('Backups of the gateway')).toContainText('Not stated');
  await expect(page.getByRole('main')).not.toContainText(/unlimited(?!\.)/u);
  await expectFine(page, 'promises');
});

test('R004-7: a breach shows its clock of 72 hours, until it was read', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  await signIn(page, office.ben);
  const banner = page.getByRole('complementary', { name: 'Workspace and promises' });
  await expect(banner).toContainText('The gateway told of a breach.');
  await expect(banner).toContainText('left, until');
  await banner.getByRole('button', { name: 'Look' }).click();
  await expect(page.getByRole('main')).toContainText('A laptop was stolen');
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await banner.getByRole('button', { name: 'Read' }).first().focus();
  await page.keyboard.press('Enter');
  await expect(banner.getByText('The gateway told of a breach.')).toHaveCount(0);
});
