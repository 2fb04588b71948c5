/** Shows again what the outbox holds for a conversation that has just come (back): after a granted sight, a rebuild, a new first sync. */
import type { Tx } from './context.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { ConversationRecord } from './conversations.ts';
import { addToCounter } from './counters.ts';
import { findMessage, putMessage, replaceMessage, baseMessage, shownMessage } from './messages.ts';
import { refreshContact } from './contacts.ts';
import { putConversation, refreshConversation } from './conversations.ts';
import { refreshLibraryItem } from './library.ts';
import { putNote } from './notes.ts';
import type { OutboxRow } from './outbox-row.ts';
import { PEOPLE, commandOf, conversationOfLane, subjectOf } from './outbox-row.ts';
import { optimisticMessage, optimisticNote } from './overlay.ts';

/** Lays everything pending over the messages of a conversation. */
export function restorePending(tx: Tx, owner: ConversationRecord): void {
  for (const row of tx.outbox.of(owner.id)) showPending(tx, owner, row);
}

/** The effect of one pending command on the thread. The conversation's own fields follow by `refreshConversation`. */
export function showPending(tx: Tx, owner: ConversationRecord, row: OutboxRow): void {
  const command = commandOf(row);
  switch (command.type) {
    case 'message.send': {
      const { quotedMessageId } = command.data;
      const quoted = quotedMessageId === null ? undefined : findMessage(tx.db, quotedMessageId);
      const message = optimisticMessage(
        row,
        owner.channelId,
        quoted === undefined ? null : shownMessage(quoted),
      );
      if (message === null) return;
      if (putMessage(tx, message, owner, tx.sequence.nextLive()) === 'added')
        addToCounter(tx.db, 'messages', 1, 0);
      return;
    }
    case 'note.add': {
      const note = optimisticNote(row);
      if (note !== null) putNote(tx, note, owner, tx.sequence.nextLive());
      return;
    }
    case 'message.retry':
    case 'message.react':
      refreshMessage(tx, subjectOf(command));
      return;
    default:
      return;
  }
}

/** Shows again what rows of the outbox were about, after they have come, changed or gone. */
export function refreshRows(tx: Tx, rows: readonly { n: number; lane: string; type: string }[]): void {
  const lanes = new Set<string>();
  const contacts = new Set<string>();
  for (const { n, lane, type } of rows) {
    if (lane !== PEOPLE) lanes.add(lane);
    else {
      for (const id of tx.outbox.people.contactsOf(n)) contacts.add(id);
      // The ledger, requests, fields and pairs are laid over what is stored when they are read.
      tx.changes.people = true;
      if (type.startsWith('field.')) tx.changes.directory = true;
      if (type.startsWith('consent.') || type.startsWith('field.')) tx.people.changed = true;
      tx.changes.outbox = true;
    }
  }
  for (const lane of lanes) refreshLane(tx, lane);
  tx.outbox.people.steadily(() => {
    for (const id of contacts) refreshContact(tx, id);
  });
}

/** The conversation of a `conversation.start` that the gateway does not have yet; undefined for every other command. */
export function showStarted(tx: Tx, row: OutboxRow): ConversationRecord | undefined {
  const command = commandOf(row);
  if (command.type !== 'conversation.start') return undefined;
  const { conversationId, contactId, channelId } = command.data;
  if (tx.erased.has(contactId)) return undefined;
  const started: Conversation = {
    id: conversationId,
    channelId,
    contactId,
    status: 'open',
    snoozedUntil: null,
    closeReason: null,
    assigneeId: row.me,
    teamId: null,
    labelIds: [],
    unread: 0,
    waitingSince: null,
    lastInboundAt: null,
    windowEndsAt: null,
    lastMessage: null,
    activeAt: row.createdAt,
    createdAt: row.createdAt,
    rev: 0,
  };
  return putConversation(tx, started, { history: 'complete', renew: false }).record;
}

/** Shows everything of a line again after its commands have changed. */
export function refreshLane(tx: Tx, lane: string): void {
  const conversationId = conversationOfLane(lane);
  if (conversationId !== null) {
    refreshConversation(tx, conversationId);
    tx.changes.conversation(conversationId);
    tx.changes.lists = true;
  } else if (lane.startsWith('library:')) refreshLibraryItem(tx, lane.slice('library:'.length));
  else for (const id of tx.outbox.people.contacts()) refreshContact(tx, id);
  tx.changes.outbox = true;
}

/** Shows a message again after what is pending on it has changed. */
export function refreshMessage(tx: Tx, messageId: string | null): void {
  if (messageId === null) return;
  const record = findMessage(tx.db, messageId);
  if (record !== undefined) replaceMessage(tx, record, baseMessage(tx.db, record));
}
