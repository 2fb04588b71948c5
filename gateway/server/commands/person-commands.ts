/** One person, one record, and what the person agreed to: merging, keeping apart, consent, restriction, erasure. */
import { MINUTE } from '../../../shared/domain/time.ts';
import { seesEverything } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { visiblePerson } from './contact-commands.ts';

/** How far a desktop's clock may be ahead. */
const CLOCK_DRIFT = 5 * MINUTE;

export function mergeContacts(context: CommandContext, data: DataOf<'contact.merge'>): number {
  const { store, viewer, now } = context;
  const { mergeId, winnerId, loserId, choices } = data;
  if (winnerId === loserId) throw new Refusal('invalid', 'a contact is not merged with itself');
  if (store.merges.get(mergeId) !== null) throw new Refusal('conflict', 'the merge id is taken');
  const [winner, loser] = [visiblePerson(context, winnerId), visiblePerson(context, loserId)];
  if (winner.deleted || loser.deleted) throw new Refusal('conflict', 'the contact was deleted');
  const merge = { id: mergeId, winner, loser, choices, mergedBy: viewer.userId };
  return store.merges.merge(viewer.ws, merge, now);
}

export function unmergeContacts(context: CommandContext, { mergeId }: DataOf<'contact.unmerge'>): number {
  const { store, viewer, now } = context;
  const row = store.merges.get(mergeId);
  if (row === null || row.ws !== viewer.ws || !store.sight.seesContact(viewer, row.merge.winner.id)) {
    throw new Refusal('not_found', 'merge');
  }
  if (row.merge.undoneAt !== null) throw new Refusal('conflict', 'the merge was undone');
  return store.merges.unmerge(viewer.ws, row.merge, now);
}

export function keepContactsApart(
  context: CommandContext,
  data: DataOf<'contacts.keep_apart'>,
): number | null {
  const { store, viewer, now } = context;
  const { firstId, secondId, apart } = data;
  if (firstId === secondId) throw new Refusal('invalid', 'secondId');
  visiblePerson(context, firstId);
  visiblePerson(context, secondId);
  return store.merges.keepApart(viewer.ws, firstId, secondId, apart, now);
}

/** The gateway says who recorded it and when. The same line again changes nothing. */
export function recordConsent(context: CommandContext, { entry }: DataOf<'consent.record'>): number | null {
  const { store, viewer, now } = context;
  const known = store.consents.get(entry.id);
  if (known !== null) {
    const { recordedBy, recordedAt: _at, rev: _rev, ...line } = known.entry;
    const same = known.ws === viewer.ws && recordedBy === viewer.userId;
    if (same && JSON.stringify(sorted(line)) === JSON.stringify(sorted(entry))) return null;
    throw new Refusal('conflict', 'the line of the ledger is written');
  }
  visiblePerson(context, entry.contactId);
  // Those two are the gateway's own observations.
  if (entry.method === 'keyword' || entry.method === 'provider') throw new Refusal('invalid', 'entry.method');
  if (entry.at > now + CLOCK_DRIFT) throw new Refusal('invalid', 'entry.at');
  return store.consents.record(viewer.ws, { ...entry, recordedBy: viewer.userId, recordedAt: now }, now);
}

function sorted(line: object): [string, unknown][] {
  return Object.entries(line).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** For those who run the rights desk. Their data are kept and not used; null ends it. */
export function restrictContact(context: CommandContext, data: DataOf<'contact.restrict'>): number | null {
  const { store, viewer, now } = context;
  const contact = visiblePerson(context, data.contactId);
  if (!seesEverything(viewer)) throw new Refusal('forbidden');
  if (data.restriction !== null) checkRequest(context, data.restriction.requestId);
  const restriction = data.restriction === null ? null : { ...data.restriction, since: now };
  if (restriction === null && contact.restriction === null) return null;
  return store.contacts.save(viewer.ws, { ...contact, restriction }, now).rev;
}

/** For good. What was said here as a reason is not kept: the request, if there is one, names it. */
export function eraseContact(context: CommandContext, data: DataOf<'contact.erase'>): number | null {
  const { store, viewer, now } = context;
  if (!seesEverything(viewer)) throw new Refusal('forbidden');
  // Erased before, by somebody else: that is what was asked for.
  if (store.erasure.isGone(data.contactId)) return null;
  visiblePerson(context, data.contactId);
  checkRequest(context, data.requestId);
  return store.erasure.erase(viewer.ws, data.contactId, data.requestId, now);
}

function checkRequest({ store, viewer }: CommandContext, requestId: string | null): void {
  if (requestId === null) return;
  const row = store.rights.get(requestId);
  if (row === null || row.ws !== viewer.ws) throw new Refusal('not_found', 'request');
}
