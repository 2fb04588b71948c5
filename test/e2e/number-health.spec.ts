/** What the provider decides about a number: shown with its source, changed by nobody here, and a stop that loses nothing. */
import { personOf } from './fixtures/kit.ts';
import { inbox, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { goTo } from './fixtures/triage.ts';

const FROM = '4915155503';

test('R000-5: rating, limit and ban are Meta’s and read-only; a suspended number takes nothing more and drops nothing', async ({
  launch,
  kit,
}) => {
  test.slow();
  const { store } = kit.gateway;
  const meta = { quality: 'yellow', messagingLimit: '1,000 a day', source: 'Meta' } as const;
  store.channels.setHealth(kit.channel.id, meta, Date.now());
  kit.inbound(FROM, 'Are you there?');
  const network = await startFaultProxy({ target: kit.gateway.url, seed: 7 });
  try {
    const { page } = await launch({ gateway: network.url });
    const { composer, row, connection, message } = await signIn(page, personOf(kit.owner));
    await openView(page, 'All');
    await row(FROM).click();
    await page.getByRole('button', { name: 'About Sales' }).click();
    const facts = page.getByRole('dialog', { name: 'About Sales' });
    await expect(facts).toContainText('Quality ratingYellow');
    await expect(facts).toContainText('Messaging limit1,000 a day');
    await expect(facts).toContainText('Decided by Meta. It can only be read here.');
    await expect(
      facts.getByRole('textbox').or(facts.getByRole('combobox')).or(facts.getByRole('switch')),
    ).toHaveCount(0);
    await page.keyboard.press('Escape');

    // Written without a network; meanwhile Meta stops the number.
    network.cut();
    await expect(connection).not.toContainText('Online', { timeout: 90_000 });
    await send(page, 'Written before the ban');
    store.channels.setHealth(kit.channel.id, { state: 'suspended' }, Date.now());
    network.heal();
    await expect(connection).toContainText('Online', { timeout: 90_000 });
    await expect(page.getByText('This number is suspended. Source: Meta')).toBeVisible();
    await composer.fill('Written after it');
    await expect(inbox(page).send).toBeDisabled();
    await composer.press('Enter');
    await expect(composer).toHaveValue('Written after it');
    await expect(page.getByRole('button', { name: 'Templates', exact: true })).toHaveCount(0);
    // What waited is held, with its reason, and nobody got it.
    await expect(message('Written before the ban')).toContainText('Held: the number is suspended.');
    expect(sentBy(kit)).toBe(0);
    store.channels.setHealth(kit.channel.id, { state: 'connected' }, Date.now());
    await expect(page.getByText('This number is suspended. Source: Meta')).toHaveCount(0);
    await expect(composer).toHaveValue('Written after it');
    await goTo(page, '#/outbox');
    await page.getByRole('list', { name: 'Messages 1' }).getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Everything has been sent.')).toBeVisible({ timeout: 90_000 });
    expect(sentBy(kit)).toBe(1);
  } finally {
    await network.close();
  }
});

/** Messages of ours that the gateway has. */
function sentBy({ gateway, ws }: Kit): number {
  const count = gateway.store.db.prepare<{ n: number }>(
    `SELECT count(*) AS n FROM messages WHERE ws = ? AND state ->> '$.author.type' = 'user'`,
  );
  return count.get(ws)?.n ?? 0;
}
