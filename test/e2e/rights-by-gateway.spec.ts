/** The rights desk under each gateway's own promises: who answers, by when, and what is only a measure of one's own. */
import type { Locator, Page } from '@playwright/test';
import { DAY } from '../../shared/domain/time.ts';
import type { ReadyProfile } from '../../shared/domain/policy.ts';
import { ONECHAT } from '../../shared/policies/onechat.ts';
import { ONEMESSAGE } from '../../shared/policies/onemessage.ts';
import { ONEMSG } from '../../shared/policies/onemsg.ts';
import { UNNAMED } from '../../shared/policies/unnamed.ts';
import { WASMS } from '../../shared/policies/wasms.ts';
import { personOf } from './fixtures/kit.ts';
import { signIn } from './fixtures/screens.ts';
import { type Launch, expect, test } from './fixtures/test.ts';
import { choose, goTo } from './fixtures/triage.ts';
import type { Kit } from '../support/gateway-kit.ts';

/** A number in Germany and one in the United States. */
const GERMAN = '4915112340001';
const AMERICAN = '12125550123';

/** The owner's desktop at a gateway with these promises, at the rights desk. */
async function desk(launch: Launch, kit: Kit, profile: ReadyProfile): Promise<Page> {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...profile, effectiveAt: 0 });
  kit.inbound(GERMAN, 'Hello from Hamburg');
  kit.inbound(AMERICAN, 'Hello from New York');
  const { page } = await launch({ gateway: kit.gateway.url });
  await signIn(page, personOf(kit.owner));
  await goTo(page, '#/contacts/rights');
  return page;
}

/** `daysAgo`: when it came. */
async function record(page: Page, who: string, right: RegExp, daysAgo = 0): Promise<Locator> {
  await goTo(page, '#/contacts/rights');
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByRole('button', { name: 'Choose the person' }).click();
  await choose(page, 'Choose the person', `Customer ${who}`);
  const kind = page.getByRole('combobox', { name: 'What is asked for' });
  const label = await kind.locator('option').filter({ hasText: right }).first().innerText();
  await kind.selectOption({ label });
  if (daysAgo > 0) {
    const at = new Date(Date.now() - daysAgo * DAY);
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await page.getByLabel('When it came').fill(local);
  }
  await page.getByRole('button', { name: 'Record the request' }).click();
  const request = page.getByRole('article');
  await expect(request).toContainText(right);
  return request;
}

test('R000-4: with 1MSG a request goes to the customer’s own office, not to 1MSG', async ({
  launch,
  kit,
}) => {
  const page = await desk(launch, kit, {
    ...ONEMSG,
    gatewayContact: { name: '1MSG', email: 'privacy@1msg.io', postal: null, url: null },
    controllerContact: { name: 'Test & Co', email: 'privacy@testandco.com', postal: null, url: null },
  });
  const request = await record(page, GERMAN, /^Access/u);
  await expect(request).toContainText(
    'Your company answers: 1MSG sends people to its customer, the controller.',
  );
  await expect(request).toContainText('Address: Test & Co · privacy@testandco.com');
  await expect(request).toContainText('Pass it on to your company’s own office');
  await expect(request).not.toContainText('privacy@1msg.io');
  await expect(request).not.toContainText('Ask the gateway');
});

test('R001-5: with OneMessage all six rights and withdrawal can be asked for, and no deadline is stated', async ({
  launch,
  kit,
}) => {
  test.slow();
  const page = await desk(launch, kit, ONEMESSAGE);
  for (const right of [
    'Access',
    'Rectification',
    'Erasure',
    'Portability',
    'Restriction',
    'Objection',
    'Withdrawal of consent',
  ]) {
    const request = await record(page, GERMAN, new RegExp(`^${right}`, 'u'));
    await expect(request).toContainText('The gateway answers: OneMessage promises this right itself.');
    await expect(request).toContainText('No number of days is promised.');
    await expect(request).toContainText('No due date is promised');
    await expect(request).not.toContainText('Not promised');
  }
});

