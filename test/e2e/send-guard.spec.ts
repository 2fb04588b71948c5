/** Two agents at one conversation: what the writer has not seen stops the sending, online and after a time offline. */
import type { Desktop } from './fixtures/desktop.ts';
import type { Launch } from './fixtures/test.ts';
import { type Person, inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, type Customer } from './fixtures/workspace.ts';

test('what arrives at the last moment stops the sending and is shown: edit, discard, or send anyway', async ({
  launch,
  office,
}) => {
  const { page } = await opened(launch, office.url, office.ben, AMIRA);
  const { composer, message } = inbox(page);
  const stop = page.getByRole('alertdialog', { name: 'Something new has arrived' });
  /** Enter in the moment in which the words are there: earlier than anybody could have read them. */
  const enterAfter = async (words: string): Promise<void> => {
    await page.evaluate((wanted) => {
      const log = document.querySelector('[role="log"]');
      const box = document.querySelector('textarea');
      if (log === null || box === null) throw new Error('there is no open conversation');
      const watch = new MutationObserver(() => {
        if (log.textContent?.includes(wanted) !== true) return;
        watch.disconnect();
        setTimeout(() => {
          box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        }, 100);
      });
      watch.observe(log, { childList: true, subtree: true, characterData: true });
    }, words);
    await office.post(textFrom(AMIRA, words));
  };

  await composer.fill('We have it in stock.');
  await enterAfter('Forget it, I found one.');
  await expect(stop).toContainText('Forget it, I found one.');
  await stop.getByRole('button', { name: 'Keep editing' }).click();
  await expect(composer).toHaveValue('We have it in stock.');
  await expect(composer).toBeFocused();

  await enterAfter('Really, forget it.');
  await expect(stop).toContainText('Really, forget it.');
  await stop.getByRole('button', { name: 'Discard my text' }).click();
  await expect(composer).toHaveValue('');

  await composer.fill('All the best then!');
  await enterAfter('Bye');
  await stop.getByRole('button', { name: 'Send anyway' }).click();
  await expect(message('All the best then!')).toContainText('Sent');
  expect(office.delivered().map(({ text }) => text)).toEqual(['All the best then!']);
});

test('an answer written offline is held when a colleague has answered meanwhile, and goes only when told to', async ({
  launch,
  office,
  network,
}) => {
  const ben = await opened(launch, network.url, office.ben, AMIRA);
  const cleo = await opened(launch, office.url, office.cleo, AMIRA);
  network.cut();
  await expect(inbox(ben.page).connection).toContainText('Offline');
  await send(ben.page, 'Written offline');
  const theirs = await send(cleo.page, 'Cleo was faster');
  await expect(theirs).toContainText('Sent');
  network.heal();
  await expect(inbox(ben.page).connection).toContainText('Online', { timeout: 90_000 });
  await expect(ben.page.getByText('1 message here waits for your decision')).toBeVisible({ timeout: 90_000 });
  expect(office.delivered().map(({ text }) => text)).toEqual(['Cleo was faster']);
  await ben.page.getByRole('button', { name: 'Decide' }).click();
  const decision = ben.page.getByRole('alertdialog', { name: 'This message was not sent' });
  await expect(decision).toContainText('Written offline');
  await expect(decision).toContainText('Cleo was faster');
  await decision.getByRole('button', { name: 'Send anyway' }).click();
  await expect(inbox(ben.page).message('Written offline')).toContainText('Sent');
  expect(office.delivered().map(({ text }) => text)).toEqual(['Cleo was faster', 'Written offline']);
});

test('an answer written offline is held when the customer has gone on meanwhile, and can be written anew', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await opened(launch, network.url, office.ben, AMIRA);
  network.cut();
  await expect(inbox(page).connection).toContainText('Offline');
  await send(page, 'We will look for it');
  await office.post(textFrom(AMIRA, 'Found it myself'));
  network.heal();
  const held = inbox(page).message('We will look for it');
  await expect(held).toContainText('something was written here that you have not seen', { timeout: 90_000 });
  await expect(inbox(page).message('Found it myself')).toBeVisible();
  expect(office.delivered()).toEqual([]);
  await held.getByRole('button', { name: 'Edit' }).click();
  await expect(inbox(page).composer).toHaveValue('We will look for it');
  await expect(held).toBeHidden();
  await inbox(page).composer.fill('Glad to hear!');
  await inbox(page).composer.press('Enter');
  await expect(inbox(page).message('Glad to hear!')).toContainText('Sent');
  expect(office.delivered().map(({ text }) => text)).toEqual(['Glad to hear!']);
});

async function opened(launch: Launch, gateway: string, person: Person, customer: Customer): Promise<Desktop> {
  const desktop = await launch({ gateway });
  await signIn(desktop.page, person);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, customer.name);
  return desktop;
}
