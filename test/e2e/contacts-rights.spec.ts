/** The rights desk: a request with its promise, its steps, its hold, its bundle and its receipt; an erasure; without a mouse. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { tabTo } from './fixtures/people.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { choose, goTo } from './fixtures/triage.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

async function record(page: Page, name: string, right: RegExp): Promise<void> {
  await goTo(page, '#/contacts/rights');
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByRole('button', { name: 'Choose the person' }).click();
  await choose(page, 'Choose the person', name);
  const kind = page.getByRole('combobox', { name: 'What is asked for' });
  const label = await kind.locator('option').filter({ hasText: right }).first().innerText();
  await kind.selectOption({ label });
  await page.getByRole('button', { name: 'Record the request' }).click();
  await expect(page.getByRole('article')).toBeVisible();
}

/** Ticks every step that people do themselves. */
async function markAll(page: Page): Promise<void> {
  const marks = page.getByRole('button', { name: /^Mark as done/ });
  for (let left = await marks.count(); left > 0; left -= 1) {
    await marks.first().click();
    await expect(marks).toHaveCount(left - 1);
  }
}

test('access: the promise is quoted, the bundle is made, the receipt says so', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await record(page, AMIRA.name, /^Access/);
  const request = page.getByRole('article');
  await expect(request.getByText(/^Policy of .+, version \d+$/).first()).toBeVisible();
  const finish = request.getByRole('button', { name: 'Finish with a receipt' });
  await expect(finish).toBeDisabled();

  // A hold needs a reason, and stops nothing but the work.
  await request.getByRole('button', { name: 'Put on hold…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(dialog.getByText('Say why.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The letter has no signature');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(request.getByText('The letter has no signature')).toBeVisible();
  await expect(request.getByText(/^On hold, review on/)).toBeVisible();
  await request.getByRole('button', { name: 'Take up again' }).click();
  await expect(finish).toBeVisible();

  const saving = page.waitForEvent('download');
  await request.getByRole('button', { name: 'Make and save the bundle' }).click();
  const bundle = await readFile(await (await saving).path());
  expect(bundle.subarray(0, 2).toString('latin1')).toBe('PK');
  await expect(request.getByRole('button', { name: 'Make and save the bundle' })).toBeHidden();
  await markAll(page);
  await expect(finish).toBeEnabled();
  await finish.click();
  const receipt = request.getByRole('region', { name: 'Receipt' });
  await expect(receipt).toContainText('SHA-256');
  await expect(request.getByText(/^Closed on/)).toBeVisible();
  const saved = page.waitForEvent('download');
  await receipt.getByRole('button', { name: 'Save' }).click();
  expect(await readFile(await (await saved).path(), 'utf8')).toContain('Access');
});

test('erasure wants the name typed, and its receipt says that nothing was found', async ({
  launch,
  office,
}) => {
  test.slow();
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await record(page, BRUNO.name, /^Erasure/);
  const request = page.getByRole('article');
  const erase = request.getByRole('button', { name: 'Erase…' });
  await expect(erase).toBeDisabled();
  await markAll(page);
  await erase.click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('1 conversation with all its messages');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Asked for by letter');
  await dialog.getByRole('textbox', { name: /^Type the person/ }).fill('Bruno');
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByText('This is not the name.')).toBeVisible();
  await dialog.getByRole('textbox', { name: /^Type the person/ }).fill(BRUNO.name);
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog).toBeHidden({ timeout: 90_000 });
  await expect(page.getByText(BRUNO.name)).toHaveCount(0);
  await request.getByRole('button', { name: 'Finish with a receipt' }).click();
  await expect(request.getByRole('region', { name: 'Receipt' })).toContainText('0 traces');
});

test('a request is recorded and refused without a mouse', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ada);
  await goTo(page, '#/contacts/rights');
  await tabTo(page, page.getByRole('button', { name: 'New request' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Choose the person' }));
  await page.keyboard.press('Enter');
  await choose(page, 'Choose the person', AMIRA.name);
  await tabTo(page, page.getByRole('combobox', { name: 'What is asked for' }));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('button', { name: 'Record the request' }));
  await page.keyboard.press('Enter');
  const request = page.getByRole('article');
  await expect(request).toBeVisible();
  await tabTo(page, request.getByRole('button', { name: 'Refuse…' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Reason' }));
  await page.keyboard.type('Not the person');
  await tabTo(page, page.getByRole('button', { name: 'Refuse', exact: true }));
  await page.keyboard.press('Enter');
  await expect(request.getByText('Not the person')).toBeVisible();
  await expect(request.getByText(/^Refused · Closed on/)).toBeVisible();
});

test('an agent records and reads, and is told who works on it', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await record(page, AMIRA.name, /^Restriction/);
  await expect(
    page.getByText('Supervisors and owners work on requests; you may record and read them.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /^Mark as done/ })).toHaveCount(0);
});
