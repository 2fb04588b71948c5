import { create } from 'zustand';
import type { EphemeralEvent, PresenceState } from '../../../shared/protocol/ephemeral.ts';
import type { Bridge } from '../bridge/bridge.ts';

interface Typing {
  readonly userIds: ReadonlyArray<string>;
  readonly contact: boolean;
}

interface Around {
  readonly presence: ReadonlyMap<string, PresenceState>;
  readonly viewing: ReadonlyMap<string, ReadonlyArray<string>>;
  readonly typing: ReadonlyMap<string, Typing>;
}

/** Typing that is not renewed is over after this, in ms. */
const FADE = 8_000;

/** Who is here and where they look or write right now. Never stored, and lossy. */
export const useAround = create<Around>()(() => ({
  presence: new Map(),
  viewing: new Map(),
  typing: new Map(),
}));

/** Keeps `useAround` up to date. Returns a function that stops it. */
export function followAround(bridge: Bridge): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const read = (): void => {
    bridge.call('presence.list', {}).then(
      (list) => {
        if (Array.isArray(list))
          useAround.setState({ presence: new Map(list.map(({ userId, state }) => [userId, state])) });
      },
      // Offline there is nothing to know; the next connection asks again.
      () => undefined,
    );
  };
  const stopTyping = (conversationId: string): void => {
    clearTimeout(timers.get(conversationId));
    timers.delete(conversationId);
    useAround.setState({ typing: without(useAround.getState().typing, conversationId) });
  };
  const onEvent = (event: EphemeralEvent): void => {
    const now = useAround.getState();
    if (event.type === 'presence') {
      useAround.setState({ presence: new Map(now.presence).set(event.userId, event.state) });
    } else if (event.type === 'viewing') {
      useAround.setState({
        viewing:
          event.userIds.length === 0
            ? without(now.viewing, event.conversationId)
            : new Map(now.viewing).set(event.conversationId, event.userIds),
      });
    } else if (event.userIds.length === 0 && !event.contact) {
      stopTyping(event.conversationId);
    } else {
      clearTimeout(timers.get(event.conversationId));
      timers.set(
        event.conversationId,
        setTimeout(() => stopTyping(event.conversationId), FADE),
      );
      useAround.setState({ typing: new Map(now.typing).set(event.conversationId, event) });
    }
  };
  let online = false;
  read();
  const stops = [
    bridge.on('ephemeral', onEvent),
    bridge.on('connection', ({ connection }) => {
      const isOnline = connection.state === 'online';
      if (isOnline && !online) read();
      if (!isOnline && online)
        useAround.setState({ presence: new Map(), viewing: new Map(), typing: new Map() });
      online = isOnline;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
