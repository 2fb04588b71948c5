/** Where one is signed in, and signing one of those out from here. */
import { inbox, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test('a device is signed out from the settings of another one, and has nothing any more', async ({
  launch,
  office,
}) => {
  const lost = await launch({ gateway: office.url });
  await signIn(lost.page, office.ben);
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/devices');
  await expect(page.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: /^Sign out (?!and wipe)/ }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: /^Sign out (?!and wipe)/ })).toHaveCount(0);

  await expect(signInScreen(lost.page).button).toBeVisible({ timeout: 90_000 });
  await expect(inbox(lost.page).grid).toBeHidden();
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await expect(inbox(page).connection).toContainText('Online');
});
