/**
 * The desktop as the application sees it. Electron implements it in electron/main, an installed browser and plain Node in
 * electron/loopback; the application itself never knows which.
 */

/** A store of the operating system for one secret. `backend` names it (for example `gnome_libsecret`). */
export type KeychainStatus =
  | { available: true; backend: string; weak: boolean }
  | { available: false; reason: string };

export type Shell = {
  readonly kind: 'electron' | 'loopback';
  keychain: {
    status(): Promise<KeychainStatus>;
    /** Wraps a secret. Rejects when the backend refuses. */
    wrap(secret: Uint8Array): Promise<Uint8Array>;
    /** Gives it back; `rewrap`: the backend asks to wrap it anew (its key was rotated). */
    unwrap(wrapped: Uint8Array): Promise<{ secret: Uint8Array; rewrap: boolean }>;
  };
  /** Opens a link outside. Only called with http, https, mailto and tel. */
  openLink(url: string): Promise<void>;
  notify(notification: { title: string; body: string; conversationId: string | null }): void;
  /** Number on the dock or task-bar icon; 0 removes it. */
  setBadge(count: number): void;
  /** Calls back when the machine sleeps and wakes; returns a function that stops listening. */
  onPower(listener: (event: 'suspend' | 'resume') => void): () => void;
};
