/** Cards that customers send become contacts. */
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { cardFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('a card is added to the contacts once, and the contact is found by its name', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(cardFrom(AMIRA, 'Zora Lindqvist', '+46 70 123 45 67'));
  const card = message('Zora Lindqvist');
  await expect(card).toContainText('+46 70 123 45 67');
  await card.getByRole('button', { name: 'Add to contacts' }).click();
  await expect(card).toContainText('Added to contacts');
  await expect(card.getByRole('button', { name: 'Add to contacts' })).toHaveCount(0);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const search = page.getByRole('search', { name: 'Search' });
  await search.getByRole('combobox').fill('zora lindqvist');
  await expect(search.getByText('Contact', { exact: true })).toBeVisible();
});
