/** Between the targets of the contract and those of electron/transfer. Custom fields are named by their ids in both directions. */
import type { ImportTarget } from '../../../shared/contract/imports.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Mapping, Target } from '../../transfer/targets.ts';
import { foldWord } from '../../../shared/text/fold.ts';

const NAMED = {
  name: 'name',
  first_name: 'givenName',
  last_name: 'familyName',
  company: 'company',
  phone: 'phone',
  email: 'email',
  language: 'language',
  time_zone: 'timeZone',
  labels: 'labels',
  note: 'note',
  consent_marketing: 'marketingConsent',
} as const satisfies Partial<Record<Extract<ImportTarget, string>, Target>>;

/** What a column is for the reader. `consent_service` is read apart from the others: a row has one consent column of a kind. */
export function readerMapping(mapping: Readonly<Record<string, ImportTarget>>): {
  main: Mapping;
  service: Mapping | null;
} {
  const main: [string, Target][] = [];
  const service: [string, Target][] = [];
  for (const [key, target] of Object.entries(mapping)) {
    if (typeof target !== 'string') main.push([key, `field:${target.fieldId}`]);
    else if (target === 'consent_service') service.push([key, 'marketingConsent']);
    else main.push([key, NAMED[target]]);
  }
  return { main: fromEntries(main), service: service.length === 0 ? null : fromEntries(service) };
}

/** A column may be called `__proto__`. */
function fromEntries(entries: readonly [string, Target][]): Mapping {
  return Object.assign(Object.create(null) as object, Object.fromEntries(entries));
}

/** A guess of electron/transfer for the mapping's screen; null: nothing that can be chosen there. */
export function guessedTarget(
  target: Target | undefined,
  fields: readonly ContactField[],
): ImportTarget | null {
  if (target === undefined || target === 'ignore') return null;
  if (target.startsWith('field:')) {
    const field = fieldByKey(target.slice('field:'.length), fields);
    return field === null ? null : { fieldId: field.id };
  }
  if (target === 'middleName') return 'first_name';
  const known = Object.entries(NAMED).find(([, theirs]) => theirs === target);
  return known === undefined ? null : (known[0] as keyof typeof NAMED);
}

/** A custom field by its id, or by its name as a file of ours has it. */
export function fieldByKey(key: string, fields: readonly ContactField[]): ContactField | null {
  const live = fields.filter((field) => !field.deleted);
  const folded = foldWord(key.trim());
  return (
    live.find(({ id }) => id === key) ?? live.find(({ name }) => foldWord(name.trim()) === folded) ?? null
  );
}
