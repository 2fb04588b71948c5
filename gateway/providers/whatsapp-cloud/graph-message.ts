/**
 * Our messages as bodies of `POST /{phone_number_id}/messages` (Meta, "Cloud API: messages"). The order of the fields is fixed,
 * so that the same message always makes the same bytes.
 */
import type { Identity } from '../../../shared/domain/contact.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import { isUserId } from './parties.ts';
import { templateBody } from './graph-template.ts';

type Json = Record<string, unknown>;

export type Envelope = { to: Identity; quotedProviderId: string | null; idempotencyKey: string };

/**
 * Who it goes to: `to` for a number, `recipient` for a business-scoped user id. Meta answers 200 to a user id in `to` and
 * drops the message.
 */
export function addressee(to: Identity): Json {
  return isUserId(to.externalId) ? { recipient: to.externalId } : { to: to.externalId };
}

/**
 * The body, or null when this kind cannot be sent. `mediaId` is Meta's id of the uploaded file, where the content has one.
 * `biz_opaque_callback_data` comes back in every status, which ties a status to a message whose answer was lost.
 */
export function messageBody(
  content: MessageContent,
  envelope: Envelope,
  mediaId: string | null,
): Json | null {
  const part = typedPart(content, mediaId);
  if (part === null) return null;
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(envelope.to),
    ...(envelope.quotedProviderId !== null && { context: { message_id: envelope.quotedProviderId } }),
    ...part,
    biz_opaque_callback_data: envelope.idempotencyKey,
  };
}

export function reactionBody(to: Identity, providerId: string, emoji: string | null): Json {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(to),
    type: 'reaction',
    // An empty emoji takes the reaction back.
    reaction: { message_id: providerId, emoji: emoji ?? '' },
  };
}

export function readBody(providerId: string): Json {
  return { messaging_product: 'whatsapp', status: 'read', message_id: providerId };
}

function typedPart(content: MessageContent, mediaId: string | null): Json | null {
  switch (content.kind) {
    case 'text':
      // Never a preview: the link would be fetched by Meta without the customer or the agent having asked for it.
      return { type: 'text', text: { preview_url: false, body: content.body } };
    case 'image':
    case 'video':
      return withFile(content.kind, mediaId, { ...captioned(content.caption) });
    case 'document': {
      const { fileName } = content.media;
      return withFile('document', mediaId, {
        ...captioned(content.caption),
        ...(fileName !== null && { filename: fileName }),
      });
    }
    case 'audio':
      return withFile('audio', mediaId, {});
    case 'voice':
      return withFile('audio', mediaId, { voice: true });
    case 'sticker':
      return withFile('sticker', mediaId, {});
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return {
        type: 'location',
        location: {
          latitude,
          longitude,
          ...(name !== null && { name }),
          ...(address !== null && { address }),
        },
      };
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.cards.map(cardPart) };
    case 'buttons':
    case 'list':
      return interactivePart(content);
    case 'template':
      return { type: 'template', template: templateBody(content, mediaId) };
    case 'order':
    case 'answer':
    case 'system':
    case 'call':
    case 'unknown':
      return null;
  }
}

function withFile(type: string, mediaId: string | null, rest: Json): Json | null {
  return mediaId === null ? null : { type, [type]: { id: mediaId, ...rest } };
}

function captioned(caption: string | null): Json {
  return caption === null || caption === '' ? {} : { caption };
}

function cardPart(card: Extract<MessageContent, { kind: 'contacts' }>['cards'][number]): Json {
  return {
    name: { formatted_name: card.name, first_name: card.name.split(' ')[0] ?? card.name },
    ...(card.organisation !== null && { org: { company: card.organisation } }),
    ...(card.phones.length > 0 && {
      phones: card.phones.map(({ value, label }) => ({
        phone: value,
        ...(label !== null && { type: label }),
      })),
    }),
    ...(card.emails.length > 0 && {
      emails: card.emails.map(({ value, label }) => ({
        email: value,
        ...(label !== null && { type: label }),
      })),
    }),
  };
}

function interactivePart(content: Extract<MessageContent, { kind: 'buttons' | 'list' }>): Json {
  const { header, body, footer } = content;
  return {
    type: 'interactive',
    interactive: {
      type: content.kind === 'list' ? 'list' : 'button',
      ...(header !== null && { header: { type: 'text', text: header } }),
      body: { text: body },
      ...(footer !== null && { footer: { text: footer } }),
      action: content.kind === 'list' ? listAction(content) : buttonAction(content),
    },
  };
}

function buttonAction(content: Extract<MessageContent, { kind: 'buttons' }>): Json {
  return {
    buttons: content.buttons.map((button) => ({
      type: 'reply',
      reply: { id: button.id ?? button.title, title: button.title },
    })),
  };
}

function listAction(content: Extract<MessageContent, { kind: 'list' }>): Json {
  return {
    button: content.button,
    sections: content.sections.map((section) => ({
      ...(section.title !== null && { title: section.title }),
      rows: section.rows.map(({ id, title, description }) => ({
        id,
        title,
        ...(description !== null && { description }),
      })),
    })),
  };
}
