/** Custom fields of contacts: what owners define and how a value is checked and kept. */
import { z } from 'zod';
import type { PhoneProblem } from '../text/phone.ts';
import { parsePhone } from '../text/phone.ts';
import { foldWord } from '../text/fold.ts';
import { Id } from './id.ts';

export const ContactFieldType = z.enum([
  'text',
  'number',
  'date',
  'choice',
  'choices',
  'boolean',
  'link',
  'email',
  'phone',
]);
export type ContactFieldType = z.infer<typeof ContactFieldType>;

export const ContactFieldChoice = z.object({ id: Id, name: z.string().min(1).max(80) });
export type ContactFieldChoice = z.infer<typeof ContactFieldChoice>;

/**
 * A field that owners define. The canonical text of a value, by type: `number` as JavaScript writes it, `date` YYYY-MM-DD, `choice` the
 * choice's id, `choices` ids joined by commas in the order of the definition, `boolean` `true` or `false`, `link` an absolute http(s)
 * address, `phone` E.164.
 */
export const ContactField = z.object({
  id: Id,
  name: z.string().min(1).max(80),
  type: ContactFieldType,
  /** Of `choice` and `choices`; else empty. */
  choices: z.array(ContactFieldChoice).max(200),
  /** Order in which fields are shown. */
  position: z.number().int().nonnegative(),
  deleted: z.boolean(),
  rev: z.number().int().nonnegative(),
});
export type ContactField = z.infer<typeof ContactField>;

/** Why a typed value does not fit. `phone` problems are those of shared/text/phone.ts. */
export type FieldProblem =
  | 'too_long'
  | 'not_a_number'
  | 'not_a_date'
  | 'not_a_choice'
  | 'not_yes_or_no'
  | 'not_a_link'
  | 'not_an_email'
  | `phone:${PhoneProblem}`;

export type CheckedValue = { ok: true; value: string } | { ok: false; problem: FieldProblem };

/** Longest value in UTF-16 units. */
export const MAX_FIELD_LENGTH = 4000;

/**
 * Brings what was typed or imported into the field's canonical text. Choices may be named or given by id; numbers are read with a point or, where
 * there is no point, a comma. Empty text is for the caller: it means "no value". `region`: for national telephone numbers.
 */
export function checkFieldValue(
  field: Pick<ContactField, 'type' | 'choices'>,
  typed: string,
  region: string,
): CheckedValue {
  const text = typed.trim();
  if (text.length > MAX_FIELD_LENGTH) return { ok: false, problem: 'too_long' };
  switch (field.type) {
    case 'text':
      return { ok: true, value: text };
    case 'number':
      return checkNumber(text);
    case 'date':
      return isCalendarDay(text) ? { ok: true, value: text } : { ok: false, problem: 'not_a_date' };
    case 'choice':
      return checkChoices(field.choices, [text]);
    case 'choices':
      return checkChoices(field.choices, text.split(/[,;\n]/u));
    case 'boolean':
      return checkBoolean(text);
    case 'link':
      return checkLink(text);
    case 'email':
      return isEmail(text) ? { ok: true, value: text.toLowerCase() } : { ok: false, problem: 'not_an_email' };
    case 'phone': {
      const phone = parsePhone(text, region);
      return phone.ok ? { ok: true, value: phone.e164 } : { ok: false, problem: `phone:${phone.problem}` };
    }
  }
}

/** Whether a text can be an e-mail address. Deliberately broad: only the other side knows whether it is one. */
export function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@,;<>"]+@[^\s@,;<>".]+(?:\.[^\s@,;<>".]+)+$/u.test(text);
}

function checkNumber(text: string): CheckedValue {
  const number = /^[+-]?\d+(?:[.,]\d+)?$/u.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return Number.isFinite(number)
    ? { ok: true, value: String(number) }
    : { ok: false, problem: 'not_a_number' };
}

function isCalendarDay(text: string): boolean {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!day) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function checkChoices(choices: readonly ContactFieldChoice[], typed: readonly string[]): CheckedValue {
  const picked = new Set<string>();
  for (const one of typed.map((text) => text.trim()).filter((text) => text !== '')) {
    const key = foldWord(one);
    const choice = choices.find(({ id, name }) => id === one || foldWord(name) === key);
    if (choice === undefined) return { ok: false, problem: 'not_a_choice' };
    picked.add(choice.id);
  }
  return {
    ok: true,
    value: choices
      .filter(({ id }) => picked.has(id))
      .map(({ id }) => id)
      .join(','),
  };
}

function checkBoolean(text: string): CheckedValue {
  if (/^(?:true|yes|y|1|ja|sí|si|sim|نعم|✓|x)$/iu.test(text)) return { ok: true, value: 'true' };
  if (/^(?:false|no|n|0|nein|não|nao|لا|-)$/iu.test(text)) return { ok: true, value: 'false' };
  return { ok: false, problem: 'not_yes_or_no' };
}

function checkLink(text: string): CheckedValue {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/iu.test(text) ? text : `https://${text}`);
  const fits = url !== null && /^https?:$/u.test(url.protocol) && url.hostname.includes('.');
  return fits ? { ok: true, value: url.href } : { ok: false, problem: 'not_a_link' };
}
