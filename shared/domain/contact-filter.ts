/** Which contacts: what the filter builder makes and a segment keeps. */
import { z } from 'zod';
import { ChannelKind } from './channel.ts';
import { ConsentPurpose } from './consent.ts';
import { Id } from './id.ts';

const TextOperator = z.enum(['is', 'is_not', 'contains', 'starts_with', 'empty', 'not_empty']);

export const ContactCondition = z.discriminatedUnion('on', [
  /** `value` is left out of account by `empty` and `not_empty`. Text is compared folded: case and accents make no difference. */
  z.object({
    on: z.enum(['name', 'company', 'phone', 'email', 'language', 'time_zone', 'note']),
    op: TextOperator,
    value: z.string().max(400),
  }),
  /** `before`, `after`: dates; `less`, `more`: numbers; `has`, `has_not`: one choice of several. */
  z.object({
    on: z.literal('field'),
    fieldId: Id,
    op: z.enum([...TextOperator.options, 'before', 'after', 'less', 'more', 'has', 'has_not']),
    value: z.string().max(400),
  }),
  z.object({ on: z.literal('label'), op: z.enum(['has', 'has_not']), labelId: Id }),
  z.object({ on: z.literal('channel'), op: z.enum(['has', 'has_not']), channelKind: ChannelKind }),
  z.object({ on: z.enum(['blocked', 'restricted', 'has_conversation']), is: z.boolean() }),
  z.object({
    on: z.literal('consent'),
    purpose: ConsentPurpose,
    state: z.enum(['given', 'withdrawn', 'unknown']),
  }),
  /** `value`: a time for `before` and `after`, else a number of days before now. */
  z.object({
    on: z.enum(['created', 'last_message']),
    op: z.enum(['before', 'after', 'within_days', 'older_than_days']),
    value: z.number().int().nonnegative(),
  }),
]);
export type ContactCondition = z.infer<typeof ContactCondition>;

/** A group of conditions, or of groups: `all` of them or `any`, and the contrary of that with `not`. An empty group lets all through. */
export type ContactGroup = {
  match: 'all' | 'any';
  not: boolean;
  conditions: (ContactCondition | ContactGroup)[];
};
const Conditions = (depth: number): z.ZodType<ContactGroup> =>
  z.object({
    match: z.enum(['all', 'any']),
    not: z.boolean(),
    conditions: z
      .array(depth === 0 ? ContactCondition : z.union([ContactCondition, Conditions(depth - 1)]))
      .max(30),
  });

/** Groups may lie in groups four deep. */
export const ContactFilter = Conditions(4);
export type ContactFilter = ContactGroup;

/** Everybody. */
export const EVERYBODY: ContactFilter = { match: 'all', not: false, conditions: [] };

/** What the table can be ordered by: a column or a custom field. */
export const ContactSort = z.object({
  by: z.union([
    z.enum(['name', 'company', 'phone', 'email', 'language', 'created', 'updated', 'last_message']),
    z.object({ fieldId: Id }),
  ]),
  descending: z.boolean(),
});
export type ContactSort = z.infer<typeof ContactSort>;
