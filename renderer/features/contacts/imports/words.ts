import type { ImportColumn, ImportJob, ImportLine } from '../../../../shared/contract/imports.ts';
import type { imports } from '../../../i18n/en/imports.ts';
import { t } from '../../../i18n/t.ts';

type Words = typeof imports;

const PROBLEMS = [
  'empty',
  'too_large',
  'line_too_long',
  'too_many_rows',
  'too_many_columns',
  'compressed',
  'spreadsheet',
  'not_text',
  'nul_bytes',
  'wrong_encoding',
  'bad_delimiter',
  'unclosed_quote',
  'cut_off',
  'not_vcard',
  'not_json',
  'wrong_schema',
  'unreadable',
] as const satisfies ReadonlyArray<keyof Words['problem']>;

/** Why a file cannot be read, and what would help. */
export function problemWords(problem: NonNullable<ImportJob['problem']>): string {
  const kind = PROBLEMS.find((each) => each === problem.kind) ?? 'unreadable';
  const words = t(`imports.problem.${kind}`);
  return problem.line === null ? words : `${t('imports.problem.line', { line: problem.line })}: ${words}`;
}

const REASONS = [
  'control_characters',
  'value_too_long',
  'too_long',
  'too_many_items',
  'too_many_values',
  'unknown_consent',
  'not_a_date',
  'empty_contact',
  'card_not_closed',
  'card_too_large',
  'wrong_shape',
  'missing',
  'not_a_number',
  'not_a_choice',
  'not_yes_or_no',
  'not_a_link',
  'not_an_email',
  'not_a_language',
  'not_a_time_zone',
  'unknown_field',
  'phone_not_a_number',
  'phone_unknown_country',
  'phone_too_short',
  'phone_too_long',
  'phone_wrong_length',
  'known',
  'nothing_new',
  'twice_in_file',
  'restricted',
  'erased',
  'unknown_label',
] as const satisfies ReadonlyArray<keyof Words['reason']>;

/** Why a row is left out, or what is worth knowing of it; null: there is nothing to say. */
export function reasonWords({ reason }: Pick<ImportLine, 'reason'>): string | null {
  if (reason === null) return null;
  // Mistakes in telephone numbers come as `phone:too_short`.
  const code = reason.replace(':', '_');
  return t(`imports.reason.${REASONS.find((each) => each === code) ?? 'other'}`);
}

export function columnName({ header, key }: ImportColumn, index: number): string {
  const words = header?.trim() ?? '';
  if (words !== '') return words;
  return key.trim() === '' || header === null ? t('imports.map.nameless', { number: index + 1 }) : key;
}
