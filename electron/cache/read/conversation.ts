/** One conversation with its contact and channel, and where its older messages are. */
import type { ConversationDetail } from '../../../shared/contract/rows.ts';
import type { Channel } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { ConversationStanding } from '../api.ts';
import type { ReadableDb } from '../sql.ts';
import { findConversation } from '../store/conversations.ts';
import { personOf } from '../people/cluster.ts';
import { emptyContact } from '../people/overlay.ts';
import { readDraft } from '../store/drafts.ts';
import { pinOf } from '../store/library.ts';
import { findMessage, shownMessage } from '../store/messages.ts';
import { isComplete } from './thread.ts';

type Json = { json: string };

/** Null when the conversation, or its channel, is not here. */
export function readConversation(db: ReadableDb, { id }: { id: string }): ConversationDetail | null {
  const record = findConversation(db, id);
  if (record === undefined) return null;
  const conversation = JSON.parse(record.json) as Conversation;
  const channel = db.get<Json>`SELECT json FROM directory WHERE kind = 'channel' AND id = ${conversation.channelId}`;
  if (channel === undefined) return null;
  const contact = db.get<Json>`SELECT json FROM contacts WHERE id = ${personOf(db, record.contactId)}`;
  return {
    conversation,
    contact:
      contact === undefined
        ? emptyContact(conversation.contactId, conversation.createdAt)
        : (JSON.parse(contact.json) as Contact),
    channel: JSON.parse(channel.json) as Channel,
    draft: readDraft(db, id),
  };
}

/** Those that are here, in the order of the ids. */
export function readStandings(db: ReadableDb, { ids }: { ids: readonly string[] }): ConversationStanding[] {
  const standings: ConversationStanding[] = [];
  for (const id of ids) {
    const row = db.get<{
      json: string;
      pinned: number;
    }>`SELECT json, pinned FROM conversations WHERE id = ${id}`;
    if (row === undefined) continue;
    const pinId = row.pinned === 1 ? (pinOf(db, id)?.id ?? null) : null;
    standings.push({ conversation: JSON.parse(row.json) as Conversation, pinId });
  }
  return standings;
}

export function readHistoryOf(
  db: ReadableDb,
  { conversationId }: { conversationId: string },
): {
  complete: boolean;
  next: string | null;
} {
  const record = findConversation(db, conversationId);
  if (record === undefined) return { complete: true, next: null };
  return { complete: isComplete(db, record), next: record.historyNext };
}

export function readIncomplete(
  db: ReadableDb,
  { limit }: { limit: number },
): { conversationId: string; next: string | null }[] {
  return db.all<{ conversationId: string; next: string | null }>`
    SELECT id AS conversationId, history_next AS next FROM conversations
    WHERE history = 'incomplete' ORDER BY active_at DESC LIMIT ${limit}`;
}

export function readMissing(
  db: ReadableDb,
  { limit }: { limit: number },
): { conversations: number; ids: string[] } {
  const firstSync = Number(db.get`SELECT 1 FROM sync_state WHERE stage = 'done'` === undefined);
  const rows = db.all<{ id: string; n: number }>`
    SELECT id, count(*) OVER () AS n FROM conversations
    WHERE history = 'incomplete' OR (history = 'first_sync' AND ${firstSync} = 1)
    ORDER BY active_at DESC LIMIT ${limit}`;
  return { conversations: rows[0]?.n ?? 0, ids: rows.map(({ id }) => id) };
}

export function readMessage(db: ReadableDb, { id }: { id: string }): Message | null {
  const record = findMessage(db, id);
  return record === undefined ? null : shownMessage(record);
}
