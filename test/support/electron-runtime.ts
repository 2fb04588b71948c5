/**
 * Stands in for the `electron` module in a process of its own, so that the built main process can be run without the binary: the
 * utility process is a real Node process, IPC and the app protocol are driven by the test over the process's channel. What only
 * Chromium does (sandbox, rendering) is not here.
 */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { BrowserWindow as FakeWindow, FakeSession, ipcMain as fakeIpc } from './fake-electron.ts';

export {
  FakeContents,
  Notification,
  Tray,
  contextBridge,
  nativeImage,
  powerMonitor,
  safeStorage,
  shell,
} from './fake-electron.ts';
export { ipcMain, protocol } from './fake-electron.ts';

/** What the test asks: a call of the page, the page's files, or the end. */
export type Asked =
  | { id: number; what: 'call'; name: string; input: unknown }
  | { id: number; what: 'get'; url: string }
  | { id: number; what: 'paths' }
  | { id: number; what: 'quit' };

const sessions: FakeSession[] = [];
const windows: BrowserWindow[] = [];
const paths: Record<string, string> = {};

export const session = {
  fromPartition(partition: string): FakeSession {
    if (partition.startsWith('persist:')) throw new Error('a session on the disk');
    sessions.push(new FakeSession());
    return sessions.at(-1) as FakeSession;
  },
};

export class BrowserWindow extends FakeWindow {
  constructor(options: Record<string, unknown>) {
    super(options);
    paths.preload = (options.webPreferences as { preload: string }).preload;
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }
  static getAllWindows(): BrowserWindow[] {
    return windows;
  }
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  enableSandbox(): void {
    paths.sandbox = 'on';
  }
  setName(): void {}
  setPath(name: string, value: string): void {
    paths[name] = value;
  }
  getVersion(): string {
    return '0.0.0';
  }
  setBadgeCount(): void {}
  getLocale(): string {
    return 'en-GB';
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) process.exit(0);
  }
  exit(code: number): never {
    process.exit(code);
  }
}
export const app = new FakeApp();

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: () => undefined,
};
export const dialog = {
  showErrorBox: (title: string, text: string) => void process.stderr.write(`${title}: ${text}\n`),
};

export const utilityProcess = {
  fork(file: string, args: string[]) {
    const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    return Object.assign(new EventEmitter().setMaxListeners(20), {
      stdout: child.stdout,
      kill: () => child.kill('SIGTERM'),
      once: child.once.bind(child),
      on: child.on.bind(child),
    });
  },
};

const own = { parent: null, origin: 'parley-app://main', url: 'parley-app://main/' };

async function answer(asked: Asked): Promise<unknown> {
  if (asked.what === 'call') {
    const sender = windows[0]?.webContents;
    return fakeIpc.invoke('parley:call', { sender, senderFrame: own }, asked.name, asked.input);
  }
  if (asked.what === 'paths') return paths;
  if (asked.what === 'quit') return app.quit();
  const request = { url: asked.url, method: 'GET', headers: new Headers() };
  const response = (await sessions[0]?.handlers['parley-app']?.(...([request] as never[]))) as
    | Response
    | undefined;
  if (response === undefined) return null;
  const csp = response.headers.get('content-security-policy');
  return { status: response.status, csp, text: await response.text() };
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (value) => process.send?.({ id: asked.id, value }),
    (error: unknown) => process.send?.({ id: asked.id, error: String(error) }),
  );
});
