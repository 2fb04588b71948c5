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

/** Whether marketing may be sent: what the contact said last, where, and when. */
export const MarketingConsent = z.object({
  state: z.enum(['unknown', 'opted_in', 'opted_out']),
  at: Timestamp.nullable(),
  source: z.string().nullable(),
});
export type MarketingConsent = z.infer<typeof MarketingConsent>;

/** An end customer. `phone` in E.164 where it could be told. */
export const Contact = z.object({
  id: Id,
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  fields: z.record(z.string(), z.string()),
  labelIds: z.array(Id),
  consent: MarketingConsent,
  blocked: z.boolean(),
  identities: z.array(Identity),
  createdAt: Timestamp,
  rev: z.number().int().nonnegative(),
});
export type Contact = z.infer<typeof Contact>;
