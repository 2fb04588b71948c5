/**
 * Turns a conversation's entries (oldest first) into the rows of the thread: day separators, the unread marker, and messages
 * grouped where one author wrote several in a row within a few minutes. Pure, so that it can be tested without a page.
 */
import type { OutboxStatus, ThreadItem } from '../../../../shared/contract/rows.ts';
import type { Activity } from '../../../../shared/domain/activity.ts';
import type { Message, Note } from '../../../../shared/domain/message.ts';
import { itemCursor, itemId } from '../../../lib/queries/thread.ts';
import { startOfDay } from '../../../i18n/format.ts';

export type Row =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'unread'; readonly key: string; readonly count: number }
  | {
      readonly type: 'message';
      readonly key: string;
      readonly message: Message;
      readonly outbox: OutboxStatus | null;
      /** First and last of its group. */
      readonly first: boolean;
      readonly last: boolean;
    }
  | {
      readonly type: 'note';
      readonly key: string;
      readonly note: Note;
      readonly outbox: OutboxStatus | null;
    }
  | { readonly type: 'activity'; readonly key: string; readonly activity: Activity };

/** Messages of one author further apart than this start a new group. */
const GROUP_GAP = 5 * 60_000;

/** Point in time of an entry, epoch ms. */
export function timeOf(entry: ThreadItem): number {
  return itemCursor(entry).at;
}

/**
 * Rows for `entries`; the unread marker goes before the message `unreadFrom`, when it is among them. While older entries are at
 * hand (`hasOlder`: in the cache, and loaded by themselves), the oldest entry only tells how the next one begins and is not shown: so no row ever changes
 * its height when history is put before it, and the place is kept to the pixel.
 */
export function rowsOf(
  entries: ReadonlyArray<ThreadItem>,
  unreadFrom: string | null,
  hasOlder: boolean,
): Row[] {
  const rows: Row[] = [];
  let day = Number.NaN;
  let dayEnd = Number.NEGATIVE_INFINITY;
  for (const [index, entry] of entries.entries()) {
    const at = timeOf(entry);
    // A new day is looked up only when the old one is left: startOfDay makes a Date.
    if (!(at >= day && at < dayEnd)) {
      day = startOfDay(at);
      dayEnd = nextDay(day);
      if (index > 0 || !hasOlder) rows.push({ type: 'day', key: `day-${itemId(entry)}`, at: day });
    }
    if (index === 0 && hasOlder) continue;
    if (entry.type === 'note') {
      rows.push({ type: 'note', key: itemId(entry), note: entry.note, outbox: entry.outbox });
      continue;
    }
    if (entry.type === 'activity') {
      rows.push({ type: 'activity', key: itemId(entry), activity: entry.activity });
      continue;
    }
    const { message } = entry;
    if (message.id === unreadFrom) {
      rows.push({ type: 'unread', key: 'unread', count: unreadAfter(entries, index) });
    }
    rows.push({
      type: 'message',
      key: itemId(entry),
      message,
      outbox: entry.outbox,
      first: message.id === unreadFrom || !continues(entries[index - 1], entry),
      last: nextIsUnread(entries[index + 1], unreadFrom) || !continues(entry, entries[index + 1]),
    });
  }
  return rows;
}

/** Id of the oldest of the newest `unread` inbound messages, or null when there are none or they are not all loaded. */
export function firstUnread(entries: ReadonlyArray<ThreadItem>, unread: number): string | null {
  let left = unread;
  for (let index = entries.length - 1; index >= 0 && left > 0; index -= 1) {
    const entry = entries[index];
    if (entry?.type !== 'message' || entry.message.direction !== 'in') continue;
    left -= 1;
    if (left === 0) return entry.message.id;
  }
  return null;
}

function nextDay(day: number): number {
  const date = new Date(day);
  date.setDate(date.getDate() + 1);
  return date.getTime();
}

function unreadAfter(entries: ReadonlyArray<ThreadItem>, from: number): number {
  let unread = 0;
  for (const entry of entries.slice(from)) {
    if (entry.type === 'message' && entry.message.direction === 'in') unread += 1;
  }
  return unread;
}

function nextIsUnread(next: ThreadItem | undefined, unreadFrom: string | null): boolean {
  return next?.type === 'message' && next.message.id === unreadFrom;
}

function continues(before: ThreadItem | undefined, after: ThreadItem | undefined): boolean {
  if (before?.type !== 'message' || after?.type !== 'message') return false;
  const a = before.message;
  const b = after.message;
  if (a.content.kind === 'system' || b.content.kind === 'system') return false;
  if (a.direction !== b.direction || authorKey(a) !== authorKey(b)) return false;
  return b.sentAt - a.sentAt < GROUP_GAP && startOfDay(a.sentAt) === startOfDay(b.sentAt);
}

function authorKey(message: Message): string {
  return message.author.type === 'user' ? message.author.userId : message.author.type;
}
