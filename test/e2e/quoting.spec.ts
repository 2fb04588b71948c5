/** Quoting, going to what was quoted, reactions. */
import type { Locator, Page } from '@playwright/test';
import { inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { BIG } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: { ...BIG, history: 120 } });

test('a message is quoted, the customer gets the quote, and a press on it goes to the original', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { message, composer, log } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(textFrom(AMIRA, 'Which one do you mean?', 'wamid.quoted'));
  await messageMenu(page, message('Which one do you mean?'), 'Reply');
  await expect(page.getByText(`Answering ${AMIRA.name}`)).toBeVisible();
  await expect(composer).toBeFocused();
  const answer = await send(page, 'The brass one.');
  await expect(answer).toContainText('Sent');
  await expect(answer.getByRole('button', { name: /In reply to: Which one do you mean/ })).toBeVisible();
  await expect(page.getByText(`Answering ${AMIRA.name}`)).toBeHidden();
  expect(
    office.graph.requests.some(({ body }) => {
      const text = body.toString('utf8');
      return text.includes('The brass one.') && text.includes('"message_id":"wamid.quoted"');
    }),
  ).toBe(true);

  // An old message is quoted from far above; the quote leads back up there.
  const first = log.getByRole('article', { name: AMIRA.name }).filter({ hasText: 'Line 1.' });
  await expect(async () => {
    await log.press('Home');
    await expect(first).toBeInViewport({ timeout: 1_000 });
  }).toPass();
  await messageMenu(page, first, 'Reply');
  const second = await send(page, 'About the first line.');
  await expect(second).toContainText('Sent');
  await expect(first).not.toBeInViewport();
  await second.getByRole('button', { name: /In reply to/ }).click();
  await expect(first).toBeInViewport();
});

test('a reaction of ours reaches the customer, and is taken back; without a mouse', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { message, log } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(textFrom(AMIRA, 'Thank you!', 'wamid.thanked'));
  await expect(message('Thank you!')).toBeVisible();
  const reactions = (): string[] =>
    office.graph.requests.flatMap(({ body }) => {
      const found = /"reaction":\{[^}]*"emoji":"([^"]*)"/u.exec(body.toString('utf8'));
      return found?.[1] === undefined ? [] : [found[1]];
    });

  await log.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'React' }).press('Enter');
  const pane = page.getByRole('dialog', { name: 'React' });
  await expect(pane).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(message('Thank you!').getByRole('list', { name: 'Reactions' })).toBeVisible();
  await expect.poll(() => reactions().length).toBe(1);

  await messageMenu(page, message('Thank you!'), /^Take back/);
  await expect(message('Thank you!').getByRole('list', { name: 'Reactions' })).toBeHidden();
  await expect.poll(() => reactions().at(-1)).toBe('');
  await expect(inbox(page).composer).toBeVisible();
});

async function messageMenu(page: Page, row: Locator, item: string | RegExp): Promise<void> {
  await row.hover();
  // The tools stand beside the one message under the pointer.
  await inbox(page).log.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
