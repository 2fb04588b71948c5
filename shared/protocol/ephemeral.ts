/** Lossy things: never stored, never numbered, dropped when nobody listens. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';

export const PresenceState = z.enum(['available', 'busy', 'away', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;

/** From the gateway: presence of a user, and who is looking at or typing in a conversation that this user may see. */
export const EphemeralEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('presence'), userId: Id, state: PresenceState }),
  z.object({ type: z.literal('viewing'), conversationId: Id, userIds: z.array(Id) }),
  z.object({ type: z.literal('typing'), conversationId: Id, userIds: z.array(Id), contact: z.boolean() }),
]);
export type EphemeralEvent = z.infer<typeof EphemeralEvent>;

/** From the desktop: what its user is doing. `conversationId` null: nothing is open. */
export const EphemeralSignal = z.discriminatedUnion('type', [
  z.object({ type: z.literal('presence'), state: PresenceState }),
  z.object({ type: z.literal('viewing'), conversationId: Id.nullable() }),
  z.object({ type: z.literal('typing'), conversationId: Id, typing: z.boolean() }),
]);
export type EphemeralSignal = z.infer<typeof EphemeralSignal>;
