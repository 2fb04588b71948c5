/**
 * The data of the benchmarks: a workspace with up to a million messages, every one a function of the seed and its number. What
 * is held in memory are three integers per message; pages and events are made when they are asked for.
 *
 * Shape (measured.md): 123 bytes of text, sizes of conversations after Zipf with the largest of about 18,900 in a million,
 * messages of all conversations mixed over two years, 16-byte ids written as the product writes them.
 */
import { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { previewText, type MessageContent } from '../../shared/domain/message-content.ts';
import type { Message } from '../../shared/domain/message.ts';
import { DAY, HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { ConversationPage, HistoryPage, Snapshot } from '../../shared/protocol/sync.ts';
import { channels, labels, me, policy, users, workspace } from './directory.ts';
import { mix, shuffledMultiset, uuid7 } from './random.ts';
import { makeWords, type Words } from './words.ts';

/** `giant`: one more conversation of so many messages, its newest the newest of all, for the thread that is scrolled through. */
export type DatasetSize = { messages: number; conversations: number; giant: number };

export const SEED = 20_260_601;
/** Raised when the generated data changes, so that kept files are made anew. */
export const DATASET_VERSION = 1;

const END = Date.UTC(2026, 9, 1);
const SPAN = 730 * DAY;
/** Shift of the sizes' distribution at which the largest of 20,000 conversations has 1.89 % of the messages. */
const SIZE_SHIFT = 5.6;
/** As the reference gateway does: with the first conversations come enough messages to read, with the later ones the newest alone. */
const FIRST_CONVERSATIONS = 100;
const FIRST_MESSAGES = 20;
const LATER_MESSAGES = 1;

const FIRST_NAMES = [
  'Alma',
  'Bruno',
  'Carla',
  'Dario',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Inês',
  'Jonas',
  'Kaori',
  'Luís',
];
const LAST_NAMES = [
  'Abreu',
  'Becker',
  'Costa',
  'Duarte',
  'Evans',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ito',
  'Jansen',
  'Klein',
];

export type Dataset = {
  size: DatasetSize;
  words: Words;
  /** Number of the last event: `rev` of nothing is higher. */
  head: number;
  snapshot(): Snapshot;
  /** `cursor` and `next` as on the wire. */
  conversationPage(cursor: string | null, limit: number): ConversationPage;
  historyPage(cursor: string | null, limit: number): HistoryPage;
  threadPage(conversation: number, cursor: string | null, limit: number): HistoryPage;
  /** Messages of conversation `k`, oldest first, as numbers of messages. */
  thread(k: number): Int32Array;
  /** The conversation of message `index`. */
  conversationOf(index: number): number;
  /** Conversations by their newest message, newest first. */
  order: Int32Array;
  conversationId(k: number): string;
  conversation(k: number): Conversation;
  contact(k: number): Contact;
  message(index: number): Message;
  /** The `n`th event after the head: a message that has just come in, with its conversation after it. */
  liveEvent(n: number, seq: number): { seq: number; at: number; type: 'message.created'; data: object };
};

/** Number of messages of each conversation, largest first, adding up to `messages`; none is empty. */
function sizesOf({ messages, conversations }: DatasetSize): Int32Array {
  const weights = Array.from({ length: conversations }, (_, k) => 1 / (k + 1 + SIZE_SHIFT));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const sizes = Int32Array.from(weights, (weight) => Math.max(1, Math.floor((weight / sum) * messages)));
  let missing = messages - sizes.reduce((total, size) => total + size, 0);
  for (let k = 0; missing > 0; k = (k + 1) % conversations) {
    sizes[k] = (sizes[k] ?? 0) + 1;
    missing -= 1;
  }
  return sizes;
}

export function makeDataset(size: DatasetSize, seed: number = SEED): Dataset {
  const total = size.messages + size.giant;
  const count = size.conversations + (size.giant > 0 ? 1 : 0);
  const words = makeWords(seed, size.messages);
  const sizes = sizesOf(size);

  // The giant's messages are the oldest ones, but for one, which puts it on top of the list.
  const conversationOf = new Int32Array(total);
  const oldest = Math.max(0, size.giant - 1);
  conversationOf.fill(size.conversations);
  conversationOf.set(shuffledMultiset(sizes, mix(seed, 10)), oldest);

  const offsets = new Int32Array(count + 1);
  for (const k of conversationOf) offsets[k + 1] = (offsets[k + 1] ?? 0) + 1;
  for (let k = 0; k < count; k += 1) offsets[k + 1] = (offsets[k + 1] ?? 0) + (offsets[k] ?? 0);
  const places = new Int32Array(total);
  const filled = offsets.slice();
  for (let i = 0; i < total; i += 1) {
    const k = conversationOf[i] ?? 0;
    const at = filled[k] ?? 0;
    places[at] = i;
    filled[k] = at + 1;
  }
  const thread = (k: number): Int32Array => places.subarray(offsets[k] ?? 0, offsets[k + 1] ?? 0);
  const newestOf = (k: number): number => places[(offsets[k + 1] ?? 1) - 1] ?? 0;
  const order = Int32Array.from({ length: count }, (_, k) => k).sort((a, b) => newestOf(b) - newestOf(a));

  const step = SPAN / total;
  const salt = { id: mix(seed, 20), time: mix(seed, 21), kind: mix(seed, 22), conversation: mix(seed, 23) };

  const sentAt = (index: number): number =>
    Math.floor(END - SPAN + index * step + (mix(salt.time, index) / 0x1_0000_0000) * step * 0.9);
  const messageId = (index: number): string =>
    uuid7(sentAt(index), mix(salt.id, index), mix(salt.id + 1, index));
  const createdAt = (k: number): number => sentAt(thread(k)[0] ?? 0) - MINUTE;
  const conversationId = (k: number): string =>
    uuid7(createdAt(k), mix(salt.conversation, k), mix(salt.conversation + 1, k));
  const contactId = (k: number): string =>
    uuid7(createdAt(k), mix(salt.conversation + 2, k), mix(salt.conversation + 3, k));
  const channelOf = (k: number) => channels[mix(salt.conversation + 4, k) % channels.length] ?? channels[0]!;
  const conversationIds: string[] = [];
  const cachedId = (k: number): string => (conversationIds[k] ??= conversationId(k));

  const isInbound = (index: number): boolean => (mix(salt.kind + 1, index) & 1) === 0;

  function content(index: number): MessageContent {
    const body = words.text(index);
    const dice = mix(salt.kind, index) % 1000;
    if (dice < 940) return { kind: 'text', body };
    const media = {
      id: uuid7(sentAt(index), mix(salt.id + 2, index), mix(salt.id + 3, index)),
      mimeType: 'image/jpeg',
      size: 40_000 + (mix(salt.id + 4, index) % 400_000),
      sha256: null,
      fileName: null,
    };
    if (dice < 970) return { kind: 'image', media: { ...media, width: 1280, height: 960 }, caption: body };
    if (dice < 985)
      return {
        kind: 'document',
        media: { ...media, mimeType: 'application/pdf', fileName: `offer-${index}.pdf` },
        caption: body,
      };
    if (dice < 995)
      return {
        kind: 'voice',
        media: { ...media, mimeType: 'audio/ogg', durationMs: 4_000 + (dice - 985) * 1_000 },
      };
    return { kind: 'location', latitude: 52.5, longitude: 13.4, name: body, address: null, url: null };
  }

  function message(index: number, rev: number = index + 1): Message {
    const k = conversationOf[index] ?? 0;
    return makeMessage(index, k, messageId(index), sentAt(index), rev);
  }

  function makeMessage(index: number, k: number, id: string, at: number, rev: number): Message {
    const inbound = isInbound(index);
    return {
      id,
      conversationId: cachedId(k),
      channelId: channelOf(k).id,
      direction: inbound ? 'in' : 'out',
      author: inbound
        ? { type: 'contact' }
        : { type: 'user', userId: users[mix(salt.kind + 2, index) % users.length]?.id ?? me.id },
      sentAt: at,
      content: content(index),
      quote: null,
      forwarded: 'no',
      referral: null,
      reactions: [],
      revisions: [],
      editedAt: null,
      deletedAt: null,
      deletedBy: null,
      delivery: inbound
        ? null
        : { status: index % 5 === 0 ? 'delivered' : 'read', at: at + 5_000, attempt: 1, error: null },
      providerId: `wamid.${index.toString(36)}`,
      rev,
    };
  }

  function stateOf(k: number, last: Message, rev: number, unread: number): Conversation {
    const channel = channelOf(k);
    const inboundAt = last.direction === 'in' ? last.sentAt : last.sentAt - HOUR;
    const dice = mix(salt.conversation + 5, k);
    return {
      id: cachedId(k),
      channelId: channel.id,
      contactId: contactId(k),
      // All are open, so that the list of all has as many rows as there are conversations.
      status: 'open',
      snoozedUntil: null,
      closeReason: null,
      teamId: null,
      assigneeId: dice % 10 < 4 ? null : (users[dice % users.length]?.id ?? null),
      labelIds: labels.filter((_, n) => (dice >>> 8) % 16 === n).map((label) => label.id),
      unread,
      waitingSince: last.direction === 'in' ? last.sentAt : null,
      lastInboundAt: inboundAt,
      windowEndsAt: channel.capabilities.windowHours === null ? null : inboundAt + 24 * HOUR,
      lastMessage: {
        id: last.id,
        kind: last.content.kind,
        text: previewText(last.content),
        direction: last.direction,
        status: last.delivery?.status ?? null,
        at: last.sentAt,
      },
      activeAt: last.sentAt,
      createdAt: createdAt(k),
      rev,
    };
  }

  function conversation(k: number): Conversation {
    const last = message(newestOf(k));
    return stateOf(k, last, last.rev, last.direction === 'in' ? 1 + (k % 3) : 0);
  }

  function contact(k: number): Contact {
    const dice = mix(salt.conversation + 6, k);
    const first = FIRST_NAMES[dice % FIRST_NAMES.length] ?? '';
    const last = LAST_NAMES[(dice >>> 8) % LAST_NAMES.length] ?? '';
    // Identities are unique, so the number counts.
    const phone = `+4915${100_000_000 + k * 7_919}`;
    return Contact.parse({
      id: contactId(k),
      name: `${first} ${last} ${k}`,
      phone,
      email: null,
      language: 'en',
      fields: {},
      labelIds: [],
      consent: { state: 'unknown', at: null, source: null },
      blocked: false,
      identities: [
        {
          channelKind: channelOf(k).kind,
          externalId: phone.slice(1),
          parentExternalId: null,
          phone,
          username: null,
        },
      ],
      createdAt: createdAt(k),
      rev: 1,
    });
  }

  /** Numbers from `from` down to `to`, inclusive, as messages. */
  function newestFirst(indexes: Iterable<number>): Message[] {
    return Array.from(indexes, (index) => message(index));
  }

  return {
    size,
    words,
    head: total,
    order,
    thread,
    conversationOf: (index) => conversationOf[index] ?? 0,
    conversation,
    conversationId: cachedId,
    contact,
    message: (index) => message(index),
    snapshot: () => ({
      asOf: total,
      workspace,
      me,
      users,
      channels,
      teams: [],
      labels,
      templates: [],
      library: [],
      fields: [],
      policy,
      totals: { conversations: count, messages: total },
    }),
    conversationPage: (cursor, limit) => {
      const from = cursor === null ? 0 : Number(cursor);
      const to = Math.min(count, from + limit);
      return {
        asOf: total,
        items: Array.from(order.subarray(from, to), (k, n) => {
          const newest = from + n < FIRST_CONVERSATIONS ? FIRST_MESSAGES : LATER_MESSAGES;
          return {
            conversation: conversation(k),
            contact: contact(k),
            messages: Array.from(thread(k).subarray(-newest), (index) => message(index)),
          };
        }),
        next: to < count ? String(to) : null,
      };
    },
    historyPage: (cursor, limit) => {
      const from = cursor === null ? total : Number(cursor);
      const to = Math.max(0, from - limit);
      const messages = newestFirst(Array.from({ length: from - to }, (_, n) => from - 1 - n));
      return { asOf: total, messages, notes: [], activities: [], next: to > 0 ? String(to) : null };
    },
    threadPage: (k, cursor, limit) => {
      const all = thread(k);
      const from = cursor === null ? all.length : Number(cursor);
      const to = Math.max(0, from - limit);
      const messages = newestFirst(all.slice(to, from).reverse());
      return { asOf: total, messages, notes: [], activities: [], next: to > 0 ? String(to) : null };
    },
    liveEvent: (n, seq) => {
      const index = total + n;
      const k = mix(salt.conversation + 7, n) % size.conversations;
      const at = END + n * 50;
      const id = uuid7(at, mix(salt.id, index), mix(salt.id + 1, index));
      const created = makeMessage(index, k, id, at, seq);
      return {
        seq,
        at,
        type: 'message.created',
        data: {
          message: created,
          conversation: stateOf(k, created, seq, created.direction === 'in' ? 1 : 0),
        },
      };
    },
  };
}
