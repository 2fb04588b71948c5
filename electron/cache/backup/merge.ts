/** Rows of a copy into the cache: by the rules of what comes late from the gateway, so nothing newer is replaced and nothing expired comes back. */
import { mediaOf } from '../../../shared/domain/message-content.ts';
import { putConsent } from '../people/ledger.ts';
import { putActivity } from '../store/activities.ts';
import { putContact } from '../store/contacts.ts';
import type { Tx } from '../store/context.ts';
import { type ConversationRecord, findConversation, putConversation } from '../store/conversations.ts';
import { addToCounter } from '../store/counters.ts';
import { saveDraft } from '../store/drafts.ts';
import { saveMedia } from '../store/media.ts';
import { putMessage } from '../store/messages.ts';
import { putNote } from '../store/notes.ts';
import {
  judgeActivity,
  judgeConsent,
  judgeContact,
  judgeConversation,
  judgeDraft,
  judgeFile,
  judgeMessage,
  judgeNote,
  noTally,
} from './judge.ts';
import type { Portion, PortionRows, Tally, Verdict } from './types.ts';

/** In a transaction. Doing it again changes nothing more. */
export function restorePortion(tx: Tx, portion: Portion): Tally {
  switch (portion.kind) {
    case 'erased':
      return each(portion.rows, ({ id, kind, at }) => {
        if (tx.erased.has(id)) return 'left';
        tx.db.run`INSERT OR IGNORE INTO erased (id, kind, at) VALUES (${id}, ${kind}, ${at})`;
        tx.erased.add(id);
        return 'added';
      });
    case 'contacts':
      return each(portion.rows, (row) => {
        const verdict = judgeContact(tx, row);
        if (verdict === 'renewed') putContact(tx, row);
        return verdict;
      });
    case 'conversations':
      return each(portion.rows, (row) => {
        const verdict = judgeConversation(tx, row);
        if (verdict === 'renewed') putConversation(tx, row, { history: 'incomplete', renew: false });
        return verdict;
      });
    case 'messages':
      return restoreMessages(tx, portion.rows);
    case 'notes':
      return restoreNotes(tx, portion.rows);
    case 'activities':
      return each(portion.rows, (row) => {
        const verdict = judgeActivity(tx, row);
        const owner = findConversation(tx.db, row.conversationId);
        if (verdict === 'added' && owner !== undefined) putActivity(tx, row, owner);
        return verdict;
      });
    case 'consents':
      return each(portion.rows, (row) => {
        const verdict = judgeConsent(tx, row);
        if (comes(verdict)) putConsent(tx, row);
        return verdict;
      });
    case 'drafts':
      return each(portion.rows, (row) => {
        const verdict = judgeDraft(tx, row);
        const { conversationId, text, updatedAt: now } = row;
        const draft = { text, quotedMessageId: null, attachments: [] };
        if (verdict === 'added') saveDraft(tx, { conversationId, draft, now });
        return verdict;
      });
    case 'files':
      return each(portion.rows, (row) => {
        const verdict = judgeFile(tx, row);
        if (verdict === 'added') saveMedia(tx, row);
        else discard(tx, row);
        return verdict;
      });
  }
}

/** Numbered so that the oldest comes first, all of them before what is here: as a page of history is. */
function restoreMessages(tx: Tx, rows: PortionRows['messages']): Tally {
  const ordered = rows.toSorted((a, b) => a.sentAt - b.sentAt);
  const owners = ownersIn(tx);
  let seq = tx.sequence.reserveHistory(ordered.length);
  const tally = each(ordered, (message) => {
    const verdict = judgeMessage(tx, message);
    const owner = comes(verdict) ? owners(message.conversationId) : undefined;
    if (owner !== undefined) {
      putMessage(tx, message, owner, seq);
      tx.changes.conversation(owner.id);
      if (mediaOf(message.content) !== null) tx.people.ids.add(owner.contactId);
    }
    seq += 1;
    return verdict;
  });
  addToCounter(tx.db, 'messages', tally.added + tally.blanked, 0);
  return tally;
}

function restoreNotes(tx: Tx, rows: PortionRows['notes']): Tally {
  const owners = ownersIn(tx);
  let seq = tx.sequence.reserveHistory(rows.length);
  return each(rows, (note) => {
    const verdict = judgeNote(tx, note);
    const owner = comes(verdict) ? owners(note.conversationId) : undefined;
    if (owner !== undefined) {
      putNote(tx, note, owner, seq);
      tx.changes.conversation(owner.id);
    }
    seq += 1;
    return verdict;
  });
}

/** Fetched from the gateway, purged or withdrawn while its bytes were brought. */
function discard(tx: Tx, { id, file }: PortionRows['files'][number]): void {
  const here = tx.db.get<{ file: string | null }>`SELECT file FROM media WHERE id = ${id}`;
  if (here?.file !== file) tx.db.run`INSERT OR IGNORE INTO discarded_files (file) VALUES (${file})`;
}

function each<T>(rows: readonly T[], work: (row: T) => Verdict): Tally {
  const tally = noTally();
  for (const row of rows) tally[work(row)] += 1;
  return tally;
}

function comes(verdict: Verdict): boolean {
  return verdict === 'added' || verdict === 'blanked' || verdict === 'renewed';
}

/** Read once for a portion: a message does not change what is looked at here. */
function ownersIn(tx: Tx): (id: string) => ConversationRecord | undefined {
  const known = new Map<string, ConversationRecord | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, findConversation(tx.db, id));
    return known.get(id);
  };
}
