import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Activity } from '../../shared/domain/activity.ts';
import { checkFieldValue } from '../../shared/domain/contact-field.ts';
import { Contact as ContactState } from '../../shared/domain/contact.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { Conversation } from '../../shared/domain/conversation.ts';
import { duplicateReasons } from '../../shared/domain/duplicates.ts';
import { LibraryItem } from '../../shared/domain/library.ts';
import { MessageContent } from '../../shared/domain/message-content.ts';
import { Message } from '../../shared/domain/message.ts';
import type { Note } from '../../shared/domain/message.ts';
import { RightsRequest } from '../../shared/domain/rights.ts';
import type { Team } from '../../shared/domain/team.ts';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import { parseEvent } from '../../shared/protocol/events.ts';
import { simulatedBytes } from '../providers/simulator/media/files.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { demoCast, demoChannelIds, demoCustomers } from './cast.ts';
import { DEMO_SEED, seedDemo } from './seed.ts';
import type { DemoWorkspace } from './seed.ts';

const NOW = 1_800_000_000_000;
let store: Store;
let demo: DemoWorkspace;
/** Milliseconds. */
let took: number;
let messages: Message[];
let conversations: Conversation[];

function rows<T>(from: Store, table: string): T[] {
  return from.db
    .prepare<{ state: string }>(`SELECT state FROM ${table}`)
    .all()
    .map(({ state }) => JSON.parse(state) as T);
}

beforeAll(() => {
  store = openStore(':memory:');
  const begun = process.cpuUsage();
  demo = seedDemo(store, { now: NOW, passwordHash: 'none' });
  const spent = process.cpuUsage(begun);
  took = (spent.user + spent.system) / 1000;
  messages = rows<Message>(store, 'messages').map((state) => Message.parse(state));
  conversations = rows<Conversation>(store, 'conversations').map((state) => Conversation.parse(state));
});

afterAll(() => {
  store.close();
});

test('200 conversations in under three seconds', () => {
  // Of the processor, not of the clock on the wall: other tests run beside this one.
  expect(conversations).toHaveLength(200);
  expect(took).toBeLessThan(3000);
});

test('most are 3 to 60 messages long, one is made for scrolling', () => {
  const lengths = new Map<string, number>();
  for (const { conversationId } of messages)
    lengths.set(conversationId, (lengths.get(conversationId) ?? 0) + 1);
  const sorted = [...lengths.values()].toSorted((a, b) => a - b);
  expect(sorted).toHaveLength(200);
  expect(sorted[0]).toBeGreaterThanOrEqual(3);
  expect(sorted.at(-2)).toBeLessThanOrEqual(60);
  expect(sorted.at(-1)).toBeGreaterThanOrEqual(1_400);
});

test('every kind of message is there, and every state of delivery', () => {
  const kinds = new Set(messages.map(({ content }) => content.kind));
  expect(kinds).toEqual(new Set(MessageContent.options.map((option) => option.shape.kind.value)));
  const states = new Set(messages.flatMap(({ delivery }) => (delivery === null ? [] : [delivery.status])));
  expect(states).toEqual(new Set(['sent', 'delivered', 'read', 'played', 'failed']));
  const reasons = new Set(messages.flatMap(({ delivery }) => delivery?.error?.kind ?? []));
  expect(reasons.size).toBeGreaterThanOrEqual(5);
  expect(messages.some(({ reactions }) => reactions.length > 0)).toBe(true);
  expect(messages.some(({ editedAt, revisions }) => editedAt !== null && revisions.length > 0)).toBe(true);
  expect(messages.some(({ deletedAt }) => deletedAt !== null)).toBe(true);
  expect(messages.some(({ quote }) => quote?.messageId != null)).toBe(true);
  expect(messages.some(({ author }) => author.type === 'phone')).toBe(true);
  expect(messages.some(({ referral }) => referral !== null)).toBe(true);
});

