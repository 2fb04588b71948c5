/** Contacts written by hand, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { ContactPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya: Desktop;
let tom: Desktop;
let supervisor: Desktop;
beforeEach(async () => {
  kit = await startKit();
  [maya, tom, supervisor] = [
    await kit.connect(kit.maya),
    await kit.connect(kit.tom),
    await kit.connect(kit.supervisor),
  ];
  for (const desktop of [maya, tom, supervisor]) await desktop.subscribe(head());
});
afterEach(() => kit.close());

function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function save(desktop: Desktop, contactId: string, fields: object = {}) {
  const data = { contactId, create: true, name: 'Robin', phone: null, email: null, ...fields };
  return desktop.command('contact.save', data);
}
function contact(id: string) {
  return kit.gateway.store.contacts.get(kit.ws, id);
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
async function heard(desktop: Desktop): Promise<string[]> {
  await expect.poll(() => desktop.cursor()).toBe(head());
  return desktop
    .events()
    .filter((event) => event.type === 'contact.changed')
    .map((event) => (event.data['contact'] as unknown as { name: string }).name);
}

test('a new contact has its number in E.164, and its owner is known when they write', async () => {
  const id = newId();
  const fields = { name: ' Robin Oak ', phone: '+49 (0)1512 555-0143', email: ' robin@studio.example ' };
  expect(await save(maya, id, fields)).toMatchObject({ ok: true, seq: head() });
  expect(contact(id)).toMatchObject({
    name: 'Robin Oak',
    phone: '+4915125550143',
    email: 'robin@studio.example',
  });
  // Before it has a conversation it is Maya's and the supervisors' to see.
  expect([await heard(maya), await heard(supervisor), await heard(tom)]).toEqual([
    ['Robin Oak'],
    ['Robin Oak'],
    [],
  ]);
  const conversationId = kit.inbound('4915125550143', 'this is Robin');
  const { contactId } = kit.gateway.store.conversations.get(kit.ws, conversationId)!;
  expect(contactId).toBe(id);
  expect(contact(id)?.name).toBe('Robin Oak');
  // Tom hears of the contact with the first conversation that he sees.
  expect(await heard(tom)).toEqual(['Robin Oak']);
  await expect.poll(() => tom.events().at(-1)?.type).toBe('message.created');
});

test('what is no number with its country, and no address, is refused', async () => {
  for (const fields of [
    { phone: '0151 2555 0143' },
    { phone: '+49' },
    { phone: 'call me' },
    { email: 'nobody' },
    { name: '   ' },
  ]) {
    expect(await save(maya, newId(), fields)).toMatchObject(refused('invalid'));
  }
  const id = newId();
  expect(await save(maya, id, { phone: '0049 1512 5550143' })).toMatchObject({ ok: true });
  expect(contact(id)?.phone).toBe('+4915125550143');
  expect(await save(maya, id)).toMatchObject(refused('conflict'));
});

test('a number that a contact in sight has is a conflict; of one out of sight nothing is told', async () => {
  const conversationId = kit.inbound('4915125550143', 'hello');
  expect(await save(maya, newId(), { phone: '+4915125550143' })).toMatchObject(refused('conflict'));
  await tom.command('conversation.assign', { conversationId, assigneeId: kit.tom.id });
  const id = newId();
  expect(await save(maya, id, { phone: '+4915125550143' })).toMatchObject({ ok: true });
  expect(contact(id)?.identities).toEqual([]);
});

test('a change needs a contact in sight, keeps the identities, and is told', async () => {
  const conversationId = kit.inbound('1', 'hello');
  const { contactId } = kit.gateway.store.conversations.get(kit.ws, conversationId)!;
  const before = contact(contactId)!;
  const change = (desktop: Desktop, id: string) =>
    save(desktop, id, { create: false, name: 'Ada', phone: '+49 1512 5550143' });
  expect(await change(maya, contactId)).toMatchObject({ ok: true, seq: head() });
  expect(contact(contactId)).toMatchObject({
    name: 'Ada',
    phone: '+4915125550143',
    identities: before.identities,
  });
  const again = head();
  expect(await change(maya, contactId)).toMatchObject({ ok: true });
  expect(head()).toBe(again);
  await tom.command('conversation.assign', { conversationId, assigneeId: kit.tom.id });
  for (const id of [contactId, newId()]) expect(await change(maya, id)).toMatchObject(refused('not_found'));
  kit.inbound('1', 'it is me', { at: Date.now() });
  expect(contact(contactId)?.name).toBe('Ada');
});

async function paged(desktop: Desktop, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = ContactPage.parse((await desktop.request('sync.contacts', { cursor, limit })).value);
    expect(page.asOf).toBe(head());
    expect(page.contacts.length).toBeLessThanOrEqual(limit);
    ids.push(...page.contacts.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  return ids;
}

test('contacts without a conversation come in pages, newest first, to who sees them', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    ids.push(newId());
    await save(maya, ids[index]!, { name: `Robin ${index}`, phone: `+4915125550${140 + index}` });
  }
  kit.inbound('4915125550142', 'this one comes with its conversation');
  kit.inbound('4915125550999', 'and so does this one');
  const alone = ids.filter((_, index) => index !== 2).toReversed();
  for (const limit of [1, 2, 500]) expect(await paged(maya, limit)).toEqual(alone);
  expect(await paged(supervisor, 3)).toEqual(alone);
  expect(await paged(tom, 3)).toEqual([]);
  const totals = async (desktop: Desktop) =>
    Snapshot.parse((await desktop.request('sync.snapshot', {})).value).totals.contacts;
  expect([await totals(maya), await totals(supervisor), await totals(tom)]).toEqual([4, 4, 0]);
  const wrong = await maya.request('sync.contacts', { cursor: 'no cursor', limit: 5 });
  expect(wrong).toMatchObject(refused('invalid'));
});
