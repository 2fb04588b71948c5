/** One line of a thread for reading: who, when, what. */
import type { ThreadItem } from '../../../shared/contract/rows.ts';
import { mediaOf, searchableText } from '../../../shared/domain/message-content.ts';
import type { ConversationExport, ExportedConversation } from './prepare.ts';

export type Line = { kind: 'in' | 'out' | 'note'; who: string; at: number; text: string };

/** Null for what says nothing to a reader: lines of the timeline, and messages that were deleted. */
export function lineOf(
  item: ThreadItem,
  { contact }: ExportedConversation,
  { nameOf }: ConversationExport,
): Line | null {
  if (item.type === 'activity') return null;
  if (item.type === 'note') {
    const { authorId, createdAt, body } = item.note;
    return { kind: 'note', who: nameOf(authorId), at: createdAt, text: body };
  }
  const { message } = item;
  if (message.deletedAt !== null) return null;
  const { author, direction, sentAt, content } = message;
  const who = author.type === 'user' ? nameOf(author.userId) : direction === 'in' ? contact.name : '—';
  const media = mediaOf(content);
  const file = media === null ? '' : `[${media.fileName ?? media.mimeType}]`;
  const words = searchableText(content);
  const text =
    media !== null && words === (media.fileName ?? '')
      ? file
      : [words, file].filter((part) => part !== '').join('\n');
  return { kind: direction, who, at: sentAt, text };
}

export function timeOf(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 16).concat(' UTC');
}
