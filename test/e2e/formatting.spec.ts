/** WhatsApp's formatting and links: written, previewed, shown, and opened only after a question. */
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('formatting is written with keys, previewed, and reaches the customer as typed', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { composer, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await composer.focus();
  await page.keyboard.type('really');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+b');
  await expect(composer).toHaveValue('*really*');
  await page.keyboard.press('End');
  await page.keyboard.type(' _soon_ ~late~ `code`');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = page.getByRole('group', { name: 'How the customer sees it' });
  await expect(preview.locator('strong')).toHaveText('really');
  await expect(preview.locator('em')).toHaveText('soon');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  // It is shown formatted: found by its words without the marks.
  const answer = message('really soon');
  await expect(answer.locator('strong')).toHaveText('really');
  await expect(answer.locator('em')).toHaveText('soon');
  await expect(answer.locator('code')).toHaveText('code');
  await expect
    .poll(() => office.delivered().map(({ text }) => text))
    .toEqual(['*really* _soon_ ~late~ `code`']);
});

test('lists have their bullets and numbers, and the list of conversations has words without marks', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { message, row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(textFrom(AMIRA, '*Two* things\n- the brass one\n1. today'));
  const items = message('the brass one').getByRole('list');
  await expect(items.first()).toHaveCSS('list-style-type', 'disc');
  await expect(items.last()).toHaveCSS('list-style-type', 'decimal');
  await expect(row(AMIRA.name)).toContainText('Two things');
});

test('a link asks before it leads anywhere, and says where', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await office.post(
    textFrom(AMIRA, 'Is it www.lamps.example/brass or https://login.bank.example.evil.test/x ?'),
  );
  const row = message('Is it');
  await row.getByText('https://login.bank.example.evil.test/x').click();
  const question = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(question).toContainText('It leads to login.bank.example.evil.test, outside of Parley.');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(page.context().pages()).toHaveLength(1);
});
