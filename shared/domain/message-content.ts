/**
 * What a message says, by kind. The gateway turns every provider's payload into one of these; a kind that it does not know
 * becomes `unknown`, with the raw payload kept at the gateway, so that nothing a customer wrote ever vanishes.
 */
import { z } from 'zod';
import { parseFormat, plainText } from '../text/format.ts';

/** A file at the gateway. `size` in bytes and `sha256` (hex) are null until the gateway knows them. */
export const MediaRef = z.object({
  id: z.string().min(1).max(128),
  mimeType: z.string().max(255),
  size: z.number().int().nonnegative().nullable(),
  sha256: z.string().nullable(),
  fileName: z.string().max(1024).nullable(),
  width: z.number().int().positive().nullish(),
  height: z.number().int().positive().nullish(),
  durationMs: z.number().int().nonnegative().nullish(),
  /** Up to 64 loudness values from 0 to 100, for voice messages. */
  waveform: z.array(z.number().min(0).max(100)).max(64).nullish(),
});
export type MediaRef = z.infer<typeof MediaRef>;

const captioned = { media: MediaRef, caption: z.string().nullable() };

export const ContactCard = z.object({
  name: z.string(),
  organisation: z.string().nullable(),
  phones: z.array(z.object({ value: z.string(), label: z.string().nullable() })),
  emails: z.array(z.object({ value: z.string(), label: z.string().nullable() })),
});
export type ContactCard = z.infer<typeof ContactCard>;

export const OrderItem = z.object({
  productId: z.string(),
  quantity: z.number(),
  price: z.number(),
  /** ISO 4217 code. */
  currency: z.string(),
});

/** A button under a message: `reply` sends an answer back, `url` opens a page, `phone` calls, `copy` copies a code. */
export const MessageButton = z.object({
  type: z.enum(['reply', 'url', 'phone', 'copy', 'flow', 'other']),
  id: z.string().nullable(),
  title: z.string(),
  value: z.string().nullable(),
});
export type MessageButton = z.infer<typeof MessageButton>;

export const ListSection = z.object({
  title: z.string().nullable(),
  rows: z.array(z.object({ id: z.string(), title: z.string(), description: z.string().nullable() })),
});

export const SystemEvent = z.enum([
  'number_changed',
  'identity_changed',
  'call_permission',
  'group',
  'other',
]);

export const MessageContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), body: z.string() }),
  z.object({ kind: z.literal('image'), ...captioned }),
  z.object({ kind: z.literal('video'), ...captioned }),
  z.object({ kind: z.literal('audio'), media: MediaRef }),
  z.object({ kind: z.literal('voice'), media: MediaRef }),
  z.object({ kind: z.literal('document'), ...captioned }),
  z.object({ kind: z.literal('sticker'), media: MediaRef, animated: z.boolean() }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    url: z.string().nullable(),
  }),
  z.object({ kind: z.literal('contacts'), cards: z.array(ContactCard) }),
  z.object({
    kind: z.literal('order'),
    catalogId: z.string(),
    note: z.string().nullable(),
    items: z.array(OrderItem),
  }),
  z.object({
    kind: z.literal('buttons'),
    header: z.string().nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(MessageButton),
  }),
  z.object({
    kind: z.literal('list'),
    header: z.string().nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    button: z.string(),
    sections: z.array(ListSection),
  }),
  /** What a customer chose: a button, a list row, a template's quick reply, or a filled-in form (flow). */
  z.object({
    kind: z.literal('answer'),
    source: z.enum(['button', 'list', 'quick_reply', 'flow']),
    id: z.string().nullable(),
    title: z.string(),
    description: z.string().nullable(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  z.object({
    kind: z.literal('template'),
    templateId: z.string().nullable(),
    name: z.string(),
    language: z.string(),
    /** The texts as the customer sees them, variables filled in. */
    header: z.string().nullable(),
    headerMedia: MediaRef.nullish(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(MessageButton),
    /** What was filled in, by component: the values that a retry sends again. */
    variables: z.object({
      header: z.array(z.string()),
      body: z.array(z.string()),
      buttons: z.array(z.string()),
      /** Set by the gateway for a template whose placeholders have names ({{name}}): those of the values, in their order. */
      names: z.object({ header: z.array(z.string()), body: z.array(z.string()) }).optional(),
    }),
  }),
  z.object({ kind: z.literal('system'), event: SystemEvent, text: z.string() }),
  z.object({
    kind: z.literal('call'),
    state: z.enum(['ringing', 'connected', 'ended', 'missed', 'rejected', 'failed']),
    video: z.boolean(),
    durationMs: z.number().int().nonnegative().nullable(),
  }),
  /** `type` is the provider's own word for the kind; `rawId` finds the payload kept at the gateway. */
  z.object({
    kind: z.literal('unknown'),
    type: z.string(),
    detail: z.string().nullable(),
    rawId: z.string().nullable(),
  }),
]);
export type MessageContent = z.infer<typeof MessageContent>;
export type MessageKind = MessageContent['kind'];

/** Kinds whose whole text is written by people. In the others stand file names, whose underscores are no formatting. */
const FORMATTED: ReadonlySet<MessageKind> = new Set(['text', 'buttons', 'list', 'template']);
const MARKER = /[*_~`]/u;
/** More than a preview of 160 characters can need, in characters: a long body is not read to its end. */
const READ = 1_000;

/**
 * The text shown under a name in the list and in a quote: one line without the markers of formatting. The page adds the icon and the
 * word for the kind.
 */
export function previewText(content: MessageContent): string {
  const text = searchableText(content).trimStart().slice(0, READ);
  const words = FORMATTED.has(content.kind) && MARKER.test(text) ? plainText(parseFormat(text)) : text;
  return words.replace(/\s+/gu, ' ').trim().slice(0, 160);
}

/** Everything a search should find in a message: body, caption, file name, names, titles, answers. */
export function searchableText(content: MessageContent): string {
  switch (content.kind) {
    case 'text':
      return content.body;
    case 'image':
    case 'video':
    case 'document':
      return joined(content.caption, content.media.fileName);
    case 'audio':
    case 'voice':
    case 'sticker':
      return content.media.fileName ?? '';
    case 'location':
      return joined(content.name, content.address);
    case 'contacts':
      return content.cards
        .map((card) => joined(card.name, card.organisation, ...card.phones.map((phone) => phone.value)))
        .join(' ');
    case 'order':
      return joined(content.note, ...content.items.map((item) => item.productId));
    case 'buttons':
      return joined(
        content.header,
        content.body,
        content.footer,
        ...content.buttons.map((button) => button.title),
      );
    case 'list':
      return joined(content.header, content.body, content.footer, content.button);
    case 'answer':
      return joined(content.title, content.description, ...content.fields.map((field) => field.value));
    case 'template':
      return joined(
        content.header,
        content.body,
        content.footer,
        ...content.buttons.map((button) => button.title),
      );
    case 'system':
      return content.text;
    case 'call':
      return '';
    case 'unknown':
      return content.detail ?? '';
  }
}

/** The file that belongs to a message, if it has one. */
export function mediaOf(content: MessageContent): MediaRef | null {
  if ('media' in content) return content.media;
  return content.kind === 'template' ? (content.headerMedia ?? null) : null;
}

function joined(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ');
}
