import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { ProviderFact } from '../providers/provider.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

type MessageFact = Extract<ProviderFact, { type: 'message' }>;

const T = 1_700_000_000_000;
let store: Store;
let ws = 0;
let channelId = '';
beforeEach(() => {
  store = openStore(':memory:');
  ({ ws } = store.createWorkspace('A'));
  channelId = channel('100', 24);
});
afterEach(() => store.close());

function channel(externalId: string, windowHours: number | null): string {
  return store.channels.create(ws, {
    kind: 'whatsapp',
    name: externalId,
    address: null,
    official: true,
    provider: 'test',
    externalId,
    capabilities: {
      windowHours,
      templates: true,
      qualityRating: true,
      reactions: true,
      quotes: true,
      readReceipts: true,
      textLimit: 4096,
      uploads: {},
    },
    health: { state: 'connected', quality: 'green', messagingLimit: null, detail: null, source: 'test' },
  }).id;
}
function fact(fields: Partial<MessageFact> & { providerId: string }): MessageFact {
  return {
    type: 'message',
    channelId,
    party: {
      identity: {
        channelKind: 'whatsapp',
        externalId: '1',
        parentExternalId: null,
        phone: '+1',
        username: null,
      },
      name: 'Ada',
    },
    direction: 'in',
    dedupKey: fields.providerId,
    sentAt: T,
    content: { kind: 'text', body: 'hello' },
    quotedProviderId: null,
    forwarded: 'no',
    referral: null,
    ...fields,
  };
}
function ingest(...facts: ProviderFact[]): void {
  store.ingest(facts, { provider: 'test', body: JSON.stringify(facts), receivedAt: T });
}
function message(providerId: string): Message {
  return store.messages.findByProviderId(channelId, providerId)!.message;
}
function contact(externalId = '1'): Contact {
  return store.contacts.find(ws, 'whatsapp', externalId)!;
}
function conversation(of = channelId): Conversation {
  return store.conversations.find(contact().id, of)!;
}
function head(): number {
  return store.log.ends(ws).head;
}

test('a first message makes contact and conversation; redelivery changes nothing', () => {
  ingest(fact({ providerId: 'a' }));
  expect(conversation()).toMatchObject({
    status: 'open',
    unread: 1,
    waitingSince: T,
    lastInboundAt: T,
    windowEndsAt: T + 24 * HOUR,
    activeAt: T,
    lastMessage: { text: 'hello' },
  });
  const types = [...store.log.after(ws, 0, 100)].map((row) => row.type);
  expect(types.slice(-2)).toEqual(['contact.changed', 'message.created']);
  const before = head();
  ingest(fact({ providerId: 'a' }));
  ingest(fact({ providerId: 'a' }), fact({ providerId: 'b', dedupKey: 'a' }));
  expect(head()).toBe(before);
});

test('a channel without a window gets none', () => {
  const free = channel('200', null);
  ingest(fact({ providerId: 'a', channelId: free }));
  expect(conversation(free).windowEndsAt).toBeNull();
});

test('a message reopens what was closed; one that comes late does not take the place of the newest', () => {
  ingest(fact({ providerId: 'a' }));
  store.conversations.change(ws, conversation(), { status: 'closed', unread: 0 }, T);
  ingest(fact({ providerId: 'b', sentAt: T - 5_000, content: { kind: 'text', body: 'late' } }));
  expect(conversation()).toMatchObject({
    status: 'open',
    unread: 1,
    activeAt: T,
    lastMessage: { text: 'hello' },
  });
});

test('who writes again after it was closed waits since then, not since what was left unanswered months ago', () => {
  ingest(fact({ providerId: 'a' }));
  ingest(fact({ providerId: 'b', sentAt: T + 1_000 }));
  expect(conversation().waitingSince).toBe(T);
  store.conversations.change(ws, conversation(), { status: 'closed' }, T);
  ingest(fact({ providerId: 'c', sentAt: T + 90_000 }));
  ingest(fact({ providerId: 'd', sentAt: T + 95_000 }));
  expect(conversation().waitingSince).toBe(T + 90_000);
});

test('an answer from the phone ends the waiting; what the provider says about a number does not ask for one', () => {
  ingest(fact({ providerId: 'a' }));
  ingest(fact({ providerId: 'b', direction: 'out', sentAt: T + 1 }));
  expect(conversation()).toMatchObject({ unread: 0, waitingSince: null });
  expect(message('b')).toMatchObject({ author: { type: 'phone' }, delivery: { status: 'sent' } });
  store.conversations.change(ws, conversation(), { status: 'closed' }, T);
  const content = { kind: 'system' as const, event: 'number_changed' as const, text: 'new number' };
  ingest(fact({ providerId: 'c', sentAt: T + 2, content }));
  expect(conversation()).toMatchObject({ status: 'closed', unread: 0, lastMessage: { kind: 'system' } });
});

test('an identity is known by kind and external id: a phone number is only an attribute', () => {
  ingest(fact({ providerId: 'a' }));
  const hidden = {
    channelKind: 'whatsapp' as const,
    externalId: 'US.1',
    parentExternalId: null,
    phone: '+1',
    username: 'ada',
  };
  ingest(fact({ providerId: 'b', party: { identity: hidden, name: null } }));
  expect(contact('US.1').id).not.toBe(contact('1').id);
  const moved = { ...hidden, externalId: '2', phone: '+2' };
  ingest({
    type: 'identity',
    channelId,
    previous: contact().identities[0]!,
    party: { identity: moved, name: 'Ada' },
  });
  expect(contact('2').id).toBe(contact('1').id);
  expect(contact()).toMatchObject({ phone: '+2', identities: [{ externalId: '1' }, { externalId: '2' }] });
});

