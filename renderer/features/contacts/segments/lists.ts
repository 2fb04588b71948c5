import type { ContactFilter } from '../../../../shared/domain/contact-filter.ts';
import { EVERYBODY } from '../../../../shared/domain/contact-filter.ts';

const only = (condition: ContactFilter['conditions'][number]): ContactFilter => ({
  ...EVERYBODY,
  conditions: [condition],
});

/** Lists that everybody has. */
export const LISTS = [
  { id: 'everybody', filter: EVERYBODY },
  { id: 'noNumber', filter: only({ on: 'phone', op: 'empty', value: '' }) },
  { id: 'blocked', filter: only({ on: 'blocked', is: true }) },
  { id: 'restricted', filter: only({ on: 'restricted', is: true }) },
] as const satisfies ReadonlyArray<{ id: string; filter: ContactFilter }>;
