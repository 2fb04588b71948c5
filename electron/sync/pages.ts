/**
 * Checks pages item by item: one item that does not fit is set aside, it does not hold up everything behind it.
 * Long pages are checked in slices, so that the main thread never stands still for a whole one.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { Activity } from '../../shared/domain/activity.ts';
import { ConsentEntry } from '../../shared/domain/consent.ts';
import { Contact } from '../../shared/domain/contact.ts';
import { Conversation } from '../../shared/domain/conversation.ts';
import { ContactMerge } from '../../shared/domain/merge.ts';
import { Message, Note } from '../../shared/domain/message.ts';
import type { ContactPage, ConversationPage, HistoryPage } from '../../shared/protocol/sync.ts';
import type { RejectedItem } from '../cache/api.ts';
import { issueOf } from './request.ts';

const frame = { asOf: z.number().int().nonnegative(), next: z.string().nullable() };

// A gateway of before has neither ledger nor merges.
const ofContacts = {
  consents: z.array(z.unknown()).default([]),
  merges: z.array(z.unknown()).default([]),
};

/** The page without a look at its items: what `ask` checks as the answer arrives. */
export const ConversationPageFrame = z.object({ ...frame, ...ofContacts, items: z.array(z.unknown()) });
export const ContactPageFrame = z.object({ ...frame, ...ofContacts, contacts: z.array(z.unknown()) });
export const HistoryPageFrame = z.object({
  ...frame,
  messages: z.array(z.unknown()),
  notes: z.array(z.unknown()),
  // A gateway of before has no timeline.
  activities: z.array(z.unknown()).default([]),
});

const ItemFrame = z.object({ conversation: Conversation, contact: Contact, messages: z.array(z.unknown()) });

/**
 * Milliseconds of checking without a turn for others. By the clock, not by the number of items: the first of each kind take hundreds
 * of times as long as the later ones, because their checks are only then compiled.
 */
const SLICE = 2;

/** Answers a function that lets others have a turn whenever the slice is over. */
function slices(): () => Promise<void> | null {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE) return null;
    return breathe().then(() => {
      began = performance.now();
    });
  };
}

/** Pages with fewer items are decoded, checked and handed over in one turn. */
const SHORT = 100;

/** Between the decoding of a long page, its check, and its handing over to the writer: each takes a turn of its own. */
async function between(items: number): Promise<void> {
  if (items > SHORT) await breathe();
}

/** `rejected` items did not fit: the cache keeps them aside. */
export type Checked<T> = { page: T; rejected: RejectedItem[] };

export async function checkConversations(
  raw: z.infer<typeof ConversationPageFrame>,
): Promise<Checked<ConversationPage>> {
  const items: ConversationPage['items'] = [];
  const rejected: RejectedItem[] = [];
  await between(raw.items.length);
  const turn = slices();
  for (const rawItem of raw.items) {
    const item = ItemFrame.safeParse(rawItem);
    const pause = turn();
    if (pause !== null) await pause;
    if (!item.success) {
      rejected.push({ raw: rawItem, issue: issueOf(item.error) });
      continue;
    }
    const messages = await fitting(item.data.messages, Message, rejected, turn);
    items.push({ conversation: item.data.conversation, contact: item.data.contact, messages });
  }
  const consents = await fitting(raw.consents, ConsentEntry, rejected, turn);
  const merges = await fitting(raw.merges, ContactMerge, rejected, turn);
  await between(raw.items.length);
  return { page: { asOf: raw.asOf, next: raw.next, items, consents, merges }, rejected };
}

export async function checkContacts(raw: z.infer<typeof ContactPageFrame>): Promise<Checked<ContactPage>> {
  const rejected: RejectedItem[] = [];
  await between(raw.contacts.length);
  const turn = slices();
  const contacts = await fitting(raw.contacts, Contact, rejected, turn);
  const consents = await fitting(raw.consents, ConsentEntry, rejected, turn);
  const merges = await fitting(raw.merges, ContactMerge, rejected, turn);
  await between(raw.contacts.length);
  return { page: { asOf: raw.asOf, next: raw.next, contacts, consents, merges }, rejected };
}

export async function checkHistory(raw: z.infer<typeof HistoryPageFrame>): Promise<Checked<HistoryPage>> {
  const rejected: RejectedItem[] = [];
  await between(raw.messages.length);
  const turn = slices();
  const messages = await fitting(raw.messages, Message, rejected, turn);
  const notes = await fitting(raw.notes, Note, rejected, turn);
  const activities = await fitting(raw.activities, Activity, rejected, turn);
  await between(raw.messages.length);
  return { page: { asOf: raw.asOf, next: raw.next, messages, notes, activities }, rejected };
}

async function fitting<T>(
  raw: unknown[],
  schema: z.ZodType<T>,
  rejected: RejectedItem[],
  turn: () => Promise<void> | null,
): Promise<T[]> {
  const good: T[] = [];
  for (const item of raw) {
    const parsed = schema.safeParse(item);
    if (parsed.success) good.push(parsed.data);
    else rejected.push({ raw: item, issue: issueOf(parsed.error) });
    const pause = turn();
    if (pause !== null) await pause;
  }
  return good;
}
