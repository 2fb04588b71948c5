/** The promises of a gateway change: told ahead, kept in their versions, and believed only from the one who made them. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DAY } from '../../shared/domain/time.ts';
import { ONEMESSAGE } from '../../shared/policies/onemessage.ts';
import { WASMS } from '../../shared/policies/wasms.ts';
import { expectFine } from './fixtures/axe.ts';
import { personOf } from './fixtures/kit.ts';
import { inbox, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

const days = (value: number) => ({ value, source: `WaSMS privacy policy: “logs ${value} d”` });

test('R004-8: a change is on the banner at least 14 days before it counts, with what was promised and given', async ({
  launch,
  kit,
}) => {
  const { catalogue } = kit.gateway.store;
  catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  const { page } = await launch({ gateway: kit.gateway.url });
  await signIn(page, personOf(kit.owner));
  const banner = page.getByRole('complementary', { name: 'Workspace and promises' });
  await expect(banner).toHaveCount(0);
  const now = Date.now();
  catalogue.setPolicy(kit.ws, {
    ...WASMS,
    messageLogDays: days(60),
    announcedAt: now,
    effectiveAt: now + 20 * DAY,
  });
  await expect(banner).toContainText('What the gateway promises changes');
  await banner.getByRole('button', { name: 'Look' }).press('Enter');
  const main = page.getByRole('main');
  await expect(main).toContainText('Promised notice: 14 calendar days. Given: 20 calendar days.');
  await expect(main).toContainText('Message log kept: 90 days, now 60 days');
  await expect(main).not.toContainText('This came later than promised.');
  // It does not count yet.
  await expect(main.locator('dl')).toContainText('90 days');

  catalogue.setPolicy(kit.ws, {
    ...WASMS,
    messageLogDays: days(45),
    announcedAt: now,
    effectiveAt: now + 5 * DAY,
  });
  await expect(main).toContainText('Given: 5 calendar days.');
  await expect(main).toContainText('This came later than promised.');
});

test('R001-4: the notice of a change is shown before its effective date; "last updated" is kept with the workspace', async ({
  launch,
  kit,
}) => {
  const { catalogue } = kit.gateway.store;
  const march = Date.UTC(2026, 2, 3, 12);
  catalogue.setPolicy(kit.ws, { ...ONEMESSAGE, documentUpdatedAt: march, effectiveAt: 0 });
  const desktop = await launch({ gateway: kit.gateway.url });
  await signIn(desktop.page, personOf(kit.owner));
  const now = Date.now();
  catalogue.setPolicy(kit.ws, {
    ...ONEMESSAGE,
    minimumAge: { value: 21, source: 'OneMessage privacy policy, minimum age: “21”' },
    documentUpdatedAt: now,
    announcedAt: now,
    effectiveAt: now + 3 * DAY,
  });
  const banner = () => desktop.page.getByRole('complementary', { name: 'Workspace and promises' });
  await expect(banner()).toContainText('What the gateway promises changes');
  // Without the gateway, after a restart, it is all still known here.
  await kit.gateway.close();
  await desktop.restart();
  await expect(banner()).toContainText('What the gateway promises changes');
  await goTo(desktop.page, '#/settings/promises');
  const main = desktop.page.getByRole('main');
  await expect(main).toContainText('Minimum age: 18 years of age, now 21 years of age');
  await expect(main.locator('dl > div').filter({ hasText: 'Policy last updated' })).toContainText(
    /March 3|3 March/u,
  );
  await expect(main).not.toContainText('This came later than promised.');
});

test('X-2: promises signed with another key warn, the strictest rule goes on, until an owner believes the key', async ({
  launch,
  kit,
}) => {
  test.slow();
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  const { page } = await launch({ gateway: kit.gateway.url });
  await signIn(page, personOf(kit.owner));
  await goTo(page, '#/settings/promises');
  const main = page.getByRole('main');
  await expect(main).toContainText(/Signed with the key ([0-9A-F]{4} ?){10}, known to this device since/u);

  // Somebody else answers at the gateway's address, and promises to keep for ten years.
  await kit.outOfReach(() => rm(path.join(kit.dataDir, 'policy-key.pem')));
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, messageLogDays: days(3_650), effectiveAt: 0 });
  await expect(main).toContainText(/Version \d+ of the promises is signed with another key than before\./u, {
    timeout: 90_000,
  });
  await expect(main).toContainText('the strictest rule that is known goes on');
  const kept = main
    .locator('dl > div')
    .filter({ has: page.getByRole('term').filter({ hasText: /^Message log kept$/u }) });
  await expect(kept).toContainText('90 days');
  await expectFine(page, 'doubted promises');
  await goTo(page, '#/inbox/all');
  const banner = page.getByRole('complementary', { name: 'Workspace and promises' });
  await expect(banner).toContainText('is signed with another key than before');
  await banner.getByRole('button', { name: 'Look' }).first().click();

  await page.getByRole('button', { name: 'Believe this key' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Believe this key' }).click();
  await expect(main).not.toContainText('another key');
  await expect(kept).toContainText('3,650 days');
  await goTo(page, '#/inbox/all');
  await expect(inbox(page).views).toBeVisible();
});
