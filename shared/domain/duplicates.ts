/**
 * Whether two records may be one person. Records are compared only when they share a key, so that a hundred thousand of them take a pass over
 * an index and not ten thousand million comparisons. Nothing merges by this: it is offered, with its reasons.
 */
import { foldWord } from '../text/fold.ts';
import { phoneKey } from '../text/phone.ts';
import type { Contact } from './contact.ts';

export type DuplicateReason = 'same_identity' | 'same_phone' | 'phone_variant' | 'same_email' | 'close_name';

/** What a comparison looks at. */
export type Comparable = Pick<Contact, 'name' | 'phone' | 'phones' | 'email' | 'emails' | 'identities'>;

/** A key that two records of one person are likely to share. */
export type DuplicateKey = { kind: 'identity' | 'phone' | 'email' | 'name'; key: string };

/** All keys of a record, each once. */
export function duplicateKeys(contact: Comparable): DuplicateKey[] {
  const keys = new Map<string, DuplicateKey>();
  const add = (kind: DuplicateKey['kind'], key: string) => {
    if (key !== '') keys.set(`${kind}:${key}`, { kind, key });
  };
  for (const identity of contact.identities) add('identity', identityKey(identity));
  for (const phone of phonesOf(contact)) add('phone', phoneKey(phone));
  for (const email of emailsOf(contact)) add('email', email);
  const words = nameWords(contact.name);
  // One word alone is a first name that thousands share.
  if (words.length > 1) add('name', skeleton(words));
  return [...keys.values()];
}

/** Why the two may be one person, the strongest reason first; empty when there is none. */
export function duplicateReasons(first: Comparable, second: Comparable): DuplicateReason[] {
  const reasons: DuplicateReason[] = [];
  const identities = new Set(first.identities.map(identityKey));
  if (second.identities.some((identity) => identities.has(identityKey(identity))))
    reasons.push('same_identity');
  const phones = phonesOf(first);
  const others = phonesOf(second);
  if (intersects(phones, others)) reasons.push('same_phone');
  else if (intersects(new Set([...phones].map(phoneKey)), [...others].map(phoneKey)))
    reasons.push('phone_variant');
  if (intersects(emailsOf(first), emailsOf(second))) reasons.push('same_email');
  if (areCloseNames(first.name, second.name)) reasons.push('close_name');
  return reasons;
}

/** Same words in any order, or one letter apart (two in long names). Names of one word are never close: too many share them. */
export function areCloseNames(first: string, second: string): boolean {
  const [a, b] = [nameWords(first), nameWords(second)];
  if (a.length < 2 || b.length < 2) return false;
  const [left, right] = [a.join(' '), b.join(' ')];
  if (left === right) return true;
  return distance(left, right, 2) <= (Math.min(left.length, right.length) >= 12 ? 2 : 1);
}

function identityKey({ channelKind, externalId }: Contact['identities'][number]): string {
  return `${channelKind}:${externalId}`;
}

function phonesOf(contact: Comparable): Set<string> {
  const identities = contact.identities.map(({ phone }) => phone);
  return new Set([contact.phone, ...contact.phones, ...identities].filter((phone) => phone !== null));
}

function emailsOf({ email, emails }: Comparable): Set<string> {
  return new Set([email, ...emails].filter((one) => one !== null).map((one) => one.trim().toLowerCase()));
}

function intersects(set: ReadonlySet<string>, others: Iterable<string>): boolean {
  for (const other of others) if (set.has(other)) return true;
  return false;
}

function nameWords(name: string): string[] {
  const words = name.split(/[\s,.'’-]+/u).map(foldWord);
  return words.filter((word) => word !== '').toSorted();
}

/**
 * What mistakes in typing and spelling seldom touch: the consonants of each word, with those that are heard alike as one letter and each run
 * as one, the words in order of the alphabet.
 */
function skeleton(words: readonly string[]): string {
  return words.map(bonesOf).toSorted().join(' ');
}

function bonesOf(word: string): string {
  let heard = word;
  for (const [spelled, sound] of HEARD) heard = heard.replaceAll(spelled, sound);
  const bones = heard.replaceAll(/[aeiouyh]/gu, '').replaceAll(/(.)\1+/gu, '$1');
  return bones === '' ? word : bones;
}

/** In this order: what a letter is depends on the one behind it. */
const HEARD: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/[cs](?=[eiy])|[zß]/gu, 's'],
  [/g(?=[eiy])/gu, 'j'],
  [/x/gu, 'ks'],
  [/[cq]/gu, 'k'],
  [/w/gu, 'v'],
  [/d/gu, 't'],
  [/b/gu, 'p'],
];

/** Edits (put in, left out, changed, swapped neighbours) between two texts; more than `limit` is `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        edits = Math.min(edits, (before[column - 2] ?? limit) + 1);
      }
      line.push(edits);
    }
    if (Math.min(...line) > limit) return limit + 1;
    before = above;
    above = line;
  }
  return above[b.length] ?? limit + 1;
}
