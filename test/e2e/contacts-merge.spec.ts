/** One person, one record: pairs with reasons, side by side, merged, taken back, kept apart; without a mouse. */
import { importFile, openPerson, tabTo } from './fixtures/people.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo, notice } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

const CSV = 'Name,Company,E-mail\nAmira Nasar,Nassar Trading,amira@nassar.example\n';

test('a pair is compared, merged and taken back, at once and later', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await importFile(page, 'old.csv', CSV);
  await goTo(page, '#/contacts/duplicates');
  const pairs = page.getByRole('region', { name: 'Pairs' });
  const pair = pairs.getByRole('button', { name: /Amira/ });
  await expect(pair).toContainText('Nearly the same name');
  await pair.click();

  // The record with the conversation stays; its name, the other's company.
  const merge = page.getByRole('button', { name: 'Merge', exact: true });
  const keep = page.getByRole('button', { name: `Keep this record: ${AMIRA.name}` });
  await expect(merge).toBeVisible();
  if (await keep.isVisible()) await keep.click();
  await page.getByRole('radio', { name: `Name: Amira Nasar`, exact: true }).check();
  const row = page.getByRole('row', { name: /^Company/ });
  await expect(row.getByRole('cell').last()).toHaveText('Nassar Trading');
  await expect(page.getByRole('row', { name: /^Name/ }).getByRole('cell').last()).toHaveText('Amira Nasar');
  await expect(page.getByText('Amira Nasar has no conversation that would move.')).toBeVisible();
  await merge.click();
  await expect(notice(page, `Amira Nasar was merged into ${AMIRA.name}.`)).toBeVisible();
  await expect(page.getByText('No two contacts look like one person.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(pair).toBeVisible();

  // Once more, and back from the person's page.
  await pair.click();
  await expect(merge).toBeVisible();
  if (await keep.isVisible()) await keep.click();
  await merge.click();
  await expect(page.getByText('No two contacts look like one person.')).toBeVisible();
  const person = await openPerson(page, AMIRA.name);
  await expect(person.getByText('Nassar Trading').first()).toBeVisible();
  await person.getByRole('button', { name: 'Undo the merge of Amira Nasar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(notice(page, 'The merge was undone: both records are back.')).toBeVisible();
  await expect(person.getByText('Nassar Trading')).toHaveCount(0);
});

test('without a mouse: two people are kept apart and never offered again', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await importFile(page, 'old.csv', CSV);
  await goTo(page, '#/contacts/duplicates');
  const pair = page.getByRole('region', { name: 'Pairs' }).getByRole('button', { name: /Amira/ });
  await tabTo(page, pair);
  await page.keyboard.press('Enter');
  const names = page.getByRole('radio', { name: /^Name: Amira/ });
  await tabTo(page, names.and(page.locator(':checked')));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('row', { name: /^Name/ }).getByRole('cell').last()).toHaveText(/Amira Nas/);
  await tabTo(page, page.getByRole('button', { name: 'Not the same person' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/will not be offered again/)).toBeVisible();
  await expect(page.getByText('No two contacts look like one person.')).toBeVisible();
});
