/**
 * Checks pages item by item: one item that does not fit is left out and counted, it does not hold up everything behind it.
 * Long pages are checked in slices, so that the main thread never stands still for a whole one.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { Contact } from '../../shared/domain/contact.ts';
import { Conversation } from '../../shared/domain/conversation.ts';
import { Message, Note } from '../../shared/domain/message.ts';
import type { ConversationPage, HistoryPage } from '../../shared/protocol/sync.ts';

const frame = { asOf: z.number().int().nonnegative(), next: z.string().nullable() };

/** The page without a look at its items: what `ask` checks as the answer arrives. */
export const ConversationPageFrame = z.object({ ...frame, items: z.array(z.unknown()) });
export const HistoryPageFrame = z.object({
  ...frame,
  messages: z.array(z.unknown()),
  notes: z.array(z.unknown()),
});

const ItemFrame = z.object({ conversation: Conversation, contact: Contact, messages: z.array(z.unknown()) });

/** Well below a millisecond of checking. */
const SLICE = 500;

/** `skipped` items did not fit. */
export type Checked<T> = { page: T; skipped: number };

export async function checkConversations(
  raw: z.infer<typeof ConversationPageFrame>,
): Promise<Checked<ConversationPage>> {
  const items: ConversationPage['items'] = [];
  let skipped = 0;
  let sinceBreath = 0;
  for (const rawItem of raw.items) {
    const item = ItemFrame.safeParse(rawItem);
    if (!item.success) {
      skipped += 1;
      continue;
    }
    const messages = fitting(item.data.messages, Message);
    skipped += item.data.messages.length - messages.length;
    items.push({ conversation: item.data.conversation, contact: item.data.contact, messages });
    sinceBreath += 1 + messages.length;
    if (sinceBreath >= SLICE) {
      sinceBreath = 0;
      await breathe();
    }
  }
  return { page: { asOf: raw.asOf, next: raw.next, items }, skipped };
}

export async function checkHistory(raw: z.infer<typeof HistoryPageFrame>): Promise<Checked<HistoryPage>> {
  const messages = await inSlices(raw.messages, Message);
  const notes = await inSlices(raw.notes, Note);
  const skipped = raw.messages.length + raw.notes.length - messages.length - notes.length;
  return { page: { asOf: raw.asOf, next: raw.next, messages, notes }, skipped };
}

async function inSlices<T>(raw: unknown[], schema: z.ZodType<T>): Promise<T[]> {
  if (raw.length <= SLICE) return fitting(raw, schema);
  const all: T[] = [];
  for (let from = 0; from < raw.length; from += SLICE) {
    if (from > 0) await breathe();
    all.push(...fitting(raw.slice(from, from + SLICE), schema));
  }
  return all;
}

function fitting<T>(raw: unknown[], schema: z.ZodType<T>): T[] {
  const good: T[] = [];
  for (const item of raw) {
    const parsed = schema.safeParse(item);
    if (parsed.success) good.push(parsed.data);
  }
  return good;
}
