import type { Draft } from '../../../shared/contract/rows.ts';
import { CacheRefusal } from '../api.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { findConversation } from './conversations.ts';
import { deleteStaged, isStagedNeeded } from './staged.ts';

/** What lies beside the text: the files, and after them the note that is being written. */
type Beside = (Draft['attachments'][number] | { note: string })[];

/** Keeps what is being written; without text and attachments it is removed. */
export function saveDraft(tx: Tx, input: { conversationId: string; draft: Draft; now: number }): void {
  const { conversationId, draft, now } = input;
  const { note = '' } = draft;
  if (draft.text === '' && draft.attachments.length === 0 && note === '') {
    tx.db.run`DELETE FROM drafts WHERE conversation_id = ${conversationId}`;
  } else {
    if (findConversation(tx.db, conversationId) === undefined) {
      throw new CacheRefusal('not_found', 'the conversation is not in the cache');
    }
    const beside: Beside = note === '' ? draft.attachments : [...draft.attachments, { note }];
    tx.db.run`
      INSERT INTO drafts (conversation_id, text, updated_at, quoted_message_id, attachments)
      VALUES (${conversationId}, ${draft.text}, ${now}, ${draft.quotedMessageId}, ${JSON.stringify(beside)})
      ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at,
        quoted_message_id = excluded.quoted_message_id, attachments = excluded.attachments`;
  }
  tx.changes.conversation(conversationId);
  tx.changes.lists = true;
}

export function readDraft(db: ReadableDb, conversationId: string): Draft | null {
  const row = db.get<{ text: string; quotedMessageId: string | null; attachments: string }>`
    SELECT text, quoted_message_id AS quotedMessageId, attachments FROM drafts WHERE conversation_id = ${conversationId}`;
  if (row === undefined) return null;
  const beside = JSON.parse(row.attachments) as Beside;
  const note = beside.find((each) => 'note' in each)?.note;
  const attachments = beside.filter((each) => 'media' in each);
  return {
    text: row.text,
    quotedMessageId: row.quotedMessageId,
    attachments,
    ...(note === undefined ? {} : { note }),
  };
}

/** Forgets a draft and the files that only it had. */
export function deleteDraftWithFiles(tx: Tx, conversationId: string): void {
  const draft = readDraft(tx.db, conversationId);
  if (draft === null) return;
  tx.db.run`DELETE FROM drafts WHERE conversation_id = ${conversationId}`;
  for (const { media } of draft.attachments)
    if (!isStagedNeeded(tx.db, media.id)) deleteStaged(tx.db, media.id);
}
