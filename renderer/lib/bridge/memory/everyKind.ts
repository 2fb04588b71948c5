/** One conversation with every kind of message and every status. */
import type { OutboxStatus, ThreadItem } from '../../../../shared/contract/rows.ts';
import type { MediaRef, MessageContent } from '../../../../shared/domain/message-content.ts';
import type { Delivery, MessageStatus } from '../../../../shared/domain/message-status.ts';
import type { Message } from '../../../../shared/domain/message.ts';

const MINUTE = 60_000;

function media(id: string, mimeType: string, patch: Partial<MediaRef> = {}): MediaRef {
  return { id, mimeType, size: 184_320, sha256: null, fileName: null, ...patch };
}

const WAVE = Array.from({ length: 48 }, (_, index) =>
  Math.round(30 + 60 * Math.abs(Math.sin(index * 0.7) * Math.cos(index * 0.23))),
);

const RECEIVED: ReadonlyArray<MessageContent> = [
  {
    kind: 'text',
    body: 'Hello! *Three* questions about _order_ ~4471~ `4472`: see https://shop.example.com/o/4472.',
  },
  {
    kind: 'image',
    media: media('photo', 'image/jpeg', { width: 1280, height: 960 }),
    caption: 'The box arrived like this',
  },
  { kind: 'image', media: media('broken', 'image/jpeg'), caption: null },
  {
    kind: 'video',
    media: media('film', 'video/mp4', { width: 1280, height: 720, durationMs: 14_000 }),
    caption: 'And it makes this noise',
  },
  { kind: 'voice', media: media('voice', 'audio/ogg', { durationMs: 23_000, waveform: WAVE }) },
  { kind: 'audio', media: media('song', 'audio/mpeg', { durationMs: 184_000, fileName: 'hold-music.mp3' }) },
  {
    kind: 'document',
    media: media('doc', 'application/pdf', { fileName: 'Rechnung_2026-05_final_final(2).pdf' }),
    caption: 'The invoice',
  },
  { kind: 'sticker', media: media('sticker', 'image/webp', { width: 512, height: 512 }), animated: false },
  {
    kind: 'location',
    latitude: 38.71667,
    longitude: -9.13333,
    name: 'Praça do Comércio',
    address: '1100-148 Lisboa',
    url: null,
  },
  {
    kind: 'contacts',
    cards: [
      {
        name: 'Marta Lopes',
        organisation: 'Lopes & Filhos',
        phones: [{ value: '+351 912 345 678', label: 'WORK' }],
        emails: [{ value: 'marta@lopes.example', label: null }],
      },
    ],
  },
  {
    kind: 'order',
    catalogId: '77812',
    note: 'Gift wrap please',
    items: [
      { productId: 'MUG-BLUE', quantity: 2, price: 12.5, currency: 'EUR' },
      { productId: 'TEA-EARL-GREY-250', quantity: 1, price: 8.9, currency: 'EUR' },
    ],
  },
  {
    kind: 'answer',
    source: 'list',
    id: 'r1',
    title: 'Tuesday morning',
    description: '9:00 to 12:00',
    fields: [],
  },
  {
    kind: 'answer',
    source: 'flow',
    id: null,
    title: 'Return form',
    description: null,
    fields: [
      { name: 'order', value: '4472' },
      { name: 'reason', value: 'Too small' },
    ],
  },
  {
    kind: 'system',
    event: 'number_changed',
    text: 'Beatriz Carvalho changed her number to +55 11 98888-7777',
  },
  { kind: 'call', state: 'missed', video: false, durationMs: null },
  {
    kind: 'unknown',
    type: 'ephemeral_poll',
    detail: 'Message type is not currently supported',
    rawId: 'raw-8812',
  },
];

