import type { PolicyPromise, PromiseField } from '../../../../shared/domain/policy-promises.ts';
import { count, dayName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';

type Dotted = PromiseField extends infer F extends string
  ? F extends `right.${infer R}`
    ? `right_${R}`
    : F
  : never;

/** The name of a promise. */
export function promiseName(field: PromiseField): string {
  return t(`retention.promises.field.${field.replace('.', '_') as Dotted}`);
}

const WORDS = [
  'on',
  'off',
  'offered',
  'gateway',
  'controller',
  'not_promised',
  'delete',
  'anonymise',
  'before_effect',
  'continued_use',
  'lawful_source',
  'recorded_opt_in',
  'temporary_processing',
  'technical_logs',
  'backups',
  'security',
  'law',
] as const;

function word(value: string): string {
  const known = WORDS.find((each) => each === value);
  return known === undefined ? value : t(`retention.promises.value.${known}`);
}

/** What is promised, in words; a value that is not there is "not stated", whatever it is about. */
export function promiseValue(
  { field, unit }: Pick<PolicyPromise, 'field' | 'unit'>,
  value: PolicyPromise['value'],
  now: number,
): string {
  if (value === null || (Array.isArray(value) && value.length === 0))
    return t('retention.promises.notStated');
  if (typeof value === 'boolean') return t(value ? 'retention.promises.yes' : 'retention.promises.no');
  if (typeof value === 'number') {
    if (unit === null) return dayName(value, now);
    return t(`retention.promises.unit.${unit}`, { n: count(value) });
  }
  if (typeof value === 'string') return field === 'name' || field === 'documentUrl' ? value : word(value);
  return value.map((each) => word(each)).join(', ');
}
