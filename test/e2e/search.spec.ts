/** Search over everything: operators, hits in the thread, coverage. */
import { inbox, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test.use({ workspace: { history: 300 } });

test('what was said long ago is found, shown in its place with the words marked, and the coverage is told', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { message, log } = await signIn(page, office.ben);
  await page.keyboard.press('/');
  const search = page.getByRole('search', { name: 'Search' });
  const box = search.getByRole('combobox');
  await expect(box).toBeFocused();
  const hits = search.getByRole('option');

  await page.keyboard.type('parcel arrived');
  await expect(hits).toHaveCount(1);
  await expect(hits.first().locator('mark')).toHaveText(['parcel', 'arrived']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: BRUNO.name })).toBeVisible();
  await expect(message('My parcel has not arrived')).toBeInViewport();
  await expect(message('My parcel has not arrived').locator('mark').first()).toBeVisible();

  // Accents and case do not matter, and a customer is found by name.
  await box.fill('chloe');
  await expect(hits.filter({ hasText: CHLOE.name }).first()).toBeVisible();

  await box.fill('"line 7"');
  await expect(hits.first()).toContainText('Line 7.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: AMIRA.name })).toBeVisible();
  await expect(message('Line 7.')).toBeInViewport();
  await expect(message('Line 300.')).toBeHidden();
  await expect(search.getByText(/^Searched [\d,]+ of 302 messages; /)).toBeVisible();
  await expect(log).toBeVisible();

  // From the middle of the past back to the end.
  await page.getByRole('button', { name: 'Back to the newest messages' }).click();
  await expect(message('Line 300.')).toBeInViewport();
});

test('operators narrow it down, and what fits nothing says so', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await openView(page, 'All');
  await office.post(textFrom(CHLOE, 'Look at https://lamps.example/brass please'));
  await expect(row(CHLOE.name)).toContainText('lamps.example/brass');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const search = page.getByRole('search', { name: 'Search' });
  const box = search.getByRole('combobox');
  const hits = search.getByRole('option');
  const cases: [string, RegExp, number][] = [
    ['has:link', /lamps\.example/, 1],
    ['brass -stock', /lamps\.example/, 1],
    ['parcel from:contact', /parcel/, 1],
    ['parcel assignee:nobody', /parcel/, 1],
  ];
  for (const [query, words, count] of cases) {
    await box.fill(query);
    await expect(hits, query).toHaveCount(count);
    await expect(hits.first(), query).toContainText(words);
  }
  for (const query of ['parcel from:me', 'parcel is:closed', 'parcel before:2020', 'parcel has:image']) {
    await box.fill(query);
    await expect(search.getByText(`Nothing was found for “${query}”.`)).toBeVisible();
  }
  await search.getByRole('button', { name: 'What can be searched for' }).click();
  await expect(page.getByText('without this word')).toBeVisible();
  await page.keyboard.press('Escape');
  await box.focus();
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  await expect(inbox(page).grid).toBeVisible();
});
