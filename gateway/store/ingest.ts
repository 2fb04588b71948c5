/**
 * Turns what providers learned into state and events: all facts of one payload, and the payload itself, in one transaction. Facts
 * that were applied before change nothing; facts about a message that is not known yet are kept until it is.
 */
import { newId } from '../../shared/domain/id.ts';
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import { previewText } from '../../shared/domain/message-content.ts';
import type { Message } from '../../shared/domain/message.ts';
import { cleanName } from '../../shared/text/person-name.ts';
import type { Party, ProviderFact, RawPayload } from '../providers/provider.ts';
import type { Catalogue } from './catalogue.ts';
import type { Changes } from './changes.ts';
import type { ChannelRow, Channels } from './channels.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { Media } from './media.ts';
import { orphanKey } from './messages.ts';
import type { MessageRow, Messages } from './messages.ts';
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
};

export type IngestOptions = {
  /** The time of the events (epoch ms); the payload's `receivedAt` by default. Seeding gives past times. */
  at?: number;
};

export function createIngest(parts: IngestParts) {
  const { db, log, channels, contacts, conversations, messages, changes, catalogue, media, raw } = parts;

  function contactOf(channel: ChannelRow, party: Party, at: number): Contact {
    const { identity } = party;
    const known = contacts.find(channel.ws, identity.channelKind, identity.externalId);
    if (known !== null) return contacts.save(channel.ws, learned(known, party), at);
    const name = nameOf(party);
    return contacts.create(channel.ws, { name, identities: [identity], createdAt: at }, at);
  }

  /** Looks a message up, in the workspace of the channel. */
  function quoteOf(channel: ChannelRow, providerId: string | null): Message['quote'] {
    if (providerId === null) return null;
    const found = messages.findByProviderId(channel.channel.id, providerId);
    if (found === null) return { messageId: null, providerId, kind: null, text: null };
    const { id, content } = found.message;
    return { messageId: id, providerId, kind: content.kind, text: previewText(content) };
  }

  /** A new conversation. Who has not seen the contact so far (it is older than this payload) needs it now: so it is told again. */
  function begin(channel: ChannelRow, contact: Contact, head: number, startedAt: number, at: number) {
    if (contact.rev <= head) contacts.tell(channel.ws, contact, at);
    const fields = { channelId: channel.channel.id, contactId: contact.id, createdAt: startedAt };
    return conversations.create(channel.ws, fields, startedAt);
  }

  function applyMessage(channel: ChannelRow, fact: MessageFact, rawId: string | null, at: number): void {
    const channelId = channel.channel.id;
    if (messages.isKnown(channelId, fact.dedupKey) || messages.hasOrphan(channelId, fact.providerId)) return;
    const { head } = log.ends(channel.ws);
    const contact = contactOf(channel, fact.party, at);
    const conversation =
      conversations.find(contact.id, channelId) ?? begin(channel, contact, head, fact.sentAt, at);
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
    changes.addMessage(channel.ws, message, conversation, {
      dedupKey: fact.dedupKey,
      capabilities: channel.channel.capabilities,
      at,
    });
    applyEarly(channelId, fact.providerId, at);
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

  /** Both identities become one contact's; the last of a kind is the one to write to. Two contacts that exist stay two. */
  function applyIdentity(channel: ChannelRow, previous: Identity, party: Party, at: number): void {
    const { identity } = party;
    const old = contacts.find(channel.ws, previous.channelKind, previous.externalId);
    const taken = contacts.find(channel.ws, identity.channelKind, identity.externalId);
    if (taken !== null) {
      const identities = old === null ? [previous, ...taken.identities] : taken.identities;
      contacts.save(channel.ws, learned({ ...taken, identities }, party), at);
      return;
    }
    if (old === null) {
      const name = nameOf(party);
      contacts.create(channel.ws, { name, identities: [previous, identity], createdAt: at }, at);
      return;
    }
    const phone = identity.phone ?? old.phone;
    contacts.save(channel.ws, { ...old, phone, identities: [...old.identities, identity] }, at);
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
        applySmall(fact, at);
        return;
      case 'consent': {
        const contact = contactOf(channel, fact.party, at);
        if ((contact.consent.at ?? 0) > (fact.consent.at ?? 0)) return;
        contacts.save(channel.ws, { ...contact, consent: fact.consent }, at);
        return;
      }
      case 'identity':
        applyIdentity(channel, fact.previous, fact.party, at);
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
        const { id } = raw.keep(payload);
        if (facts.length > 0 && !raw.markApplied(id) && payload.once === true) return;
        for (const fact of facts) apply(fact, id, at);
      });
    },
    /** For the delivery worker: the provider's id of a message has just become known. */
    applyEarly,
  };
}

/** What somebody calls themselves; without a name, what they write from. */
function nameOf({ name, identity }: Party): string {
  const said = name === null ? '' : cleanName(name);
  return said === '' ? (identity.phone ?? identity.username ?? identity.externalId) : said;
}

/** The contact with what this party adds. A name that somebody gave is left; one that was only a number is replaced. */
function learned(contact: Contact, party: Party): Contact {
  const { identity } = party;
  const identities = contact.identities.map((known) =>
    known.channelKind === identity.channelKind && known.externalId === identity.externalId
      ? {
          ...known,
          parentExternalId: identity.parentExternalId ?? known.parentExternalId,
          phone: identity.phone ?? known.phone,
          username: identity.username ?? known.username,
        }
      : known,
  );
  const nameless = identities.some(
    (known) =>
      contact.name === known.phone || contact.name === known.username || contact.name === known.externalId,
  );
  return {
    ...contact,
    name: nameless && party.name !== null ? nameOf(party) : contact.name,
    phone: contact.phone ?? identity.phone,
    identities,
  };
}

function withRawId(content: MessageContent, rawId: string | null): MessageContent {
  return content.kind === 'unknown' && content.rawId === null ? { ...content, rawId } : content;
}
