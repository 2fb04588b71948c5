/** Every recorded payload of Meta, on screen: nothing that a customer wrote may vanish, and what changes a message changes it in sight. */
import type { Locator } from '@playwright/test';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import {
  type Payload,
  echoTo,
  newWamid,
  recordings,
  rewritten,
  textFrom,
  whyNoRecordings,
} from './fixtures/webhooks.ts';
import type { Customer } from './fixtures/workspace.ts';

const ROSA: Customer = { name: 'Rosa Kinds', waId: '972501234567' };

/** What must be seen in the newest message. */
type Seen = string | RegExp | ((message: Locator) => Promise<void>);
/** The stand-in has no file for it, so it is a place with a name and a way to try again. */
const image = (name: string) => async (message: Locator) => {
  const place = message.getByRole('img', { name }).or(message.getByRole('group', { name }));
  await expect(place.first()).toBeVisible();
};
const both = (first: string, second: string) => async (message: Locator) => {
  await expect(message).toContainText(first);
  await expect(message).toContainText(second);
};

/** Payloads that bring a message of their own. */
const MESSAGES: Record<string, Seen> = {
  'message/text': 'Body Text',
  'message/image': image('Photo'),
  'message/media_with_url': image('Photo'),
  'message/video': both('Video', 'caption'),
  'message/document': both('filename.pdf', 'caption'),
  'message/audio': async (message) => {
    await expect(message.getByRole('group', { name: 'Audio' })).toBeVisible();
  },
  'message/voice': async (message) => {
    await expect(message.getByRole('group', { name: 'Voice message' })).toBeVisible();
  },
  'message/static_sticker': image('Sticker'),
  'message/animated_sticker': image('Animated sticker'),
  'message/current_location': both('Shared location', '12.25089'),
  'message/chosen_location': both('Facebook HQ', '1 Hacker Way'),
  'message/contacts': both('Chandler Bing', '+1 777-777-7777'),
  'message/order': both('Order of 7 items', 'HAMBURGER'),
  'message/unsupported': both('Unsupported message', 'Message type is currently not supported.'),
  'message/unsupported_with_type': both('Unsupported message', 'pool'),
  'message/reply': both('replied text', 'The message before'),
  'message/forwarded': both('Forwarded', 'forwarded text'),
  'message/forwarded_many_times': both('Forwarded many times', 'text forwarded many times'),
  'message/interactive_message_with_err': both('Unsupported message', 'Unsupported webhook payload'),
  'message/referral': both('AD_TITLE', 'BODY'),
  'call_permission_update/accept': 'The customer allowed calls',
  'call_permission_update/reject': 'The customer did not allow calls',
  'callback_button/button': both('Chose a button', 'title'),
  'callback_button/quick_reply': both('Quick reply', 'title'),
  'callback_button/quick_reply_without_context': both('Quick reply', 'title'),
  'callback_selection/callback': both('Chose from the list', 'title'),
  'callback_selection/description': both('Chose from the list', 'description'),
  'flow_completion/completion': both('Filled in a form', 'Comment Text'),
  'flow_completion/without_flow_token': 'Filled in a form',
  'call_connect/business_initiated': both('Voice call', 'In progress'),
  'call_connect/user_initiated': both('Voice call', 'Ringing'),
  'call_status/call_status': both('Voice call', 'Ringing'),
  'call_terminate/call_terminate': both('Voice call', 'Ended'),
  'outgoing_message/text': both('Sent from the phone', 'Test message'),
  'system/phone_number_change': 'User A changed from 972987654321 to 972912345678',
  'system/identity_change': 'User identity changed',
};

/** Payloads that change a message which is there. `out`: one that the company sent. */
const CHANGES: Record<string, { of: 'in' | 'out'; seen: Seen }> = {
  'message/reaction': { of: 'in', seen: '😮 by the contact' },
  'deleted_message/revoke': { of: 'in', seen: 'Deleted by the contact' },
  'edited_message/image': { of: 'in', seen: both('Updated image caption', 'Edited') },
  'outgoing_message/delete': { of: 'out', seen: 'Deleted' },
  'outgoing_message/edit': { of: 'out', seen: both('Text was edited', 'Edited') },
  'message_status/sent': { of: 'out', seen: 'Sent' },
  'message_status/delivered': { of: 'out', seen: 'Delivered' },
  'message_status/read': { of: 'out', seen: 'Read' },
  'message_status/played': { of: 'out', seen: 'Played' },
  'message_status/failed': { of: 'out', seen: both('Not delivered', 'Code 130472') },
  'message_status/with_tracker': { of: 'out', seen: 'Sent' },
  'message_status/group': { of: 'out', seen: 'Read' },
};

const recorded = recordings().map(({ file, name, payload }) => ({
  key: `${file.replace('.json', '')}/${name}`,
  payload,
}));

