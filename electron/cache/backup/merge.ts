/** Rows of a copy into the cache: by the rules of what the gateway sends, so an older state never replaces a newer one. */
import { mediaOf } from '../../../shared/domain/message-content.ts';
import { putConsent } from '../people/ledger.ts';
import { putActivity } from '../store/activities.ts';
import { putContact } from '../store/contacts.ts';
import type { Tx } from '../store/context.ts';
import { findConversation, putConversation } from '../store/conversations.ts';
import { addToCounter } from '../store/counters.ts';
import { saveDraft } from '../store/drafts.ts';
import { saveMedia } from '../store/media.ts';
import { putMessage } from '../store/messages.ts';
import { findNote, putNote } from '../store/notes.ts';
import type { Portion, RestoreCutoffs, RestoreOutcome } from './types.ts';

type Counts = Omit<RestoreOutcome, 'changes'>;

export function restorePortion(tx: Tx, portion: Portion, cutoffs: RestoreCutoffs): Counts {
  const counts: Counts = { added: 0, renewed: 0, left: 0 };
  const note = (what: keyof Counts): void => void (counts[what] += 1);
  switch (portion.kind) {
    case 'erased':
      for (const { id, kind, at } of portion.rows) {
        const { changes } = tx.db
          .run`INSERT OR IGNORE INTO erased (id, kind, at) VALUES (${id}, ${kind}, ${at})`;
        if (changes > 0) tx.erased.add(id);
        note(changes > 0 ? 'added' : 'left');
      }
      break;
    case 'contacts':
      for (const contact of portion.rows) {
        const was = tx.db.get<{ rev: number }>`SELECT rev FROM contacts WHERE id = ${contact.id}`;
        const gone = tx.erased.has(contact.mergedInto);
        // By the number alone: that an earlier first sync brought it makes it no older than the copy.
        if (gone || (was !== undefined && was.rev >= contact.rev)) note('left');
        else if (!putContact(tx, contact)) note('left');
        else note(was === undefined ? 'added' : 'renewed');
      }
      break;
    case 'conversations':
      for (const conversation of portion.rows) {
        const { id, contactId, rev } = conversation;
        if (tx.erased.has(id) || tx.erased.has(contactId)) {
          note('left');
          continue;
        }
        const was = findConversation(tx.db, id);
        // Its messages are in the copy; what the gateway has besides comes when somebody asks for older ones.
        const { added } = putConversation(tx, conversation, { history: 'incomplete', renew: false });
        if (added) tx.people.ids.add(contactId);
        note(added ? 'added' : was !== undefined && was.rev < rev ? 'renewed' : 'left');
        tx.changes.conversation(id);
        tx.changes.lists = true;
      }
      break;
    case 'messages':
      restoreMessages(tx, portion, cutoffs, note);
      break;
    case 'notes': {
      let seq = tx.sequence.reserveHistory(portion.rows.length);
      for (const item of portion.rows) {
        const owner = findConversation(tx.db, item.conversationId);
        const was = findNote(tx.db, item.id) !== undefined;
        const over = isOver(item.createdAt, cutoffs.notes);
        const put = owner !== undefined && !over && putNote(tx, item, owner, seq);
        seq += 1;
        if (put) tx.changes.conversation(item.conversationId);
        note(put ? (was ? 'renewed' : 'added') : 'left');
      }
      break;
    }
    case 'activities':
      for (const item of portion.rows) {
        const owner = findConversation(tx.db, item.conversationId);
        const put = owner !== undefined && !isOver(item.at, cutoffs.messages) && putActivity(tx, item, owner);
        note(put ? 'added' : 'left');
      }
      break;
    case 'consents':
      for (const entry of portion.rows) {
        const was = tx.db.get<{ rev: number }>`SELECT rev FROM consents WHERE id = ${entry.id}`;
        const has = tx.db.get`SELECT 1 FROM contacts WHERE id = ${entry.contactId}` !== undefined;
        if (has) putConsent(tx, entry);
        note(
          !has || (was !== undefined && was.rev >= entry.rev)
            ? 'left'
            : was === undefined
              ? 'added'
              : 'renewed',
        );
      }
      break;
    case 'drafts':
      for (const { conversationId, text, updatedAt } of portion.rows) {
        const has = tx.db.get`SELECT 1 FROM drafts WHERE conversation_id = ${conversationId}` !== undefined;
        const fits = text !== '' && findConversation(tx.db, conversationId) !== undefined;
        if (has || !fits) {
          note('left');
          continue;
        }
        const draft = { text, quotedMessageId: null, attachments: [] };
        saveDraft(tx, { conversationId, draft, now: updatedAt });
        note('added');
      }
      break;
    case 'files':
      for (const { id, file, key, size, sha256, at } of portion.rows) {
        const row = tx.db.get<{ file: string | null }>`SELECT file FROM media WHERE id = ${id}`;
        if (row === undefined || row.file !== null || isOver(at, cutoffs.files)) {
          note('left');
          continue;
        }
        saveMedia(tx, { id, file, key, size, sha256 });
        note('added');
      }
  }
  return counts;
}

function restoreMessages(
  tx: Tx,
  { rows }: Extract<Portion, { kind: 'messages' }>,
  cutoffs: RestoreCutoffs,
  note: (what: keyof Counts) => void,
): void {
  // The oldest first, all of them before what is here: as a page of history is numbered.
  const ordered = rows.toSorted((a, b) => a.sentAt - b.sentAt);
  let seq = tx.sequence.reserveHistory(ordered.length);
  let added = 0;
  for (const message of ordered) {
    const owner = findConversation(tx.db, message.conversationId);
    // Sent by somebody who was erased, or naming them in a card.
    const erased = tx.erased.size > 0 && tx.erased.isNamedIn(JSON.stringify(message));
    if (owner === undefined || erased || isOver(message.sentAt, cutoffs.messages)) note('left');
    else {
      const outcome = putMessage(tx, message, owner, seq);
      if (outcome === 'added') added += 1;
      if (outcome !== 'kept') tx.changes.conversation(message.conversationId);
      if (outcome !== 'kept' && mediaOf(message.content) !== null) tx.people.ids.add(owner.contactId);
      note(outcome === 'kept' ? 'left' : outcome === 'added' ? 'added' : 'renewed');
    }
    seq += 1;
  }
  addToCounter(tx.db, 'messages', added, 0);
}

function isOver(at: number, cutoff: number | null): boolean {
  return cutoff !== null && at < cutoff;
}
