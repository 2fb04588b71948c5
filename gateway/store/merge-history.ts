/**
 * Undoing one merge of several that stand on each other: the later ones are undone first and done again after it, so that each of them brings
 * exactly what it brought. Pure: works on records, the store writes what is different.
 */
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import type { ContactMerge } from '../../shared/domain/merge.ts';
import {
  changedSince,
  gatheredUnder,
  mergedContact,
  unmergedLoser,
  unmergedWinner,
  withValues,
} from '../../shared/domain/merging.ts';

export type Rewound = {
  /** All records, those that did not change included. */
  contacts: Map<string, Contact>;
  /** The merges that were done again, with the records as they are before them now. */
  redone: ContactMerge[];
  /** Everybody who goes with the loser. */
  losers: Set<string>;
};

/**
 * @param records all records of the person, merged ones included.
 * @param later the merges of this person after `target`, oldest first.
 * @param homes to which record an identity belonged before any merge, by `kind:externalId`.
 */
export function rewind(
  records: ReadonlyMap<string, Contact>,
  target: ContactMerge,
  later: readonly ContactMerge[],
  homes: ReadonlyMap<string, string>,
): Rewound {
  const contacts = new Map(records);
  const standing = standingOn(target, later);
  const kept = new Map<string, { now: Contact; changed: string[] }>();
  for (const merge of standing.toReversed()) {
    const now = recordOf(contacts, merge.winner.id);
    kept.set(merge.id, { now, changed: changedSince(merge, now) });
    undo(contacts, merge, homes);
  }
  const losers = under(contacts, target.loser.id);
  undo(contacts, target, homes);
  const touched = touchedBy(target);
  const redone: ContactMerge[] = [];
  for (const merge of standing) {
    const before = { winner: recordOf(contacts, merge.winner.id), loser: recordOf(contacts, merge.loser.id) };
    const again: ContactMerge = { ...merge, ...before };
    redone.push(again);
    // What somebody wrote over a value of this merge stays written, unless it came with the merge that is undone.
    const later = kept.get(merge.id);
    const changed = later?.changed.filter((key) => !touched.has(key)) ?? [];
    const merged = mergedContact(again);
    contacts.set(merge.winner.id, later === undefined ? merged : withValues(merged, later.now, changed));
    contacts.set(merge.loser.id, { ...before.loser, mergedInto: merge.winner.id });
  }
  return { contacts, redone, losers };
}

/** The later merges in which one of these two took part, or somebody who took part in one of those. */
function standingOn(target: ContactMerge, later: readonly ContactMerge[]): ContactMerge[] {
  const people = new Set([target.winner.id, target.loser.id]);
  return later.filter(({ winner, loser }) => {
    if (!people.has(winner.id) && !people.has(loser.id)) return false;
    people.add(winner.id).add(loser.id);
    return true;
  });
}

function undo(contacts: Map<string, Contact>, merge: ContactMerge, homes: ReadonlyMap<string, string>): void {
  const now = recordOf(contacts, merge.winner.id);
  const losers = under(contacts, merge.loser.id);
  const known = new Set(
    [...merge.winner.identities, ...merge.loser.identities].map((identity) => keyOf(identity)),
  );
  const isLosers = (identity: Identity) => {
    const home = homes.get(keyOf(identity));
    return !known.has(keyOf(identity)) && home !== undefined && losers.has(home);
  };
  contacts.set(merge.winner.id, unmergedWinner(merge, now, isLosers));
  contacts.set(merge.loser.id, unmergedLoser(merge, now, isLosers));
}

function under(contacts: ReadonlyMap<string, Contact>, id: string): Set<string> {
  return gatheredUnder(id, new Map([...contacts].map(([key, contact]) => [key, contact.mergedInto])));
}

/** The values that a merge gave to its winner. */
function touchedBy(merge: ContactMerge): Set<string> {
  return new Set(changedSince(merge, merge.winner));
}

function recordOf(contacts: ReadonlyMap<string, Contact>, id: string): Contact {
  const contact = contacts.get(id);
  if (contact === undefined) throw new Error('a merge without its record');
  return contact;
}

function keyOf({ channelKind, externalId }: Identity): string {
  return `${channelKind}:${externalId}`;
}