test('nothing happens after now, and some of it minutes ago', () => {
  expect(Math.max(...messages.map(({ sentAt }) => sentAt))).toBeLessThanOrEqual(NOW);
  const times = messages.flatMap(({ editedAt, deletedAt, delivery, reactions }) => [
    editedAt ?? 0,
    deletedAt ?? 0,
    delivery?.at ?? 0,
    ...reactions.map(({ at }) => at),
  ]);
  expect(Math.max(...times)).toBeLessThanOrEqual(NOW + 2 * MINUTE);
  expect(conversations.filter(({ activeAt }) => activeAt > NOW - HOUR).length).toBeGreaterThan(15);
});

test('windows are open, closing soon, and closed; only the official channel has them', () => {
  const ends = conversations.flatMap(({ windowEndsAt, channelId }) => {
    if (windowEndsAt !== null) expect(channelId).toBe(demo.channelIds.sales);
    return windowEndsAt === null ? [] : [windowEndsAt];
  });
  expect(ends.filter((end) => end > NOW + 2 * HOUR).length).toBeGreaterThan(10);
  expect(ends.filter((end) => end > NOW && end < NOW + 2 * HOUR).length).toBeGreaterThan(2);
  expect(ends.filter((end) => end < NOW).length).toBeGreaterThan(40);
});

test('the inbox has a queue, assigned, snoozed and closed conversations, and unread ones', () => {
  const maya = store.people.users(demo.ws).find(({ email }) => email === demo.email)?.id;
  const count = (fits: (conversation: Conversation) => boolean) => conversations.filter(fits).length;
  expect(count(({ status, assigneeId }) => status === 'open' && assigneeId === null)).toBeGreaterThan(40);
  expect(count(({ status, assigneeId }) => status === 'open' && assigneeId === maya)).toBeGreaterThan(15);
  expect(count(({ status }) => status === 'snoozed')).toBeGreaterThan(4);
  expect(count(({ status }) => status === 'closed')).toBeGreaterThan(50);
  expect(count(({ unread }) => unread > 0)).toBeGreaterThan(20);
  expect(count(({ labelIds }) => labelIds.length > 0)).toBeGreaterThan(60);
});

test('people work together: teams, a timeline, notes for Maya, a library that everybody finds', () => {
  const of = <T>(table: string) => rows<T>(store, table);
  expect(of<Team>('teams').map(({ name }) => name)).toEqual(['Sales', 'Service']);
  const waiting = conversations.filter(({ teamId, assigneeId }) => teamId !== null && assigneeId === null);
  expect(waiting.length).toBeGreaterThan(5);
  expect(new Set(waiting.map(({ teamId }) => teamId)).size).toBe(2);
  const activities = of<Activity>('activities').map((activity) => Activity.parse(activity));
  const kinds = ['assigned', 'taken_over', 'closed', 'snoozed', 'label_added'];
  expect(new Set(activities.map(({ kind }) => kind))).toEqual(new Set(kinds));
  expect(activities.some(({ note, kind }) => note !== null && kind === 'assigned')).toBe(true);
  expect(Math.max(...activities.map(({ at }) => at))).toBeLessThanOrEqual(NOW + MINUTE);
  const maya = store.people.users(demo.ws).find(({ email }) => email === demo.email)?.id ?? '';
  const mentions = of<Note>('notes').filter((note) => note.mentions.includes(maya));
  expect(mentions.length).toBeGreaterThan(3);
  const items = of<LibraryItem>('library').map((item) => LibraryItem.parse(item));
  const count = (kind: string) =>
    items.filter(({ content, scope }) => content.kind === kind && scope === 'team').length;
  expect([count('canned_reply'), count('macro'), count('saved_view')]).toEqual([12, 4, 2]);
  expect(
    conversations.some(({ status, snoozedUntil }) => status === 'snoozed' && snoozedUntil === null),
  ).toBe(true);
  expect(conversations.some(({ closeReason }) => closeReason !== null)).toBe(true);
});

