/** axe finds nothing on the places and overlays of the inbox, in light and in dark. */
import { Buffer } from 'node:buffer';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { BIG, EMIL, GWEN } from './fixtures/furniture.ts';
import { atInbox, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo, picker } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

/** Looks at what is shown now, in both colour schemes. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // Legacy mode needs no second page, which Electron would not give.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }));
    expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

test('finding and triage: search, palette, keys, pickers, filter, a selection', async ({
  launch,
  office,
}) => {
  test.slow();
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await row(AMIRA.name).click({ modifiers: ['Control'] });
  await row(GWEN.name).click({ modifiers: ['Control'] });
  await page.keyboard.press('f');
  await expect(page.getByRole('group', { name: 'Filter' })).toBeVisible();
  await expectAccessible(page, 'selection and filter');
  await page.keyboard.press('s');
  await picker(page, 'Snooze');
  await expectAccessible(page, 'snooze');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await picker(page, 'Assign to');
  await expectAccessible(page, 'assign');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, 'keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await picker(page, 'Commands');
  await page.keyboard.type('a');
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('lamp');
  await expect(page.getByRole('search', { name: 'Search' }).getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expectAccessible(page, 'search and hits');
});

test('writing: templates, a file, a note, the outbox, the library', async ({ launch, office, network }) => {
  test.slow();
  const { page } = await launch({ gateway: network.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, EMIL.name);
  await page
    .getByRole('list', { name: 'Templates' })
    .getByRole('button', { name: /order_shipped/ })
    .click();
  await page.getByRole('button', { name: 'Send template' }).click();
  await expect(page.getByText('Fill this in.').first()).toBeVisible();
  await expectAccessible(page, 'template picker');
  await openConversation(page, AMIRA.name);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  const file = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear Amira') };
  await (await choosing).setFiles([file, { ...file, name: 'no.zip', mimeType: 'application/zip' }]);
  await expect(page.getByRole('list', { name: 'Files to send' }).getByRole('listitem')).toHaveCount(2);
  await expectAccessible(page, 'files of a draft');
  await page.getByRole('radio', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: 'Note', exact: true }).pressSequentially('Ask @c');
  await expect(page.getByRole('listbox', { name: 'Colleagues' })).toBeVisible();
  await expectAccessible(page, 'mentions');

  await openConversation(page, GWEN.name);
  network.cut();
  await expect(inbox(page).connection).toContainText('Offline');
  await inbox(page).composer.fill('This waits.');
  await inbox(page).send.click();
  await goTo(page, '#/outbox');
  await expect(page.getByRole('list', { name: /^Messages/ }).getByRole('listitem')).toHaveCount(1);
  await expectAccessible(page, 'outbox');
  await goTo(page, '#/library');
  await page.getByRole('button', { name: /Opening hours/ }).click();
  await expectAccessible(page, 'library, a reply');
  await page.getByRole('radio', { name: 'Macros' }).click();
  await page.getByRole('button', { name: 'New macro' }).click();
  await expectAccessible(page, 'library, a macro');
});

test('every page of the settings, in English and in Arabic', async ({ launch, office }) => {
  test.slow();
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  for (const section of [
    'account',
    'workspace',
    'privacy',
    'audit',
    'notifications',
    'sending',
    'appearance',
    'language',
    'keyboard',
    'diagnostics',
    'about',
  ]) {
    await goTo(page, `#/settings/${section}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectAccessible(page, `settings, ${section}`);
  }
  await goTo(page, '#/settings/language');
  await page.locator('select[name="language"]').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expectAccessible(page, 'settings, in Arabic');
  await goTo(page, '#/inbox/all');
  await expect(page.getByRole('grid')).toBeVisible();
  await expectAccessible(page, 'inbox, in Arabic');
});

test('the picture viewer', async ({ launch }) => {
  test.slow();
  const { page } = await launch();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const { grid } = await atInbox(page);
  await openView(page, 'All');
  await page.keyboard.press('/');
  await page.keyboard.type('has:image');
  await page.getByRole('search', { name: 'Search' }).getByRole('option').first().click();
  const picture = page.getByRole('button', { name: /^Open picture/ }).first();
  await picture.click();
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
  await expect(viewer).toBeVisible();
  await expectAccessible(page, 'viewer');
  await page.keyboard.press('+');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(page.getByRole('log')).toBeVisible();
  await expect(grid.or(page.getByRole('search')).first()).toBeVisible();
});

test('at 200 % nothing is cut off, wherever one is', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  // What is left of the window when everything in it is twice as large.
  await page.setViewportSize({ width: 640, height: 400 });
  for (const place of [
    '#/inbox/all',
    '#/settings/general',
    '#/settings/notifications',
    '#/outbox',
    '#/library',
  ]) {
    await goTo(page, place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoOverflow(page, place);
  }
  await goTo(page, '#/inbox/all');
  await inbox(page).row(AMIRA.name).click();
  await expect(inbox(page).composer).toBeInViewport();
  await expectNoOverflow(page, 'thread');
  await page.keyboard.press('Control+k');
  const palette = await picker(page, 'Commands');
  await expect(palette.getByRole('option').first()).toBeInViewport();
});
