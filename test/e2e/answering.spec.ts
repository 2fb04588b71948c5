/** The main job: a customer's message arrives, an agent answers, and the ticks tell how far the answer got. */
import { atInbox, openConversation, openView, send, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { postWebhook, statusOf, textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

const NEWCOMER = { name: 'Selma Lagerlöf', waId: '46701234567' };

test('in the demo: one click signs in, a real webhook arrives, and the ticks of the answer turn', async ({
  launch,
}) => {
  const { page, line } = await launch();
  await signInScreen(page).button.click();
  const { row, message } = await atInbox(page);
  await openView(page, 'Unassigned');
  const { webhookUrl, webhookSecret } = line;
  if (webhookUrl == null || webhookSecret == null) throw new Error('the demo names no webhook');
  await postWebhook({ webhookUrl, webhookSecret }, textFrom(NEWCOMER, 'Is anybody at home?'));
  await expect(row(NEWCOMER.name)).toContainText('Is anybody at home?');
  await openConversation(page, NEWCOMER.name);
  await expect(message('Is anybody at home?')).toBeVisible();
  await expect(await send(page, 'Yes, all of us.')).toContainText(/Delivered|Read/, { timeout: 90_000 });
});

test('a webhook appears live, in the list and in the open thread', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { row, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');

  await office.post(textFrom(NEWCOMER, 'Do you ship to Mårbacka?'));
  await expect(row(NEWCOMER.name)).toContainText('Do you ship to Mårbacka?');
  await openConversation(page, NEWCOMER.name);
  await expect(message('Do you ship to Mårbacka?')).toBeVisible();

  const again = textFrom(NEWCOMER, 'And how much is it?');
  await office.post(again);
  await expect(message('And how much is it?')).toBeVisible();
  // Meta delivers at least once.
  await office.post(again);
  await office.post(textFrom(NEWCOMER, 'Hello?'));
  await expect(message('Hello?')).toBeVisible();
  await expect(message('And how much is it?')).toHaveCount(1);
});

test('an answer reaches the customer, and its ticks turn from sent to read', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);

  const answer = await send(page, 'Yes, two weeks by ship.');
  await expect(answer).toContainText('Sent');
  const [delivered] = office.delivered();
  expect(delivered).toMatchObject({ to: AMIRA.waId, text: 'Yes, two weeks by ship.' });
  const wamid = delivered?.wamid ?? '';

  await office.post(statusOf(wamid, 'sent'));
  await office.post(statusOf(wamid, 'delivered'));
  await expect(answer).toContainText('Delivered');
  await office.post(statusOf(wamid, 'read'));
  await expect(answer).toContainText('Read');
  // A late word of the provider takes nothing back.
  await office.post(statusOf(wamid, 'delivered'));
  await office.post(textFrom(AMIRA, 'Thank you!'));
  await expect(page.getByRole('log').getByText('Thank you!')).toBeVisible();
  await expect(answer).toContainText('Read');
  expect(office.delivered()).toHaveLength(1);
});

test('a message that failed says why, and Retry sends that same message again', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const answer = await send(page, 'Your lamp is on its way.');
  await expect(answer).toContainText('Sent');

  const error = {
    code: 131026,
    title: 'Message undeliverable',
    error_data: { details: 'Unable to deliver message.' },
  };
  await office.post(statusOf(office.delivered()[0]?.wamid ?? '', 'failed', [error]));
  await expect(answer).toContainText('Not delivered');
  await expect(answer).toContainText('WhatsApp could not deliver this message.');
  await expect(answer).toContainText('Code 131026');
  await expect(row(AMIRA.name)).toContainText('Not delivered');

  await answer.getByRole('button', { name: 'Retry' }).click();
  await expect(answer).toContainText('Sent');
  await expect(answer).not.toContainText('Not delivered');
  await expect(answer).toHaveCount(1);
  const sent = office.delivered();
  expect(sent.map(({ text }) => text)).toEqual(['Your lamp is on its way.', 'Your lamp is on its way.']);
  await office.post(statusOf(sent[1]?.wamid ?? '', 'delivered'));
  await expect(answer).toContainText('Delivered');
});

test('an answer that Meta refuses at once has failed with the reason', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  // Opening it told Meta that it was read; that request is not to get the answer meant for ours.
  await expect
    .poll(() => office.graph.requests.some(({ body }) => body.includes('"status":"read"')))
    .toBe(true);
  const error = {
    message: '(#131047) Re-engagement message',
    code: 131047,
    error_data: { details: 'Too late.' },
  };
  office.graph.answer('/1122334455667/messages', { status: 400, body: { error } });

  const answer = await send(page, 'Are you still there?');
  await expect(answer).toContainText('Not delivered');
  await expect(answer).toContainText('More than 24 hours have passed since the customer last wrote.');
});

test('a note stays in the team', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await page.getByRole('radio', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('She is a regular.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(message('She is a regular.')).toBeVisible();
  await page.getByRole('radio', { name: 'Reply' }).click();
  await send(page, 'Welcome back!');
  await expect.poll(() => office.delivered().map(({ text }) => text)).toEqual(['Welcome back!']);
});
