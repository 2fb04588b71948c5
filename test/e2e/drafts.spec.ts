import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test('drafts belong to their conversations and survive kill -9', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await inbox(desktop.page).composer.fill('Dear Amira, about the');
  await openConversation(desktop.page, BRUNO.name);
  await expect(inbox(desktop.page).composer).toHaveValue('');
  await inbox(desktop.page).composer.fill('Dear Bruno, your parcel');
  // The list shows a draft once it is on the disk.
  await expect(inbox(desktop.page).row(AMIRA.name)).toContainText('Dear Amira, about the');
  await expect(inbox(desktop.page).row(BRUNO.name)).toContainText('Dear Bruno, your parcel');

  await desktop.kill();
  await desktop.start();

  const { composer } = inbox(desktop.page);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await expect(composer).toHaveValue('Dear Amira, about the');
  await openConversation(desktop.page, BRUNO.name);
  await expect(composer).toHaveValue('Dear Bruno, your parcel');
  await composer.fill('');
  await openConversation(desktop.page, AMIRA.name);
  await expect(inbox(desktop.page).row(BRUNO.name)).not.toContainText('Dear Bruno');
});