test('every recorded kind is shown as what it is', async ({ launch, office }) => {
  test.skip(whyNoRecordings !== null, whyNoRecordings ?? '');
  test.setTimeout(400_000);
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await office.post(textFrom(ROSA, 'Good morning'));
  await openConversation(page, ROSA.name);
  const newest = inbox(page).log.getByRole('article').last();

  for (const { key, payload } of recorded) {
    const seen = MESSAGES[key];
    if (seen === undefined) continue;
    await test.step(key, async () => {
      const target = newWamid();
      await office.post(textFrom(ROSA, 'The message before', target));
      await expect(newest).toContainText('The message before');
      await office.post(rewritten(payload, { customer: ROSA, wamid: newWamid(), target }));
      await expect(newest).not.toHaveText(/^The message before/);
      await look(newest, seen);
    });
  }
  for (const { key, payload } of recorded) {
    const change = CHANGES[key];
    if (change === undefined) continue;
    await test.step(key, async () => {
      const target = newWamid();
      const before = `To be changed by ${key}`;
      await office.post(change.of === 'in' ? textFrom(ROSA, before, target) : echoTo(ROSA, before, target));
      await expect(newest).toContainText(before);
      await office.post(rewritten(payload, { customer: ROSA, wamid: newWamid(), target }));
      await look(newest, change.seen);
    });
  }
  await test.step('a reaction is taken back', async () => {
    for (const key of ['message/unreaction_empty', 'message/unreaction_no_emoji']) {
      const target = newWamid();
      await office.post(textFrom(ROSA, `Reacted to, ${key}`, target));
      await expect(newest).toContainText(key);
      await office.post(
        rewritten(payloadOf('message/reaction'), { customer: ROSA, wamid: newWamid(), target }),
      );
      await look(newest, '😮');
      await office.post(rewritten(payloadOf(key), { customer: ROSA, wamid: newWamid(), target }));
      await expect(newest).not.toContainText('😮');
    }
  });
  const known = new Set([...Object.keys(MESSAGES), ...Object.keys(CHANGES)]);
  const rest = recorded.map(({ key }) => key).filter((key) => !known.has(key));
  expect(rest.filter((key) => !/^(message\/unreaction|account_|template_|user_marketing)/.test(key))).toEqual(
    [],
  );
});

test('a picture is a placeholder until it is loaded, and then the picture', async ({ launch, office }) => {
  test.skip(whyNoRecordings !== null, whyNoRecordings ?? '');
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await office.post(textFrom(ROSA, 'Look at this'));
  await openConversation(page, ROSA.name);
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const url = `${office.graph.origin}/file`;
  office.graph.answer('/65463453', {
    status: 200,
    body: { url, mime_type: 'image/png', file_size: bytes.length, id: '65463453' },
  });
  office.graph.answer('/file', { status: 200, headers: { 'content-type': 'image/png' }, bytes });
  await office.post(rewritten(payloadOf('message/image'), { customer: ROSA, wamid: newWamid(), target: '' }));
  const picture = inbox(page).log.getByRole('article').last().locator('img');
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(1);
});

test('the payloads as they were recorded are all taken, and a redelivery of them all changes nothing', async ({
  launch,
  office,
}) => {
  test.skip(whyNoRecordings !== null, whyNoRecordings ?? '');
  const { page } = await launch({ gateway: office.url });
  const { row, log } = await signIn(page, office.ben);
  await openView(page, 'All');
  for (const { payload } of recorded) await office.post(payload);
  await office.post(textFrom({ name: 'Marker', waId: '15550001111' }, 'The first round is over'));
  await expect(row('Marker')).toContainText('The first round is over');
  const line = row('Test Name').first();
  await line.click();
  // Every message that came: none is swallowed because its id was used before.
  await expect.poll(() => rowsOf(log)).toBeGreaterThan(30);
  // That it was opened counts too, a moment later.
  await expect(line).not.toContainText('unread');
  const rows = await rowsOf(log);
  const before = await line.innerText();

  for (const { payload } of recorded) await office.post(payload);
  await office.post(textFrom({ name: 'Marker', waId: '15550001111' }, 'The second round is over'));
  await expect(row('Marker')).toContainText('The second round is over');
  expect(await line.innerText()).toBe(before);
  expect(await rowsOf(log)).toBe(rows);
});

test('what Meta says about the number and its customers is shown where it matters', async ({
  launch,
  office,
}) => {
  test.skip(whyNoRecordings !== null, whyNoRecordings ?? '');
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await office.post(textFrom(ROSA, 'Good morning'));
  await openConversation(page, ROSA.name);
  await office.post(payloadOf('account_update/account_restriction'));
  await expect(page.getByText('This number is restricted.')).toBeVisible();
  await office.post(payloadOf('account_update/account_reconnected'));
  await expect(page.getByText('This number is restricted.')).toBeHidden();
});

/** How many rows the thread has, of which only those in sight exist. */
function rowsOf(log: Locator): Promise<number> {
  return log
    .locator('[data-index]')
    .evaluateAll((rows) =>
      Math.max(0, ...rows.map((row) => Number((row as HTMLElement).dataset['index']) + 1)),
    );
}

async function look(message: Locator, seen: Seen): Promise<void> {
  if (typeof seen === 'function') await seen(message);
  else await expect(message).toContainText(seen);
}

function payloadOf(key: string): Payload {
  const found = recorded.find((each) => each.key === key);
  if (found === undefined) throw new Error(`there is no recording ${key}`);
  return found.payload;
}
