/** What somebody typed about a contact, as it will be kept: every value in its canonical form, or which one does not fit and why. */
import { CallFailure } from '../../../shared/contract/errors.ts';
import { isTimeZone } from '../../../shared/domain/calendar.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import { checkFieldValue, isEmail } from '../../../shared/domain/contact-field.ts';
import type { ContactPatch } from '../../../shared/domain/contact.ts';
import { parsePhone } from '../../../shared/text/phone.ts';

/** `region`: country of numbers without a country code. */
export type ValueRules = { region: string; fields: readonly ContactField[] };

/** `name`: as in the patch, `field:ID` of a custom field. `reason`: a code of shared/domain/contact-field.ts, or one of those below. */
export type BadValue = { name: string; reason: string };
export type CheckedPatch = { ok: true; patch: ContactPatch } | { ok: false; bad: BadValue };

class Misfit extends Error {
  readonly bad: BadValue;

  constructor(name: string, reason: string) {
    super('a value does not fit');
    this.bad = { name, reason };
  }
}

/** Reasons besides those of custom fields: `missing`, `not_a_language`, `not_a_time_zone`, `unknown_field`. */
export function checkPatch(typed: ContactPatch, rules: ValueRules): CheckedPatch {
  try {
    return { ok: true, patch: canonical(typed, rules) };
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, bad: error.bad };
    throw error;
  }
}

/** The same for a call: refused with `invalid_value`. */
export function fittingPatch(typed: ContactPatch, rules: ValueRules): ContactPatch {
  const checked = checkPatch(typed, rules);
  if (checked.ok) return checked.patch;
  throw invalidValue(checked.bad.name, checked.bad.reason);
}

export function invalidValue(name: string, reason: string): CallFailure {
  return new CallFailure({ kind: 'invalid_value', message: name, value: { name, reason } });
}

function canonical(typed: ContactPatch, { region, fields }: ValueRules): ContactPatch {
  const patch: ContactPatch = { ...typed };
  if (typed.name !== undefined) {
    patch.name = typed.name.trim();
    if (patch.name === '') throw new Misfit('name', 'missing');
  }
  if (typed.company !== undefined) patch.company = words(typed.company);
  if (typed.phone !== undefined) patch.phone = optional(typed.phone, (text) => phone('phone', text, region));
  if (typed.email !== undefined) patch.email = optional(typed.email, (text) => address('email', text));
  if (typed.phones !== undefined) {
    patch.phones = unique(filled(typed.phones).map((text) => phone('phones', text, region)));
  }
  if (typed.emails !== undefined) {
    patch.emails = unique(filled(typed.emails).map((text) => address('emails', text)));
  }
  if (typed.language !== undefined) patch.language = optional(typed.language, language);
  if (typed.timeZone !== undefined) {
    patch.timeZone = optional(typed.timeZone, (zone) => {
      if (!isTimeZone(zone)) throw new Misfit('timeZone', 'not_a_time_zone');
      return zone;
    });
  }
  if (typed.labelIds !== undefined) patch.labelIds = unique(typed.labelIds);
  if (typed.fields !== undefined) patch.fields = fieldValues(typed.fields, fields, region);
  return patch;
}

function fieldValues(
  typed: Record<string, string | null>,
  fields: readonly ContactField[],
  region: string,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(typed).map(([id, text]): [string, string | null] => {
      if (text === null || text.trim() === '') return [id, null];
      const field = fields.find((one) => one.id === id && !one.deleted);
      if (field === undefined) throw new Misfit(`field:${id}`, 'unknown_field');
      const checked = checkFieldValue(field, text, region);
      if (!checked.ok) throw new Misfit(`field:${id}`, checked.problem);
      return [id, checked.value === '' ? null : checked.value];
    }),
  );
}

function phone(name: string, text: string, region: string): string {
  const parsed = parsePhone(text, region);
  if (!parsed.ok) throw new Misfit(name, `phone:${parsed.problem}`);
  return parsed.e164;
}

function address(name: string, text: string): string {
  if (!isEmail(text.trim())) throw new Misfit(name, 'not_an_email');
  return text.trim().toLowerCase();
}

function language(tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined) return canonical;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Misfit('language', 'not_a_language');
}

function words(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function optional(text: string | null, check: (text: string) => string): string | null {
  const given = words(text);
  return given === null ? null : check(given);
}

function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