test('a name that was only a number is replaced when the real one is known; a given one stays', () => {
  const { identity } = fact({ providerId: 'x' }).party;
  ingest(fact({ providerId: 'a', party: { identity, name: null } }));
  expect(contact().name).toBe('+1');
  ingest(fact({ providerId: 'b', party: { identity, name: 'Ada' } }));
  expect(contact().name).toBe('Ada');
  ingest(fact({ providerId: 'c', party: { identity, name: 'Someone else' } }));
  expect(contact().name).toBe('Ada');
});

test('a name cannot turn the text beside it around, and one of nothing but that is none', () => {
  const { identity } = fact({ providerId: 'x' }).party;
  ingest(fact({ providerId: 'a', party: { identity, name: '\u202E' } }));
  expect(contact().name).toBe('+1');
  ingest(fact({ providerId: 'b', party: { identity, name: '\u202EadA' } }));
  expect(contact().name).toBe('adA');
});

test('consent: the newest word holds, an old one changes nothing', () => {
  ingest(fact({ providerId: 'a' }));
  const { party } = fact({ providerId: 'a' });
  const say = (state: 'opted_in' | 'opted_out', at: number) =>
    ingest({ type: 'consent', channelId, party, consent: { state, at, source: 'WhatsApp' } });
  say('opted_out', T + 5);
  say('opted_in', T + 1);
  expect(contact().consent).toEqual({ state: 'opted_out', at: T + 5, source: 'WhatsApp' });
});

test('health and templates change only when something is new', () => {
  ingest({ type: 'health', channelId, health: { quality: 'red' } });
  ingest({ type: 'template', channelId, name: 'offer', language: 'en', change: { state: 'paused' } });
  expect(store.channels.get(channelId)!.channel.health.quality).toBe('red');
  expect(store.catalogue.templateByName(channelId, 'offer', 'en')).toMatchObject({
    state: 'paused',
    category: 'other',
  });
  const before = head();
  ingest({ type: 'health', channelId, health: { quality: 'red' } });
  ingest({ type: 'template', channelId, name: 'offer', language: 'en', change: { state: 'paused' } });
  expect(head()).toBe(before);
});

test('a message of an unknown kind names the payload that was kept', () => {
  const content = { kind: 'unknown' as const, type: 'hologram', detail: null, rawId: null };
  ingest(fact({ providerId: 'a', content }));
  const stored = message('a').content;
  const rawId = stored.kind === 'unknown' ? stored.rawId : null;
  expect(store.raw.get(rawId!)).toMatchObject({ provider: 'test', receivedAt: T });
});

test('a payload that fails as a whole leaves nothing behind', () => {
  const before = head();
  expect(() =>
    ingest(fact({ providerId: 'a' }), fact({ providerId: 'b', channelId: 'no such channel' })),
  ).toThrow('a channel that does not exist');
  expect(head()).toBe(before);
  expect(store.contacts.find(ws, 'whatsapp', '1')).toBeNull();
});

test('whatever the order and however often facts come, the message ends the same', () => {
  const facts: ProviderFact[] = [
    fact({ providerId: 'a', direction: 'out' }),
    { type: 'status', channelId, providerId: 'a', status: 'delivered', at: T + 10, error: null },
    { type: 'status', channelId, providerId: 'a', status: 'read', at: T + 20, error: null },
    { type: 'edit', channelId, providerId: 'a', content: { kind: 'text', body: 'second' }, at: T + 11 },
    { type: 'edit', channelId, providerId: 'a', content: { kind: 'text', body: 'third' }, at: T + 12 },
    { type: 'reaction', channelId, providerId: 'a', by: 'contact', emoji: '👍', at: T + 13 },
    { type: 'reaction', channelId, providerId: 'a', by: 'contact', emoji: null, at: T + 14 },
  ];
  const deletion: ProviderFact = { type: 'delete', channelId, providerId: 'a', at: T + 30, by: 'contact' };
  const seed = Number(process.env['PARLEY_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed} (PARLEY_SEED repeats it)`);
  const order = fc.tuple(
    fc.shuffledSubarray(facts, { minLength: facts.length }),
    fc.array(fc.constantFrom(...facts), { maxLength: 10 }),
  );
  fc.assert(
    fc.property(order, ([first, again]) => {
      const own = openStore(':memory:');
      try {
        const inner = own.createWorkspace('A');
        const row = store.channels.get(channelId)!;
        own.channels.create(inner.ws, { ...row.channel, provider: 'test', externalId: '100' });
        for (const one of [...first, ...again]) {
          own.ingest([one], { provider: 'test', body: JSON.stringify(one), receivedAt: T });
        }
        const result = own.messages.findByProviderId(channelId, 'a')!.message;
        expect(result).toMatchObject({
          content: { kind: 'text', body: 'third' },
          delivery: { status: 'read', at: T + 20 },
          reactions: [],
          editedAt: T + 12,
        });
        // Deleted at the end: nothing that comes after it, or comes again, brings anything back.
        for (const one of [deletion, ...again, deletion]) {
          own.ingest([one], { provider: 'test', body: JSON.stringify(one), receivedAt: T });
        }
        const gone = own.messages.findByProviderId(channelId, 'a')!.message;
        expect(gone).toMatchObject({ deletedAt: T + 30, deletedBy: 'contact', delivery: { status: 'read' } });
        const contactId = own.contacts.find(inner.ws, 'whatsapp', '1')!.id;
        expect(own.conversations.find(contactId, channelId)!.lastMessage).toMatchObject({
          text: '',
          status: 'read',
        });
      } finally {
        own.close();
      }
    }),
    { seed, numRuns: 60 },
  );
});
