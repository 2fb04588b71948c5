/**
 * The desktop as the application sees it. Electron implements it in electron/main, an installed browser and plain Node in
 * electron/loopback; the application itself never knows which.
 */

/** A store of the operating system for one secret. `backend` names it (for example `gnome_libsecret`). */
export type KeychainStatus =
  | { available: true; backend: string; weak: boolean }
  | { available: false; reason: string };

export type PowerEvent = 'suspend' | 'resume' | 'lock' | 'unlock';

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
  /** Gives a file to the program that the system has for it. Only called with files that are no programs. */
  openFile(file: string): Promise<void>;
  /**
   * Shows a notification without a sound of its own; a click brings the window to the front and leads to the conversation. Answers
   * false where the desktop has none: then the page is asked to show it.
   */
  notify(notification: { title: string; body: string; conversationId: string | null }): boolean;
  /** Takes back what is shown: it may say what a locked application must not. */
  withdrawNotifications(): void;
  /** Seconds since the last input anywhere on this desktop; null: only the page knows of its own. */
  idleSeconds(): number | null;
  /** Number on the dock or task-bar icon and in the tray; 0 removes it. */
  setBadge(count: number): void;
  /** Brings the window to the front. */
  focusWindow(): void;
  /** Asks for a folder by the system's dialog; null: none was chosen. Left out where the desktop has no dialog. */
  pickFolder?: (start: string) => Promise<string | null>;
  /** The language of the system, BCP 47. */
  locale(): string;
  /** Calls back when the machine sleeps and wakes, its screen is locked and unlocked; returns a function that stops listening. */
  onPower(listener: (event: PowerEvent) => void): () => void;
};
