/** The consent ledger: who agreed to what, when and how. Entries are added, never changed or removed (but by erasure). */
import { z } from 'zod';
import { ChannelKind } from './channel.ts';
import { Id } from './id.ts';
import { Timestamp } from './time.ts';

/** `service`: being written to at all by the company's initiative; `marketing`: offers. */
export const ConsentPurpose = z.enum(['service', 'marketing']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

export const ConsentMethod = z.enum([
  /** The contact wrote STOP or START, or a translation of it. */
  'keyword',
  /** The provider said so (WhatsApp's user preferences). */
  'provider',
  'web_form',
  'paper',
  'spoken',
  'message',
  'import',
  'other',
]);
export type ConsentMethod = z.infer<typeof ConsentMethod>;

export const ConsentEntry = z.object({
  id: Id,
  contactId: Id,
  purpose: ConsentPurpose,
  /** Null: whatever the channel. */
  channelKind: ChannelKind.nullable(),
  state: z.enum(['given', 'withdrawn']),
  at: Timestamp,
  method: ConsentMethod,
  /** Where it can be looked up: a form's name, a file's name, the word that was written. */
  source: z.string().max(500),
  /** Null: the gateway by itself. */
  recordedBy: Id.nullable(),
  recordedAt: Timestamp,
  rev: z.number().int().nonnegative(),
});
export type ConsentEntry = z.infer<typeof ConsentEntry>;

/**
 * What holds now for a purpose on a kind of channel: the newest entry that covers it, by when it was said, then by when it was recorded. Of two
 * at the same moment the withdrawal holds.
 */
export function consentNow(
  entries: readonly ConsentEntry[],
  purpose: ConsentPurpose,
  channelKind: ChannelKind,
): 'given' | 'withdrawn' | 'unknown' {
  let holds: ConsentEntry | null = null;
  for (const entry of entries) {
    if (entry.purpose !== purpose) continue;
    if (entry.channelKind !== null && entry.channelKind !== channelKind) continue;
    if (holds === null || isNewer(entry, holds)) holds = entry;
  }
  return holds?.state ?? 'unknown';
}

function isNewer(entry: ConsentEntry, than: ConsentEntry): boolean {
  if (entry.at !== than.at) return entry.at > than.at;
  if (entry.recordedAt !== than.recordedAt) return entry.recordedAt > than.recordedAt;
  return entry.state === 'withdrawn';
}
