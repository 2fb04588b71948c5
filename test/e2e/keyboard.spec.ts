import {
  atInbox,
  inbox,
  openConversation,
  openView,
  send,
  signIn,
  signInScreen,
} from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test('a conversation is found, read and answered without a mouse', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const form = signInScreen(page);
  await form.email.focus();
  await page.keyboard.type(office.ben.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(office.ben.password);
  await page.keyboard.press('Enter');
  const { grid, composer, row, message, views } = await atInbox(page);

  await views.getByRole('link', { name: /^Unassigned/ }).focus();
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('row')).toHaveCount(3);
  await page.keyboard.press('j');
  await expect(grid).toBeFocused();
  await expect(row(AMIRA.name)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(row(BRUNO.name)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(row(CHLOE.name)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(row(AMIRA.name)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Enter');
  await expect(composer).toBeFocused();
  await page.keyboard.type('Two lines');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('in one message');
  await page.keyboard.press('Enter');
  await expect(message('in one message')).toContainText('Sent');
  await expect(composer).toHaveValue('');
  expect(office.delivered().map(({ text }) => text)).toEqual(['Two lines\nin one message']);

  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await page.keyboard.press('e');
  await expect(row(AMIRA.name)).toBeHidden();
});

test('End and Home go to the last and the first message of a thread, and the focus goes along', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { log, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  for (const text of ['The first answer.', 'The second answer.']) await send(page, text);
  await expect(message('The second answer.')).toContainText('Sent');
  const messages = log.getByRole('article');
  await log.focus();
  await page.keyboard.press('End');
  await expect(messages.last()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(message('The first answer.')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(messages.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(message('The second answer.')).toBeFocused();
});

test('everything on the page can be reached with Tab, and shows that it has the focus', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const screen = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await screen.row(AMIRA.name).click();
  await expect(screen.composer).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  const wanted = new Set(['Conversations', 'Messages', 'Message', 'Close conversation', 'Mark as unread']);
  const unseen: string[] = [];
  for (let step = 0; step < 60 && wanted.size > 0; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // A grid shows the focus on the row where its cursor is.
      const cursor = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
        cursor?.firstElementChild ?? element,
      );
      // A text box is framed by what is around it.
      const framed = [element.parentElement, element.parentElement?.parentElement].some((each) => {
        if (each == null) return false;
        const style = getComputedStyle(each);
        return style.boxShadow !== 'none' || style.outlineStyle !== 'none';
      });
      return {
        name: element.getAttribute('aria-label') ?? element.textContent,
        shown: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || framed,
      };
    });
    if (at === null) continue;
    wanted.delete(at.name ?? '');
    if (!at.shown) unseen.push(at.name ?? '');
  }
  expect([...wanted]).toEqual([]);
  expect(unseen).toEqual([]);
  await expect(inbox(page).connection).toContainText('Online');
});
