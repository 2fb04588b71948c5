/** The answering window: closing and opening live, templates in its place. */
import type { Page } from '@playwright/test';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG, EMIL, FARAH } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { CHLOE } from './fixtures/workspace.ts';

test.describe('as it closes', () => {
  test.use({ workspace: { ...BIG, windowMinutesLeft: 1 } });

  test('when the window closes the templates take the place of the text, and a message of the customer gives it back', async ({
    launch,
    office,
    network,
  }) => {
    test.slow();
    const { page } = await launch({ gateway: network.url });
    const { composer } = await signIn(page, office.ben);
    await openView(page, 'Unassigned');
    await openConversation(page, CHLOE.name);
    await expect(page.getByRole('timer')).toContainText('left to answer freely');
    await composer.fill('Half written');
    // Without a connection it goes by what is known here.
    network.cut();
    await expect(page.getByText('The answering window is closed', { exact: true })).toBeVisible({
      timeout: 90_000,
    });
    await expect(composer).toBeHidden();
    await expect(page.getByText('Your draft is kept.')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Templates' })).toBeVisible();
    network.heal();
    await expect(inbox(page).connection).toContainText('Online', { timeout: 90_000 });
    await office.post(textFrom(CHLOE, 'Still there?'));
    await expect(composer).toHaveValue('Half written');
    await expect(page.getByRole('timer')).toContainText('left to answer freely');
    await expect(inbox(page).message('Still there?')).toBeVisible();
  });
});

test.describe('templates', () => {
  test.use({ workspace: BIG });

  test('only what is approved can be sent, every variable is checked, and the customer gets it filled in', async ({
    launch,
    office,
  }) => {
    const { page } = await launch({ gateway: office.url });
    const { message, log } = await signIn(page, office.ben);
    await openView(page, 'Unassigned');
    await openConversation(page, EMIL.name);
    const list = page.getByRole('list', { name: 'Templates' });
    await expect(list.getByRole('listitem')).toHaveCount(3);

    await list.getByRole('button', { name: /old_greeting/ }).click();
    await expect(page.getByText(/Cannot be sent: Paused/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send template' })).toBeDisabled();

    await page.getByRole('searchbox', { name: 'Search templates' }).fill('shipped');
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await list.getByRole('button', { name: /order_shipped/ }).click();
    await page.getByRole('button', { name: 'Send template' }).click();
    await expect(page.getByText('Fill this in.')).toHaveCount(2);
    expect(office.graph.requests.some(({ body }) => body.includes('order_shipped'))).toBe(false);
    await page.getByRole('textbox', { name: 'Body: 1' }).fill('Emil');
    await page.getByRole('textbox', { name: 'Body: 2' }).fill('A-17     B');
    await expect(page.getByText(/spaces in a row/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Body: 2' }).fill('A-17');
    const preview = page.getByRole('group', { name: 'Preview' });
    await expect(preview).toContainText('Hi Emil, your order A-17 is on its way.');
    await page.getByRole('button', { name: 'Send template' }).click();
    // The company writes first: consent is asked for.
    const first = page.getByRole('dialog', { name: `Write first to ${EMIL.name}?` });
    await first.getByRole('textbox', { name: 'Where it can be looked up' }).fill('Order form');
    await first.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(message('Hi Emil, your order A-17 is on its way.')).toContainText('Sent');
    await expect(log).toBeVisible();
    const sent = office.graph.requests.find(({ body }) => body.includes('order_shipped'));
    expect(sent?.body.toString('utf8')).toMatch(/"text":"Emil".*"text":"A-17"/u);
  });

  test('who has opted out is not sent marketing', async ({ launch, office }) => {
    const { page } = await launch({ gateway: office.url });
    await signIn(page, office.ben);
    await openView(page, 'Unassigned');
    await openConversation(page, FARAH.name);
    await page.getByRole('button', { name: 'Templates', exact: true }).click();
    await page
      .getByRole('list', { name: 'Templates' })
      .getByRole('button', { name: /spring_sale/ })
      .click();
    await expect(
      page.getByText('Cannot be sent: this customer has opted out of marketing.').last(),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send template' })).toBeDisabled();
    await page.getByRole('button', { name: 'Back to writing' }).click();
    await expect(inbox(page).composer).toBeFocused();
  });

  test('what was read just before the first sync came is read again', async ({ launch, office }) => {
    test.skip(test.info().project.name === 'electron', 'Electron has no socket that a test could hold up');
    const { page } = await launch({ gateway: office.url });
    await holdUpTheFirstDirectory(page);
    await page.reload();
    await signIn(page, office.ben);
    await openView(page, 'Unassigned');
    await openConversation(page, EMIL.name);
    await expect(page.getByRole('list', { name: 'Templates' }).getByRole('listitem')).toHaveCount(3);
  });
});

type Answer = {
  id?: number;
  event?: string;
  data?: { directory?: boolean };
  result?: { value: Record<string, unknown> };
};

/** The first answer about the directory is one from before the first sync, and comes only after the word that it has changed. */
async function holdUpTheFirstDirectory(page: Page): Promise<void> {
  let asked: number | null = null;
  let changed = false;
  let late: (() => void) | null = null;
  await page.routeWebSocket(/\/contract$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const { id, name } = JSON.parse(String(message)) as { id: number; name: string };
      // Asked after that word, there is nothing old to be told.
      if (name === 'directory.get' && !changed) asked ??= id;
      server.send(message);
    });
    server.onMessage((message) => {
      const answer = JSON.parse(String(message)) as Answer;
      if (answer.id !== undefined && answer.id === asked) {
        late = () => {
          const value = { ...answer.result?.value, templates: [] };
          socket.send(JSON.stringify({ ...answer, result: { ...answer.result, value } }));
        };
      } else socket.send(message);
      changed ||= answer.event === 'changed' && answer.data?.directory === true;
      if (!changed) return;
      late?.();
      late = null;
    });
  });
}