test('texts are filled in: no blank is left anywhere', () => {
  expect(messages.filter((message) => /\{\w+\}/u.test(JSON.stringify(message.content)))).toEqual([]);
});

test('contacts speak seven languages, and some hide their number', () => {
  const contacts = rows<Contact>(store, 'contacts').filter(({ identities }) => identities.length > 0);
  expect(contacts).toHaveLength(200);
  expect(new Set(contacts.map(({ language }) => language)).size).toBe(7);
  const hidden = contacts.filter(({ phone }) => phone === null);
  expect(hidden.length).toBeGreaterThan(1);
  for (const { identities } of hidden) expect(identities[0]?.externalId).toMatch(/^[A-Z]{2}\.\d+$/u);
  expect(new Set(contacts.flatMap(({ phone }) => phone ?? [])).size).toBe(contacts.length - hidden.length);
});

test('the contact manager has life: fields, companies, consent, duplicates, segments, a request', () => {
  const contacts = rows<Contact>(store, 'contacts').map((state) => ContactState.parse(state));
  const fields = new Map(store.fields.list(demo.ws).map((field) => [field.id, field]));
  expect(new Set([...fields.values()].map(({ type }) => type)).size).toBeGreaterThanOrEqual(6);
  for (const contact of contacts) {
    for (const [id, value] of Object.entries(contact.fields)) {
      expect(checkFieldValue(fields.get(id)!, value, '')).toEqual({ ok: true, value });
    }
  }
  expect(contacts.filter(({ company }) => company !== null).length).toBeGreaterThan(20);
  const states = contacts.map(({ consent }) => consent.state);
  expect(states.filter((state) => state === 'opted_in').length).toBeGreaterThan(30);
  expect(states.filter((state) => state === 'opted_out').length).toBeGreaterThan(5);
  const reasons = contacts.flatMap((one, index) =>
    contacts.slice(index + 1).flatMap((other) => duplicateReasons(one, other)),
  );
  expect(new Set(reasons)).toEqual(new Set(['same_phone', 'phone_variant', 'same_email', 'close_name']));
  const segments = rows<LibraryItem>(store, 'library').filter(({ content }) => content.kind === 'segment');
  expect(segments.length).toBeGreaterThanOrEqual(2);
  const [request] = rows<RightsRequest>(store, 'rights_requests').map((state) => RightsRequest.parse(state));
  expect(request).toMatchObject({ state: 'open', kind: 'access' });
  expect(request!.promise.policyId).toBe(store.catalogue.policy(demo.ws).id);
});

test('every event of the log fits its schema', () => {
  const events = store.db.prepare<{ event: string }>('SELECT event FROM log').all();
  expect(events.length).toBeGreaterThan(messages.length);
  const bad = events.map(({ event }) => parseEvent(JSON.parse(event))).filter((parsed) => !parsed.ok);
  expect(bad).toEqual([]);
});

test('files of messages can be fetched', () => {
  const files = store.db.prepare<{ id: string }>('SELECT DISTINCT provider_media_id AS id FROM media').all();
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter(({ id }) => simulatedBytes(id) === null)).toEqual([]);
});

test('the same seed makes the same people; the simulator plays those of this store', () => {
  expect(JSON.stringify(demoCustomers(5))).toBe(JSON.stringify(demoCustomers(5)));
  expect(JSON.stringify(demoCustomers(5))).not.toBe(JSON.stringify(demoCustomers(6)));
  expect(demoChannelIds(store)).toEqual(demo.channelIds);
  const cast = demoCast(DEMO_SEED, demo.channelIds);
  for (const { party } of cast) {
    expect(
      store.contacts.find(demo.ws, party.identity.channelKind, party.identity.externalId),
    ).not.toBeNull();
  }
  const empty = openStore(':memory:');
  expect(demoChannelIds(empty)).toBeNull();
  empty.close();
});