test('R002-4: 1chat does not promise restriction: it is offered as a local measure only, and says so', async ({
  launch,
  kit,
}) => {
  const page = await desk(launch, kit, ONECHAT);
  const request = await record(page, GERMAN, /^Restriction/u);
  await expect(request).toContainText(
    'Not promised by 1chat. What is done here is a local measure, not its promise.',
  );
  await expect(request).toContainText('Tell the person that the gateway does not promise this');
  await expect(request).toContainText('Restrict the data: kept, but not used');
  await expect(request).not.toContainText('Ask the gateway');
});

test('R003-3: an address of blanks is recognised, and nobody is sent there', async ({ launch, kit }) => {
  const page = await desk(launch, kit, UNNAMED);
  const request = await record(page, GERMAN, /^Access/u);
  await expect(request).toContainText('The published address has only blanks of a template');
  await expect(request).toContainText('Ask the gateway over the connection.');
  await expect(request).not.toContainText('your-email@example.com');
  await expect(request).not.toContainText('Your Business Address');
});

test('R003-4: a deletion is held on legal or operational grounds only with a reason and a review that lies ahead', async ({
  launch,
  kit,
}) => {
  const page = await desk(launch, kit, UNNAMED);
  const request = await record(page, GERMAN, /^Erasure/u);
  await request.getByRole('button', { name: 'Put on hold…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('combobox', { name: 'Ground' })
    .selectOption({ label: 'Legal: a law, a court, a dispute' });
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(dialog).toContainText('Say why.');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The invoice is disputed');
  await dialog.getByLabel('Look at it again on').fill('2020-01-01T10:00');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(dialog).toContainText('The review has to lie in the future.');
  await dialog.getByLabel('Look at it again on').fill('2099-01-01T10:00');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(request).toContainText('The invoice is disputed');
  await expect(request).toContainText(/On hold, review on .*2099/u);
  // Until then nobody is erased.
  await expect(request.getByRole('button', { name: 'Erase…' })).toHaveCount(0);
});

test('R004-5: a request is due 30 days after receipt, overdue visibly, and people in the EU get the complaint', async ({
  launch,
  kit,
}) => {
  const page = await desk(launch, kit, WASMS);
  const fresh = await record(page, GERMAN, /^Access/u);
  await expect(fresh).toContainText('An answer within 30 days is promised.');
  await expect(fresh).toContainText('Due in 30 days');
  await expect(fresh).toContainText('The person is in the EU or EEA: name the complaint in the answer.');
  const late = await record(page, AMERICAN, /^Rectification/u, 33);
  await expect(late).toContainText(/Overdue by (2|3) days/u);
  await expect(late).not.toContainText('The person is in the EU or EEA');
  // In the list of all requests too.
  await goTo(page, '#/contacts/rights');
  await expect(page.getByText(/^Overdue by (2|3) days$/u).first()).toBeVisible();
  await goTo(page, '#/settings/privacy');
  await expect(page.locator('dl > div').filter({ hasText: 'Answer to other mail' })).toContainText(
    '5 business days',
  );
});

test('R000-3: an erasure says until when backups may hold it, D + 60, and its receipt records the date', async ({
  launch,
  kit,
}) => {
  test.slow();
  const page = await desk(launch, kit, ONEMSG);
  const request = await record(page, AMERICAN, /^Erasure/u);
  const marks = request.getByRole('button', { name: /^Mark as done/u });
  await expect(marks.first()).toBeVisible();
  for (let left = await marks.count(); left > 0; left -= 1) {
    await marks.first().click();
    await expect(marks).toHaveCount(left - 1);
  }
  await request.getByRole('button', { name: 'Erase…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Backups of the gateway may hold it for 60 more days.');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Asked for by letter');
  await dialog.getByRole('textbox', { name: /^Type the person/u }).fill(`Customer ${AMERICAN}`);
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog).toBeHidden({ timeout: 90_000 });
  await request.getByRole('button', { name: 'Finish with a receipt' }).click();
  const receipt = request.getByRole('region', { name: 'Receipt' });
  const until = new Date(Date.now() + 60 * DAY);
  // The day of 60 days from now, or the one beside it at midnight.
  const words = [-1, 0, 1].map((more) =>
    new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(until.getTime() + more * DAY),
  );
  await expect(receipt).toContainText(
    new RegExp(`may hold it until (${words.join('|')}) \\(60 days\\).*≤ 60 d`, 'u'),
  );
});
