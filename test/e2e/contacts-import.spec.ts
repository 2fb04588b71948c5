/** A file of contacts: columns, dry run, run, undo; what cannot be read; going on after a restart; without a mouse. */
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { giveFile, importFile, lawfulSource, tabTo, total } from './fixtures/people.ts';
import { atInbox, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

const CSV = [
  'Name;Telefon;E-Mail;Newsletter',
  'Nora Quist;030 1234567;nora@lamps.example;ja',
  'Oskar Blom;030 7654321;oskar@lamps.example;nein',
  'Piet Zwart;+1 202 12;;nein',
  'Rosa Mund;;not an address;vielleicht',
].join('\r\n');

test('a file is mapped, tried, imported and taken back', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await giveFile(page, 'kunden.csv', CSV);

  // What the file is, and what its columns seem to be.
  await expect(page.getByRole('combobox', { name: 'Delimiter' })).toHaveValue(';');
  await expect(page.getByRole('combobox', { name: 'Telefon becomes' })).toHaveValue('phone');
  await page.getByRole('combobox', { name: 'Newsletter becomes' }).selectOption('Consent to marketing');
  await page.getByRole('combobox', { name: /^Country of numbers/ }).selectOption('DE');

  // Nothing goes on without a lawful source.
  await page.getByRole('button', { name: 'Start the dry run' }).click();
  await expect(page.getByText('Without this nothing can be imported.')).toBeVisible();
  await expect(lawfulSource(page)).toBeFocused();
  await lawfulSource(page).fill('Customers of the shop, contract');
  await page.getByRole('button', { name: 'Start the dry run' }).click();

  // Every bad row with its line, its column and why.
  await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible();
  await expect(total(page, 'New')).toHaveText('2');
  await expect(total(page, 'Bad')).toHaveText('2');
  const rows = page.getByRole('region', { name: 'What would happen' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Telefon' })).toContainText('too short');
  await expect(rows.filter({ hasText: 'Telefon' })).toContainText('4');
  await expect(rows.filter({ hasText: 'Newsletter' })).toContainText('consent is never guessed');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  const report = await (await saving).path();
  expect(await readFile(report, 'utf8')).toContain('Nora Quist');

  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByText('2 rows were imported.')).toBeVisible();
  await goTo(page, '#/contacts');
  await expect(page.getByRole('grid').getByText('Nora Quist')).toBeVisible();

  await goTo(page, '#/contacts/import');
  await page.getByRole('link', { name: /kunden\.csv/ }).click();
  await page.getByRole('button', { name: 'Undo the whole import' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('New people are deleted (2)');
  await page.getByRole('button', { name: 'Undo it all' }).click();
  await expect(page.getByText('The import was undone.')).toBeVisible();
  await goTo(page, '#/contacts');
  await expect(page.getByRole('grid').getByText('Nora Quist')).toBeHidden();

  // The columns are remembered.
  await giveFile(page, 'kunden2.csv', CSV);
  await expect(page.getByRole('combobox', { name: 'Newsletter becomes' })).toHaveValue('consent_marketing');
});

test('what cannot be read is told in plain words, and reading it another way helps', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await giveFile(
    page,
    'book.xlsx',
    Buffer.from(`PK\u0003\u0004${'[Content_Types].xml xl/workbook.xml '.repeat(9)}`),
  );
  await expect(page.getByText('Open it and save the sheet as CSV', { exact: false })).toBeVisible();
  await giveFile(page, 'empty.csv', '');
  await expect(page.getByText('The file has no rows.')).toBeVisible();

  // A mistaken encoding is seen in the samples; the same file is read again.
  await giveFile(page, 'latin.csv', Buffer.from('Name,Phone\r\nJosé Muñoz,+34 600 000 001\r\n', 'latin1'));
  await page.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1251');
  await expect(page.getByText('José Muñoz')).toBeHidden();
  await page.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1252');
  await expect(page.getByText('José Muñoz')).toBeVisible();
  await goTo(page, '#/contacts/import');
  await expect(page.getByRole('link', { name: /latin\.csv/ })).toHaveCount(1);
});

test('an import that was interrupted goes on after a restart', async ({ launch, office }) => {
  test.slow();
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ada);
  const lines = Array.from({ length: 6000 }, (_, n) => `Row ${n},r${n}@lamps.example`);
  await giveFile(desktop.page, 'many.csv', ['Name,E-mail', ...lines].join('\n'));
  await lawfulSource(desktop.page).fill('Customers of the shop');
  await desktop.page.getByRole('button', { name: 'Start the dry run' }).click();
  await desktop.page.getByRole('button', { name: /^Import 6,?000 rows$/ }).click();
  await expect(desktop.page.getByRole('progressbar')).toBeVisible();
  await desktop.kill();
  await desktop.start();
  const { page } = desktop;
  await atInbox(page);
  await goTo(page, '#/contacts/import');
  await page.getByRole('link', { name: /many\.csv/ }).click();
  await expect(page.getByText(/^6,?000 rows were imported\.$/)).toBeVisible({ timeout: 90_000 });
});

test('the whole way without a mouse', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await giveFile(page, 'keys.csv', 'Name,E-mail\nKim Keys,kim@lamps.example\n');
  const column = page.getByRole('combobox', { name: 'E-mail becomes' });
  await tabTo(page, column);
  await expect(column).toHaveValue('email');
  await tabTo(page, lawfulSource(page));
  await page.keyboard.type('Customers of the shop');
  await tabTo(page, page.getByRole('button', { name: 'Start the dry run' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Import 1 row' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 row was imported.')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Undo the whole import' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Undo it all' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('The import was undone.')).toBeVisible();
});

test('a known person is filled in, and a second time nothing is new', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await importFile(page, 'one.csv', 'Phone,E-mail\n+4915112340001,amira@lamps.example\n');
  await expect(total(page, 'Changed')).toHaveText('1');
  await giveFile(page, 'one.csv', 'Phone,E-mail\n+4915112340001,amira@lamps.example\n');
  await lawfulSource(page).fill('Customers of the shop');
  await page.getByRole('button', { name: 'Start the dry run' }).click();
  await expect(total(page, 'Left alone')).toHaveText('1');
  await expect(page.getByText('No row would change anything.')).toBeVisible();
});
