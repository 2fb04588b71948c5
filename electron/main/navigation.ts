/** The window shows our page and nothing else: no other address, no second window, no webview, no request to a network. */
import type { Session, WebContents } from 'electron';
import { APP_SCHEME, isOwnAddress } from './address.ts';

export function guardNavigation(contents: WebContents): void {
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    // One listener for three events whose details are alike.
    contents.on(event as 'will-frame-navigate', (details) => {
      if (!isOwnAddress(details.url)) details.preventDefault();
    });
  }
  // Links leave through the call `link.open`, which checks their scheme.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The page talks to the application over IPC only, so whatever else it would load is refused before it leaves. */
export function refuseNetwork(session: Session, options: { devTools: boolean }): void {
  const allowed = new Set([`${APP_SCHEME}:`, 'blob:', ...(options.devTools ? ['devtools:'] : [])]);
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.parse(details.url)?.protocol ?? '';
    answer({ cancel: !allowed.has(scheme) });
  });
}
