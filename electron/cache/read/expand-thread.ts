import type { OutboxStatus, ThreadItem, ThreadPage } from '../../../shared/contract/rows.ts';
import type { Activity } from '../../../shared/domain/activity.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import { unpackMessage } from '../store/stored-message.ts';
import type { PackedThread } from './thread.ts';

/** Makes a page of a thread from what the reader sent. Runs on the asking side, after the one parse. */
export function expandThread(packed: PackedThread): ThreadPage {
  const { conversationId, channelId } = packed;
  const items = packed.items.map(([type, id, at, rev, json, status]): ThreadItem => {
    const outbox = status as OutboxStatus | null;
    if (type === 'a') return { type: 'activity', activity: json as Activity };
    if (type === 'n') return { type: 'note', note: json as Note, outbox };
    const message = unpackMessage(json as Partial<Message>, {
      id,
      conversationId,
      channelId,
      sentAt: at,
      rev,
    });
    return { type: 'message', message, outbox };
  });
  return { items, older: packed.older, newer: packed.newer };
}
