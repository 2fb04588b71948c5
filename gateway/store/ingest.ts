/**
 * Turns what providers learned into state and events: all facts of one payload, and the payload itself, in one transaction. Facts
 * that were applied before change nothing; facts about a message that is not known yet are kept until it is.
 */
import { newId } from '../../shared/domain/id.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import { previewText } from '../../shared/domain/message-content.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { ProviderFact, RawPayload } from '../providers/provider.ts';
import type { Catalogue } from './catalogue.ts';
import type { Changes } from './changes.ts';
import type { ChannelRow, Channels } from './channels.ts';
import type { Consents } from './consents.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import type { Erasure } from './erasure.ts';
import { createIngestPeople } from './ingest-people.ts';
import type { Log } from './log.ts';
import type { Media } from './media.ts';
import { orphanKey } from './messages.ts';
import type { Merges } from './merges.ts';
import type { MessageRow, Messages } from './messages.ts';
import type { OptOuts } from './opt-outs.ts';
import type { Raw, SmallFact } from './raw.ts';

type MessageFact = Extract<ProviderFact, { type: 'message' }>;
type EditFact = Extract<ProviderFact, { type: 'edit' }>;

export type IngestParts = {
  db: Db;
  log: Log;
  channels: Channels;
  contacts: Contacts;
  conversations: Conversations;
  messages: Messages;
  changes: Changes;
  catalogue: Catalogue;
  media: Media;
  raw: Raw;
  consents: Consents;
  merges: Merges;
  optOuts: OptOuts;
  erasure: Erasure;
};

export type IngestOptions = {
  /** The time of the events (epoch ms); the payload's `receivedAt` by default. Seeding gives past times. */
  at?: number;
};

