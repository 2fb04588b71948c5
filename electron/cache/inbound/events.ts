/** What each event of the log does to the cache. Applying one twice, or an old one late, changes nothing: `rev` decides. */
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { mergeDelivery } from '../../../shared/domain/message-status.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { DomainEvent } from '../../../shared/protocol/events.ts';
import type { SupportAccess } from '../../../shared/domain/support-access.ts';
import { appendAudit } from '../audit/chain.ts';
import { eraseContact } from '../people/erase.ts';
import { leaveAfterMove, leaveAfterUndoing, undoneSince } from '../people/leave.ts';
import { putConsent } from '../people/ledger.ts';
import { putApart, putMerge, putRights } from '../people/records.ts';
import type { Tx } from '../store/context.ts';
import { dropContactWithoutConversation, putContact } from '../store/contacts.ts';
import { putActivity } from '../store/activities.ts';
import { findConversation, noteForeign, patchLastMessage, putConversation } from '../store/conversations.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import { addToCounter } from '../store/counters.ts';
import { putEntry, putPolicy, putRule } from '../store/directory.ts';
import { putLibraryItem } from '../store/library.ts';
import { baseMessage, findMessage, putMessage, replaceMessage } from '../store/messages.ts';
import { putNote } from '../store/notes.ts';
import { withReaction } from '../store/overlay.ts';
import { restorePending } from '../store/restore.ts';
import { readSyncState } from '../store/sync-state.ts';
import { putChannel } from '../store/windows.ts';
import { withdrawConversation } from '../store/withdraw.ts';

export function applyEvent(tx: Tx, event: DomainEvent): void {
  if (tx.erased.size > 0 && isAboutErased(tx, event)) return;
  switch (event.type) {
    case 'message.created': {
      const { message, conversation } = event.data;
      const owner = arrive(tx, conversation);
      if (putMessage(tx, message, owner, tx.sequence.nextLive()) === 'added')
        addToCounter(tx.db, 'messages', 1, 0);
      if (isForeign(tx, message)) noteForeign(tx, owner.ref, event.seq);
      return;
    }
    case 'message.status': {
      const { messageId, conversationId, delivery } = event.data;
      recordStatus(tx, messageId, event.seq, JSON.stringify(delivery));
      const merged = change(tx, event.seq, messageId, (message) => ({
        ...message,
        delivery: message.delivery === null ? delivery : mergeDelivery(message.delivery, delivery),
      }));
      patchLastMessage(tx, conversationId, messageId, event.seq, (last) => ({
        ...last,
        status: merged?.delivery?.status ?? delivery.status,
      }));
      return;
    }
    case 'message.edited': {
      const { messageId, conversationId, content, editedAt } = event.data;
      change(tx, event.seq, messageId, (message) => ({
        ...message,
        content,
        editedAt,
        revisions: [...message.revisions, { content: message.content, until: editedAt }],
      }));
      patchLastMessage(tx, conversationId, messageId, event.seq, (last) => ({
        ...last,
        kind: content.kind,
        text: previewText(content),
      }));
      return;
    }
    case 'message.deleted': {
      const { messageId, conversationId, deletedAt, deletedBy } = event.data;
      change(tx, event.seq, messageId, (message) => ({ ...message, deletedAt, deletedBy }));
      patchLastMessage(tx, conversationId, messageId, event.seq, (last) => ({ ...last, text: '' }));
      return;
    }
    case 'message.reaction': {
      const { messageId, by, emoji, at } = event.data;
      change(tx, event.seq, messageId, (message) => ({
        ...message,
        reactions: withReaction(message.reactions, by, emoji, at),
      }));
      return;
    }
    case 'note.created': {
      const { note } = event.data;
      const owner = findConversation(tx.db, note.conversationId);
      if (owner !== undefined && putNote(tx, note, owner, tx.sequence.nextLive()))
        tx.changes.conversation(owner.id);
      if (owner !== undefined && note.authorId !== tx.me) noteForeign(tx, owner.ref, event.seq);
      return;
    }
    case 'activity.created': {
      const { activity } = event.data;
      const owner = findConversation(tx.db, activity.conversationId);
      if (owner !== undefined && putActivity(tx, activity, owner)) tx.changes.conversation(owner.id);
      return;
    }
    case 'conversation.changed': {
      const { conversation } = event.data;
      const before = findConversation(tx.db, conversation.id)?.contactId;
      const { contactId } = arrive(tx, conversation);
      if (before !== undefined && before !== contactId) leaveAfterMove(tx, before);
      return;
    }
    case 'conversation.granted':
      putContact(tx, event.data.contact);
      arrive(tx, event.data.conversation, true);
      for (const entry of event.data.consents ?? []) putConsent(tx, entry);
      for (const merge of event.data.merges ?? []) putMerge(tx, merge);
      return;
    case 'conversation.withdrawn': {
      const { conversationId, contactId } = event.data;
      const was = findConversation(tx.db, conversationId)?.contactId;
      // It had gone over to somebody else meanwhile: who it was with may have been told again for another reason.
      const moved = was !== undefined && contactId !== undefined && was !== contactId;
      withdrawConversation(tx, conversationId, moved ? (undoneSince(tx.db, was) ?? undefined) : undefined);
      if (contactId !== undefined) dropContactWithoutConversation(tx, contactId);
      return;
    }
    case 'contact.changed':
      putContact(tx, event.data.contact);
      return;
    case 'contacts.changed':
      for (const contact of event.data.contacts) putContact(tx, contact);
      return;
    case 'contact.merged':
      if (putMerge(tx, event.data.merge) && event.data.merge.undoneAt !== null)
        leaveAfterUndoing(tx, event.data.merge);
      return;
    case 'contact.erased':
      eraseContact(tx, event.data);
      return;
    case 'contacts.kept_apart':
      putApart(tx, event.data, event.seq);
      return;
    case 'consent.recorded':
      putConsent(tx, event.data.entry);
      return;
    case 'field.changed':
      if (putEntry(tx, 'field', event.data.field)) tx.people.changed = true;
      return;
    case 'rights.changed':
      putRights(tx, event.data.request);
      return;
    case 'user.changed':
      putEntry(tx, 'user', event.data.user);
      return;
    case 'team.changed':
      putEntry(tx, 'team', event.data.team);
      tx.changes.lists = true;
      return;
    case 'library.changed':
      putLibraryItem(tx, event.data.item);
      return;
    case 'channel.changed':
      putChannel(tx, event.data.channel);
      return;
    case 'label.changed':
      putEntry(tx, 'label', event.data.label);
      return;
    case 'template.changed':
      putEntry(tx, 'template', event.data.template);
      return;
    case 'policy.changed':
      putPolicy(tx, event.data.policy);
      return;
    case 'retention.changed':
      putRule(tx, 'retention', 'retention', event.data.retention, event.seq);
      return;
    case 'hold.changed':
      putRule(tx, 'hold', event.data.hold.id, event.data.hold, event.seq);
      return;
    case 'breach.told':
      putRule(tx, 'breach', event.data.notice.id, event.data.notice, event.seq);
      return;
    case 'termination.changed':
      putRule(tx, 'termination', 'termination', event.data.termination, event.seq);
      return;
    case 'support.accessed':
      noteSupport(tx, event.data.access);
      return;
    case 'access.changed':
      // The session starts a new first sync; nothing of this cache is known to be wrong until then.
      return;
  }
}

