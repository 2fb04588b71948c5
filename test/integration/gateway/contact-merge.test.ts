/** Two records of one person, made one and two again, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProviderFact } from '../../../gateway/providers/provider.ts';
import type { Contact, Identity } from '../../../shared/domain/contact.ts';
import { newId } from '../../../shared/domain/id.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { ContactPage, ConversationPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya: Desktop;
beforeEach(async () => {
  kit = await startKit();
  maya = await kit.connect(kit.maya);
});
afterEach(() => kit.close());

const ANA = '5511987654321';
const ANNA = '551187654321';

function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function contact(id: string): Contact {
  return kit.gateway.store.contacts.get(kit.ws, id)!;
}
function person(conversationId: string): string {
  return kit.gateway.store.conversations.get(kit.ws, conversationId)!.contactId;
}
function owner(externalId: string): string {
  return kit.gateway.store.contacts.find(kit.ws, 'whatsapp', externalId)!.id;
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
function change(contactId: string, patch: object) {
  return maya.command('contacts.change', { changes: [{ contactId, create: false, patch }], importId: null });
}
/** What of a record is the same again after an undone merge. */
function record({ rev: _rev, updatedAt: _at, ...rest }: Contact): object {
  return rest;
}
function identity(externalId: string, phone: string | null = null): Identity {
  return { channelKind: 'whatsapp', externalId, parentExternalId: null, phone, username: null };
}
function tell(...facts: ProviderFact[]): void {
  const receivedAt = Date.now();
  kit.gateway.store.ingest(facts, { provider: 'test', body: newId(), receivedAt });
}

test('a merge moves conversations and identities, is told, and is undone exactly', async () => {
  const [winning, losing] = [kit.inbound(ANA, 'hello'), kit.inbound(ANNA, 'hello too')];
  const [winner, loser] = [person(winning), person(losing)];
  await change(loser, { email: 'ana@mail.example', note: 'likes oak' });
  const before = [contact(winner), contact(loser)];
  await maya.subscribe(head());
  const mergeId = newId();
  const data = { mergeId, winnerId: winner, loserId: loser, choices: { name: 'loser' } };
  expect(await maya.command('contact.merge', data)).toMatchObject({ ok: true, seq: head() });
  expect(contact(winner)).toMatchObject({
    name: `Customer ${ANNA}`,
    email: 'ana@mail.example',
    note: 'likes oak',
    phone: `+${ANA}`,
    phones: [`+${ANNA}`],
    identities: [{ externalId: ANA }, { externalId: ANNA }],
  });
  expect(contact(loser)).toMatchObject({ mergedInto: winner });
  expect([person(winning), person(losing)]).toEqual([winner, winner]);
  // Two conversations of one channel stay two, and each goes on with who wrote there.
  expect([kit.inbound(ANA, 'a'), kit.inbound(ANNA, 'b')]).toEqual([winning, losing]);
  expect(await change(loser, { name: 'Nobody' })).toMatchObject(refused('conflict'));

  expect(await maya.command('contact.unmerge', { mergeId })).toMatchObject({ ok: true, seq: head() });
  expect([contact(winner), contact(loser)].map(record)).toEqual(before.map(record));
  expect([person(winning), person(losing)]).toEqual([winner, loser]);
  expect([owner(ANA), owner(ANNA)]).toEqual([winner, loser]);
  expect([kit.inbound(ANA, 'c'), kit.inbound(ANNA, 'd')]).toEqual([winning, losing]);
  expect(await maya.command('contact.unmerge', { mergeId })).toMatchObject(refused('conflict'));

  await expect.poll(() => head() - maya.cursor()).toBe(0);
  const events = maya.events();
  for (const event of events) expect(parseEvent(event)).toMatchObject({ ok: true });
  const types = events.map(({ type }) => type).filter((type) => type !== 'message.created');
  expect(types).toEqual([
    'contact.merged',
    'contact.changed',
    'contact.changed',
    'conversation.changed',
    'contact.merged',
    'contact.changed',
    'contact.changed',
    'conversation.changed',
  ]);
});

test('an answer goes to whom it answers, also when they are one person', async () => {
  const [winning, losing] = [kit.inbound(ANA, 'hello'), kit.inbound(ANNA, 'hello too')];
  const data = { mergeId: newId(), winnerId: person(winning), loserId: person(losing), choices: {} };
  await maya.command('contact.merge', data);
  const { store } = kit.gateway;
  const address = (id: string) =>
    store.contacts.addressFor(contact(person(id)), 'whatsapp', store.conversations.homeOf(id))?.externalId;
  expect([address(winning), address(losing)]).toEqual([ANA, ANNA]);
});

test('undoing the first of several merges leaves the others, and what was changed since', async () => {
  const ids = [ANA, ANNA, '4915125550143'].map((from) => person(kit.inbound(from, 'hello')));
  const [a, b, c] = ids as [string, string, string];
  await change(a, { company: 'Ana Ltd' });
  await change(b, { email: 'b@mail.example' });
  const before = contact(a);
  const [first, second] = [newId(), newId()];
  await maya.command('contact.merge', { mergeId: first, winnerId: b, loserId: a, choices: {} });
  await maya.command('contact.merge', {
    mergeId: second,
    winnerId: c,
    loserId: b,
    choices: { name: 'loser' },
  });
  expect(contact(c)).toMatchObject({ company: 'Ana Ltd', email: 'b@mail.example' });
  await change(c, { note: 'written since', name: 'Corrected' });
  expect(await maya.command('contact.unmerge', { mergeId: first })).toMatchObject({ ok: true });
  expect(record(contact(a))).toEqual(record(before));
  expect(contact(c)).toMatchObject({
    company: null,
    email: 'b@mail.example',
    note: 'written since',
    name: 'Corrected',
    identities: [{ externalId: '4915125550143' }, { externalId: ANNA }],
  });
  expect(contact(b)).toMatchObject({ company: null, mergedInto: c });
  expect([owner(ANA), owner(ANNA)]).toEqual([a, c]);
  expect(await maya.command('contact.unmerge', { mergeId: second })).toMatchObject({ ok: true });
  expect(contact(b)).toMatchObject({ company: null, email: 'b@mail.example', mergedInto: null });
  expect(contact(c)).toMatchObject({ name: 'Customer 4915125550143', note: 'written since', email: null });
  expect(owner(ANNA)).toBe(b);
});

