/** What a message says: Meta's `messages[]` (and the inner message of an edit) into our kinds. */
import { z } from 'zod';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import { interactiveContent } from './interactive.ts';
import { mediaContent } from './media-content.ts';
import { ErrorInfo, firstFitting, TextLike } from './webhook-schema.ts';

type Shaped = Record<string, unknown>;

const Text = z.object({ body: z.string() });
const Location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().nullish().catch(null),
  address: z.string().nullish().catch(null),
  url: z.string().nullish().catch(null),
});
const Labelled = { type: z.string().nullish().catch(null) };
const Card = z.object({
  name: z
    .object({
      formatted_name: z.string().nullish().catch(null),
      first_name: z.string().nullish().catch(null),
      last_name: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
  org: z
    .object({ company: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  phones: z.array(z.object({ phone: z.string(), ...Labelled })).catch([]),
  emails: z.array(z.object({ email: z.string(), ...Labelled })).catch([]),
});
const Order = z.object({
  catalog_id: TextLike.catch(''),
  text: z.string().nullish().catch(null),
  product_items: z.array(
    z.object({
      product_retailer_id: TextLike,
      quantity: z.coerce.number(),
      item_price: z.coerce.number(),
      currency: z.string(),
    }),
  ),
});
const QuickReply = z.object({ text: z.string(), payload: z.string().nullish().catch(null) });
const Unsupported = z.object({ type: z.string().min(1).max(128) });

/**
 * Never throws and never answers nothing: a kind that is not known, and one whose insides are not as documented, becomes
 * `unknown` with Meta's own word for it. `errors` are those beside the message (interactive messages that Meta could not
 * turn into JSON carry only these).
 */
export function contentOf(type: string, message: Shaped, errors: readonly unknown[]): MessageContent {
  return knownContent(type, message) ?? unknownContent(type, message, errors);
}

function knownContent(type: string, message: Shaped): MessageContent | null {
  switch (type) {
    case 'text':
      return mapped(Text, message['text'], ({ body }) => ({ kind: 'text', body }));
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return mediaContent(type, message[type]);
    case 'location':
      return mapped(Location, message['location'], (place) => ({
        kind: 'location',
        latitude: place.latitude,
        longitude: place.longitude,
        name: place.name ?? null,
        address: place.address ?? null,
        url: place.url ?? null,
      }));
    case 'contacts':
      return mapped(z.array(Card).min(1), message['contacts'], (cards) => ({
        kind: 'contacts',
        cards: cards.map(cardOf),
      }));
    case 'order':
      return mapped(Order, message['order'], (order) => ({
        kind: 'order',
        catalogId: order.catalog_id,
        note: order.text ? order.text : null,
        items: order.product_items.map((item) => ({
          productId: item.product_retailer_id,
          quantity: item.quantity,
          price: item.item_price,
          currency: item.currency,
        })),
      }));
    case 'button':
      return mapped(QuickReply, message['button'], (button) => ({
        kind: 'answer',
        source: 'quick_reply',
        id: button.payload ?? null,
        title: button.text,
        description: null,
        fields: [],
      }));
    case 'interactive':
      return interactiveContent(message['interactive']);
    default:
      return null;
  }
}

function unknownContent(type: string, message: Shaped, errors: readonly unknown[]): MessageContent {
  const named = Unsupported.safeParse(message['unsupported']);
  const error = firstFitting(ErrorInfo, errors);
  return {
    kind: 'unknown',
    type: named.success ? named.data.type : type,
    detail: error?.error_data?.details ?? error?.message ?? error?.title ?? null,
    rawId: null,
  };
}

function cardOf(card: z.infer<typeof Card>) {
  const parts = [card.name?.first_name, card.name?.last_name].filter((part) => part != null && part !== '');
  return {
    name: card.name?.formatted_name ?? parts.join(' '),
    organisation: card.org?.company ?? null,
    phones: card.phones.map((entry) => ({ value: entry.phone, label: entry.type ?? null })),
    emails: card.emails.map((entry) => ({ value: entry.email, label: entry.type ?? null })),
  };
}

function mapped<T extends z.ZodType>(
  schema: T,
  value: unknown,
  map: (value: z.output<T>) => MessageContent,
): MessageContent | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? map(parsed.data) : null;
}