export function createIngest(parts: IngestParts) {
  const { db, log, channels, contacts, conversations, messages, changes, catalogue, media, raw } = parts;
  const { consents, optOuts, erasure } = parts;
  const { contactOf, applyIdentity, applyConsent } = createIngestPeople(parts);

  /** Looks a message up, in the workspace of the channel. */
  function quoteOf(channel: ChannelRow, providerId: string | null): Message['quote'] {
    if (providerId === null) return null;
    const found = messages.findByProviderId(channel.channel.id, providerId);
    if (found === null) return { messageId: null, providerId, kind: null, text: null };
    const { id, content } = found.message;
    return { messageId: id, providerId, kind: content.kind, text: previewText(content) };
  }

  /** A new conversation. Who has not seen the contact so far (it is older than this payload) needs it now: so it is told again. */
  function begin(
    channel: ChannelRow,
    contact: Contact,
    homeId: string,
    head: number,
    startedAt: number,
    at: number,
  ) {
    if (contact.rev <= head) {
      contacts.tell(channel.ws, contact, at);
      consents.tell(channel.ws, contact.id, at);
    }
    const fields = { channelId: channel.channel.id, contactId: contact.id, createdAt: startedAt };
    return conversations.create(channel.ws, fields, startedAt, homeId);
  }

  function applyMessage(channel: ChannelRow, fact: MessageFact, rawId: string | null, at: number): void {
    const channelId = channel.channel.id;
    if (messages.isKnown(channelId, fact.dedupKey) || messages.hasOrphan(channelId, fact.providerId)) return;
    const { head } = log.ends(channel.ws);
    const contact = contactOf(channel, fact.party, at);
    const homeId = contacts.homeOf(channel.ws, fact.party.identity) ?? contact.id;
    const conversation =
      conversations.findHome(homeId, channelId) ?? begin(channel, contact, homeId, head, fact.sentAt, at);
    if (rawId !== null) raw.linkContact(rawId, contact.id);
    const content = media.adoptContent(
      channel.ws,
      channelId,
      conversation.id,
      withRawId(fact.content, rawId),
    );
    const message: Message = {
      id: newId(at),
      conversationId: conversation.id,
      channelId,
      direction: fact.direction,
      author: fact.direction === 'in' ? { type: 'contact' } : { type: 'phone' },
      sentAt: fact.sentAt,
      content,
      quote: quoteOf(channel, fact.quotedProviderId),
      forwarded: fact.forwarded,
      referral: fact.referral,
      reactions: [],
      revisions: [],
      editedAt: null,
      deletedAt: null,
      deletedBy: null,
      delivery: fact.direction === 'in' ? null : { status: 'sent', at: fact.sentAt, attempt: 1, error: null },
      providerId: fact.providerId,
      rev: 0,
    };
    const added = changes.addMessage(channel.ws, message, conversation, {
      dedupKey: fact.dedupKey,
      capabilities: channel.channel.capabilities,
      at,
    });
    applyEarly(channelId, fact.providerId, at);
    if (fact.direction === 'in') optOuts.heed(channel, contact, added.conversation, added.message, at);
  }

  /** A report about a message is about the person of its conversation. */
  function linkSmall(fact: SmallFact, rawId: string): void {
    const found = messages.findByProviderId(fact.channelId, fact.providerId);
    const conversation = found === null ? null : conversations.get(found.ws, found.message.conversationId);
    if (conversation !== null) raw.linkContact(rawId, conversation.contactId);
  }

  /** Applies what was known about a message before the message itself. */
  function applyEarly(channelId: string, providerId: string, at: number): void {
    for (const fact of raw.takeEarly(channelId, providerId)) applySmall(fact, at);
  }

  function applySmall(fact: SmallFact, at: number): void {
    const found = messages.findByProviderId(fact.channelId, fact.providerId) ?? sentAs(fact);
    if (found === null) {
      if (fact.type === 'edit' && fact.orphan !== undefined) applyOrphan(fact, fact.orphan, at);
      else raw.keepEarly(fact, at);
      return;
    }
    applyTo(found, fact, at);
  }

  /** The message whose sending was never answered, known by the key that the provider gives back: now it has its id. */
  function sentAs(fact: SmallFact): MessageRow | null {
    const parts = fact.type === 'status' ? /^(.+)\.(\d+)$/u.exec(fact.idempotencyKey ?? '') : null;
    if (parts === null) return null;
    const found = messages.get(parts[1] ?? '');
    if (found === null || found.message.direction === 'in' || found.message.channelId !== fact.channelId)
      return null;
    if (found.message.delivery?.attempt !== Number(parts[2])) return null;
    const message = { ...found.message, providerId: fact.providerId };
    messages.save(message);
    return { ...found, message };
  }

  /** An edit of a message that we never got: what it says now is a message, and the earlier wording is not waited for. */
  function applyOrphan(fact: EditFact, orphan: NonNullable<EditFact['orphan']>, at: number): void {
    const channel = channels.get(fact.channelId);
    if (channel === null) throw new Error('a fact for a channel that does not exist');
    const { channelId, providerId, content } = fact;
    const message: MessageFact = {
      type: 'message',
      channelId,
      party: orphan.party,
      direction: orphan.direction,
      providerId,
      dedupKey: orphanKey(orphan.dedupKey),
      sentAt: fact.at,
      content,
      quotedProviderId: null,
      forwarded: 'no',
      referral: null,
    };
    applyMessage(channel, message, null, at);
  }

  function applyTo({ ws, message }: MessageRow, fact: SmallFact, at: number): void {
    switch (fact.type) {
      case 'status': {
        if (message.direction === 'in') return;
        const attempt = message.delivery?.attempt ?? 1;
        changes.setDelivery(
          ws,
          message,
          { status: fact.status, at: fact.at, attempt, error: fact.error },
          at,
        );
        return;
      }
      case 'edit': {
        const content = media.adoptContent(ws, message.channelId, message.conversationId, fact.content);
        changes.edit(ws, message, content, fact.at, at);
        return;
      }
      case 'delete':
        changes.remove(ws, message, fact.at, fact.by, at);
        return;
      case 'reaction':
        changes.react(ws, message, { by: fact.by, emoji: fact.emoji, at: fact.at }, at);
    }
  }

  /** What is about a message of somebody who was erased is not heard any more. */
  function isErased(fact: ProviderFact): boolean {
    switch (fact.type) {
      case 'message':
        return erasure.isErased(fact.channelId, fact.dedupKey);
      case 'status': {
        const sent = /^(.+)\.\d+$/u.exec(fact.idempotencyKey ?? '')?.[1];
        if (sent !== undefined && erasure.isErased(fact.channelId, sent)) return true;
        return erasure.isErased(fact.channelId, fact.providerId);
      }
      case 'edit':
      case 'delete':
      case 'reaction':
        return erasure.isErased(fact.channelId, fact.providerId);
      default:
        return false;
    }
  }

  function apply(fact: ProviderFact, rawId: string, at: number): void {
    const channel = channels.get(fact.channelId);
    if (channel === null) throw new Error('a fact for a channel that does not exist');
    switch (fact.type) {
      case 'message':
        applyMessage(channel, fact, rawId, at);
        return;
      case 'status':
      case 'edit':
      case 'delete':
      case 'reaction':
        linkSmall(fact, rawId);
        applySmall(fact, at);
        return;
      case 'consent': {
        const contact = contactOf(channel, fact.party, at);
        raw.linkContact(rawId, contact.id);
        applyConsent(channel, contact, fact.consent, at);
        return;
      }
      case 'identity':
        applyIdentity(channel, fact, at);
        return;
      case 'health':
        channels.setHealth(fact.channelId, fact.health, at);
        return;
      case 'template':
        catalogue.changeTemplate(channel.ws, fact, fact.change, at);
    }
  }

  return {
    /** See `Ingest` in providers/provider.ts. */
    ingest(facts: ProviderFact[], payload: RawPayload, options: IngestOptions = {}): void {
      const at = options.at ?? payload.receivedAt;
      db.tx(() => {
        const heard = facts.filter((fact) => !isErased(fact));
        if (heard.length === 0 && facts.length > 0) return;
        const { id } = raw.keep(payload);
        if (raw.isErased(id)) return;
        if (facts.length > 0 && !raw.markApplied(id) && payload.once === true) return;
        for (const fact of heard) apply(fact, id, at);
      });
    },
    /** For the delivery worker: the provider's id of a message has just become known. */
    applyEarly,
  };
}

function withRawId(content: MessageContent, rawId: string | null): MessageContent {
  return content.kind === 'unknown' && content.rawId === null ? { ...content, rawId } : content;
}
