/** Which contacts a selection means, read in stretches so that a hundred thousand of them hold up nobody. */
import type { ContactSelection } from '../../../shared/contract/contacts.ts';
import type { ContactSort } from '../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { CacheReader } from '../../cache/api.ts';

/** Ids in one answer of the cache, and contacts in one. */
const IDS_AT_ONCE = 20_000;
const CONTACTS_AT_ONCE = 500;

const BY_NAME: ContactSort = { by: 'name', descending: false };

/** Ids of everybody who is meant, in that order. Those of a list that are not here are left out later, by `contactsOf`. */
export async function selectedIds(
  read: CacheReader,
  selection: ContactSelection,
  now: number,
  sort: ContactSort = BY_NAME,
): Promise<string[]> {
  if ('contactIds' in selection) return [...new Set(selection.contactIds)];
  const { filter, query } = selection;
  const except = new Set(selection.except);
  const ids: string[] = [];
  for (let offset = 0; ; offset += IDS_AT_ONCE) {
    const some = await read.contactIds({ filter, query, sort, now, offset, limit: IDS_AT_ONCE });
    for (const id of some) if (!except.has(id)) ids.push(id);
    if (some.length < IDS_AT_ONCE) return ids;
  }
}

/** A person of the table: neither deleted nor merged into another record. */
export function isHere({ deleted, mergedInto }: Contact): boolean {
  return !deleted && mergedInto === null;
}

/** The contacts that are here, as they are shown, some hundred at a time and in the order of the ids. */
export async function* contactsOf(
  read: CacheReader,
  ids: readonly string[],
): AsyncGenerator<Contact[], void, undefined> {
  for (let at = 0; at < ids.length; at += CONTACTS_AT_ONCE) {
    const some = await read.contactsById({ ids: ids.slice(at, at + CONTACTS_AT_ONCE) });
    yield some.filter(isHere);
  }
}
