/** A channel past the official interface: nothing of the official one is shown, its notice is, and it takes the five kinds that it promises. */
import { DEMO_CHANNELS } from '../../gateway/demo/channels.ts';
import { personOf } from './fixtures/kit.ts';
import { inbox, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

const FROM = '4915155501';
const NOTICE = { name: 'Unofficial channel' };

test('R001-1: one customer on two channels: window, templates and rating are those of the official one alone', async ({
  launch,
  kit,
}) => {
  kit.inbound(FROM, 'To the official number', { channelId: kit.channel.id });
  kit.inbound(FROM, 'To the other number', { channelId: kit.other.id });
  const { page } = await launch({ gateway: kit.gateway.url });
  const { row, composer } = await signIn(page, personOf(kit.owner));
  await openView(page, 'All');
  const templates = page.getByRole('button', { name: 'Templates', exact: true });
  await row('To the official number').click();
  await expect(page.getByRole('timer')).toContainText('left to answer freely');
  await expect(templates).toBeVisible();
  await page.getByRole('button', { name: 'About Sales' }).click();
  const facts = page.getByRole('dialog', { name: 'About Sales' });
  await expect(facts).toContainText('Official interface');
  await expect(facts).toContainText('Quality ratingGreen');
  await page.keyboard.press('Escape');

  await row('To the other number').click();
  await expect(inbox(page).message('To the other number')).toBeVisible();
  await expect(composer).toBeEditable();
  await expect(page.getByRole('timer')).toHaveCount(0);
  await expect(templates).toHaveCount(0);
  await page.getByRole('button', { name: 'About Showroom' }).click();
  const other = page.getByRole('dialog', { name: 'About Showroom' });
  await expect(other).toContainText('Unofficial');
  await expect(other).not.toContainText('Quality rating');
  // One person: the same record behind both.
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: `Customer ${FROM}` }).press('Enter');
  await expect(page.getByRole('complementary', { name: 'Person' })).toContainText('Sales');
  await expect(page.getByRole('complementary', { name: 'Person' })).toContainText('Showroom');
});

test('R001-2: whoever uses it is told once that it is not affiliated, and the audit has who understood', async ({
  launch,
  kit,
}) => {
  kit.inbound(FROM, 'To the other number', { channelId: kit.other.id });
  kit.inbound('4915155502', 'To the official number', { channelId: kit.channel.id });
  const desktop = await launch({ gateway: kit.gateway.url });
  await signIn(desktop.page, personOf(kit.owner));
  await openView(desktop.page, 'All');
  await inbox(desktop.page).row('To the official number').click();
  await expect(inbox(desktop.page).composer).toBeVisible();
  const notice = desktop.page.getByRole('complementary', NOTICE);
  await expect(notice).toHaveCount(0);
  await inbox(desktop.page).row('To the other number').click();
  await expect(notice).toContainText(
    'Showroom is not affiliated with WhatsApp or Meta. Using it is your responsibility.',
  );
  await notice.getByRole('button', { name: 'I understand' }).press('Enter');
  await expect(notice).toHaveCount(0);
  await expect
    .poll(() => kit.gateway.store.people.user(kit.owner.id)?.acknowledged)
    .toMatchObject([{ notice: 'unofficial_channel' }]);
  await goTo(desktop.page, '#/settings/audit');
  const entries = desktop.page.getByRole('region', { name: 'Entries of the audit' });
  await expect(entries.getByRole('listitem').filter({ hasText: 'Notice acknowledged' })).toContainText(
    'owner',
  );
  await goTo(desktop.page, '#/inbox/all');

  // Not again after a restart, nor on another device of the same user; somebody else is told.
  await desktop.restart();
  await openView(desktop.page, 'All');
  await inbox(desktop.page).row('To the other number').click();
  await expect(inbox(desktop.page).message('To the other number')).toBeVisible();
  await expect(desktop.page.getByRole('complementary', NOTICE)).toHaveCount(0);
  const second = await launch({ gateway: kit.gateway.url });
  await signIn(second.page, personOf(kit.owner));
  await openView(second.page, 'All');
  await inbox(second.page).row('To the other number').click();
  await expect(inbox(second.page).message('To the other number')).toBeVisible();
  await expect(second.page.getByRole('complementary', NOTICE)).toHaveCount(0);
  const colleague = await launch({ gateway: kit.gateway.url });
  await signIn(colleague.page, personOf(kit.supervisor));
  await openView(colleague.page, 'All');
  await inbox(colleague.page).row('To the other number').click();
  await expect(colleague.page.getByRole('complementary', NOTICE)).toBeVisible();
});

test('R001-3: text, image, video, document and audio are taken, other kinds are not; what nobody knows is a placeholder', async ({
  launch,
  kit,
}) => {
  const { capabilities } = DEMO_CHANNELS.showroom;
  expect(Object.keys(capabilities.uploads).toSorted()).toEqual(['audio', 'document', 'image', 'video']);
  const channel = kit.gateway.store.channels.create(kit.ws, {
    ...DEMO_CHANNELS.showroom,
    name: 'Corner shop',
    provider: 'loopback',
    externalId: 'corner',
  });
  kit.inbound(FROM, 'Look at this', { channelId: channel.id });
  kit.inbound(FROM, '', {
    channelId: channel.id,
    content: { kind: 'unknown', type: 'hologram', detail: 'a lamp in 3D', rawId: null },
  });
  const { page } = await launch({ gateway: kit.gateway.url });
  const { row, log } = await signIn(page, personOf(kit.owner));
  await openView(page, 'All');
  await row(FROM).click();
  const placeholder = log.getByRole('article').filter({ hasText: 'Unsupported message' });
  await expect(placeholder).toContainText('Parley cannot show this kind of message yet.');
  await placeholder.getByText('Details').click();
  await expect(placeholder).toContainText('hologram');

  const files = page.getByRole('list', { name: 'Files to send' });
  const bytes = Buffer.from('a file');
  for (const [name, mimeType] of [
    ['lamp.png', 'image/png'],
    ['lamp.mp4', 'video/mp4'],
    ['offer.pdf', 'application/pdf'],
    ['song.mp3', 'audio/mpeg'],
  ] as const) {
    await page.setInputFiles('input[type=file]', { name, mimeType, buffer: bytes });
    await expect(files.getByRole('listitem').filter({ hasText: name })).toBeVisible();
    await expect(files.getByRole('alert')).toHaveCount(0);
  }
  // No voice messages, and no other kind of file.
  await expect(page.getByRole('button', { name: 'Record a voice message' })).toHaveCount(0);
  await page.setInputFiles('input[type=file]', {
    name: 'font.woff2',
    mimeType: 'font/woff2',
    buffer: bytes,
  });
  await expect(files.getByRole('alert')).toContainText('This channel does not take');
});
