/** Filters with groups, segments made of them, and the fields that owners define. */
import { contacts, openContacts } from './fixtures/contacts.ts';
import { BIG, FARAH, GWEN } from './fixtures/furniture.ts';
import { atInbox, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.describe('in a small office', () => {
  test.use({ workspace: BIG });

  test('conditions and groups filter at once, and become a segment with a live count', async ({
    launch,
    office,
  }) => {
    const { page } = await launch({ gateway: office.url });
    await signIn(page, office.ada);
    const { rows, row, filter, lists, undo } = await openContacts(page);
    await page.keyboard.press('f');
    await expect(filter.getByRole('status')).toHaveText('7 contacts');
    await filter
      .getByRole('combobox', { name: 'How the conditions go together' })
      .selectOption('Any of these');
    await filter.getByRole('button', { name: 'Condition', exact: true }).click();
    await filter.getByRole('textbox', { name: 'Value' }).fill('farah');
    await expect(rows).toHaveCount(1);
    await expect(filter.getByRole('status')).toHaveText('1 contact');
    await filter.getByRole('button', { name: 'Group', exact: true }).click();
    const group = filter.getByRole('group', { name: 'All of these' });
    await group.getByRole('combobox', { name: 'What' }).selectOption('Number');
    await group.getByRole('combobox', { name: 'How', exact: true }).selectOption('begins with');
    await group.getByRole('textbox', { name: 'Value' }).fill('+44');
    await expect(rows).toHaveCount(2);
    await expect(row(GWEN.name)).toBeVisible();
    await expect(row(FARAH.name)).toBeVisible();

    await filter.getByRole('button', { name: 'Save as a segment' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a segment' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Two friends');
    await dialog.getByRole('radio', { name: 'For the team' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const segment = lists.getByRole('button', { name: /Two friends.*2 contacts/ });
    await expect(segment).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Two friends' })).toBeVisible();

    await lists.getByRole('button', { name: /^All contacts/ }).click();
    await expect(rows).toHaveCount(7);
    await segment.click();
    await expect(rows).toHaveCount(2);

    await filter
      .getByRole('combobox', { name: 'How the conditions go together' })
      .first()
      .selectOption('All of these');
    await expect(rows).toHaveCount(0);
    await segment.hover();
    await lists.getByRole('button', { name: 'More about “Two friends”' }).click();
    await page.getByRole('menuitem', { name: 'Save the filter in it' }).click();
    await expect(lists.getByRole('button', { name: /Two friends.*0 contacts/ })).toBeVisible();
    await undo.click();
    await expect(segment).toBeVisible();
    await segment.click();
    await expect(rows).toHaveCount(2);

    const more = lists.getByRole('button', { name: 'More about “Two friends”' });
    await segment.hover();
    await more.click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Friends');
    await page.keyboard.press('Enter');
    await expect(lists.getByRole('button', { name: /Friends.*2 contacts/ })).toBeVisible();
    await lists.getByRole('button', { name: 'More about “Friends”' }).click({ force: true });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(lists.getByRole('button', { name: /Friends/ })).toHaveCount(0);
    await expect(rows).toHaveCount(7);
    await undo.click();
    await expect(lists.getByRole('button', { name: /Friends.*2 contacts/ })).toBeVisible();
  });

  test('a segment of the team is seen by colleagues', async ({ launch, office }) => {
    const ada = await launch({ gateway: office.url });
    const ben = await launch({ gateway: office.url });
    await signIn(ada.page, office.ada);
    await signIn(ben.page, office.ben);
    const atAda = await openContacts(ada.page);
    const atBen = await openContacts(ben.page);
    await ada.page.keyboard.press('f');
    await atAda.filter.getByRole('button', { name: 'Condition', exact: true }).click();
    await atAda.filter.getByRole('textbox', { name: 'Value' }).fill('amira');
    await atAda.filter.getByRole('button', { name: 'Save as a segment' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Save as a segment' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Just Amira');
    await dialog.getByRole('radio', { name: 'For the team' }).click();
    await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
    await atBen.lists.getByRole('button', { name: /Just Amira.*1 contact$/ }).click();
    await expect(atBen.rows).toHaveCount(1);
    await expect(atBen.row(AMIRA.name)).toBeVisible();
  });
});

test('an owner defines a field with choices; it is a value of a person and a column', async ({ launch }) => {
  const { page } = await launch();
  // The demo's owner; everybody there has the same password, which is filled in.
  await signInScreen(page).email.fill('ines@demo.parley.example');
  await signInScreen(page).button.click();
  await atInbox(page);
  const { lists, rows, person, grid } = await openContacts(page);
  await lists.getByRole('link', { name: 'Custom fields' }).click();
  await page.getByRole('button', { name: 'New field' }).click();
  const dialog = page.getByRole('dialog', { name: 'New field' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lamp taste');
  await dialog.getByRole('combobox', { name: 'Type' }).selectOption('One choice');
  await dialog.getByRole('button', { name: 'Add a choice' }).click();
  await dialog.getByRole('textbox', { name: 'Choice 1' }).fill('Warm');
  await dialog.getByRole('button', { name: 'Add a choice' }).click();
  await dialog.getByRole('textbox', { name: 'Choice 2' }).fill('Cold');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const list = page.getByRole('list', { name: 'Custom fields' });
  const item = list.getByRole('listitem').filter({ hasText: 'Lamp taste' });
  await expect(item).toContainText('One choice');
  await item.getByRole('button', { name: 'Move “Lamp taste” up' }).click();
  await expect(list.getByRole('listitem').last()).not.toContainText('Lamp taste');

  await page.getByRole('button', { name: 'Back to the contacts' }).click();
  await rows.first().click();
  await person.getByRole('button', { name: 'Add: Lamp taste' }).click();
  await person.getByRole('combobox', { name: 'Lamp taste' }).selectOption('Cold');
  await page.keyboard.press('Enter');
  await grid.focus();
  await expect(person.getByTitle('Edit: Lamp taste')).toHaveText('Cold');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByText('Lamp taste').click();
  await page.keyboard.press('Escape');
  await expect(rows.first()).toContainText('Cold');
  await expect(contacts(page).head('Lamp taste')).toBeAttached();
});
