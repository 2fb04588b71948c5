/**
 * Presence, viewing and typing: kept in memory only, sent to those who may see the conversation, void after ten seconds unless said
 * again (presence lasts as long as the socket).
 */
import type { EphemeralEvent, EphemeralSignal, PresenceState } from '../../shared/protocol/ephemeral.ts';
import { SECOND } from '../../shared/domain/time.ts';
import { canSeeConversation } from '../store/visibility.ts';
import type { Connection } from './connection.ts';
import type { ServerContext } from './context.ts';

const VOID_AFTER_MS = 10 * SECOND;
/** Signals of one socket per second; more are dropped, nothing depends on them. */
const MAX_SIGNALS = 20;

type Place = { viewing: string | null; viewingUntil: number; typing: string | null; typingUntil: number };
type Kind = 'viewing' | 'typing';

export type Ephemeral = ReturnType<typeof createEphemeral>;

export function createEphemeral(context: ServerContext, connections: ReadonlyMap<string, Connection>) {
  const places = new Map<Connection, Place>();
  const presence = new Map<Connection, PresenceState>();
  const budgets = new Map<Connection, { second: number; left: number }>();
  /** Conversations in which the contact types, and until when. */
  const contacts = new Map<string, number>();

  function send(event: EphemeralEvent, to: (connection: Connection) => boolean): void {
    for (const connection of connections.values()) {
      if (to(connection)) connection.signal(event);
    }
  }

  function sees(connection: Connection, conversationId: string): boolean {
    const viewer = context.store.people.viewer(connection.session.userId);
    if (viewer === null) return false;
    const conversation = context.store.conversations.get(viewer.ws, conversationId);
    return conversation !== null && canSeeConversation(viewer, conversation);
  }

  function usersIn(kind: Kind, conversationId: string, now: number): string[] {
    const users = new Set<string>();
    for (const [connection, place] of places) {
      const until = kind === 'viewing' ? place.viewingUntil : place.typingUntil;
      if (place[kind] === conversationId && until > now) users.add(connection.session.userId);
    }
    return [...users].toSorted();
  }

  function tell(kind: Kind, conversationId: string): void {
    const now = context.now();
    const userIds = usersIn(kind, conversationId, now);
    const event: EphemeralEvent =
      kind === 'viewing'
        ? { type: 'viewing', conversationId, userIds }
        : { type: 'typing', conversationId, userIds, contact: (contacts.get(conversationId) ?? 0) > now };
    send(event, (connection) => sees(connection, conversationId));
  }

  function stateOf(userId: string): PresenceState {
    const states = [...presence]
      .filter(([connection]) => connection.session.userId === userId)
      .map(([, state]) => state);
    const order: PresenceState[] = ['available', 'busy', 'away'];
    return order.find((state) => states.includes(state)) ?? 'offline';
  }

  function sameWorkspace(ws: number): (connection: Connection) => boolean {
    return (connection) => context.store.people.viewer(connection.session.userId)?.ws === ws;
  }

  function tellPresence(connection: Connection): void {
    const { userId } = connection.session;
    const ws = context.store.people.viewer(userId)?.ws;
    if (ws === undefined) return;
    send({ type: 'presence', userId, state: stateOf(userId) }, sameWorkspace(ws));
  }

  function allowed(connection: Connection): boolean {
    const second = Math.floor(context.now() / SECOND);
    const budget = budgets.get(connection);
    if (budget === undefined || budget.second !== second) {
      budgets.set(connection, { second, left: MAX_SIGNALS - 1 });
      return true;
    }
    budget.left -= 1;
    return budget.left >= 0;
  }

  /** Moves a user's place; tells the conversations that were left and entered. */
  function move(connection: Connection, kind: Kind, conversationId: string | null): void {
    const now = context.now();
    const place = places.get(connection) ?? { viewing: null, viewingUntil: 0, typing: null, typingUntil: 0 };
    const before = place[kind];
    const until = conversationId === null ? 0 : now + VOID_AFTER_MS;
    place[kind] = conversationId;
    if (kind === 'viewing') place.viewingUntil = until;
    else place.typingUntil = until;
    places.set(connection, place);
    if (before !== null && before !== conversationId) tell(kind, before);
    // Also when it is only said again: what the others know is void after ten seconds like everything else.
    if (conversationId !== null) tell(kind, conversationId);
  }

  /** Ends what was not said again. */
  function sweep(): void {
    const now = context.now();
    for (const [connection, place] of places) {
      if (place.viewing !== null && place.viewingUntil <= now) move(connection, 'viewing', null);
      if (place.typing !== null && place.typingUntil <= now) move(connection, 'typing', null);
    }
    for (const [conversationId, until] of contacts) {
      if (until > now) continue;
      contacts.delete(conversationId);
      tell('typing', conversationId);
    }
  }
  const sweeper = setInterval(sweep, SECOND);
  sweeper.unref();

  return {
    /** A desktop's signal. About a conversation that its user may not see: dropped. */
    signal(connection: Connection, signal: EphemeralSignal): void {
      if (!allowed(connection)) return;
      switch (signal.type) {
        case 'presence':
          presence.set(connection, signal.state);
          tellPresence(connection);
          return;
        case 'viewing':
          if (signal.conversationId === null || sees(connection, signal.conversationId)) {
            move(connection, 'viewing', signal.conversationId);
          }
          return;
        case 'typing':
          if (sees(connection, signal.conversationId)) {
            move(connection, 'typing', signal.typing ? signal.conversationId : null);
          }
      }
    },
    /** What a provider knows: the contact is typing (or has stopped). */
    contactTyping(conversationId: string, typing: boolean): void {
      if (typing) contacts.set(conversationId, context.now() + VOID_AFTER_MS);
      else contacts.delete(conversationId);
      tell('typing', conversationId);
    },
    /** A new socket is present, and learns who else is. */
    joined(connection: Connection): void {
      presence.set(connection, 'available');
      tellPresence(connection);
      const ws = context.store.people.viewer(connection.session.userId)?.ws;
      if (ws === undefined) return;
      const others = [...presence.keys()].filter(sameWorkspace(ws)).map((other) => other.session.userId);
      for (const userId of new Set(others)) {
        if (userId === connection.session.userId) continue;
        connection.signal({ type: 'presence', userId, state: stateOf(userId) });
      }
    },
    left(connection: Connection): void {
      move(connection, 'viewing', null);
      move(connection, 'typing', null);
      places.delete(connection);
      presence.delete(connection);
      budgets.delete(connection);
      tellPresence(connection);
    },
    close(): void {
      clearInterval(sweeper);
    },
  };
}
