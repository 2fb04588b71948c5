import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';

/** What is one value or the other; the keys of `MergeChoices`. */
export const VALUES = ['name', 'company', 'phone', 'email', 'language', 'timeZone', 'note'] as const;

/** One value as both records have it. '' is nothing. */
export interface MergeRow {
  /** As in `MergeChoices` and in `Contact.provenance`. */
  readonly key: string;
  /** A custom field's own name; null for a value that has a word of the catalogue. */
  readonly field: ContactField | null;
  readonly first: string;
  readonly second: string;
  /** Something has to be chosen: both have it, and not the same. */
  readonly differs: boolean;
}

/** Every value that at least one of them has. */
export function mergeRows(first: Contact, second: Contact, fields: ReadonlyArray<ContactField>): MergeRow[] {
  const row = (key: string, field: ContactField | null, a: string | null, b: string | null): MergeRow => ({
    key,
    field,
    first: a ?? '',
    second: b ?? '',
    differs: (a ?? '') !== (b ?? ''),
  });
  return [
    ...VALUES.map((key) => row(key, null, first[key], second[key])),
    ...fields.map((field) =>
      row(`field:${field.id}`, field, first.fields[field.id] ?? '', second.fields[field.id] ?? ''),
    ),
  ].filter((each) => each.first !== '' || each.second !== '');
}

/** The value of a merged record for a row. */
export function valueOf(contact: Contact, { key, field }: MergeRow): string {
  if (field !== null) return contact.fields[field.id] ?? '';
  const known = VALUES.find((each) => each === key);
  return known === undefined ? '' : (contact[known] ?? '');
}
