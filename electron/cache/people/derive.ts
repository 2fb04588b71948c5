/** What the table of contacts keeps of one, in columns that it is sorted, filtered and searched by. A pure function of the record. */
import type { Contact } from '../../../shared/domain/contact.ts';
import { duplicateKeys } from '../../../shared/domain/duplicates.ts';
import type { DuplicateKey } from '../../../shared/domain/duplicates.ts';
import { phoneKey } from '../../../shared/text/phone.ts';
import { foldTrimmed } from './fold.ts';

/** Raise when what is derived changes: the tables are then made anew (renew.ts). */
export const PEOPLE_VERSION = 3;

/** Where the note stands among the values of custom fields. */
export const NOTE = 'note';

export type Derived = {
  name: string;
  company: string;
  phone: string;
  email: string;
  language: string;
  timeZone: string;
  createdAt: number;
  updatedAt: number;
  blocked: number;
  restricted: number;
  marketing: 'given' | 'withdrawn' | 'unknown';
  channels: string;
  digits: string;
  labels: readonly string[];
  values: ReadonlyMap<string, string>;
  keys: readonly DuplicateKey[];
};

/** Null for one that is shown nowhere. */
export function derive(contact: Contact | null): Derived | null {
  if (contact === null || contact.deleted || contact.mergedInto !== null) return null;
  return {
    name: foldTrimmed(contact.name),
    company: foldTrimmed(contact.company),
    phone: contact.phone ?? firstPhone(contact),
    email: foldTrimmed(contact.email),
    language: foldTrimmed(contact.language),
    timeZone: foldTrimmed(contact.timeZone),
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
    blocked: Number(contact.blocked),
    restricted: Number(contact.restriction !== null),
    marketing: marketingOf(contact),
    channels: betweenBlanks(contact.identities.map(({ channelKind }) => channelKind)),
    digits: betweenBlanks(digitsOf(contact)),
    labels: [...new Set(contact.labelIds)],
    values: valuesOf(contact),
    keys: duplicateKeys(contact),
  };
}

function firstPhone({ identities }: Contact): string {
  return identities.find(({ phone }) => phone !== null)?.phone ?? '';
}

function marketingOf({ consent }: Contact): Derived['marketing'] {
  if (consent.state === 'unknown') return 'unknown';
  return consent.state === 'opted_in' ? 'given' : 'withdrawn';
}

/** All notations that are one telephone: as kept, and with what Brazil and Mexico added or dropped. */
function digitsOf(contact: Contact): string[] {
  const all: string[] = [];
  const add = (e164: string | null): void => {
    if (e164 === null) return;
    all.push(onlyDigits(e164));
    const key = phoneKey(e164);
    all.push(onlyDigits(key), ...otherNotations(onlyDigits(key)));
  };
  add(contact.phone);
  for (const phone of contact.phones) add(phone);
  for (const { phone, externalId } of contact.identities) {
    add(phone);
    if (phone === null && /^\+?\d{6,15}$/u.test(externalId)) add(externalId);
  }
  return all.filter((digits) => digits !== '');
}

/** As WhatsApp may have them: without Brazil's ninth digit, with Mexico's 1. */
function otherNotations(digits: string): string[] {
  const brazil = /^55(\d{2})9([6-9]\d{7})$/u.exec(digits);
  if (brazil) return [`55${brazil[1]}${brazil[2]}`];
  const mexico = /^52(\d{10})$/u.exec(digits);
  return mexico ? [`521${mexico[1]}`] : [];
}

export function onlyDigits(text: string): string {
  return text.replaceAll(/\D+/gu, '');
}

function valuesOf(contact: Contact): Map<string, string> {
  const values = new Map<string, string>();
  for (const [id, value] of Object.entries(contact.fields)) {
    const folded = foldTrimmed(value);
    if (folded !== '') values.set(id, folded);
  }
  if (contact.note !== '') values.set(NOTE, foldTrimmed(contact.note));
  return values;
}

function betweenBlanks(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length === 0 ? '' : ` ${unique.join(' ')} `;
}
