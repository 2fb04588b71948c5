import { z } from 'zod';
import { Id } from './id.ts';

export const ChannelKind = z.enum(['whatsapp', 'sms']);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const UploadKind = z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker']);
export type UploadKind = z.infer<typeof UploadKind>;

export const UploadRule = z.object({ mimeTypes: z.array(z.string()), maxBytes: z.number().int().positive() });

/**
 * What a channel can do, as the gateway says: never a constant of the application, because an unofficial channel has no
 * window, no templates and no quality rating.
 */
export const Capabilities = z.object({
  /** Length of the answering window in hours, or null where there is none. */
  windowHours: z.number().positive().nullable(),
  templates: z.boolean(),
  qualityRating: z.boolean(),
  reactions: z.boolean(),
  quotes: z.boolean(),
  readReceipts: z.boolean(),
  /** Longest text in characters. */
  textLimit: z.number().int().positive(),
  uploads: z.partialRecord(UploadKind, UploadRule),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** The provider's own judgement about a number: read-only here. `source` names who decides (for WhatsApp: Meta). */
export const ChannelHealth = z.object({
  state: z.enum(['connected', 'restricted', 'suspended', 'disconnected']),
  quality: z.enum(['green', 'yellow', 'red', 'unknown']),
  messagingLimit: z.string().nullable(),
  detail: z.string().nullable(),
  source: z.string(),
});
export type ChannelHealth = z.infer<typeof ChannelHealth>;

/** One number or account that customers write to. `address` is its number as people write it. */
export const Channel = z.object({
  id: Id,
  kind: ChannelKind,
  name: z.string(),
  address: z.string().nullable(),
  official: z.boolean(),
  capabilities: Capabilities,
  health: ChannelHealth,
  /** Minutes within which a customer should have a first answer (the company's own promise), or null. */
  firstReplyMinutes: z.number().int().positive().nullable().default(null),
  rev: z.number().int().nonnegative(),
});
export type Channel = z.infer<typeof Channel>;
