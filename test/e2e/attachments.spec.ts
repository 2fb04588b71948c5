/** Files: refused before they are uploaded with the rule that is broken, kept with the draft, and delivered byte for byte. */
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { atInbox, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

/** A picture of one pixel, with bytes of its own behind its end: what arrives can be told from any other. */
const PIXEL = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  randomBytes(64),
]);
const LETTER = randomBytes(300_000);

test('what the channel does not take is refused before it is uploaded, with the rule and what would work', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const files = page.getByRole('list', { name: 'Files to send' });

  await attach(page, { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(2 * 1024 * 1024) });
  await expect(files.getByRole('alert')).toContainText(
    /It has 2\.1\s?MB\. This channel takes at most 1\s?MB as image/,
  );
  await files.getByRole('button', { name: 'Remove huge.png' }).click();
  await expect(files).toBeHidden();

  await attach(page, { name: 'moving.gif', mimeType: 'image/gif', buffer: PIXEL });
  await expect(files.getByRole('alert')).toContainText(/does not take .*gif/i);
  await files.getByRole('button', { name: 'Remove moving.gif' }).click();

  await attach(page, { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: PIXEL });
  await expect(files.getByRole('alert')).toContainText('This channel does not take');
  await expect(inbox(page).send).toBeDisabled();
  expect(office.graph.requests.filter(({ path }) => path.endsWith('/media'))).toEqual([]);
});

test('files wait with the draft over a restart, and arrive byte for byte with their captions', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await attach(
    desktop.page,
    { name: 'lamp.png', mimeType: 'image/png', buffer: PIXEL },
    { name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER },
  );
  const files = (): ReturnType<Page['getByRole']> =>
    desktop.page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
  await expect(files()).toHaveCount(2);
  await desktop.page.getByRole('textbox', { name: 'Caption of lamp.png' }).fill('Like this?');
  await expect(inbox(desktop.page).send).toBeEnabled();
  await inbox(desktop.page).composer.fill('And a letter');
  // The list shows a draft once it is on the disk.
  await expect(inbox(desktop.page).row(AMIRA.name)).toContainText('And a letter');

  await desktop.kill();
  await desktop.start();
  await atInbox(desktop.page);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await expect(files()).toHaveCount(2);
  await expect(desktop.page.getByRole('textbox', { name: 'Caption of lamp.png' })).toHaveValue('Like this?');
  await inbox(desktop.page).send.click();
  await expect(files()).toHaveCount(0);

  const uploads = (): Buffer[] =>
    office.graph.requests.filter(({ path }) => path.endsWith('/media')).map(({ body }) => body);
  await expect.poll(() => uploads().length, { timeout: 90_000 }).toBe(2);
  expect(uploads().some((body) => body.includes(PIXEL))).toBe(true);
  expect(uploads().some((body) => body.includes(LETTER))).toBe(true);
  await expect
    .poll(() => office.graph.requests.some(({ body }) => body.includes('"caption":"Like this?"')))
    .toBe(true);
  await expect(inbox(desktop.page).log.getByRole('article').filter({ hasText: 'letter.pdf' })).toContainText(
    'Sent',
  );
});

async function attach(
  page: Page,
  ...files: { name: string; mimeType: string; buffer: Buffer }[]
): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await choosing).setFiles(files);
}
