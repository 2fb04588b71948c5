/** What of the past is only at the gateway yet: said so offline, and brought from there when somebody wants it. */
import type { Page } from '@playwright/test';
import { inbox, openConversation, openView, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { answerFrom } from './fixtures/webhooks.ts';
import { AMIRA, lineText, seedId } from './fixtures/workspace.ts';

/** More than one page of the first sync. */
const LINES = 5_000;
test.use({ workspace: { history: LINES } });

test('a place in the past is fetched when one goes there, the search goes on to the end, and both can be stopped', async ({
  launch,
  office,
  network,
}) => {
  test.setTimeout(300_000);
  // The newest message answers the very first one.
  await office.post(answerFrom(AMIRA, 'As I said then', seedId(AMIRA, lineText(1))));
  network.setFaults({ delayMs: { min: 700, max: 700 } });
  const { page } = await launch({ gateway: network.url });
  const { connection, message, row, log } = inbox(page);
  const form = signInScreen(page);
  await form.email.fill(office.ben.email);
  await form.password.fill(office.ben.password);
  await form.button.click();
  await openView(page, 'Unassigned');
  await expect(row(AMIRA.name)).toBeVisible({ timeout: 90_000 });
  // The conversations are here, and most of what was said in them is not.
  network.cut();
  await expect(connection).toContainText('Offline');
  await openConversation(page, AMIRA.name);
  const toFirst = message('As I said then').getByRole('button', { name: /^In reply to/ });
  await toFirst.click();
  await expect(page.getByText('The thread could not go there.')).toBeVisible();
  const load = await searchFor(page, '"line 2"');
  await expect(page.getByText(/older history is at the gateway/)).toBeVisible();
  await load.click();
  await expect(load).toBeVisible();

  network.setFaults({ delayMs: { min: 1_200, max: 1_200 } });
  network.heal();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(connection).toContainText('Loading older history', { timeout: 90_000 });
  await load.click();
  const going = page.getByRole('search').getByText(/older messages? loaded/);
  await expect(going).toBeVisible();
  await page.getByRole('search').getByRole('button', { name: 'Cancel' }).click();
  await expect(going).toBeHidden();
  network.setFaults({ delayMs: { min: 100, max: 100 } });
  await page.getByRole('search').getByRole('combobox').press('Escape');

  await toFirst.click();
  await expect(message(lineText(1)).first()).toBeInViewport({ timeout: 90_000 });
  await expect(connection).toContainText('Online', { timeout: 90_000 });
  await searchFor(page, '"line 2"');
  await expect(
    page.getByText(new RegExp(`of ${(LINES + 3).toLocaleString('en')} messages; this is everything`)),
  ).toBeVisible();
  await page.getByRole('search').getByRole('combobox').press('Escape');

  // To a day before there was anything: the beginning.
  await log.focus();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('dialog').getByLabel('Day').fill('2001-01-01');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('Beginning of the conversation')).toBeVisible();
  await expect(message(lineText(1)).first()).toBeInViewport();
  const today = new Date().toISOString().slice(0, 10);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('dialog').getByLabel('Day').fill(today);
  await page.keyboard.press('Enter');
  await expect(message(lineText(1)).first()).not.toBeInViewport();
});

async function searchFor(page: Page, words: string) {
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('search').getByRole('combobox').fill(words);
  return page.getByRole('search').getByRole('button', { name: 'Load it' });
}
