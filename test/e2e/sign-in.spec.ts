import * as OTPAuth from 'otpauth';
import { accountButton, atInbox, inbox, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { TOTP_SECRET } from './fixtures/workspace.ts';

test('the first start of the demo: the form is filled in, and one click signs in', async ({ launch }) => {
  const { page, line } = await launch();
  const form = signInScreen(page);

  await expect(form.gateway).toHaveValue(line.gatewayUrl ?? 'a demo gateway');
  await expect(form.email).not.toHaveValue('');
  await expect(form.password).not.toHaveValue('');
  await form.button.click();

  const { views, grid, connection } = await atInbox(page);
  await expect(views).toBeVisible();
  await expect(grid.getByRole('row').first()).toBeVisible();
  await expect(connection).toContainText('Online');
});

test('a wrong password is refused in words, and a right one then signs in', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  const form = signInScreen(page);

  await expect(form.gateway).toHaveValue(network.url);
  await form.email.fill(office.ben.email);
  await form.password.fill('not the password');
  await form.button.click();
  await expect(page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' })).toBeVisible();

  await form.password.fill(office.ben.password);
  await form.button.click();
  await atInbox(page);
});

test('somebody with a second factor is asked for the code, and a wrong code is refused', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const form = signInScreen(page);

  await form.email.fill(office.dora.email);
  await form.password.fill(office.dora.password);
  await expect(form.code).toBeHidden();
  await form.button.click();
  await expect(form.code).toBeVisible();

  const totp = new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(TOTP_SECRET) });
  const right = totp.generate();
  await form.code.fill(right === '000000' ? '000001' : '000000');
  await form.button.click();
  await expect(page.getByRole('alert').filter({ hasText: 'This code is not valid' })).toBeVisible();

  await form.code.fill(totp.generate());
  await form.button.click();
  await atInbox(page);
});

test('a gateway that is not there is said to be out of reach', async ({ launch, office, network }) => {
  const { page } = await launch({ gateway: network.url });
  const form = signInScreen(page);
  network.cut();
  await form.email.fill(office.ben.email);
  await form.password.fill(office.ben.password);
  await form.button.click();
  await expect(page.getByRole('alert').filter({ hasText: 'The gateway cannot be reached' })).toBeVisible();
});

test('who is signed in stays signed in, and signing out leaves nothing to be read', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  expect(await desktop.restart()).toBe(0);
  await atInbox(desktop.page);

  const { page } = desktop;
  await accountButton(page, office.ben).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(signInScreen(page).button).toBeVisible();
  await expect(inbox(page).grid).toBeHidden();

  await signIn(page, office.cleo);
  await expect(accountButton(page, office.cleo)).toBeVisible();
});
