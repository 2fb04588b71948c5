import type { ImportColumn, ImportTarget } from '../../../../shared/contract/imports.ts';

export const TARGETS = [
  'name',
  'first_name',
  'last_name',
  'company',
  'phone',
  'email',
  'language',
  'time_zone',
  'labels',
  'note',
  'consent_marketing',
  'consent_service',
] as const satisfies ReadonlyArray<ImportTarget>;

export type Mapping = Readonly<Record<string, ImportTarget>>;

/** What the columns seem to be, or were the last time. */
export function guessedMapping(columns: ReadonlyArray<ImportColumn>): Mapping {
  return Object.fromEntries(columns.flatMap(({ key, guess }) => (guess === null ? [] : [[key, guess]])));
}

/** A target as the value of a select; '' is nothing. */
export function targetValue(target: ImportTarget | undefined): string {
  if (target === undefined) return '';
  return typeof target === 'string' ? target : `field:${target.fieldId}`;
}

export function targetOf(value: string): ImportTarget | null {
  if (value.startsWith('field:')) return { fieldId: value.slice('field:'.length) };
  return TARGETS.find((target) => target === value) ?? null;
}

/** The mapping with one column become something else; null: nothing. */
export function withTarget(mapping: Mapping, key: string, target: ImportTarget | null): Mapping {
  const rest = Object.fromEntries(Object.entries(mapping).filter(([each]) => each !== key));
  return target === null ? rest : { ...rest, [key]: target };
}

const SOMEBODY: ReadonlyArray<ImportTarget> = [
  'name',
  'first_name',
  'last_name',
  'company',
  'phone',
  'email',
];

/** Whether a row can become somebody at all. Columns that say themselves what they are need no mapping. */
export function namesSomebody(columns: ReadonlyArray<ImportColumn>, mapping: Mapping): boolean {
  return columns.length === 0 || Object.values(mapping).some((target) => SOMEBODY.includes(target));
}
