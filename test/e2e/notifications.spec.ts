/** What is told and what is not: by the rules, never for what is on screen, without content when asked. */
import type { Page } from '@playwright/test';
import { Settings } from '../../shared/contract/settings.ts';
import { followCalls } from './fixtures/calls.ts';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test('a new message is told, with a click to it; not when it is on screen, not against the rules', async ({
  launch,
  office,
}) => {
  test.skip(test.info().project.name === 'electron', 'Electron tells by the system, not by the page');
  const { page } = await launch({ gateway: office.url, context: { permissions: ['notifications'] } });
  const calls = await followCalls(page);
  const { message } = await signIn(page, office.ben);
  await listen(page);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);

  await office.post(textFrom(BRUNO, 'Where is my parcel?'));
  await expect.poll(() => told(page)).toEqual([`${BRUNO.name}: Where is my parcel?`]);

  // On screen: not told. The next one, which is not, shows that the first was passed over.
  await page.bringToFront();
  await office.post(textFrom(AMIRA, 'You see me'));
  await expect(message('You see me')).toBeVisible();
  await office.post(textFrom(CHLOE, 'You do not'));
  await expect
    .poll(() => told(page))
    .toEqual([`${BRUNO.name}: Where is my parcel?`, `${CHLOE.name}: You do not`]);
  await page.evaluate(() => {
    (window as unknown as { shown: EventTarget[] }).shown.at(-1)?.dispatchEvent(new Event('click'));
  });
  await expect(page.getByRole('heading', { name: CHLOE.name })).toBeVisible();

  // Without names and words.
  await goTo(page, '#/settings/notifications');
  await page.getByRole('switch', { name: 'Show names and messages' }).click({ force: true });
  await calls.answered('settings.save', (input) => !Settings.parse(input).notifications.showContent);
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await office.post(textFrom(BRUNO, 'A secret'));
  await expect.poll(async () => (await told(page)).length).toBe(3);
  expect((await told(page))[2]).not.toMatch(/secret|Bruno/);

  // Switched off for the queue: the list shows it, nothing is told.
  await goTo(page, '#/settings/notifications');
  await page.getByRole('switch', { name: 'Conversations that nobody has taken' }).click({ force: true });
  await calls.answered('settings.save', (input) => !Settings.parse(input).notifications.rules.unassigned);
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await openView(page, 'Unassigned');
  await office.post(textFrom(BRUNO, 'Quietly'));
  await expect(inbox(page).row(BRUNO.name)).toContainText('Quietly');
  expect(await told(page)).toHaveLength(3);
});

test('a link to a conversation opens it, and one that is not here says so', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  const id = await row(BRUNO.name).getAttribute('data-conversation');
  await goTo(page, `#/conversation/${id ?? ''}`);
  await expect(page.getByRole('heading', { name: BRUNO.name })).toBeVisible();
  await goTo(page, '#/conversation/01900000-0000-7000-8000-000000000000');
  await expect(page.getByText('This conversation is not on this device any more.')).toBeVisible();
});

/** Puts a recorder in the place of the browser's notifications. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown: EventTarget[] = [];
    class Recorder extends EventTarget {
      static readonly permission = 'granted';
      readonly words: string;
      constructor(title: string, options?: { body?: string }) {
        super();
        this.words = `${title}: ${options?.body ?? ''}`;
        shown.push(this);
      }
      close(): void {
        this.dispatchEvent(new Event('close'));
      }
    }
    Object.assign(window, { Notification: Recorder, shown });
  });
}

function told(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window as unknown as { shown: { words: string }[] }).shown.map(({ words }) => words),
  );
}
