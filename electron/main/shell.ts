/** The Shell over Electron. Keys go through safeStorage's asynchronous calls only; the others are removed in Electron 46. */
import { Notification, app, powerMonitor, safeStorage, shell } from 'electron';
import type { Shell } from '../app/shell.ts';

/** `onNotificationClicked`: bring the window to the front and show this conversation. */
export function electronShell(onNotificationClicked: (conversationId: string | null) => void): Shell {
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
    notify({ title, body, conversationId }) {
      const notification = new Notification({ title, body });
      notification.on('click', () => onNotificationClicked(conversationId));
      notification.show();
    },
    setBadge(count) {
      app.setBadgeCount(count);
    },
    onPower(listener) {
      const suspend = () => listener('suspend');
      const resume = () => listener('resume');
      powerMonitor.on('suspend', suspend);
      powerMonitor.on('resume', resume);
      return () => {
        powerMonitor.off('suspend', suspend);
        powerMonitor.off('resume', resume);
      };
    },
  };
}

function backendName(): string {
  if (process.platform === 'darwin') return 'keychain';
  return process.platform === 'win32' ? 'dpapi' : safeStorage.getSelectedStorageBackend();
}
