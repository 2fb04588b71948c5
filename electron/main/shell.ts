/** The Shell over Electron. Keys go through safeStorage's asynchronous calls only; the others are removed in Electron 46. */
import { Notification, app, dialog, powerMonitor, safeStorage, shell } from 'electron';
import type { Shell } from '../app/shell.ts';

export type ShellWindow = {
  /** A notification was clicked: bring the window to the front and show this conversation. */
  clicked(conversationId: string | null): void;
  focus(): void;
  /** The number has changed: the tray shows it too. */
  counted(count: number): void;
};

export function electronShell(window: ShellWindow): Shell {
  // One that nobody holds is collected, and its click is lost.
  const shown = new Set<Notification>();
  return {
    kind: 'electron',
    keychain: {
      async status() {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) {
          return { available: false, reason: 'The system offers no store for secrets.' };
        }
        const backend = backendName();
        // `basic_text` encrypts with a password that stands in Chromium's source.
        return { available: true, backend, weak: backend === 'basic_text' || backend === 'unknown' };
      },
      wrap: (secret) => safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64')),
      async unwrap(wrapped) {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
        return { secret: Buffer.from(result, 'base64'), rewrap: shouldReEncrypt };
      },
    },
    openLink: (url) => shell.openExternal(url),
    async openFile(file) {
      // Resolves with what went wrong, or nothing.
      const problem = await shell.openPath(file);
      if (problem !== '') throw new Error('the system has no program for this file');
    },
    notify({ title, body, conversationId }) {
      if (!Notification.isSupported()) return false;
      // The page plays the sound that the settings ask for.
      const notification = new Notification({ title, body, silent: true });
      notification.on('click', () => {
        shown.delete(notification);
        window.clicked(conversationId);
      });
      notification.on('close', () => shown.delete(notification));
      notification.on('failed', () => shown.delete(notification));
      shown.add(notification);
      notification.show();
      return true;
    },
    withdrawNotifications() {
      for (const notification of shown) notification.close();
      shown.clear();
    },
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    setBadge(count) {
      app.setBadgeCount(count);
      window.counted(count);
    },
    focusWindow: () => window.focus(),
    async pickFolder(start) {
      const options = {
        defaultPath: start,
        properties: ['openDirectory' as const, 'createDirectory' as const],
      };
      const { canceled, filePaths } = await dialog.showOpenDialog(options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    locale: () => app.getLocale(),
    onPower(listener) {
      const suspend = () => listener('suspend');
      const resume = () => listener('resume');
      const lock = () => listener('lock');
      const unlock = () => listener('unlock');
      powerMonitor.on('suspend', suspend);
      powerMonitor.on('resume', resume);
      // macOS and Windows tell these.
      powerMonitor.on('lock-screen', lock);
      powerMonitor.on('unlock-screen', unlock);
      return () => {
        powerMonitor.off('suspend', suspend);
        powerMonitor.off('resume', resume);
        powerMonitor.off('lock-screen', lock);
        powerMonitor.off('unlock-screen', unlock);
      };
    },
  };
}

function backendName(): string {
  if (process.platform === 'darwin') return 'keychain';
  return process.platform === 'win32' ? 'dpapi' : safeStorage.getSelectedStorageBackend();
}
