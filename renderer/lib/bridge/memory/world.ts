/** A small made-up workspace for tests and for looking at the page: everything that the contract can show, at least once. */
import type { ConversationRow, ThreadItem } from '../../../../shared/contract/rows.ts';
import type { Channel } from '../../../../shared/domain/channel.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import type { Conversation } from '../../../../shared/domain/conversation.ts';
import { previewText } from '../../../../shared/domain/message-content.ts';
import type { Message } from '../../../../shared/domain/message.ts';
import type { Label, User } from '../../../../shared/domain/workspace.ts';
import { everyKind } from './everyKind.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface World {
  readonly me: User;
  readonly users: User[];
  readonly channels: Channel[];
  readonly labels: Label[];
  readonly contacts: Map<string, Contact>;
  readonly conversations: Map<string, Conversation>;
  readonly threads: Map<string, ThreadItem[]>;
  readonly drafts: Map<string, string>;
}

function user(id: string, name: string, role: User['role']): User {
  return { id, name, email: `${id}@example.com`, role, channelIds: null, disabled: false, rev: 1 };
}

function channel(id: string, name: string, kind: Channel['kind'], official: boolean): Channel {
  return {
    id,
    kind,
    name,
    address: null,
    official,
    capabilities: {
      windowHours: official ? 24 : null,
      templates: official,
      qualityRating: official,
      reactions: kind === 'whatsapp',
      quotes: kind === 'whatsapp',
      readReceipts: kind === 'whatsapp',
      textLimit: kind === 'sms' ? 480 : 4096,
      uploads: {},
    },
    health: { state: 'connected', quality: 'green', messagingLimit: null, detail: null, source: 'Meta' },
    firstReplyMinutes: official ? 15 : null,
    rev: 1,
  };
}

const NAMES = [
  'Beatriz Carvalho',
  'Omar Haddad',
  'Jürgen Weiß',
  'محمد عبد الرحمن',
  'Priya Raghunathan-Venkataraman of Chennai Logistics and Partners',
  'Yuki Tanaka',
  '+34 612 345 678',
  'Chloé Dubois',
  'Nguyễn Thị Minh Khai',
  'Sam',
];

const TALK = [
  'Hi! Is the blue one back in stock?',
  'Good morning, my parcel 4471 was due on Tuesday and it still says “in transit”.',
  'Thank you so much, that solved it 🙏',
  'Could you send the invoice to my accountant as well? She needs it by Friday, otherwise we have to book it next quarter.',
  'مرحبا، هل يمكنني تغيير موعد التسليم؟',
  'Ich würde gerne die Lieferadresse ändern.',
  '*Urgent:* the door code does not work. See https://status.example.com/doors?id=7 please.',
  'ok',
];

const ANSWERS = [
  'Good morning! Let me check that for you.',
  'It left our warehouse yesterday; you will have it tomorrow before noon.',
  'Of course. I have just sent it again.',
  'You’re welcome!',
];

/** `size` conversations; the first shows every kind of message, the second has a thread of `long` messages. */
export function createWorld(now: number, size = 60, long = 400): World {
  const users = [
    user('ana', 'Ana Ribeiro', 'agent'),
    user('tom', 'Tom Becker', 'agent'),
    user('sue', 'Sue Okafor', 'supervisor'),
  ];
  const channels = [
    channel('support', 'Support', 'whatsapp', true),
    channel('shop', 'Shop Lisbon', 'whatsapp', false),
    channel('sms', 'SMS', 'sms', false),
  ];
  const labels: Label[] = [
    { id: 'l1', name: 'Delivery', colour: 'orange', deleted: false, rev: 1 },
    { id: 'l2', name: 'Refund', colour: 'red', deleted: false, rev: 1 },
    { id: 'l3', name: 'VIP', colour: 'violet', deleted: false, rev: 1 },
  ];
  const world: World = {
    me: users[0] ?? user('ana', 'Ana Ribeiro', 'agent'),
    users,
    channels,
    labels,
    contacts: new Map(),
    conversations: new Map(),
    threads: new Map(),
    drafts: new Map([['c3', 'Dear Jürgen, the address can still be changed until']]),
  };
  for (let index = 0; index < size; index += 1) addConversation(world, index, now, long);
  return world;
}

