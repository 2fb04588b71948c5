/** What is known of the colleagues right now, gathered from what the gateway tells; nothing while there is no connection. */
import type { ConnectionState } from '../../shared/contract/state.ts';
import type { EphemeralEvent, PresenceState } from '../../shared/protocol/ephemeral.ts';

export type Presence = {
  list(): { userId: string; state: PresenceState }[];
  heard(event: EphemeralEvent): void;
  connection(state: ConnectionState): void;
};

export function createPresence(): Presence {
  const known = new Map<string, PresenceState>();
  return {
    list: () => [...known].map(([userId, state]) => ({ userId, state })),
    heard(event) {
      if (event.type !== 'presence') return;
      if (event.state === 'offline') known.delete(event.userId);
      else known.set(event.userId, event.state);
    },
    connection({ state }) {
      if (state !== 'online' && state !== 'catching_up') known.clear();
    },
  };
}
