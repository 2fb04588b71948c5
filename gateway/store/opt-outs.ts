/**
 * STOP and START: a message that is nothing but the word goes into the ledger and the timeline, and is confirmed once by an automatic message
 * (not more often than once a day for the same word's sense, and only where it may be sent).
 */
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import type { Message } from '../../shared/domain/message.ts';
import { optConfirmation, optWordOf } from '../../shared/domain/opt-out-words.ts';
import type { OptWord } from '../../shared/domain/opt-out-words.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import type { Activities } from './activities.ts';
import type { Changes } from './changes.ts';
import type { ChannelRow } from './channels.ts';
import { shortForm } from './consents.ts';
import type { Consents } from './consents.ts';
import type { Outbound } from './outbound.ts';

export type OptOuts = ReturnType<typeof createOptOuts>;

export function createOptOuts(parts: {
  changes: Changes;
  activities: Activities;
  consents: Consents;
  outbound: Outbound;
}) {
  const { changes, activities, consents, outbound } = parts;

  return {
    /** What an inbound message says about marketing, if it says anything. `at`: now, as the payload has it. */
    heed(
      channel: ChannelRow,
      contact: Contact,
      conversation: Conversation,
      message: Message,
      at: number,
    ): void {
      const { kind } = channel.channel;
      const word = optWordOf(saidIn(message.content), kind);
      if (word === null) return;
      const { state } = word;
      const ledger = consents.of(contact.id);
      const said = ledger.filter((entry) => entry.purpose === 'marketing' && entry.method === 'keyword');
      const confirmed = said.some((entry) => entry.state === state && entry.at > message.sentAt - DAY);
      const holds = shortForm(ledger)?.state === (state === 'given' ? 'opted_in' : 'opted_out');
      if (confirmed && holds) return;
      const entry = {
        id: newId(at),
        contactId: contact.id,
        purpose: 'marketing' as const,
        // Whoever says stop means everything; whoever says start, here.
        channelKind: state === 'withdrawn' ? null : kind,
        state,
        at: message.sentAt,
        method: 'keyword' as const,
        source: saidIn(message.content).trim().slice(0, 100),
        recordedBy: null,
        recordedAt: at,
      };
      consents.record(channel.ws, entry, at);
      const deed = {
        actorId: null,
        kind: state === 'given' ? ('consent_given' as const) : ('consent_withdrawn' as const),
        from: null,
        to: message.id,
        note: null,
      };
      activities.addAll(channel.ws, conversation, [deed], at);
      const mayWrite = !contact.blocked && contact.restriction === null;
      if (confirmed || !mayWrite || channel.channel.health.state === 'suspended') return;
      const hours = channel.channel.capabilities.windowHours ?? DAY / HOUR;
      if (message.sentAt + hours * HOUR > at) confirm(channel, contact, conversation, word, at);
    },
  };

  function confirm(
    { ws, channel }: ChannelRow,
    contact: Contact,
    conversation: Conversation,
    word: OptWord,
    at: number,
  ): void {
    const message: Message = {
      id: newId(at),
      conversationId: conversation.id,
      channelId: channel.id,
      direction: 'out',
      author: { type: 'gateway' },
      sentAt: at,
      content: { kind: 'text', body: optConfirmation(word, contact.language) },
      quote: null,
      forwarded: 'no',
      referral: null,
      reactions: [],
      revisions: [],
      editedAt: null,
      deletedAt: null,
      deletedBy: null,
      delivery: { status: 'queued', at, attempt: 1, error: null },
      providerId: null,
      rev: 0,
    };
    const { capabilities } = channel;
    changes.addMessage(ws, message, conversation, { dedupKey: null, capabilities, at });
    const { id: messageId, conversationId } = message;
    outbound.put({ ws, conversationId, kind: 'send', messageId, attempt: 1, emoji: null, dueAt: at });
  }
}

/** The words of a text, or of the button that was pressed. */
function saidIn(content: MessageContent): string {
  if (content.kind === 'text') return content.body;
  return content.kind === 'answer' ? content.title : '';
}