function addConversation(world: World, index: number, now: number, long: number): void {
  const id = `c${String(index)}`;
  const channelOf = world.channels[[0, 0, 1, 0, 2, 1][index % 6] ?? 0];
  if (channelOf === undefined) return;
  const base = NAMES[index % NAMES.length] ?? 'Sam';
  const name = index < NAMES.length ? base : `${base} ${String(Math.floor(index / NAMES.length) + 1)}`;
  const end = now - index * index * 7 * MINUTE - MINUTE;
  const contact: Contact = {
    id: `k${String(index)}`,
    name,
    company: null,
    phone: name.startsWith('+') ? name : `+55 11 9${String(10_000_000 + index * 7919)}`,
    phones: [],
    email: null,
    emails: [],
    language: null,
    timeZone: null,
    fields: {},
    labelIds: [],
    note: '',
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    restriction: null,
    identities: [],
    provenance: {},
    mergedInto: null,
    deleted: false,
    createdAt: end - 90 * 24 * HOUR,
    updatedAt: end,
    rev: 1,
  };
  const items =
    index === 0
      ? everyKind(id, channelOf.id, end)
      : talk(id, channelOf.id, end, index === 1 ? long : 6 + ((index * 5) % 40));
  const messages = items.flatMap((item) => (item.type === 'message' ? [item.message] : []));
  const last = messages.at(-1);
  const lastInbound = messages.findLast((message) => message.direction === 'in');
  const unread = last?.direction === 'in' ? ([3, 1, 12, 0][index % 4] ?? 0) : 0;
  world.contacts.set(contact.id, contact);
  world.threads.set(id, items);
  world.conversations.set(id, {
    id,
    channelId: channelOf.id,
    contactId: contact.id,
    status: index % 11 === 10 ? 'closed' : 'open',
    snoozedUntil: null,
    closeReason: null,
    teamId: null,
    assigneeId: ['ana', 'ana', null, 'tom', 'ana', null][index % 6] ?? null,
    labelIds: index % 5 === 0 ? ['l1'] : index % 7 === 0 ? ['l2', 'l3'] : [],
    unread,
    waitingSince: null,
    lastInboundAt: lastInbound?.sentAt ?? null,
    windowEndsAt: channelOf.official && lastInbound !== undefined ? lastInbound.sentAt + 24 * HOUR : null,
    lastMessage:
      last === undefined
        ? null
        : {
            id: last.id,
            kind: last.content.kind,
            text: previewText(last.content),
            direction: last.direction,
            status: last.delivery?.status ?? null,
            at: last.sentAt,
          },
    activeAt: last?.sentAt ?? end,
    createdAt: end - 30 * 24 * HOUR,
    rev: 1,
  });
}

/** A message with everything that most do not have left out. */
export function messageOf(patch: Partial<Message> & Pick<Message, 'id' | 'sentAt' | 'content'>): Message {
  return {
    conversationId: 'c0',
    channelId: 'support',
    direction: 'in',
    author: { type: 'contact' },
    quote: null,
    forwarded: 'no',
    referral: null,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery: null,
    providerId: null,
    rev: 1,
    ...patch,
  };
}

function talk(conversationId: string, channelId: string, end: number, length: number): ThreadItem[] {
  const items: ThreadItem[] = [];
  for (let index = 0; index < length; index += 1) {
    const back = length - 1 - index;
    const outbound = index % 3 === 1;
    const sentAt = end - back * 47 * MINUTE + (index % 2) * 44 * MINUTE;
    const body = outbound ? ANSWERS[index % ANSWERS.length] : TALK[(index * 3) % TALK.length];
    items.push({
      type: 'message',
      outbox: null,
      message: messageOf({
        id: `${conversationId}-${String(index).padStart(5, '0')}`,
        conversationId,
        channelId,
        sentAt,
        content: { kind: 'text', body: `${body ?? ''}${length > 100 ? ` (${String(index + 1)})` : ''}` },
        ...(outbound
          ? {
              direction: 'out' as const,
              author: { type: 'user' as const, userId: index % 2 === 0 ? 'tom' : 'ana' },
              delivery: { status: back > 4 ? 'read' : 'delivered', at: sentAt, attempt: 1, error: null },
            }
          : {}),
      }),
    });
  }
  return items;
}

/** The list row of a conversation. */
export function rowOf(world: World, conversation: Conversation): ConversationRow {
  const items = world.threads.get(conversation.id) ?? [];
  const outgoing = items.flatMap((item) =>
    item.type === 'message' && item.message.delivery !== null ? [item] : [],
  );
  return {
    conversation,
    contactName: world.contacts.get(conversation.contactId)?.name ?? '',
    draft: world.drafts.get(conversation.id) ?? null,
    failed: outgoing.filter(
      (item) => item.message.delivery?.status === 'failed' || item.outbox?.state === 'held',
    ).length,
    unsent: outgoing.filter((item) => item.outbox !== null).length,
    pinned: false,
    mentioned: false,
  };
}
