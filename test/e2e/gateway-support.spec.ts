/** The gateway's own staff looked at the workspace: an owner reads it in the audit, as what it is. */
import { newId } from '../../shared/domain/id.ts';
import { personOf } from './fixtures/kit.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test('R000-8: access by the gateway’s staff stands in the audit as gateway support, once, and the chain stays whole', async ({
  launch,
  kit,
}) => {
  const desktop = await launch({ gateway: kit.gateway.url });
  await signIn(desktop.page, personOf(kit.owner));
  const at = Date.now();
  const access = { at, by: 'support-17', what: 'messages', subjectId: null, reason: 'Ticket 4711' } as const;
  kit.gateway.store.rules.tellSupport(kit.ws, { ...access, id: newId() });
  await goTo(desktop.page, '#/settings/audit');
  const entries = desktop.page.getByRole('region', { name: 'Entries of the audit' });
  const line = entries.getByRole('listitem');
  await expect(async () => {
    await entries.getByRole('combobox', { name: 'What' }).selectOption('view');
    await entries.getByRole('combobox', { name: 'What' }).selectOption('gateway');
    await expect(line).toHaveCount(1, { timeout: 2000 });
    await expect(line).toContainText('support-17', { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(line).toContainText('Messages looked at');
  await expect(line).toContainText('Gateway support: support-17');
  await expect(line).toContainText('Ticket 4711');
  await expect(line).not.toContainText('Nobody signed in');
  await desktop.page.getByRole('button', { name: 'Check now' }).click();
  await expect(desktop.page.getByText(/^The audit is whole/u)).toBeVisible();
  await desktop.restart();
  await goTo(desktop.page, '#/settings/audit');
  await desktop.page.getByRole('combobox', { name: 'What' }).selectOption('gateway');
  await expect(
    desktop.page.getByRole('region', { name: 'Entries of the audit' }).getByRole('listitem'),
  ).toHaveCount(1);
});
