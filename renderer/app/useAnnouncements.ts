import { useEffect } from 'react';
import { useBridge } from '../lib/bridge/context.ts';
import { chime } from '../lib/chime.ts';

/**
 * What the application wants people to be told, where the page has to do it: the sound, and under loopback the notification. Also tells
 * whether the window has the focus, on which it depends what is worth telling.
 */
export function useAnnouncements(onOpen: (conversationId: string) => void): void {
  const bridge = useBridge();
  useEffect(() => bridge.on('chime', chime), [bridge]);

  useEffect(() => {
    const open = new Set<Notification>();
    // A locked application shows nothing of what was said.
    const stopHiding = bridge.on('app.state', ({ phase }) => {
      if (phase !== 'locked') return;
      for (const each of open) each.close();
    });
    const stop = bridge.on('notification', ({ title, body, conversationId }) => {
      if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
      const shown = new Notification(title, {
        body,
        dir: 'auto',
        // The application sounds by itself, when sounds are wanted.
        silent: true,
        ...(conversationId === null ? {} : { tag: conversationId }),
      });
      open.add(shown);
      shown.addEventListener('close', () => open.delete(shown));
      shown.addEventListener('click', () => {
        window.focus();
        shown.close();
        if (conversationId !== null) onOpen(conversationId);
      });
    });
    return () => {
      stop();
      stopHiding();
    };
  }, [bridge, onOpen]);

  useEffect(() => {
    const tell = (): void => {
      const focused = document.hasFocus() && document.visibilityState === 'visible';
      // Told again with the next change; nobody waits for it.
      bridge.call('window.focus', { focused }).catch(() => undefined);
    };
    tell();
    window.addEventListener('focus', tell);
    window.addEventListener('blur', tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      window.removeEventListener('focus', tell);
      window.removeEventListener('blur', tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [bridge]);
}