test('identical identities merge by themselves; somebody who parts them is heard', async () => {
  const conversationId = kit.inbound('US.13491208655302741918', 'my number is hidden');
  const hidden = person(conversationId);
  const typed = newId();
  await maya.command('contacts.change', {
    changes: [{ contactId: typed, create: true, patch: { name: 'Ana Souza', phone: `+${ANA}` } }],
    importId: null,
  });
  const link: ProviderFact = {
    type: 'identity',
    channelId: kit.channel.id,
    previous: identity('US.13491208655302741918'),
    party: { identity: identity(ANA, `+${ANA}`), name: 'Ana' },
    same: true,
  };
  tell(link);
  expect(owner(ANA)).toBe(hidden);
  // The person and the thread are kept.
  expect(kit.inbound(ANA, 'now with my number')).toBe(conversationId);
  const [merge] = kit.gateway.store.merges
    .statesOf([hidden])
    .map((state) => JSON.parse(state) as { id: string });
  expect(merge).toMatchObject({ mergedBy: null });
  expect(await maya.command('contact.unmerge', { mergeId: merge!.id })).toMatchObject({ ok: true });
  expect(owner(ANA)).toBe(typed);
  tell(link);
  expect(owner(ANA)).toBe(typed);
  const snapshot = Snapshot.parse((await (await kit.connect(kit.owner)).request('sync.snapshot', {})).value);
  expect(snapshot.keptApart).toHaveLength(1);
});

test('a changed number keeps the person and the thread, also of somebody who was merged', async () => {
  const [winning, losing] = [kit.inbound(ANA, 'hello'), kit.inbound(ANNA, 'hello too')];
  const [winner, loser] = [person(winning), person(losing)];
  const mergeId = newId();
  await maya.command('contact.merge', { mergeId, winnerId: winner, loserId: loser, choices: {} });
  const moved = { identity: identity('5521912345678', '+5521912345678'), name: 'Ana' };
  tell({ type: 'identity', channelId: kit.channel.id, previous: identity(ANNA), party: moved });
  expect(kit.inbound('5521912345678', 'my new number')).toBe(losing);
  await maya.command('contact.unmerge', { mergeId });
  expect(owner('5521912345678')).toBe(loser);
  expect(contact(winner).identities).toMatchObject([{ externalId: ANA }]);
  expect(kit.inbound('5521912345678', 'still me')).toBe(losing);
});

test('merging needs two people in sight; keeping apart is told', async () => {
  const [winning, losing] = [kit.inbound(ANA, 'hello'), kit.inbound(ANNA, 'hello too')];
  const [winnerId, loserId] = [person(winning), person(losing)];
  const merge = (fields: object) =>
    maya.command('contact.merge', { mergeId: newId(), winnerId, loserId, choices: {}, ...fields });
  expect(await merge({ loserId: winnerId })).toMatchObject(refused('invalid'));
  expect(await merge({ loserId: newId() })).toMatchObject(refused('not_found'));
  await maya.subscribe(head());
  const apart = { firstId: winnerId, secondId: loserId, apart: true };
  expect(await maya.command('contacts.keep_apart', apart)).toMatchObject({ ok: true, seq: head() });
  const told = head();
  await maya.command('contacts.keep_apart', apart);
  expect(head()).toBe(told);
  await maya.event(({ type }) => type === 'contacts.kept_apart');
  const tom = await kit.connect(kit.tom);
  await tom.command('conversation.assign', { conversationId: losing, assigneeId: kit.tom.id });
  expect(await merge({})).toMatchObject(refused('not_found'));
});

test('who comes to see a person gets the merges and the ledger with pages and grants', async () => {
  const [winning, losing] = [kit.inbound(ANA, 'STOP'), kit.inbound(ANNA, 'hello too')];
  const data = { mergeId: newId(), winnerId: person(winning), loserId: person(losing), choices: {} };
  await maya.command('contact.merge', data);
  const tom = await kit.connect(kit.tom);
  const page = ConversationPage.parse(
    (await tom.request('sync.conversations', { cursor: null, limit: 10 })).value,
  );
  expect(page.merges).toMatchObject([{ id: data.mergeId }]);
  expect(page.consents).toMatchObject([{ state: 'withdrawn', method: 'keyword' }]);
  const alone = ContactPage.parse((await tom.request('sync.contacts', { cursor: null, limit: 10 })).value);
  expect(alone.contacts).toEqual([]);
  for (const conversationId of [winning, losing]) {
    await maya.command('conversation.assign', { conversationId, assigneeId: kit.maya.id });
  }
  await tom.subscribe(head());
  await maya.command('conversation.assign', { conversationId: losing, assigneeId: null });
  const granted = await tom.event(({ type }) => type === 'conversation.granted');
  expect(parseEvent(granted)).toMatchObject({ ok: true });
  expect(granted.data).toMatchObject({
    contact: { id: data.winnerId },
    merges: [{ id: data.mergeId }],
    consents: [{ state: 'withdrawn' }],
  });
});