const SENT: ReadonlyArray<MessageContent> = [
  {
    kind: 'template',
    templateId: 't1',
    name: 'delivery_update',
    language: 'en',
    header: 'Delivery update',
    body: 'Hello Beatriz, your order 4472 arrives on Tuesday.',
    footer: 'Reply STOP to opt out',
    buttons: [
      { type: 'reply', id: '1', title: 'Thanks', value: null },
      { type: 'url', id: null, title: 'Track the parcel', value: 'https://shop.example.com/track' },
    ],
    variables: { header: [], body: ['Beatriz', '4472'], buttons: [] },
  },
  {
    kind: 'buttons',
    header: null,
    body: 'Would you like a refund or a new one?',
    footer: null,
    buttons: [
      { type: 'reply', id: 'a', title: 'Refund', value: null },
      { type: 'reply', id: 'b', title: 'A new one', value: null },
    ],
  },
  {
    kind: 'list',
    header: 'Delivery',
    body: 'When should we come?',
    footer: null,
    button: 'Choose a time',
    sections: [
      { title: 'Tuesday', rows: [{ id: 'r1', title: 'Tuesday morning', description: '9:00 to 12:00' }] },
    ],
  },
];

const WAY: ReadonlyArray<MessageStatus> = ['played', 'read', 'delivered', 'sent'];

/** The items, oldest first, ending at `end` (epoch ms). */
export function everyKind(conversationId: string, channelId: string, end: number): ThreadItem[] {
  const items: ThreadItem[] = [];
  let at = end - 90 * MINUTE;
  const add = (
    content: MessageContent,
    patch: Partial<Message> = {},
    outbox: OutboxStatus | null = null,
  ): void => {
    at += MINUTE;
    items.push({
      type: 'message',
      outbox,
      message: {
        id: `${conversationId}-${String(items.length).padStart(5, '0')}`,
        conversationId,
        channelId,
        direction: 'in',
        author: { type: 'contact' },
        sentAt: at,
        content,
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
      },
    });
  };
  const out = (userId: string, status: MessageStatus, error: Delivery['error'] = null): Partial<Message> => ({
    direction: 'out',
    author: { type: 'user', userId },
    delivery: { status, at, attempt: 1, error },
  });
  const text = (body: string): MessageContent => ({ kind: 'text', body });

  for (const [index, content] of RECEIVED.entries()) {
    add(content, index === 0 ? { referral: AD } : index === 3 ? { forwarded: 'many' } : {});
  }
  for (const content of SENT) add(content, out('tom', 'read'));
  add(text('👍'));
  for (const status of WAY) add(text(`This one was ${status}.`), out('ana', status));
  add(text('That was the old price'), { deletedAt: at, deletedBy: 'contact' });
  add(text('I meant the *green* one'), {
    editedAt: at,
    quote: { messageId: null, providerId: null, kind: 'image', text: 'The box arrived like this' },
    reactions: [
      { by: 'contact', emoji: '❤️', at },
      { by: 'ana', emoji: '👍', at },
    ],
  });
  items.push({
    type: 'note',
    outbox: null,
    note: {
      id: `${conversationId}-note`,
      conversationId,
      authorId: 'sue',
      body: 'She is a VIP customer: please offer *free shipping*.',
      mentions: [],
      createdAt: at + MINUTE,
      rev: 1,
    },
  });
  at += MINUTE;
  add(text('We could not deliver that before the weekend, sorry.'), {
    ...out('ana', 'failed', {
      kind: 'window_closed',
      code: 131_047,
      title: 'Re-engagement message',
      details: 'More than 24 hours have passed since the customer last replied to this number.',
    }),
  });
  add(text('This one is held.'), out('ana', 'queued'), outboxOf('held'));
  add(text('And this one waits for the network.'), out('ana', 'queued'), outboxOf('waiting'));
  add(text('Are you still there?'));
  return items;
}

const AD: NonNullable<Message['referral']> = {
  sourceType: 'ad',
  sourceUrl: 'https://fb.example/ad/1',
  headline: 'Mugs for May',
  body: 'Two for one until Sunday',
};

function outboxOf(state: OutboxStatus['state']): OutboxStatus {
  return {
    id: `cmd-${state}`,
    state,
    attempts: 1,
    nextAttemptAt: null,
    sendAt: null,
    error: state === 'held' ? 'opted_out' : null,
  };
}
