/** What the gateway promised is visible with its source, and what it has to tell is told. */
import { expectFine } from './fixtures/axe.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test.use({ workspace: { policy: 'wasms', breach: true } });

const NUMBERS = [
  'Message log kept',
  'Message content kept',
  'Files kept',
  'Backups of the gateway',
  'Gone after the contract ends',
  'Account data after the end',
  'Invoices',
  'Answer to a request',
  'Answer to other mail',
  'Notice of a breach',
  'Minimum age',
  'Notice before a change',
];

test('X-4: every number stands in the settings with its words, and what is not stated says so', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/privacy');
  const line = (name: string) =>
    page
      .locator('dl > div')
      .filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) });
  await expect(line('Message log kept')).toContainText('90 days');
  await expect(line('Message log kept')).toContainText('logs 90 d default');
  await expect(line('Answer to a request')).toContainText('30 calendar days');
  await expect(line('Minimum age')).toContainText('16 years of age');
  await expect(line('Backups of the gateway')).toContainText('Not stated');
  // Each of the twelve numbers: a figure or that none is stated, and the words that it comes from.
  for (const name of NUMBERS) {
    await expect(line(name)).toContainText(/\d|Not stated/u);
    await expect(line(name)).toContainText('WaSMS privacy policy');
  }
  await expect(page.getByRole('main')).not.toContainText(/unlimited(?!\.)/u);
  await expectFine(page, 'promises');
});

test('R004-7: a breach shows its clock of 72 hours, until it was read', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  await signIn(page, office.ben);
  const banner = page.getByRole('complementary', { name: 'Workspace and promises' });
  await expect(banner).toContainText('The gateway told of a breach.');
  // Known an hour ago: 71 hours are left, or a little less.
  await expect(banner).toContainText(/(70|71) (hr|hours?) left, until/u);
  await banner.getByRole('button', { name: 'Look' }).click();
  await expect(page.getByRole('main')).toContainText('A laptop was stolen');
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await banner.getByRole('button', { name: 'Read' }).first().focus();
  await page.keyboard.press('Enter');
  await expect(banner.getByText('The gateway told of a breach.')).toHaveCount(0);
});
