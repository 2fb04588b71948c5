/** Where a column can go. */

/** Targets of one value or list each; several columns may go to the same one. */
export const TARGETS = [
  'name',
  'givenName',
  'middleName',
  'familyName',
  'company',
  'phone',
  'email',
  'language',
  'timeZone',
  'labels',
  'note',
  'marketingConsent',
] as const;

/**
 * A target: one of TARGETS, `field:KEY` for a custom field, `identity:KIND` for an external id on a kind of channel (`identity:whatsapp`), or
 * `ignore`.
 */
export type Target = (typeof TARGETS)[number] | 'ignore' | `field:${string}` | `identity:${string}`;

/** Column key (see columns.ts) to target. Columns that are not named are ignored. To be kept for the next import as it is. */
export type Mapping = Readonly<Record<string, Target>>;
