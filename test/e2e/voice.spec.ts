/** Voice messages: recorded, cancelled, sent in the channel's own format. */
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('a voice message is recorded, thrown away, recorded again and sent; without a mouse', async ({
  launch,
  office,
}) => {
  test.skip(test.info().project.name === 'electron', 'the microphone is stood in for in Chromium only');
  const { page } = await launch({ gateway: office.url, context: { permissions: ['microphone'] } });
  const { composer, log } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const record = page.getByRole('button', { name: 'Record a voice message' });
  const recording = page.getByRole('group', { name: 'Recording' });
  await record.press('Enter');
  // Later is as good: a look now and then may miss a single second.
  await expect(recording.getByRole('timer')).toHaveText(/^0:0[1-9]$/);
  await page.keyboard.press('Escape');
  await expect(recording).toBeHidden();
  await expect(composer).toBeFocused();
  expect(office.graph.requests.filter(({ path }) => path.endsWith('/media'))).toEqual([]);

  await record.press('Enter');
  await expect(recording.getByRole('timer')).toHaveText(/^0:0[1-9]$/);
  await expect(recording.getByRole('button', { name: 'Send voice message' })).toBeFocused();
  await page.keyboard.press('Enter');
  const sent = log.getByRole('article').last();
  await expect(sent.getByRole('group', { name: 'Voice message' })).toBeVisible();
  await expect(sent).toContainText('Sent', { timeout: 90_000 });
  const uploads = office.graph.requests.filter(({ path }) => path.endsWith('/media'));
  expect(uploads).toHaveLength(1);
  // Ogg with Opus, and nothing else, is what plays as a voice message at the customer's.
  expect(uploads[0]?.body.includes('OggS')).toBe(true);
  expect(uploads[0]?.body.includes('OpusHead')).toBe(true);
  await expect(inbox(page).composer).toBeFocused();
});
