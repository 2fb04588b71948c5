/** What a merge makes of two records, and what undoing it makes of the one: pure, so that gateway and desktop cannot disagree. */
import type { Contact, Identity, Provenance } from './contact.ts';
import type { ContactMerge, MergeChoices } from './merge.ts';
import type { Id } from './id.ts';

/** What is taken from one record or the other, besides `name` and the custom fields. Null or '': the record has none. */
const SCALARS = ['company', 'phone', 'email', 'language', 'timeZone', 'note'] as const;
type Scalar = (typeof SCALARS)[number];

/** As many as a contact may have (contact.ts). */
const MAX_FURTHER = 20;

type Merge = Pick<ContactMerge, 'winner' | 'loser' | 'choices' | 'mergedBy' | 'mergedAt'>;

/** The winner as the merge leaves it. `updatedAt` and `rev` are for whoever stores it. */
export function mergedContact({ winner, loser, choices, mergedBy, mergedAt }: Merge): Contact {
  const merged: Contact = { ...winner, fields: { ...winner.fields }, provenance: { ...winner.provenance } };
  // A value that both have is the winner's, whatever was chosen.
  const take = (key: string) => {
    const known = loser.provenance[key];
    merged.provenance[key] = known ?? ({ source: 'merge', by: mergedBy, at: mergedAt } satisfies Provenance);
  };
  if (loser.name !== winner.name && picks(choices, 'name', isStandIn(winner) && !isStandIn(loser))) {
    merged.name = loser.name;
    take('name');
  }
  for (const key of SCALARS) {
    if (isEmpty(loser[key]) || loser[key] === winner[key]) continue;
    if (!picks(choices, key, isEmpty(winner[key]))) continue;
    put(merged, key, loser[key]);
    take(key);
  }
  for (const [id, value] of Object.entries(loser.fields)) {
    if (value === winner.fields[id]) continue;
    if (!picks(choices, `field:${id}`, isEmpty(winner.fields[id] ?? null))) continue;
    merged.fields[id] = value;
    take(`field:${id}`);
  }
  merged.phones = further(merged.phone, [winner.phone, ...winner.phones, loser.phone, ...loser.phones]);
  merged.emails = further(merged.email, [winner.email, ...winner.emails, loser.email, ...loser.emails]);
  merged.labelIds = [...new Set([...winner.labelIds, ...loser.labelIds])];
  merged.identities = uniqueIdentities([...winner.identities, ...loser.identities]);
  merged.consent = newerConsent(winner.consent, loser.consent);
  // Whoever must not be written to, must not be written to as one half of a person either.
  merged.blocked = winner.blocked || loser.blocked;
  merged.restriction = winner.restriction ?? loser.restriction;
  return merged;
}

/**
 * The winner without what the merge brought: what the merge had touched is as it was before, everything else is as it is now.
 * `isLosers`: whether an identity that was learned since then belongs to the loser.
 */
export function unmergedWinner(
  merge: Merge,
  now: Contact,
  isLosers: (identity: Identity) => boolean = () => false,
): Contact {
  const before = merge.winner;
  const merged = mergedContact(merge);
  const after: Contact = { ...now, fields: { ...now.fields }, provenance: { ...now.provenance } };
  const giveBack = (key: string) => {
    const known = before.provenance[key];
    if (known === undefined) delete after.provenance[key];
    else after.provenance[key] = known;
  };
  if (merged.name !== before.name) {
    after.name = before.name;
    giveBack('name');
  }
  for (const key of SCALARS) {
    if (merged[key] === before[key]) continue;
    put(after, key, before[key]);
    giveBack(key);
  }
  for (const id of Object.keys(merged.fields)) {
    const old = before.fields[id];
    if (merged.fields[id] === old) continue;
    if (old === undefined) delete after.fields[id];
    else after.fields[id] = old;
    giveBack(`field:${id}`);
  }
  after.phones = without(before.phones, merged.phones, now.phones, after.phone);
  after.emails = without(before.emails, merged.emails, now.emails, after.email);
  after.labelIds = without(before.labelIds, merged.labelIds, now.labelIds, null);
  const gone = new Set(merge.loser.identities.map(keyOf));
  for (const identity of before.identities) gone.delete(keyOf(identity));
  after.identities = now.identities.filter((identity) => !gone.has(keyOf(identity)) && !isLosers(identity));
  if (same(now.consent, merged.consent)) after.consent = before.consent;
  if (merged.blocked !== before.blocked) after.blocked = before.blocked;
  if (!same(merged.restriction, before.restriction)) after.restriction = before.restriction;
  return after;
}

/**
 * The loser as it was before the merge. Three things of the person as it is now hold for both halves, because nobody can tell which of them
 * they were said about: a withdrawal of consent and a restriction since the merge, and what the channels have told about identities.
 */
