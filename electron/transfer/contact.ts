/** The neutral shape of a contact on its way out, and of a row on its way in. Neither knows the cache; the application maps to both. */
import { z } from 'zod';

/** Far end of what a Date holds (ECMA-262, time values). */
const Time = z.number().int().min(0).max(8_640_000_000_000_000);
const Text = z.string().min(1);

export const TransferIdentity = z.strictObject({
  channelKind: Text,
  externalId: Text,
  parentExternalId: Text.nullable(),
  phone: Text.nullable(),
  username: Text.nullable(),
});
export type TransferIdentity = z.infer<typeof TransferIdentity>;

/** What holds at the moment for a purpose and channel; `channel` null is for all of them. Times in epoch milliseconds. */
export const TransferConsent = z.strictObject({
  purpose: z.enum(['service', 'marketing']),
  channel: Text.nullable(),
  state: z.enum(['given', 'withdrawn']),
  at: Time.nullable(),
  source: Text.nullable(),
});
export type TransferConsent = z.infer<typeof TransferConsent>;

/**
 * A contact for export. Nothing is an empty string but `name`, which may be unknown: what is missing is null or left out. Phones are
 * E.164, `labels` and the keys of `fields` are names as people know them (never `__proto__`), times are epoch milliseconds.
 */
export const ExportContact = z.strictObject({
  id: Text,
  name: z.string(),
  company: Text.nullable(),
  phones: z.array(Text),
  emails: z.array(Text),
  language: Text.nullable(),
  timeZone: Text.nullable(),
  labels: z.array(Text),
  fields: z.record(Text, Text),
  note: Text.nullable(),
  consent: z.array(TransferConsent),
  identities: z.array(TransferIdentity),
  blocked: z.boolean(),
  createdAt: Time,
});
export type ExportContact = z.infer<typeof ExportContact>;

/**
 * A row of an import, as it stands in the file and not yet judged: phones in any notation, languages and fields unchecked. `line` is where it
 * begins. `id` is that of one of our own exports, or a card's UID. `blocked` and `createdAt` are null where the file is silent.
 * Texts have plain line feeds and no other control character but tabs.
 */
export type ImportRow = Omit<ExportContact, 'id' | 'blocked' | 'createdAt'> & {
  line: number;
  id: string | null;
  blocked: boolean | null;
  createdAt: number | null;
};

export function emptyRow(line: number): ImportRow {
  return {
    line,
    id: null,
    name: '',
    company: null,
    phones: [],
    emails: [],
    language: null,
    timeZone: null,
    labels: [],
    fields: {},
    note: null,
    consent: [],
    identities: [],
    blocked: null,
    createdAt: null,
  };
}
