/** Conversations are saved as files. */
import { openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test('conversations are saved as files from the settings', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await goTo(page, '#/settings/backup');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all as JSON' }).press('Enter');
  expect((await download).suggestedFilename()).toMatch(/^conversations-.*\.json$/);
  await expect(page.getByText(/conversations? exported\./)).toBeVisible();
});
