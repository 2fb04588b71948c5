import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import { checkFieldValue } from '../../../../shared/domain/contact-field.ts';
import { homeRegion, valueMistake } from '../../../lib/phoneWords.ts';

/** What to keep of what was typed (null: no value), or what is wrong with it in words. */
export function fieldValue(
  field: Pick<ContactField, 'type' | 'choices'>,
  typed: string,
): { readonly value: string | null; readonly mistake: string | null } {
  if (typed.trim() === '') return { value: null, mistake: null };
  const checked = checkFieldValue(field, typed, homeRegion());
  return checked.ok
    ? { value: checked.value, mistake: null }
    : { value: null, mistake: valueMistake(checked.problem, typed) };
}
