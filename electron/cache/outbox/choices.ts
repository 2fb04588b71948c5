/** The user's choice about a message or note that is still here: send it again, change it, throw it away. */
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { CacheRefusal } from '../api.ts';
import type { HoldReason } from '../../../shared/contract/rows.ts';
import type { Tx } from '../store/context.ts';
import { findConversation } from '../store/conversations.ts';
import { findMessage, replaceMessage, shownMessage } from '../store/messages.ts';
import { commandOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { optimisticMessage } from '../store/overlay.ts';
import { refreshLane } from '../store/restore.ts';
import { readSession } from '../store/session.ts';
import { keep, showKept } from './put.ts';
import { removeSubject } from './withdraw.ts';

type Target = { conversationId: string; messageId: string };

/**
 * A held message waits again, in its old place, under a new command id (the gateway answers the old one as before for ever); a message
 * whose delivery failed becomes a `message.retry`. `anyway`: the guards for people (unseen, reassigned) are dropped. One that waits for
 * its time goes now.
 */
export function retryMessage(
  tx: Tx,
  input: Target & { commandId: string; anyway?: boolean | undefined; now: number },
): void {
  const { conversationId, messageId, commandId, now } = input;
  const row = writtenIn(tx, input);
  if (row === undefined) {
    const me = readSession(tx.db)?.me.id;
    if (me === undefined) throw new CacheRefusal('conflict', 'nobody is signed in');
    const command: Command = { id: commandId, type: 'message.retry', data: { conversationId, messageId } };
    keep(tx, { command, me, now });
    while (showKept(tx));
    return;
  }
  requireConversation(tx, conversationId);
  if (row.state !== 'held' && row.state !== 'waiting') {
    throw new CacheRefusal('conflict', 'the message is under way');
  }
  const anyway = input.anyway === true;
  // What the gateway may have answered already needs another id.
  const id = row.state === 'held' ? commandId : row.id;
  const before = commandOf(row);
  const command: Command =
    anyway && before.type === 'message.send'
      ? { ...before, id, data: { ...before.data, seenRev: null } }
      : { ...before, id };
  tx.db.run`
    UPDATE outbox SET id = ${id}, command = ${JSON.stringify(command)}, state = 'waiting', next_at = NULL, send_at = NULL,
      attempts = ${row.state === 'held' ? 0 : row.attempts}, error = NULL, emitted = ${id === row.id ? row.emitted : 0},
      written = ${anyway ? null : row.written}
    WHERE n = ${row.n}`;
  if (id !== row.id) tx.outbox.add({ ...row, id }, true);
  reshow(tx, conversationId, messageId);
}

/** Changes what a message says, or when it goes. One that was held is asked about again when it is its turn. */
export function reviseMessage(
  tx: Tx,
  input: Target & {
    content: MessageContent;
    sendAt: number | null;
    commandId: string;
  },
): void {
  const { conversationId, messageId, content, sendAt, commandId } = input;
  const row = writtenIn(tx, input);
  if (row === undefined) throw new CacheRefusal('not_found', 'the message is not in the outbox');
  requireConversation(tx, conversationId);
  const before = commandOf(row);
  if (before.type !== 'message.send') throw new CacheRefusal('conflict', 'not a message');
  // Once it has left this machine, the gateway may have it as it was.
  if (row.state === 'sending' || row.state === 'sent' || (row.state === 'waiting' && row.emitted === 1)) {
    throw new CacheRefusal('conflict', 'the message is under way');
  }
  const command: Command = { ...before, id: commandId, data: { ...before.data, content } };
  tx.db.run`
    UPDATE outbox SET id = ${commandId}, command = ${JSON.stringify(command)}, state = 'waiting', attempts = 0, next_at = NULL,
      error = NULL, send_at = ${sendAt}, emitted = 0
    WHERE n = ${row.n}`;
  tx.outbox.add({ ...row, id: commandId }, true);
  reshow(tx, conversationId, messageId);
}

/** Steps out of the line until the user has chosen. No effect on one that is under way or gone. */
export function holdCommand(tx: Tx, { id, reason }: { id: string; reason: HoldReason }): void {
  const row = tx.outbox.find(id);
  if (row === undefined || row.state !== 'waiting') return;
  tx.db.run`UPDATE outbox SET state = 'held', error = ${reason}, next_at = NULL WHERE n = ${row.n}`;
  refreshLane(tx, row.lane);
}

/** Removes what the gateway never took and answers what it said. Null when it is under way, taken, or not there. */
export function discardMessage(tx: Tx, target: Target): MessageContent | null {
  const row = writtenIn(tx, target);
  if (row === undefined || (row.state !== 'held' && row.state !== 'waiting')) return null;
  tx.db.run`DELETE FROM outbox WHERE n = ${row.n}`;
  removeSubject(tx, target.messageId, row.type);
  refreshLane(tx, row.lane);
  const command = commandOf(row);
  if (command.type === 'message.send') return command.data.content;
  return command.type === 'note.add' ? { kind: 'text', body: command.data.body } : null;
}

function writtenIn(tx: Tx, { conversationId, messageId }: Target): OutboxRow | undefined {
  return tx.outbox
    .of(conversationId)
    .find((row) => row.subjectId === messageId && (row.type === 'message.send' || row.type === 'note.add'));
}

function requireConversation(tx: Tx, id: string): void {
  if (findConversation(tx.db, id) === undefined) {
    throw new CacheRefusal('not_found', 'the conversation is not in the cache');
  }
}

/** Shows the message of an outbox row as it is now. */
function reshow(tx: Tx, conversationId: string, messageId: string): void {
  const row = writtenIn(tx, { conversationId, messageId });
  const record = findMessage(tx.db, messageId);
  if (row !== undefined && record !== undefined && record.rev === 0) {
    const before = shownMessage(record);
    const message = optimisticMessage(row, record.channelId, null);
    if (message !== null) replaceMessage(tx, record, { ...message, quote: before.quote });
  }
  refreshLane(tx, conversationId);
}