export function unmergedLoser(
  merge: Merge,
  now: Contact,
  isLosers: (identity: Identity) => boolean = () => false,
): Contact {
  const { loser } = merge;
  const merged = mergedContact(merge);
  const current = new Map(now.identities.map((identity) => [keyOf(identity), identity]));
  const own = loser.identities.map((identity) => current.get(keyOf(identity)) ?? identity);
  const saidSince = !same(now.consent, merged.consent) && now.consent.state === 'opted_out';
  const restrictedSince = now.restriction !== null && !same(now.restriction, merged.restriction);
  return {
    ...loser,
    identities: uniqueIdentities([...own, ...now.identities.filter(isLosers)]),
    consent: saidSince ? newerConsent(loser.consent, now.consent) : loser.consent,
    restriction: loser.restriction ?? (restrictedSince ? now.restriction : null),
    mergedInto: null,
  };
}

/** The later of two statements; of two at the same moment the withdrawal. */
function newerConsent(one: Contact['consent'], other: Contact['consent']): Contact['consent'] {
  if (one.state === 'unknown' || other.state === 'unknown') return one.state === 'unknown' ? other : one;
  const [first, second] = [one.at ?? 0, other.at ?? 0];
  if (first === second) return other.state === 'opted_out' ? other : one;
  return second > first ? other : one;
}

function picks(choices: MergeChoices, key: string, otherwise: boolean): boolean {
  const choice = choices[key];
  return choice === undefined ? otherwise : choice === 'loser';
}

/** A name that only stands for a number or an id until the real one is known. */
function isStandIn({ name, identities }: Pick<Contact, 'name' | 'identities'>): boolean {
  return identities.some((known) => [known.phone, known.username, known.externalId].includes(name));
}

function isEmpty(value: string | null): boolean {
  return value === null || value === '';
}

function put<K extends Scalar>(contact: Contact, key: K, value: Contact[K]): void {
  contact[key] = value;
}

function further(first: string | null, all: readonly (string | null)[]): string[] {
  const others = all.filter((value): value is string => value !== null && value !== first);
  return [...new Set(others)].slice(0, MAX_FURTHER);
}

/** A list without what the merge added to it, and with what it took away. */
function without(
  before: readonly string[],
  merged: readonly string[],
  now: readonly string[],
  first: string | null,
): string[] {
  if (same(now, merged)) return [...before];
  const added = new Set(merged.filter((value) => !before.includes(value)));
  const taken = before.filter((value) => !merged.includes(value) && !now.includes(value));
  return [...taken, ...now.filter((value) => !added.has(value))].filter((value) => value !== first);
}

function keyOf({ channelKind, externalId }: Identity): string {
  return `${channelKind}:${externalId}`;
}

function uniqueIdentities(identities: readonly Identity[]): Identity[] {
  return [...new Map(identities.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Values of the winner that somebody changed after the merge, although the merge had touched them: by key, as in `MergeChoices`. */
export function changedSince(merge: Merge, now: Contact): string[] {
  const merged = mergedContact(merge);
  const scalars = (['name', ...SCALARS] as const).filter((key) => now[key] !== merged[key]);
  const fields = new Set([...Object.keys(now.fields), ...Object.keys(merged.fields)]);
  return [
    ...scalars,
    ...[...fields].filter((id) => now.fields[id] !== merged.fields[id]).map((id) => `field:${id}`),
  ];
}

/** `to` with these values, and where they come from, as `from` has them. */
export function withValues(to: Contact, from: Contact, keys: readonly string[]): Contact {
  const next: Contact = { ...to, fields: { ...to.fields }, provenance: { ...to.provenance } };
  for (const key of keys) {
    const fieldId = key.startsWith('field:') ? key.slice('field:'.length) : null;
    if (fieldId !== null) {
      const value = from.fields[fieldId];
      if (value === undefined) delete next.fields[fieldId];
      else next.fields[fieldId] = value;
    } else if (key === 'name') next.name = from.name;
    else if (isScalar(key)) put(next, key, from[key]);
    const known = from.provenance[key];
    if (known === undefined) delete next.provenance[key];
    else next.provenance[key] = known;
  }
  return next;
}

function isScalar(key: string): key is Scalar {
  return (SCALARS as readonly string[]).includes(key);
}

/** Which records a set of merges has put together with this one, this one included. `into`: by id, where each went. */
export function gatheredUnder(id: Id, into: ReadonlyMap<Id, Id | null>): Set<Id> {
  const under = new Set([id]);
  for (let size = 0; size < under.size;) {
    size = under.size;
    for (const [each, to] of into) if (to !== null && under.has(to)) under.add(each);
  }
  return under;
}
