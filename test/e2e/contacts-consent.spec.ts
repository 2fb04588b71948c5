/** The consent ledger of a person: entries are added, STOP is shown; without a mouse. */
import { openPerson, tabTo } from './fixtures/people.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test('consent is recorded without a mouse, and what was said later counts', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const person = await openPerson(page, AMIRA.name);
  const consent = person.getByRole('region', { name: 'Consent' });
  await expect(consent.getByText('Nothing is recorded.', { exact: false })).toBeVisible();
  const add = consent.getByRole('button', { name: 'Record consent' });
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: 'Record', exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Say where it can be looked up.')).toBeVisible();
  await tabTo(page, dialog.getByRole('textbox', { name: 'Where it can be looked up' }));
  await page.keyboard.type('Form of the fair, May 2026');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const entries = consent.getByRole('list', { name: 'Ledger' }).getByRole('listitem');
  await expect(entries).toHaveCount(1);
  await expect(entries.first()).toContainText('Form of the fair, May 2026');
  await expect(consent.getByRole('row', { name: /^Marketing/ })).toContainText('Given');

  await add.click();
  await dialog.getByRole('combobox', { name: 'What was said' }).selectOption('Withdrawn');
  await dialog.getByRole('textbox', { name: 'Where it can be looked up' }).fill('Call of today');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(entries).toHaveCount(2);
  await expect(consent.getByRole('row', { name: /^Marketing/ })).toContainText('Withdrawn');
  await expect(consent.getByRole('row', { name: /^Service/ })).toContainText('Not recorded');
});

test('a customer writes STOP: it is in the ledger and shown', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await office.post(textFrom(BRUNO, 'STOP'));
  const person = await openPerson(page, BRUNO.name);
  const consent = person.getByRole('region', { name: 'Consent' });
  await expect(consent.getByText('Asked to stop: no marketing is sent.', { exact: false })).toBeVisible();
  await expect(consent.getByRole('list', { name: 'Ledger' })).toContainText('Recorded by the gateway');
});
