/** The contact manager in the real application process, with a real gateway and a real encrypted file. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import type { ContactRow } from '../../../shared/contract/contacts.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, online, signInAs, texts } from '../../support/page-steps.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
const options: { port?: number } = {};

beforeEach(async () => {
  place = await scratch();
  delete options.port;
  kit = await startKit(options);
  options.port = Number(new URL(kit.gateway.url).port);
  kit.inbound('491701', 'Is it blue?');
  kit.inbound('491702', 'Is it red?');
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const listed = async (query = ''): Promise<ContactRow[]> =>
  (
    await page.call('contacts.list', {
      filter: EVERYBODY,
      query,
      sort: { by: 'name', descending: false },
      offset: 0,
      limit: 100,
    })
  ).rows;
const names = async (query = '') => (await listed(query)).map(({ contact }) => contact.name);
const stored = (id: string) => kit.gateway.store.contacts.get(kit.ws, id);
const detail = (contactId: string) => page.call('contact.get', { contactId });
const settled = async () => {
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
};
async function offline(): Promise<void> {
  await kit.gateway.close();
  await expect.poll(async () => (await page.connection()).connection.state).toBe('offline');
}
async function back(): Promise<void> {
  await kit.restart();
  await page.call('connection.retry', {});
  await online(page);
}
const add = async (name: string, phone: string | null, more: object = {}) =>
  (await page.call('contact.save', { contactId: null, patch: { name, phone, ...more } })).contactId;
const idOf = async (name: string) => {
  const row = (await listed()).find(({ contact }) => contact.name === name);
  if (row === undefined) throw new Error(`no ${name}`);
  return row.contact.id;
};

test('made and changed offline, seen at once, at the gateway later; a value that does not fit is named', async () => {
  await offline();
  const contactId = await add('Ana Souza', '+55 11 98765-4321');
  expect(await names('98765')).toEqual(['Ana Souza']);
  const changed = await page.call('contact.save', {
    contactId,
    patch: { company: 'Lumen', email: 'ANA@lumen.example.org' },
  });
  expect(changed.undoId).not.toBeNull();
  expect((await detail(contactId)).contact).toMatchObject({ company: 'Lumen', phone: '+5511987654321' });
  expect(await page.refused('contact.save', { contactId, patch: { phone: '+49 1' } })).toMatchObject({
    kind: 'invalid_value',
    value: { name: 'phone', reason: 'phone:too_short' },
  });
  await back();
  await settled();
  expect(stored(contactId)).toMatchObject({
    name: 'Ana Souza',
    company: 'Lumen',
    email: 'ana@lumen.example.org',
  });
  await expect.poll(async () => (await listed('Ana'))[0]?.unsynced).toBe(false);
});

test('done to many, and taken back exactly, before and after it has left', async () => {
  const ids = [
    await add('Bo', '+4930111111', { company: 'Old' }),
    await add('Cy', null, { email: 'cy@x.org' }),
  ];
  await settled();
  const before = await Promise.all(ids.map(async (id) => (await detail(id)).contact));
  const action = { type: 'edit' as const, patch: { company: 'New', note: 'met', phone: '+4930222222' } };
  const first = await page.call('contacts.apply', { selection: { contactIds: ids }, action });
  expect(first.changed).toBe(2);
  await settled();
  expect(stored(ids[0] ?? '')).toMatchObject({ company: 'New', note: 'met' });
  await page.call('undo.apply', { undoId: first.undoId ?? '' });
  await settled();
  for (const contact of before) {
    const now = (await detail(contact.id)).contact;
    for (const key of ['name', 'company', 'phone', 'phones', 'email', 'emails', 'note'] as const) {
      expect([key, now[key]]).toEqual([key, contact[key]]);
    }
  }
  await offline();
  const removed = await page.call('contacts.apply', {
    selection: { filter: EVERYBODY, query: 'Bo', except: [] },
    action: { type: 'delete' },
  });
  expect(removed.changed).toBe(1);
  expect(await names()).not.toContain('Bo');
  await page.call('undo.apply', { undoId: removed.undoId ?? '' });
  expect(await names()).toContain('Bo');
  await back();
  await settled();
  expect(stored(ids[0] ?? '')?.deleted).toBe(false);
});

test('two records become one and two again, conversations included', async () => {
  const [one, two] = [await idOf('Customer 491701'), await idOf('Customer 491702')];
  const before = (await detail(two)).contact;
  const { mergeId } = await page.call('contact.merge', {
    winnerId: one,
    loserId: two,
    choices: { name: 'loser' },
  });
  expect(await names()).toEqual(['Customer 491702']);
  await settled();
  await expect.poll(async () => (await detail(one)).conversations.length).toBe(2);
  expect((await detail(one)).merges.map(({ id }) => id)).toEqual([mergeId]);
  await page.call('contact.unmerge', { mergeId });
  await settled();
  await expect.poll(async () => (await detail(two)).conversations.length).toBe(1);
  expect(await names()).toEqual(['Customer 491701', 'Customer 491702']);
  expect((await detail(two)).contact).toMatchObject({ identities: before.identities, phone: before.phone });
});

test('the same number in two records is offered, and no more once they are kept apart', async () => {
  const first = await add('Ana Souza', '+5511987654321');
  const second = await add('Ana S.', '+551187654321');
  await settled();
  const pairs = async () =>
    (await page.call('contacts.duplicates', { contactId: first, offset: 0, limit: 10 })).pairs;
  expect((await pairs())[0]?.reasons).toContain('phone_variant');
  await page.call('contacts.keepApart', { firstId: first, secondId: second, apart: true });
  await expect.poll(async () => (await pairs()).length).toBe(0);
});

test('a custom field is defined by owners, and its values are checked', async () => {
  const field = { name: 'Points', type: 'number' as const, choices: [], position: 0 };
  const { fieldId } = await page.call('field.save', { fieldId: null, field });
  const contactId = await add('Bo', null, { fields: { [fieldId]: '1,5' } });
  await settled();
  expect(stored(contactId)?.fields).toEqual({ [fieldId]: '1.5' });
  expect(
    await page.refused('contact.save', { contactId, patch: { fields: { [fieldId]: 'many' } } }),
  ).toMatchObject({
    value: { name: `field:${fieldId}`, reason: 'not_a_number' },
  });
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  expect(await page.refused('field.save', { fieldId: null, field })).toMatchObject({ kind: 'forbidden' });
});

test('writing first to somebody made offline: the conversation follows the contact; consent or a reason is asked for', async () => {
  await offline();
  const contactId = await add('Bo', '+4930111111');
  const { conversationId } = await page.call('contact.converse', { contactId, channelId: kit.other.id });
  expect(await page.call('contact.converse', { contactId, channelId: kit.other.id })).toEqual({
    conversationId,
  });
  const content = { kind: 'text' as const, body: 'Hello Bo' };
  const send = { conversationId, content, quotedMessageId: null, sendAt: null, seenRev: null };
  const { messageId } = await page.call('message.send', send);
  await back();
  const held = async () =>
    (await page.call('outbox.list', {})).map(({ status }) => [status.state, status.error]);
  await expect.poll(held).toEqual([['held', 'no_consent']]);
  await page.call('message.discard', { conversationId, messageId });
  await page.call('message.send', { ...send, override: 'asked for a call back in the shop' });
  await settled();
  expect(kit.gateway.store.conversations.find(contactId, kit.other.id)?.id).toBe(conversationId);
  expect(await texts(page, conversationId)).toEqual(['Hello Bo']);
});

test('STOP withdraws marketing and is shown; consent that is recorded stands in the ledger', async () => {
  kit.inbound('491701', 'STOP');
  const contactId = await idOf('Customer 491701');
  await expect
    .poll(async () => (await detail(contactId)).consents[0])
    .toMatchObject({ purpose: 'marketing', state: 'withdrawn', method: 'keyword' });
  await page.call('consent.record', {
    contactId,
    purpose: 'marketing',
    channelKind: null,
    state: 'given',
    at: Date.now(),
    method: 'paper',
    source: 'form 7',
  });
  expect((await detail(contactId)).consents[0]).toMatchObject({ state: 'given', source: 'form 7' });
  await settled();
});

test('a restricted person is veiled, not found, not exported, not notified of and not written to', async () => {
  const contactId = await idOf('Customer 491701');
  const [row] = (await inbox(page)).filter((one) => one.contactName === 'Customer 491701');
  await page.call('contact.restrict', { contactId, reason: 'asked for it' });
  await settled();
  const found = await page.call('search.query', { text: 'blue', conversationId: null, limit: 10 });
  expect(found.hits).toEqual([]);
  const prepared = await page.call('export.prepare', {
    selection: { filter: EVERYBODY, query: '', except: [] },
    sort: { by: 'name', descending: false },
    format: 'csv',
  });
  expect(prepared).toMatchObject({ contacts: 1, restricted: 1 });
  const content = { kind: 'text' as const, body: 'Hello' };
  const conversationId = row?.conversation.id ?? '';
  await page.call('message.send', {
    conversationId,
    content,
    quotedMessageId: null,
    sendAt: null,
    seenRev: null,
  });
  await expect
    .poll(async () => (await page.call('outbox.list', {})).map(({ status }) => status.error))
    .toEqual(['restricted']);
  page.events.length = 0;
  kit.inbound('491701', 'Still there?');
  kit.inbound('491702', 'A word of another');
  const told = () =>
    page.events.flatMap(({ event, data }) => (event === 'notification' ? [JSON.stringify(data)] : []));
  await expect.poll(() => told().join()).toContain('A word of another');
  expect(told().join()).not.toContain('Still there?');
});
