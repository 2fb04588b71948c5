/**
 * Checks pages item by item: one item that does not fit is set aside, it does not hold up everything behind it.
 * Long pages are checked in slices, so that the main thread never stands still for a whole one.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { Activity } from '../../shared/domain/activity.ts';
import { Contact } from '../../shared/domain/contact.ts';
import { Conversation } from '../../shared/domain/conversation.ts';
import { Message, Note } from '../../shared/domain/message.ts';
import type { ConversationPage, HistoryPage } from '../../shared/protocol/sync.ts';
import type { RejectedItem } from '../cache/api.ts';
import { issueOf } from './request.ts';

const frame = { asOf: z.number().int().nonnegative(), next: z.string().nullable() };

/** The page without a look at its items: what `ask` checks as the answer arrives. */
export const ConversationPageFrame = z.object({ ...frame, items: z.array(z.unknown()) });
export const HistoryPageFrame = z.object({
  ...frame,
  messages: z.array(z.unknown()),
  notes: z.array(z.unknown()),
  // A gateway of before has no timeline.
  activities: z.array(z.unknown()).default([]),
});

const ItemFrame = z.object({ conversation: Conversation, contact: Contact, messages: z.array(z.unknown()) });

/** Well below a millisecond of checking. */
const SLICE = 500;

/** `rejected` items did not fit: the cache keeps them aside. */
export type Checked<T> = { page: T; rejected: RejectedItem[] };

export async function checkConversations(
  raw: z.infer<typeof ConversationPageFrame>,
): Promise<Checked<ConversationPage>> {
  const items: ConversationPage['items'] = [];
  const rejected: RejectedItem[] = [];
  let sinceBreath = 0;
  for (const rawItem of raw.items) {
    const item = ItemFrame.safeParse(rawItem);
    if (!item.success) {
      rejected.push({ raw: rawItem, issue: issueOf(item.error) });
      continue;
    }
    const messages = fitting(item.data.messages, Message, rejected);
    items.push({ conversation: item.data.conversation, contact: item.data.contact, messages });
    sinceBreath += 1 + messages.length;
    if (sinceBreath >= SLICE) {
      sinceBreath = 0;
      await breathe();
    }
  }
  return { page: { asOf: raw.asOf, next: raw.next, items }, rejected };
}

export async function checkHistory(raw: z.infer<typeof HistoryPageFrame>): Promise<Checked<HistoryPage>> {
  const rejected: RejectedItem[] = [];
  const messages = await inSlices(raw.messages, Message, rejected);
  const notes = await inSlices(raw.notes, Note, rejected);
  const activities = await inSlices(raw.activities, Activity, rejected);
  return { page: { asOf: raw.asOf, next: raw.next, messages, notes, activities }, rejected };
}

async function inSlices<T>(raw: unknown[], schema: z.ZodType<T>, rejected: RejectedItem[]): Promise<T[]> {
  if (raw.length <= SLICE) return fitting(raw, schema, rejected);
  const all: T[] = [];
  for (let from = 0; from < raw.length; from += SLICE) {
    if (from > 0) await breathe();
    all.push(...fitting(raw.slice(from, from + SLICE), schema, rejected));
  }
  return all;
}

function fitting<T>(raw: unknown[], schema: z.ZodType<T>, rejected: RejectedItem[]): T[] {
  const good: T[] = [];
  for (const item of raw) {
    const parsed = schema.safeParse(item);
    if (parsed.success) good.push(parsed.data);
    else rejected.push({ raw: item, issue: issueOf(parsed.error) });
  }
  return good;
}
