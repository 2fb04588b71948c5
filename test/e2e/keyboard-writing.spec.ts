/** Writing without a mouse: files, quoting, emoji, the library, and the time to undo. */
import type { Locator, Page } from '@playwright/test';
import { BIG } from './fixtures/furniture.ts';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('a file is attached, described and removed; a message is quoted; an emoji is found', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { composer, log, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await page.keyboard.press('r');
  await expect(composer).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Attach files' }));
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  await (await choosing).setFiles([file('one.txt'), file('two.txt')]);
  const files = page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
  await expect(files).toHaveCount(2);
  await expect(composer).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Remove two.txt' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(files).toHaveCount(1);
  // The focus stays with the files.
  await expect(page.getByRole('button', { name: 'Remove one.txt' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(files).toHaveCount(0);
  await expect(composer).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Emoji', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search emoji' })).toBeFocused();
  await page.keyboard.type('tada');
  await page.keyboard.press('Enter');
  await expect(composer).toHaveValue('🎉');
  await expect(composer).toBeFocused();

  await tabTo(page, log, 'Shift+Tab');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reply' }).press('Enter');
  await expect(composer).toBeFocused();
  await expect(page.getByText(`Answering ${AMIRA.name}`)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(message('🎉').getByRole('button', { name: /^In reply to/ })).toBeVisible();
});

test('a canned reply is made, changed and deleted; the time to undo follows quick keys', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/library');
  await tabTo(page, page.getByRole('button', { name: 'New canned reply' }));
  await page.keyboard.press('Enter');
  const title = page.getByRole('textbox', { name: 'Title' });
  await tabTo(page, title);
  await page.keyboard.type('Thanks');
  await tabTo(page, page.getByRole('textbox', { name: 'Shortcut' }));
  await page.keyboard.type('thx');
  await tabTo(page, page.getByRole('textbox', { name: 'Text' }));
  await page.keyboard.type('Thank you very much.');
  await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('/thx')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Delete', exact: true }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('/thx')).toBeHidden();

  await goTo(page, '#/settings/sending');
  const slider = page.getByRole('slider', { name: 'Time to undo sending' });
  await slider.focus();
  for (let count = 0; count < 12; count += 1) await page.keyboard.press('ArrowRight', { delay: 0 });
  await expect(page.getByText('12 seconds', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('11 seconds', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await expect(inbox(page).views).toBeVisible();
  await goTo(page, '#/settings/sending');
  await expect(page.getByText('11 seconds', { exact: true })).toBeVisible();
});

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(wanted).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0], timeout: 90_000 });
}
