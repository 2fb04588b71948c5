/** Undo send, send later, and the outbox as a place. */
import type { Page } from '@playwright/test';
import { atInbox, inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test('a message can be taken back for as long as the settings say, and then goes', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await undoSeconds(page, 5);
  const { composer } = await atInbox(page);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await composer.fill('Too early');
  await composer.press('Enter');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(composer).toHaveValue('Too early');
  await expect(inbox(page).message('Too early')).toBeHidden();

  await composer.fill('Just right');
  await composer.press('Enter');
  await expect(inbox(page).message('Just right')).toContainText('Sent', { timeout: 90_000 });
  expect(office.delivered().map(({ text }) => text)).toEqual(['Just right']);
});

test('a message for later waits in the outbox, over a restart, until it is sent by hand', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { composer, message } = await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await composer.fill('See you tomorrow');
  await desktop.page.getByRole('button', { name: 'Send later' }).click();
  await desktop.page.getByRole('menuitem', { name: /^In an hour/ }).click();
  await expect(message('See you tomorrow')).toContainText('Will be sent on');
  await desktop.restart();
  await atInbox(desktop.page);
  await goTo(desktop.page, '#/outbox');
  const item = desktop.page.getByRole('list', { name: /^Messages/ }).getByRole('listitem');
  await expect(item).toHaveCount(1);
  await expect(item).toContainText(AMIRA.name);
  await expect(item).toContainText('See you tomorrow');
  await expect(item).toContainText('Goes on');
  expect(office.delivered()).toEqual([]);
  await item.getByRole('button', { name: 'Send now' }).click();
  await expect(desktop.page.getByText('Everything has been sent.')).toBeVisible();
  // Sent is what the gateway has; Meta gets it from there.
  await expect.poll(() => office.delivered().map(({ text }) => text)).toEqual(['See you tomorrow']);
});

test('what waits offline is changed or discarded in the outbox, and the rest goes in order', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  network.cut();
  await expect(inbox(page).connection).toContainText('Offline');
  await send(page, 'First, with a mistake');
  await send(page, 'Second, regretted');
  await openConversation(page, BRUNO.name);
  await send(page, 'Third, to somebody else');
  await page.getByRole('link', { name: /Outbox/ }).click();
  const items = page.getByRole('list', { name: /^Messages/ }).getByRole('listitem');
  await expect(items).toHaveCount(3);
  await items.filter({ hasText: 'First' }).getByRole('button', { name: 'Edit' }).click();
  const editing = page.getByRole('dialog', { name: `Edit message to ${AMIRA.name}` });
  await editing.getByRole('textbox', { name: 'Text' }).fill('First, put right');
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(items.filter({ hasText: 'First, put right' })).toBeVisible();
  await items.filter({ hasText: 'Second' }).getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(items).toHaveCount(2);
  network.heal();
  await expect(page.getByText('Everything has been sent.')).toBeVisible({ timeout: 90_000 });
  // Each customer's in order; between two of them there is none.
  await expect
    .poll(() =>
      office
        .delivered()
        .map(({ text }) => text)
        .toSorted(),
    )
    .toEqual(['First, put right', 'Third, to somebody else']);
});

async function undoSeconds(page: Page, seconds: number): Promise<void> {
  await goTo(page, '#/settings/sending');
  const slider = page.getByRole('slider', { name: 'Time to undo sending' });
  await slider.focus();
  for (let step = 1; step <= seconds; step += 1) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText(step === 1 ? '1 second' : `${step} seconds`, { exact: true })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
}
