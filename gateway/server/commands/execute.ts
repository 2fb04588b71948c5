/**
 * Applies a command once: the check of its id, its effect and its answer are one transaction. A refusal that would be the same next
 * time is remembered like a success; one that passes by itself is not.
 */
import { createHash } from 'node:crypto';
import { parseCommand } from '../../../shared/protocol/commands.ts';
import type { Command, CommandAck } from '../../../shared/protocol/commands.ts';
import { undoableOf } from '../../store/commands.ts';
import type { Undoable } from '../../store/commands.ts';
import type { ServerContext } from '../context.ts';
import { Refusal, refusalOf } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { changeContacts, deleteContacts, startConversation } from './contact-commands.ts';
import {
  assignConversation,
  labelConversation,
  readConversation,
  setConversationStatus,
  unreadConversation,
} from './conversation-commands.ts';
import { deleteField, saveField } from './field-commands.ts';
import { deleteItem, saveItem } from './library-commands.ts';
import { addNote, reactToMessage } from './message-commands.ts';
import {
  eraseContact,
  keepContactsApart,
  mergeContacts,
  recordConsent,
  restrictContact,
  unmergeContacts,
} from './person-commands.ts';
import { acknowledge, releaseHold, saveHold, saveRetention } from './retention-commands.ts';
import { saveRights } from './rights-commands.ts';
import { retryMessage, sendMessage } from './send-message.ts';
import { beginTermination, cancelTermination } from './termination-commands.ts';
import { undoCommand } from './undo-command.ts';

const CAN_BE_UNDONE: ReadonlySet<Command['type']> = new Set([
  'conversation.assign',
  'conversation.status',
  'conversation.labels',
  'conversation.read',
  'conversation.unread',
]);

/** Runs one command of this user as it came off the wire. Never throws. */
export function executeCommand(context: ServerContext, userId: string, raw: unknown): CommandAck {
  const parsed = parseCommand(raw);
  if (!parsed.ok) {
    const error = new Refusal('invalid', parsed.issue).refusal;
    return { id: parsed.id ?? idOf(raw), ok: false, error };
  }
  const { command } = parsed;
  try {
    return context.store.tx(() => once(context, userId, command));
  } catch (error) {
    const fields = { command: command.type, error: error instanceof Error ? error.name : typeof error };
    context.logger.error(fields, 'command failed');
    return { id: command.id, ok: false, error: refusalOf(error) };
  }
}

function once(context: ServerContext, userId: string, command: Command): CommandAck {
  const { store } = context;
  const now = context.now();
  const payloadHash = createHash('sha256')
    .update(`${command.type}\n${JSON.stringify(command.data)}`)
    .digest('hex');
  const known = store.commands.get(command.id);
  if (known !== null) {
    if (known.userId === userId && known.payloadHash === payloadHash) return known.ack;
    return { id: command.id, ok: false, error: new Refusal('id_reused').refusal };
  }
  const viewer = store.people.viewer(userId);
  if (viewer === null) return { id: command.id, ok: false, error: new Refusal('forbidden').refusal };
  let ack: CommandAck;
  let undoable: Undoable | null = null;
  const subject =
    CAN_BE_UNDONE.has(command.type) && 'conversationId' in command.data ? command.data.conversationId : null;
  const state = () => (subject === null ? null : store.conversations.get(viewer.ws, subject));
  try {
    // A savepoint: what a refused command had begun is undone, its answer is kept.
    const before = state();
    const seq = store.tx(() => apply({ store, viewer, now }, command));
    if (seq !== null) undoable = undoableOf(before, state());
    ack = { id: command.id, ok: true, seq: seq ?? store.log.ends(viewer.ws).head };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    ack = { id: command.id, ok: false, error: error.refusal };
    if (error.refusal.retry !== 'never') return ack;
  }
  store.commands.put(command.id, { userId, payloadHash, ack }, now, undoable);
  return ack;
}

/** The number of the command's last event; null when nothing had to change. */
function apply(context: CommandContext, command: Command): number | null {
  switch (command.type) {
    case 'message.send':
      return sendMessage(context, command.data);
    case 'message.retry':
      return retryMessage(context, command.data);
    case 'message.react':
      return reactToMessage(context, command.data);
    case 'note.add':
      return addNote(context, command.data);
    case 'conversation.read':
      return readConversation(context, command.data);
    case 'conversation.unread':
      return unreadConversation(context, command.data);
    case 'conversation.assign':
      return assignConversation(context, command.data);
    case 'conversation.status':
      return setConversationStatus(context, command.data);
    case 'conversation.undo':
      return undoCommand(context, command.data);
    case 'conversation.labels':
      return labelConversation(context, command.data);
    case 'library.save':
      return saveItem(context, command.data);
    case 'library.delete':
      return deleteItem(context, command.data);
    case 'contacts.change':
      return changeContacts(context, command.data);
    case 'contacts.delete':
      return deleteContacts(context, command.data);
    case 'contacts.keep_apart':
      return keepContactsApart(context, command.data);
    case 'contact.merge':
      return mergeContacts(context, command.data);
    case 'contact.unmerge':
      return unmergeContacts(context, command.data);
    case 'contact.restrict':
      return restrictContact(context, command.data);
    case 'contact.erase':
      return eraseContact(context, command.data);
    case 'consent.record':
      return recordConsent(context, command.data);
    case 'field.save':
      return saveField(context, command.data);
    case 'field.delete':
      return deleteField(context, command.data);
    case 'conversation.start':
      return startConversation(context, command.data);
    case 'rights.save':
      return saveRights(context, command.data);
    case 'retention.save':
      return saveRetention(context, command.data);
    case 'hold.save':
      return saveHold(context, command.data);
    case 'hold.release':
      return releaseHold(context, command.data);
    case 'termination.begin':
      return beginTermination(context, command.data);
    case 'termination.cancel':
      return cancelTermination(context);
    case 'notice.acknowledge':
      return acknowledge(context, command.data);
  }
}

/** Something to answer a command with that has no id of its own. */
function idOf(raw: unknown): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
  return typeof id === 'string' && id.length > 0 && id.length <= 128 ? id : 'none';
}