/** A line of the audit, once. Nobody of this workspace did it, so there is no actor: the action says who it was. */
function noteSupport(tx: Tx, { id, at, by, what, subjectId, reason }: SupportAccess): void {
  const known = tx.db.get`
    SELECT 1 FROM audit WHERE action = ${`gateway.${what}`} AND instr(subjects, ${JSON.stringify(id)}) > 0`;
  if (known !== undefined) return;
  appendAudit(tx, {
    at,
    actorId: null,
    action: `gateway.${what}`,
    subjects: [by, id, ...(subjectId === null ? [] : [subjectId])],
    counts: {},
    reason,
  });
}

/** Whether it says something about a person, or a conversation with one, who was erased here. Lists are looked through one by one. */
function isAboutErased(tx: Tx, { type, data }: DomainEvent): boolean {
  if (type === 'rights.changed' || type === 'contact.erased') return false;
  const { erased } = tx;
  if ('conversation' in data && (erased.has(data.conversation.id) || erased.has(data.conversation.contactId)))
    return true;
  if ('contact' in data && erased.has(data.contact.id)) return true;
  if ('conversationId' in data && erased.has(data.conversationId)) return true;
  if ('note' in data) return erased.has(data.note.conversationId);
  if ('activity' in data) return erased.has(data.activity.conversationId);
  if ('entry' in data) return erased.has(data.entry.contactId);
  return false;
}

/**
 * A conversation in the state that an event carries. One that was not here is new, so that the log has all of it (or the first sync that is
 * still running brings it), unless it came into sight by `conversation.granted`: then its older messages have to be asked for.
 */
function arrive(tx: Tx, conversation: Conversation, granted = false): ConversationRecord {
  const history = granted ? 'incomplete' : readSyncState(tx.db).stage === 'done' ? 'complete' : 'first_sync';
  const { record, added } = putConversation(tx, conversation, { history, renew: false });
  if (added) restorePending(tx, record);
  tx.changes.conversation(conversation.id);
  return record;
}

/** Whether a customer or a colleague wrote it: what an automatism sends surprises nobody. */
function isForeign(tx: Tx, { author }: Message): boolean {
  if (author.type === 'gateway') return false;
  return author.type !== 'user' || author.userId !== tx.me;
}

/** Changes a message by a small event, whose number becomes its `rev`. Answers the new state, or null when nothing changed. */
function change(tx: Tx, seq: number, messageId: string, next: (message: Message) => Message): Message | null {
  const record = findMessage(tx.db, messageId);
  if (record === undefined || record.rev >= seq) return null;
  const message = { ...next(baseMessage(tx.db, record)), rev: seq };
  replaceMessage(tx, record, message);
  tx.changes.conversation(record.conversationId);
  return message;
}

/** Every report as it came, whatever the merge makes of it. */
function recordStatus(tx: Tx, messageId: string, event: number, json: string): void {
  tx.db.run`
    INSERT OR IGNORE INTO status_history (message, event, json)
    SELECT seq, ${event}, ${json} FROM messages WHERE id = ${messageId}`;
}
