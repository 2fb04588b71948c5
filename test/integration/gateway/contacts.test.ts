/** Contacts written by hand, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { ContactPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
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
  const { create = true, ...patch } = { name: 'Robin', ...fields } as { create?: boolean };
  return desktop.command('contacts.change', { changes: [{ contactId, create, patch }], importId: null });
}
function changeAll(desktop: Desktop, changes: object[], importId: string | null = null) {
  return desktop.command('contacts.change', { changes, importId });
}
function contact(id: string) {
  return kit.gateway.store.contacts.get(kit.ws, id);
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
async function heard(desktop: Desktop): Promise<string[]> {
  await expect.poll(() => head() - desktop.cursor()).toBe(0);
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
    provenance: { name: { source: 'agent', by: kit.maya.id }, phone: { source: 'agent' } },
  });
  // The same once more, under another command: it is there already.
  const told = head();
  expect(await save(maya, id, fields)).toMatchObject({ ok: true, seq: told });
  expect(head()).toBe(told);
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
    { timeZone: 'Middle/Earth' },
    { language: 'not a language' },
    { phones: ['+4915125550143', '12'] },
  ]) {
    expect(await save(maya, newId(), fields)).toMatchObject(refused('invalid'));
  }
  const id = newId();
  expect(await save(maya, id, { phone: '0049 1512 5550143' })).toMatchObject({ ok: true });
  expect(contact(id)?.phone).toBe('+4915125550143');
});

test('a number that somebody has stays theirs: the other is a duplicate, offered and not merged', async () => {
  const conversationId = kit.inbound('4915125550143', 'hello');
  const [id, later] = [newId(), newId()];
  const twice = [id, later].map((contactId) => ({
    contactId,
    create: true,
    patch: { name: 'Robin', phone: '+4915125550143' },
  }));
  expect(await changeAll(maya, twice)).toMatchObject({ ok: true });
  expect(contact(id)).toMatchObject({ phone: '+4915125550143', identities: [] });
  const { contactId } = kit.gateway.store.conversations.get(kit.ws, conversationId)!;
  expect(kit.inbound('4915125550143', 'still me')).toBe(conversationId);
  expect(contact(contactId)?.identities).toHaveLength(1);
});

test('a number that was typed wrong is not kept as an address; one that was heard of is', async () => {
  const id = newId();
  await save(maya, id, { phone: '+4915125550143' });
  await save(maya, id, { create: false, phone: '+4915125550144' });
  expect(contact(id)?.identities).toMatchObject([{ externalId: '4915125550144' }]);
  kit.inbound('4915125550144', 'it is me');
  await save(maya, id, { create: false, phone: '+4915125550145' });
  expect(contact(id)).toMatchObject({
    phone: '+4915125550145',
    identities: [{ externalId: '4915125550144' }],
  });
  // The wrong one is free again.
  kit.inbound('4915125550143', 'somebody else');
  expect(kit.gateway.store.contacts.find(kit.ws, 'whatsapp', '4915125550143')?.id).not.toBe(id);
});

test('many at once are one event, all or nothing; agents get those in sight', async () => {
  const ids = Array.from({ length: 500 }, () => newId());
  const importId = newId();
  const changes = ids.map((contactId, index) => ({
    contactId,
    create: true,
    patch: { name: `Row ${index}`, phone: `+4915125${550_000 + index}`, company: 'Import Ltd' },
  }));
  const before = head();
  const bad = [
    ...changes.slice(0, 3),
    { contactId: newId(), create: true, patch: { name: 'x', phone: '12' } },
  ];
  expect(await changeAll(maya, bad, importId)).toMatchObject(refused('invalid'));
  expect(head()).toBe(before);
  expect(await changeAll(maya, changes, importId)).toMatchObject({ ok: true, seq: before + 1 });
  expect(head()).toBe(before + 1);
  expect(contact(ids[7]!)).toMatchObject({
    company: 'Import Ltd',
    provenance: { company: { source: 'import', by: kit.maya.id } },
  });
  await expect.poll(() => head() - maya.cursor()).toBe(0);
  const [event] = maya.events().filter(({ type }) => type === 'contacts.changed');
  expect(parseEvent(event)).toMatchObject({ ok: true });
  expect((event!.data as { contacts?: unknown[] }).contacts).toHaveLength(500);
  // Tom sees none of them, until one of them writes; then he sees that one.
  kit.inbound('4915125550003', 'hello');
  await expect.poll(() => head() - tom.cursor()).toBe(0);
  expect(tom.events().some(({ type }) => type === 'contacts.changed')).toBe(false);
  const gone = ids.slice(0, 3);
  expect(await tom.command('contacts.delete', { contactIds: gone, deleted: true })).toMatchObject(
    refused('not_found'),
  );
  expect(await maya.command('contacts.delete', { contactIds: gone, deleted: true })).toMatchObject({
    ok: true,
  });
  expect(contact(gone[0]!)?.deleted).toBe(true);
  await maya.command('contacts.delete', { contactIds: gone.slice(0, 1), deleted: false });
  expect(gone.map((id) => contact(id)?.deleted)).toEqual([false, true, true]);
  // Whoever writes is there again.
  kit.inbound('4915125550001', 'me again');
  expect(contact(ids[1]!)?.deleted).toBe(false);
});

test('fields are defined by owners and checked everywhere; labels must be there', async () => {
  const owner = await kit.connect(kit.owner);
  const [size, since] = [newId(), newId()];
  const choices = [
    { id: newId(), name: 'Small' },
    { id: newId(), name: 'Large' },
  ];
  const field = { id: size, name: 'Size', type: 'choice', choices, position: 0 };
  expect(await supervisor.command('field.save', { field })).toMatchObject(refused('forbidden'));
  expect(await owner.command('field.save', { field: { ...field, choices: [] } })).toMatchObject(
    refused('invalid'),
  );
  expect(await owner.command('field.save', { field })).toMatchObject({ ok: true });
  await owner.command('field.save', {
    field: { id: since, name: 'Since', type: 'date', choices: [], position: 1 },
  });
  expect(await owner.command('field.save', { field: { ...field, type: 'choices' } })).toMatchObject(
    refused('conflict'),
  );
  const id = newId();
  const fields = { [size]: 'large', [since]: '2024-02-29' };
  expect(await save(maya, id, { fields })).toMatchObject({ ok: true });
  expect(contact(id)?.fields).toEqual({ [size]: choices[1]!.id, [since]: '2024-02-29' });
  for (const wrong of [{ [size]: 'huge' }, { [since]: '2023-02-29' }, { [since]: 'soon' }]) {
    expect(await save(maya, id, { create: false, fields: wrong })).toMatchObject(refused('invalid'));
  }
  expect(await save(maya, id, { create: false, fields: { [newId()]: 'x' } })).toMatchObject(
    refused('not_found'),
  );
  expect(await save(maya, id, { create: false, labelIds: [newId()] })).toMatchObject(refused('not_found'));
  await owner.command('field.delete', { fieldId: since });
  expect(await save(maya, id, { create: false, fields: { [since]: '2024-03-01' } })).toMatchObject(
    refused('not_found'),
  );
  expect(contact(id)?.fields[since]).toBe('2024-02-29');
  expect(await save(maya, id, { create: false, fields: { [since]: null } })).toMatchObject({ ok: true });
  expect(contact(id)?.fields).not.toHaveProperty(since);
  const snapshot = Snapshot.parse((await maya.request('sync.snapshot', {})).value);
  expect(snapshot.fields.map(({ name, deleted }) => [name, deleted])).toEqual([
    ['Size', false],
    ['Since', true],
  ]);
});

test('a conversation of the company’s initiative: one for a contact and channel, consent or a reason', async () => {
  const id = newId();
  await save(maya, id, { phone: '+4915125550143' });
  const start = { conversationId: newId(), contactId: id, channelId: kit.channel.id };
  expect(await tom.command('conversation.start', start)).toMatchObject(refused('not_found'));
  expect(await maya.command('conversation.start', start)).toMatchObject({ ok: true });
  expect(await maya.command('conversation.start', { ...start, conversationId: newId() })).toMatchObject(
    refused('conflict'),
  );
  const changed = await maya.event(
    ({ type, data }) => type === 'conversation.changed' && 'conversation' in data,
  );
  expect(changed.data).toMatchObject({ conversation: { id: start.conversationId, assigneeId: kit.maya.id } });
  const other = { ...start, conversationId: newId(), channelId: kit.other.id };
  expect(await supervisor.command('conversation.start', other)).toMatchObject({ ok: true });
  const text = (fields: object = {}) => ({
    conversationId: other.conversationId,
    messageId: newId(),
    content: { kind: 'text', body: 'hello' },
    quotedMessageId: null,
    ...fields,
  });
  expect(await supervisor.command('message.send', text())).toMatchObject(refused('no_consent'));
  const override = 'asked for it at the fair';
  const sent = text({ override });
  expect(await supervisor.command('message.send', sent)).toMatchObject({ ok: true });
  const told = await supervisor.event(({ type }) => type === 'activity.created');
  expect(told.data).toMatchObject({
    activity: { kind: 'consent_overridden', actorId: kit.supervisor.id, to: sent.messageId, note: override },
  });
  const entry = {
    id: newId(),
    contactId: id,
    purpose: 'service',
    channelKind: null,
    state: 'given',
    at: Date.now(),
    method: 'web_form',
    source: 'Newsletter form',
  };
  expect(await supervisor.command('consent.record', { entry })).toMatchObject({ ok: true });
  expect(await supervisor.command('message.send', text())).toMatchObject({ ok: true });
  const blank = newId();
  await save(maya, blank);
  expect(
    await maya.command('conversation.start', { ...start, conversationId: newId(), contactId: blank }),
  ).toMatchObject(refused('unsupported'));
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
