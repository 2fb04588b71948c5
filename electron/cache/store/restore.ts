/** Shows again what the outbox holds for a conversation that has just come (back): after a granted sight, a rebuild, a new first sync. */
import type { Tx } from './context.ts';
import type { ConversationRecord } from './conversations.ts';
import { addToCounter } from './counters.ts';
import { findMessage, putMessage, replaceMessage, baseMessage, shownMessage } from './messages.ts';
import { refreshContact } from './contacts.ts';
import { refreshConversation } from './conversations.ts';
import { refreshLibraryItem } from './library.ts';
import { putNote } from './notes.ts';
import type { OutboxRow } from './outbox-row.ts';
import { commandOf, conversationOfLane, subjectOf } from './outbox-row.ts';
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

/** Shows everything of a line again after its commands have changed. */
export function refreshLane(tx: Tx, lane: string): void {
  const conversationId = conversationOfLane(lane);
  if (conversationId !== null) {
    refreshConversation(tx, conversationId);
    tx.changes.conversation(conversationId);
    tx.changes.lists = true;
  } else if (lane.startsWith('library:')) refreshLibraryItem(tx, lane.slice('library:'.length));
  else refreshContact(tx, lane.slice('contact:'.length));
  tx.changes.outbox = true;
}

/** Shows a message again after what is pending on it has changed. */
export function refreshMessage(tx: Tx, messageId: string | null): void {
  if (messageId === null) return;
  const record = findMessage(tx.db, messageId);
  if (record !== undefined) replaceMessage(tx, record, baseMessage(tx.db, record));
}
