import type { Page } from '@playwright/test';
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
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test('three messages written without a network, and a restart: delivered once, in order', async ({
  launch,
  office,
  network,
}) => {
  const desktop = await launch({ gateway: network.url });
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);

  network.cut();
  const { connection } = inbox(desktop.page);
  await expect(connection).toContainText('Offline');
  const lines = ['First, hello.', 'Second, the lamp is here.', 'Third, come by today.'];
  for (const line of lines) await expect(await send(desktop.page, line)).toContainText('Queued');
  await expect(connection).toContainText('3 messages waiting to be sent');
  // Meanwhile another customer goes on. (The same one would hold the answers: send-guard.spec.ts.)
  await office.post(textFrom(BRUNO, 'Anybody there?'));

  expect(await desktop.restart()).toBe(0);
  const screen = inbox(desktop.page);
  await expect(screen.connection).toContainText('3 messages waiting to be sent');
  // Who answers takes it on.
  await openView(desktop.page, 'Mine');
  await openConversation(desktop.page, AMIRA.name);
  for (const line of lines) await expect(screen.message(line)).toContainText('Queued');
  expect(office.delivered()).toEqual([]);

  network.heal();
  await atInbox(desktop.page);
  for (const line of lines) await expect(screen.message(line)).toContainText('Sent');
  await expect(screen.connection).not.toContainText('waiting');
  expect(office.delivered().map(({ text }) => text)).toEqual(lines);
  for (const line of lines) await expect(screen.message(line)).toHaveCount(1);
  await openView(desktop.page, 'Unassigned');
  await expect(screen.row(BRUNO.name)).toContainText('Anybody there?');
});

test('a cable that is pulled again and again loses and doubles nothing', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  const screen = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const lines: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    for (const part of ['a', 'b']) {
      lines.push(`Part ${round}${part} of the story.`);
      await send(page, lines.at(-1) ?? '');
    }
    // Somewhere between the message and its ack.
    network.cut();
    await office.post(textFrom(BRUNO, `Word ${round} of Bruno`));
    network.heal();
  }
  for (const line of lines) await expect(screen.message(line)).toContainText('Sent', { timeout: 90_000 });
  await expect(screen.connection).toContainText('Online');
  await expect(screen.row(BRUNO.name)).toContainText('Word 4 of Bruno');
  expect(office.delivered().map(({ text }) => text)).toEqual(lines);
  for (const line of lines) await expect(screen.message(line)).toHaveCount(1);
});

test('the connection says what it is: online, offline with a way to try now, online again', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  const { connection, row } = await signIn(page, office.ben);
  await expect(connection).toContainText('Online');
  await expect(connection).not.toContainText('waiting');

  network.cut();
  await expect(connection).toContainText('Offline');
  // What is on this machine can be read on.
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(textFrom(BRUNO, 'Written while you were away'));
  await expect(row(BRUNO.name)).not.toContainText('Written while you were away');

  network.heal();
  const retry = page.getByRole('button', { name: 'Try now' });
  // It may be back by itself before the click.
  await retry.click({ timeout: 2_000 }).catch(() => undefined);
  await expect(connection).toContainText('Online', { timeout: 90_000 });
  await expect(row(BRUNO.name)).toContainText('Written while you were away');
});

test('on a slow network the first sync says what it is doing, until everything is there', async ({
  launch,
  office,
  network,
}) => {
  network.setFaults({ delayMs: { min: 500, max: 500 } });
  const { page } = await launch({ gateway: network.url });
  const said = await connectionWords(page);
  const form = signInScreen(page);
  await form.email.fill(office.ben.email);
  await form.password.fill(office.ben.password);
  await form.button.click();
  const { connection, grid } = inbox(page);
  await openView(page, 'Unassigned');
  await expect(grid.getByRole('row')).toHaveCount(3);
  await expect(connection).toContainText('Online', { timeout: 90_000 });
  expect(await said()).toMatch(/^Connecting[^]*\nLoading your conversations[^]*\nOnline/u);
});

test('a network that drops, doubles and reorders: every customer gets every message once, in order', async ({
  launch,
  office,
  network,
}) => {
  test.slow();
  const { page } = await launch({ gateway: network.url });
  const screen = await signIn(page, office.ben);
  // Who answers takes it on: all of them are in this view.
  await openView(page, 'All');
  network.setFaults({
    drop: 0.05,
    duplicate: 0.3,
    reorder: 0.3,
    cut: 0.05,
    loseAnswer: 0.2,
    delayMs: { min: 0, max: 40 },
  });
  const lines: string[] = [];
  const words: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    for (const customer of [AMIRA, BRUNO]) {
      await openConversation(page, customer.name);
      lines.push(`Word ${round} to ${customer.name}`);
      await send(page, lines.at(-1) ?? '');
      // From somebody else: what the same customer writes may hold an answer (send-guard.spec.ts).
      words.push(`Question ${round}, ${customer.waId}`);
      await office.post(textFrom(CHLOE, words.at(-1) ?? ''));
    }
  }
  network.setFaults({ drop: 0, duplicate: 0, reorder: 0, cut: 0, loseAnswer: 0 });
  const to = (waId: string): string[] =>
    office
      .delivered()
      .filter((each) => each.to === waId)
      .map(({ text }) => text);
  for (const customer of [AMIRA, BRUNO]) {
    const mine = lines.filter((line) => line.endsWith(customer.name));
    await expect.poll(() => to(customer.waId), { timeout: 90_000 }).toEqual(mine);
    await openConversation(page, customer.name);
    for (const line of mine) {
      await expect(screen.message(line)).toContainText('Sent', { timeout: 90_000 });
      await expect(screen.message(line)).toHaveCount(1);
    }
  }
  await openConversation(page, CHLOE.name);
  for (const word of words) await expect(screen.message(word)).toHaveCount(1);
  await expect(screen.connection).not.toContainText('waiting');
});

test('a device that was signed out from elsewhere is led to the sign-in, and may come back', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await revokeDevicesOf(office.url, office.ben);
  await expect(page.getByText('This device was signed out from elsewhere.')).toBeVisible();
  await expect(inbox(page).grid).toBeHidden();
  await signIn(page, office.ben);
});

/** Writes down in the page what the connection says from now on: each word may be there for less than a look takes. */
async function connectionWords(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const said: string[] = [];
    const note = (): void => {
      const bar = document.querySelector('[role="status"][aria-label="Connection"]');
      const words = bar?.textContent ?? '';
      if (words !== '' && said.at(-1) !== words) said.push(words);
    };
    new MutationObserver(note).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    Object.assign(window, { said });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'));
}

/** From another device, as its user would. */
async function revokeDevicesOf(url: string, person: { email: string; password: string }): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const device = { id: null, name: 'another device' };
  const body = JSON.stringify({ email: person.email, password: person.password, totp: null, device });
  const signedIn = await fetch(`${url}/v1/auth/sign-in`, { method: 'POST', headers: json, body });
  const { tokens } = (await signedIn.json()) as { tokens: { accessToken: string } };
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  const devices = (await (await fetch(`${url}/v1/devices`, { headers })).json()) as {
    id: string;
    current: boolean;
  }[];
  for (const { id, current } of devices) {
    if (!current) await fetch(`${url}/v1/devices/${id}`, { method: 'DELETE', headers });
  }
}
