/** Somebody of the gateway's staff looked at data of a workspace. Holds no names of customers and no texts. */
import { z } from 'zod';
import { Id } from './id.ts';
import { Timestamp } from './time.ts';

export const SupportAccess = z.object({
  id: Id,
  at: Timestamp,
  /** How the gateway names the member of its staff. */
  by: z.string().min(1).max(120),
  what: z.enum(['messages', 'contacts', 'files', 'settings', 'export']),
  /** What it was about, where that is one thing. */
  subjectId: Id.nullable(),
  /** Why, as the gateway tells it: a ticket, a sentence. */
  reason: z.string().max(500).nullable(),
});
export type SupportAccess = z.infer<typeof SupportAccess>;
