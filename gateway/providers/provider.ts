/**
 * The port between the gateway and whoever carries the messages. A provider turns its own payloads into facts, and sends
 * messages; it knows nothing of the log, of users or of sockets.
 */
import type { Channel, ChannelHealth } from '../../shared/domain/channel.ts';
import type { Identity, MarketingConsent } from '../../shared/domain/contact.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import type { DeliveryError, MessageStatus } from '../../shared/domain/message-status.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Template } from '../../shared/domain/workspace.ts';

/** Who a fact is about: the identity as the provider knows it, and the name that the person goes by there. */
export type Party = { identity: Identity; name: string | null };

/** Something that happened at the provider, in our words. `channelId` is ours. Times are epoch milliseconds. */
export type ProviderFact =
  | {
      type: 'message';
      channelId: string;
      party: Party;
      /** `out`: somebody of the company wrote it in the provider's own app (an echo). */
      direction: 'in' | 'out';
      providerId: string;
      /** Equal for redeliveries of the same message, different for everything else. */
      dedupKey: string;
      sentAt: number;
      content: MessageContent;
      quotedProviderId: string | null;
      forwarded: Message['forwarded'];
      referral: Message['referral'];
    }
  | {
      type: 'status';
      channelId: string;
      providerId: string;
      status: Exclude<MessageStatus, 'queued'>;
      at: number;
      error: DeliveryError | null;
      /** That of `send`, where the provider gives it back: finds the message whose answer was lost. */
      idempotencyKey?: string;
    }
  /** `orphan`: where the new wording belongs when the original was never seen, so that it is kept as a message of its own. */
  | {
      type: 'edit';
      channelId: string;
      providerId: string;
      content: MessageContent;
      at: number;
      orphan?: { party: Party; direction: 'in' | 'out'; dedupKey: string };
    }
  | { type: 'delete'; channelId: string; providerId: string; at: number; by: 'contact' | 'business' }
  | {
      type: 'reaction';
      channelId: string;
      providerId: string;
      by: 'contact' | 'business';
      emoji: string | null;
      at: number;
    }
  | { type: 'consent'; channelId: string; party: Party; consent: MarketingConsent }
  /**
   * The person has a new identity (number change): the old one and the new one are the same contact. `same`: both are names of one account,
   * so that two contacts who have them are one person.
   */
  | { type: 'identity'; channelId: string; previous: Identity; party: Party; same?: boolean }
  | { type: 'health'; channelId: string; health: Partial<ChannelHealth> }
  | {
      type: 'template';
      channelId: string;
      name: string;
      language: string;
      change: Partial<
        Pick<Template, 'state' | 'quality' | 'category' | 'header' | 'body' | 'footer' | 'buttons' | 'reason'>
      >;
    };

/** A payload as it came, kept so that nothing is lost. `id` is ours; `outcome` says what became of it. */
export type RawPayload = {
  provider: string;
  body: string;
  receivedAt: number;
  /** The same bytes again are a redelivery: their facts, once applied, are not applied again, even where they could be. */
  once?: boolean;
};

export type SendResult =
  | { ok: true; providerId: string; status: 'sent'; at: number }
  /** `retryAfterMs` null: do not try again by itself; the message has failed with `error`. */
  | { ok: false; error: DeliveryError; retryAfterMs: number | null };

/** What the gateway calls. One instance serves all channels of its kind. */
export type Provider = {
  readonly name: string;
  /** Sends one message. `idempotencyKey` stays the same for every try of the same attempt. Never throws for a refusal. */
  send(order: {
    channel: Channel;
    to: Identity;
    message: Message;
    quotedProviderId: string | null;
    idempotencyKey: string;
  }): Promise<SendResult>;
  /** Puts a reaction (or takes it back with null) on a customer's message. */
  react(order: {
    channel: Channel;
    to: Identity;
    providerId: string;
    emoji: string | null;
  }): Promise<SendResult>;
  /** Tells the provider that everything up to this message has been read. */
  markRead(order: { channel: Channel; providerId: string }): Promise<void>;
  /** The bytes of a customer's file. */
  media(order: {
    channel: Channel;
    mediaId: string;
  }): Promise<{ bytes: Uint8Array; mimeType: string } | null>;
  close(): Promise<void>;
};

/**
 * What a provider calls with what it has learned. Applies all facts of one payload and keeps the payload, in one transaction.
 * Facts that were applied before change nothing.
 */
export type Ingest = (facts: ProviderFact[], raw: RawPayload) => void;
