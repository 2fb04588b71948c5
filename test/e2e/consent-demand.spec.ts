/** Gateways that ask for a lawful source and an opt-in: nothing is imported without the one, and writing first needs the other or a reason. */
import { ONECHAT } from '../../shared/policies/onechat.ts';
import { ONEMSG } from '../../shared/policies/onemsg.ts';
import { WASMS } from '../../shared/policies/wasms.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { personOf } from './fixtures/kit.ts';
import { giveFile, lawfulSource } from './fixtures/people.ts';
import { inbox, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

const FROM = '4915155505';

function template(kit: Kit, name: string, category: 'utility' | 'marketing', body: string): void {
  kit.gateway.store.catalogue.saveTemplate(kit.ws, {
    channelId: kit.channel.id,
    name,
    language: 'en',
    category,
    state: 'approved',
    quality: 'green',
    header: null,
    body,
    footer: null,
    buttons: [],
    reason: null,
  });
}

for (const [id, profile] of [
  ['R000-6', ONEMSG],
  ['R002-5', ONECHAT],
] as const) {
  test(`${id}: ${profile.name}: no import without a lawful source, no first word without consent or an audited reason`, async ({
    launch,
    kit,
  }) => {
    test.slow();
    kit.gateway.store.catalogue.setPolicy(kit.ws, { ...profile, effectiveAt: 0 });
    template(kit, 'reminder', 'utility', 'Your lamp is ready.');
    kit.inbound(FROM, 'Long ago', { at: Date.now() - 30 * HOUR });
    const { page } = await launch({ gateway: kit.gateway.url });
    const { message } = await signIn(page, personOf(kit.owner));
    // It is written where the promises are, too.
    await goTo(page, '#/settings/privacy');
    await expect(page.locator('dl > div').filter({ hasText: 'Demanded of the customer' })).toContainText(
      'A lawful source, A recorded opt-in',
    );
    await giveFile(page, 'people.csv', 'Name;Telefon\r\nNora Quist;+49 30 1234567\r\n');
    await page.getByRole('button', { name: 'Start the dry run' }).click();
    await expect(page.getByText('Without this nothing can be imported.')).toBeVisible();
    await expect(lawfulSource(page)).toBeFocused();
    await expect(page.getByRole('heading', { name: 'What would happen' })).toHaveCount(0);

    await goTo(page, '#/inbox/all');
    await inbox(page).row('Long ago').click();
    await page
      .getByRole('list', { name: 'Templates' })
      .getByRole('button', { name: /reminder/u })
      .click();
    await page.getByRole('button', { name: 'Send template' }).click();
    const first = page.getByRole('dialog', { name: `Write first to Customer ${FROM}?` });
    await expect(first).toContainText('No consent is recorded for writing first');
    await expect(first.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await first.getByRole('radio', { name: 'A reason' }).click();
    await expect(first.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await first.getByRole('textbox', { name: 'Why it is right' }).fill('The order of May asks for it');
    await first.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(message('Your lamp is ready.')).toContainText(/Sent|Delivered|Read/u);
    await goTo(page, '#/settings/audit');
    await page.getByRole('combobox', { name: 'What' }).selectOption('override');
    await expect(page.getByRole('region', { name: 'Entries of the audit' })).toContainText(
      'Sent without consent',
    );
    await expect(page.getByRole('region', { name: 'Entries of the audit' })).toContainText('owner');
  });
}

test('R004-9: marketing to somebody who opted out is blocked, an answer is not', async ({ launch, kit }) => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  template(kit, 'spring_sale', 'marketing', 'Lamps are cheaper.');
  template(kit, 'order_ready', 'utility', 'Your order is ready.');
  kit.inbound(FROM, 'STOP');
  kit.inbound(FROM, 'But where is my order?');
  const { page } = await launch({ gateway: kit.gateway.url });
  const { row, message } = await signIn(page, personOf(kit.owner));
  await openView(page, 'All');
  await row('where is my order').click();
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  const list = page.getByRole('list', { name: 'Templates' });
  await list.getByRole('button', { name: /spring_sale/u }).click();
  await expect(
    page.getByText('Cannot be sent: this customer has opted out of marketing.').last(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send template' })).toBeDisabled();
  await list.getByRole('button', { name: /order_ready/u }).click();
  await page.getByRole('button', { name: 'Send template' }).click();
  await expect(message('Your order is ready.')).toContainText(/Sent|Delivered|Read/u);
  const back = page.getByRole('button', { name: 'Back to writing' });
  await expect(back.or(inbox(page).composer).first()).toBeVisible();
  if (await back.isVisible()) await back.click();
  await send(page, 'It is on its way');
  await expect(message('It is on its way')).toContainText(/Sent|Delivered|Read/u);
});

for (const [age, profile] of [
  [16, WASMS],
  [null, ONEMSG],
] as const) {
  test(`X-3: where people are put in, the minimum age of ${profile.name} is ${age === null ? 'not invented' : `said: ${age}`}`, async ({
    launch,
    kit,
  }) => {
    kit.gateway.store.catalogue.setPolicy(kit.ws, { ...profile, effectiveAt: 0 });
    kit.inbound(FROM, 'Hello');
    const { page } = await launch({ gateway: kit.gateway.url });
    await signIn(page, personOf(kit.owner));
    const note = page.getByText(/The policy of .* is for people of \d+ and over/u);
    await goTo(page, '#/contacts');
    await page.getByRole('button', { name: 'New contact' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    if (age === null) await expect(note).toHaveCount(0);
    else await expect(note).toContainText(`people of ${age} and over`);
    await page.keyboard.press('Escape');
    await giveFile(page, 'people.csv', 'Name;Telefon\r\nNora Quist;+49 30 1234567\r\n');
    await expect(lawfulSource(page)).toBeVisible();
    if (age === null) await expect(note).toHaveCount(0);
    else await expect(note).toContainText(`people of ${age} and over`);
    await goTo(page, '#/settings/privacy');
    await expect(page.locator('dl > div').filter({ hasText: 'Minimum age' })).toContainText(
      age === null ? 'Not stated' : `${age} years of age`,
    );
  });
}
