/** Everything that this machine has about a person, read in stretches: what access and portability hand over. */
import type { ContactDetail, ContactFile, ContactTimelineItem } from '../../../shared/contract/contacts.ts';
import type { Ready } from '../context.ts';
import { failure } from '../failures.ts';

/** Entries of the timeline in one answer of the cache. */
const ITEMS_AT_ONCE = 200;

export async function detailOf({ cache }: Ready, contactId: string): Promise<ContactDetail> {
  const detail = await cache.read.contact({ id: contactId });
  if (detail === null) throw failure('not_found', 'no such contact on this machine');
  return detail;
}

/** The timeline over all conversations, newest first. */
export async function* timelineOf(
  { cache }: Ready,
  contactId: string,
): AsyncGenerator<ContactTimelineItem, void, undefined> {
  let before: { at: number; id: string } | null = null;
  for (;;) {
    const page: { items: ContactTimelineItem[]; more: boolean } = await cache.read.contactTimeline({
      contactId,
      before,
      limit: ITEMS_AT_ONCE,
    });
    yield* page.items;
    const last = page.items.at(-1);
    if (!page.more || last === undefined) return;
    before = placeOf(last);
  }
}

export function placeOf(item: ContactTimelineItem): { at: number; id: string } {
  switch (item.type) {
    case 'message':
      return { at: item.message.sentAt, id: item.message.id };
    case 'note':
      return { at: item.note.createdAt, id: item.note.id };
    case 'activity':
      return { at: item.activity.at, id: item.activity.id };
    case 'consent':
      return { at: item.entry.at, id: item.entry.id };
  }
}

export function filesOf({ cache }: Ready, contactId: string): Promise<ContactFile[]> {
  return cache.read.contactFiles({ contactId });
}
