/** A patch of a contact as it will be kept: every value in its canonical form, or the refusal of the first one that does not fit. */
import { isTimeZone } from '../../../shared/domain/calendar.ts';
import { checkFieldValue, isEmail } from '../../../shared/domain/contact-field.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Contact, ContactPatch, Provenance } from '../../../shared/domain/contact.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import { parsePhone } from '../../../shared/text/phone.ts';
import { Refusal } from '../errors.ts';

export type PatchRules = {
  field(id: string): ContactField | null;
  label(id: string): Label | null;
};

/** No country at home: a number without its own could be anybody's. */
const NOWHERE = '';

/** The contact with the patch applied. `from`: where its values come from. Throws `invalid` or `not_found` with the path. */
export function patched(before: Contact, patch: ContactPatch, from: Provenance, rules: PatchRules): Contact {
  const after: Contact = { ...before };
  const changed: string[] = [];
  const { name, company, phone, phones, email, emails, language, timeZone, note, labelIds, blocked } = patch;
  if (name !== undefined) {
    after.name = name.trim();
    if (after.name === '') throw new Refusal('invalid', 'name');
    if (after.name !== before.name) changed.push('name');
  }
  const set = <K extends 'company' | 'phone' | 'email' | 'language' | 'timeZone'>(
    key: K,
    value: string | null,
  ) => {
    if (value !== before[key]) changed.push(key);
    after[key] = value;
  };
  if (company !== undefined) set('company', wordsOf(company));
  if (phone !== undefined) set('phone', wordsOf(phone) === null ? null : e164(phone ?? '', 'phone'));
  if (email !== undefined) set('email', wordsOf(email) === null ? null : address(email ?? '', 'email'));
  if (language !== undefined) set('language', languageOf(language));
  if (timeZone !== undefined) set('timeZone', zoneOf(timeZone));
  if (note !== undefined) {
    if (note !== before.note) changed.push('note');
    after.note = note;
  }
  if (phones !== undefined || phone !== undefined) {
    const list = phones === undefined ? before.phones : phones.map((one) => e164(one, 'phones'));
    after.phones = unique(list, after.phone);
  }
  if (emails !== undefined || email !== undefined) {
    const list = emails === undefined ? before.emails : emails.map((one) => address(one, 'emails'));
    after.emails = unique(list, after.email);
  }
  if (labelIds !== undefined) after.labelIds = checkedLabels(before.labelIds, labelIds, rules);
  if (blocked !== undefined) after.blocked = blocked;
  if (patch.fields !== undefined) {
    after.fields = { ...before.fields };
    for (const [id, typed] of Object.entries(patch.fields)) {
      const value = fieldValue(id, typed, rules);
      if (value === null) delete after.fields[id];
      else after.fields[id] = value;
      if ((before.fields[id] ?? null) !== value) changed.push(`field:${id}`);
    }
  }
  if (changed.length > 0) {
    after.provenance = { ...before.provenance };
    for (const key of changed) after.provenance[key] = from;
  }
  return after;
}

function wordsOf(text: string | null): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** A number without its country could be anybody's, so it is refused. */
export function e164(text: string, path: string): string {
  const parsed = parsePhone(text, NOWHERE);
  if (!parsed.ok) throw new Refusal('invalid', `${path}: ${parsed.problem}`);
  return parsed.e164;
}

function address(text: string, path: string): string {
  const trimmed = text.trim().toLowerCase();
  if (!isEmail(trimmed)) throw new Refusal('invalid', path);
  return trimmed;
}

function languageOf(text: string | null): string | null {
  const words = wordsOf(text);
  if (words === null) return null;
  try {
    return Intl.getCanonicalLocales(words)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', 'language');
    throw error;
  }
}

function zoneOf(text: string | null): string | null {
  const words = wordsOf(text);
  if (words !== null && !isTimeZone(words)) throw new Refusal('invalid', 'timeZone');
  return words;
}

function unique(list: readonly string[], first: string | null): string[] {
  return [...new Set(list)].filter((one) => one !== first);
}

/** One that was deleted meanwhile may stay, but not be added. */
function checkedLabels(before: readonly string[], wanted: readonly string[], rules: PatchRules): string[] {
  const labelIds = [...new Set(wanted)];
  for (const id of labelIds) {
    const label = rules.label(id);
    if (label === null || (label.deleted && !before.includes(id))) throw new Refusal('not_found', 'label');
  }
  return labelIds;
}

function fieldValue(id: string, typed: string | null, rules: PatchRules): string | null {
  const field = rules.field(id);
  if (typed === null || typed.trim() === '') return null;
  if (field === null || field.deleted) throw new Refusal('not_found', 'field');
  const checked = checkFieldValue(field, typed, NOWHERE);
  if (!checked.ok) throw new Refusal('invalid', `fields.${id}: ${checked.problem}`);
  return checked.value === '' ? null : checked.value;
}
