/** Custom fields of contacts: what owners define and how a value is checked and kept. */
import { z } from 'zod';
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
