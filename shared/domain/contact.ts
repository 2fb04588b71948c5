import { z } from 'zod';
import { ChannelKind } from './channel.ts';
import { Id } from './id.ts';
import { Timestamp } from './time.ts';

/**
 * How a contact is known on a kind of channel. The key is (channelKind, externalId); a phone number is an attribute and may
 * be missing, because WhatsApp users can hide it behind a business-scoped user id.
 */
export const Identity = z.object({
  channelKind: ChannelKind,
  externalId: z.string().min(1).max(160),
  parentExternalId: z.string().nullable(),
  phone: z.string().nullable(),
  username: z.string().nullable(),
});
export type Identity = z.infer<typeof Identity>;

/** Whether marketing may be sent: what the contact said last, where, and when. The ledger has the whole story. */
export const MarketingConsent = z.object({
  state: z.enum(['unknown', 'opted_in', 'opted_out']),
  at: Timestamp.nullable(),
  source: z.string().nullable(),
});
export type MarketingConsent = z.infer<typeof MarketingConsent>;

/** Where a value of a contact comes from. `by` is a user's id for `agent` and `import`, else null. */
export const Provenance = z.object({
  source: z.enum(['channel', 'agent', 'import', 'merge']),
  by: Id.nullable(),
  at: Timestamp,
});
export type Provenance = z.infer<typeof Provenance>;

/** Why somebody's data may only be kept, not used. */
export const Restriction = z.object({
  since: Timestamp,
  reason: z.string().max(2000),
  requestId: Id.nullable(),
});
export type Restriction = z.infer<typeof Restriction>;

/**
 * An end customer: one person, one record. `phone` and `email` are the first ones, `phones` and `emails` the further ones; numbers in
 * E.164 where they could be told. `fields`: custom fields by id, each value in its canonical text (contact-field.ts).
 */
export const Contact = z.object({
  id: Id,
  name: z.string(),
  company: z.string().max(200).nullable().default(null),
  phone: z.string().nullable(),
  phones: z.array(z.string().max(40)).max(20).default([]),
  email: z.string().nullable(),
  emails: z.array(z.string().max(320)).max(20).default([]),
  /** BCP 47. */
  language: z.string().nullable(),
  /** IANA. */
  timeZone: z.string().max(64).nullable().default(null),
  fields: z.record(z.string(), z.string()),
  labelIds: z.array(Id),
  /** What the company wrote down about the person. */
  note: z.string().max(10_000).default(''),
  consent: MarketingConsent,
  blocked: z.boolean(),
  restriction: Restriction.nullable().default(null),
  identities: z.array(Identity),
  /** By `name`, `company`, `phone`, `email`, `language`, `timeZone`, `note`, `field:ID`: where the value comes from. */
  provenance: z.record(z.string(), Provenance).default({}),
  /** The person into whom this record was merged: it is kept for undoing and shown nowhere. */
  mergedInto: Id.nullable().default(null),
  /** Deleted by somebody; comes back with undo, or when the person writes again. */
  deleted: z.boolean().default(false),
  createdAt: Timestamp,
  updatedAt: Timestamp.default(0),
  rev: z.number().int().nonnegative(),
});
export type Contact = z.infer<typeof Contact>;

/**
 * What a person may change of a contact; what is left out stays. In `fields`, null takes a value away. The gateway normalises
 * and checks again, and refuses the whole patch with `invalid` when one value does not fit.
 */
export const ContactPatch = z
  .object({
    name: z.string().min(1).max(200),
    company: z.string().max(200).nullable(),
    phone: z.string().max(40).nullable(),
    phones: z.array(z.string().max(40)).max(20),
    email: z.string().max(320).nullable(),
    emails: z.array(z.string().max(320)).max(20),
    language: z.string().max(35).nullable(),
    timeZone: z.string().max(64).nullable(),
    fields: z.record(z.string(), z.string().max(4000).nullable()),
    labelIds: z.array(Id).max(100),
    note: z.string().max(10_000),
    blocked: z.boolean(),
  })
  .partial();
export type ContactPatch = z.infer<typeof ContactPatch>;

/** A new contact (`create`) or a change of one. */
export const ContactChange = z.object({ contactId: Id, create: z.boolean(), patch: ContactPatch });
export type ContactChange = z.infer<typeof ContactChange>;

/** At most this many contacts in one command or event. */
export const MAX_CONTACT_CHANGES = 500;
