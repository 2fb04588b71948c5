/** The desktop without Electron: no keychain, no badge; links go to the system's opener. */
import { spawn } from 'node:child_process';
import type { Shell } from '../app/shell.ts';

/** Milliseconds: how often the clock is looked at, and how late a look may be before the machine must have slept. */
const BEAT = 5_000;
const SLEPT = 20_000;

export function loopbackShell(): Shell {
  return {
    kind: 'loopback',
    keychain: {
      status: async () => ({
        available: false,
        reason: 'Plain Node has no access to the keychain of the system.',
      }),
      wrap: () => Promise.reject(new Error('no keychain')),
      unwrap: () => Promise.reject(new Error('no keychain')),
    },
    openLink: hand,
    openFile: hand,
    // The page shows them, when the user has allowed it to.
    notify: () => false,
    // The page closes its own when it is locked.
    withdrawNotifications: () => undefined,
    idleSeconds: () => null,
    setBadge: () => undefined,
    focusWindow: () => undefined,
    locale: () => Intl.DateTimeFormat().resolvedOptions().locale,
    onPower(listener) {
      let last = Date.now();
      const timer = setInterval(() => {
        const now = Date.now();
        if (now - last > SLEPT) listener('resume');
        last = now;
      }, BEAT).unref();
      return () => clearInterval(timer);
    },
  };
}

/**
 * Hands an address or a file to the system. An address starts with its scheme and the path of a file is absolute, so that neither can
 * be taken for an option; no shell is involved.
 */
function hand(what: string): Promise<void> {
  const [program, ...args] = opener();
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, what], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

function opener(): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
