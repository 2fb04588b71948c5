/** A contact out of a card. */
import { plainBreaks, rowProblem } from './check-row.ts';
import type { ImportRow } from './contact.ts';
import { emptyRow } from './contact.ts';
import { consentOf, identityOf, setField, timeOf } from './own-csv.ts';
import { MAX_ITEMS } from './limits.ts';
import type { RowNote, RowProblem } from './problems.ts';
import type { Vcard } from './read-vcard.ts';
import type { VcardProperty } from './vcard-property.ts';
import { splitValue, unescapeText } from './vcard-property.ts';

/** Standard properties without a place of their own, as fields under these names. */
const AS_FIELDS: Readonly<Record<string, string>> = {
  TITLE: 'title',
  ROLE: 'role',
  NICKNAME: 'nickname',
  BDAY: 'birthday',
  URL: 'website',
  ADR: 'address',
};

/** X- properties that say something about another property or another program, not about the person. */
const NOISE = /^X-(?:AB|ANDROID-CUSTOM$|APPLE-|EVOLUTION-|PHONETIC-|MS-OL-|MICROSOFT-|ADDRESSBOOKSERVER-)/u;

/** The row of a card, or why there is none. A card of our own export is taken to the letter, any other trimmed. */
export function rowOfCard(card: Vcard): { type: 'row'; row: ImportRow } | RowProblem | RowNote {
  const first = (name: string): VcardProperty | undefined =>
    card.properties.find((property) => property.name === name);
  if (first('KIND')?.value.trim().toLowerCase() === 'group') {
    return { type: 'note', line: card.line, column: 'KIND', reason: 'group_skipped' };
  }
  const own = first('PRODID')?.value.startsWith('-//Parley//') === true;
  const row = emptyRow(card.line);
  const clean = own ? (text: string) => text : (text: string) => plainBreaks(text).trim();
  const problem = (column: string | null, reason: RowProblem['reason']): RowProblem => ({
    type: 'problem',
    line: card.line,
    column,
    position: null,
    reason,
  });
  for (const property of preferredFirst(card.properties)) {
    if (own && property.name.startsWith('X-PARLEY-')) {
      const reason = takeOwn(row, property);
      if (reason !== null) return problem(property.name, reason);
    } else take(row, property, clean, own);
  }
  if (row.name === '' && !own) row.name = composedName(first('N'), clean);
  const found = rowProblem(row);
  return found === null ? { type: 'row', row } : problem(found.part, found.reason);
}

function take(row: ImportRow, property: VcardProperty, clean: (text: string) => string, own: boolean): void {
  const text = (): string => clean(unescapeText(property.value));
  switch (property.name) {
    case 'FN':
      if (row.name === '') row.name = text();
      return;
    case 'ORG':
      row.company ??= clean(unescapeText(splitValue(property.value, ';')[0] ?? '')) || null;
      return;
    case 'TEL':
      addTo(row.phones, phoneOf(property, text()), own);
      return;
    case 'EMAIL':
      addTo(row.emails, own ? text() : text().replace(/^mailto:/iu, ''), own);
      return;
    case 'LANG':
    case 'X-LANGUAGE':
      row.language ??= text() || null;
      return;
    case 'TZ':
      row.timeZone ??= text() || null;
      return;
    case 'CATEGORIES':
      for (const label of splitValue(property.value, ',')) addTo(row.labels, clean(unescapeText(label)), own);
      return;
    case 'NOTE':
      if (text() !== '') row.note = row.note === null ? text() : `${row.note}\n\n${text()}`;
      return;
    case 'UID':
      row.id ??= (isText(property) ? text() : text().replace(/^urn:uuid:/iu, '')) || null;
      return;
    default:
      takeField(row, property, clean);
  }
}

function takeField(row: ImportRow, property: VcardProperty, clean: (text: string) => string): void {
  const known = Object.hasOwn(AS_FIELDS, property.name) ? AS_FIELDS[property.name] : undefined;
  const key =
    known ?? (/^X-./u.test(property.name) && !NOISE.test(property.name) ? property.name.slice(2) : '');
  if (key === '') return;
  const parts = splitValue(property.value, ';').map((part) => clean(unescapeText(part)));
  const value = parts.filter((part) => part !== '').join(', ');
  if (value !== '' && !Object.hasOwn(row.fields, key)) setField(row, key, value);
}

function takeOwn(row: ImportRow, property: VcardProperty): RowProblem['reason'] | null {
  const value = unescapeText(property.value);
  switch (property.name) {
    case 'X-PARLEY-FIELD': {
      const name = property.params.get('X-NAME')?.[0] ?? '';
      if (name !== '' && value !== '') setField(row, name, value);
      return null;
    }
    case 'X-PARLEY-IDENTITY': {
      const identity = identityOf(value);
      if (identity !== null) row.identities.push(identity);
      return identity === null ? 'wrong_shape' : null;
    }
    case 'X-PARLEY-CONSENT': {
      const consent = consentOf(value);
      if (consent !== null) row.consent.push(consent);
      return consent === null ? 'unknown_consent' : null;
    }
    case 'X-PARLEY-BLOCKED':
      row.blocked = value.trim().toLowerCase() === 'yes';
      return null;
    case 'X-PARLEY-CREATED':
      row.createdAt = timeOf(value);
      return row.createdAt === null ? 'not_a_date' : null;
    default:
      return null; // Of a newer version.
  }
}

/** A number out of a `tel:` URI (RFC 3966) or as it was typed. */
function phoneOf(property: VcardProperty, text: string): string {
  if (isText(property) || !/^tel:/iu.test(text)) return text;
  const [number = '', ...params] = text.slice(4).split(';');
  const extension = params.find((param) => /^ext=/iu.test(param))?.slice(4);
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

/** Family name; given name; additional names; prefixes; suffixes (RFC 6350 section 6.2.2). */
function composedName(property: VcardProperty | undefined, clean: (text: string) => string): string {
  if (property === undefined) return '';
  const parts = splitValue(property.value, ';').map((part) =>
    splitValue(part, ',')
      .map((name) => clean(unescapeText(name)))
      .filter((name) => name !== '')
      .join(' '),
  );
  const [family, given, additional, prefix, suffix] = parts;
  return [prefix, given, additional, family, suffix].filter((part) => part != null && part !== '').join(' ');
}

/** In the card's order, but what is preferred comes first: PREF=1 to 100 in 4.0, the type pref before. */
function preferredFirst(properties: readonly VcardProperty[]): VcardProperty[] {
  const rank = (property: VcardProperty): number => {
    const pref = Number(property.params.get('PREF')?.[0]);
    if (Number.isInteger(pref)) return pref;
    return property.params.get('TYPE')?.includes('pref') === true ? 0 : 101;
  };
  return properties.toSorted((a, b) => rank(a) - rank(b));
}

function isText(property: VcardProperty): boolean {
  return property.params.get('VALUE')?.[0]?.toLowerCase() === 'text';
}

/** Other address books repeat themselves; our own exports are kept to the letter. */
function addTo(list: string[], item: string, own: boolean): void {
  // More than that are refused later; comparing them all would take for ever.
  const fresh = own || (list.length <= MAX_ITEMS && !list.includes(item));
  if (item !== '' && fresh) list.push(item);
}
