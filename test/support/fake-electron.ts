/**
 * As much of the `electron` module as electron/main and electron/preload touch, recording what it is asked: the binary is not
 * everywhere, and what a window is given can be checked without it. Use with `vi.mock('electron', () => import(...))`.
 */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';

type Listener = (...args: never[]) => unknown;

export const asked = {
  /** Schemes that the application asked to be started with. */
  schemesAnswered: [] as string[],
  schemes: [] as { scheme: string; privileges?: Record<string, boolean> }[],
  windows: [] as Record<string, unknown>[],
  loaded: [] as string[],
  opened: [] as string[],
  notified: [] as Record<string, unknown>[],
  badge: [] as number[],
  forked: [] as { file: string; args: string[]; options: Record<string, unknown> }[],
  exposed: {} as Record<string, unknown>,
  invoked: [] as unknown[][],
  sent: [] as unknown[][],
};

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof asked.schemes) => void asked.schemes.push(...schemes),
};

export class FakeContents extends EventEmitter {
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  destroyed = false;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(...args: unknown[]): void {
    asked.sent.push(args);
  }
}

export class FakeSession {
  handlers: Record<string, Listener> = {};
  webRequest = { onBeforeRequest: (listener: Listener) => void (this.handlers.request = listener) };
  protocol = { handle: (scheme: string, handler: Listener) => void (this.handlers[scheme] = handler) };
  setPermissionRequestHandler = (handler: Listener) => void (this.handlers.ask = handler);
  setPermissionCheckHandler = (handler: Listener) => void (this.handlers.check = handler);
  setDevicePermissionHandler = (handler: Listener) => void (this.handlers.device = handler);
  setDisplayMediaRequestHandler = (handler: Listener) => void (this.handlers.display = handler);
}

export class BrowserWindow extends EventEmitter {
  webContents = new FakeContents();
  shown = false;
  constructor(options: Record<string, unknown>) {
    super();
    asked.windows.push(options);
  }
  show(): void {
    this.shown = true;
  }
  async loadURL(url: string): Promise<void> {
    asked.loaded.push(url);
    this.emit('ready-to-show');
  }
}

/** Only here: `answer` is the button that is pressed next. */
export const dialog = {
  answer: 0,
  questions: [] as Record<string, unknown>[],
  showMessageBoxSync(...given: unknown[]): number {
    dialog.questions.push(given.at(-1) as Record<string, unknown>);
    return dialog.answer;
  },
};

const ipcHandlers = new Map<string, (...args: unknown[]) => unknown>();
export const ipcMain = {
  handle(channel: string, handler: (...args: unknown[]) => unknown): void {
    if (ipcHandlers.has(channel)) throw new Error('a second handler');
    ipcHandlers.set(channel, handler);
  },
  removeHandler: (channel: string) => void ipcHandlers.delete(channel),
  /** Only here: what Electron does when a page invokes. */
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> =>
    ipcHandlers.get(channel)?.(...args),
};

/** Turns every byte over, as text; `state` is changed by the tests. */
export const safeStorage = {
  state: { available: true, backend: 'gnome_libsecret', reEncrypt: false },
  isAsyncEncryptionAvailable: async () => safeStorage.state.available,
  getSelectedStorageBackend: () => safeStorage.state.backend,
  encryptStringAsync: async (text: string) => Buffer.from(text).map((byte) => byte ^ 0xff),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString(),
    shouldReEncrypt: safeStorage.state.reEncrypt,
  }),
};

export class Notification extends EventEmitter {
  static last: Notification | null = null;
  static isSupported(): boolean {
    return true;
  }
  constructor(options: Record<string, unknown>) {
    super();
    asked.notified.push(options);
    Notification.last = this;
  }
  show(): void {
    this.emit('show');
  }
}

type MenuItem = { label?: string; type?: string; click?: () => void };

export const Menu = { buildFromTemplate: (items: MenuItem[]): MenuItem[] => items };
export const nativeImage = { createFromBuffer: (bytes: Buffer): Buffer => bytes };

export class Tray extends EventEmitter {
  static last: Tray | null = null;
  menu: MenuItem[] = [];
  tip = '';
  title = '';
  constructor(_image: unknown) {
    super();
    Tray.last = this;
  }
  setContextMenu(menu: MenuItem[]): void {
    this.menu = menu;
  }
  setToolTip(tip: string): void {
    this.tip = tip;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  destroy(): void {
    Tray.last = null;
  }
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  setBadgeCount(count: number): void {
    asked.badge.push(count);
  }
  getLocale(): string {
    return 'de-AT';
  }
  setAsDefaultProtocolClient(scheme: string): void {
    asked.schemesAnswered.push(scheme);
  }
}
export const app = new FakeApp();
export const shell = {
  openExternal: async (url: string) => void asked.opened.push(url),
  /** Answers what went wrong; a file called so has no program. */
  openPath: async (file: string) => {
    asked.opened.push(file);
    return file.endsWith('.unknown') ? 'no program' : '';
  },
};
export const powerMonitor = new EventEmitter();

export class FakeUtility extends EventEmitter {
  stdout = new PassThrough();
  kill(): boolean {
    queueMicrotask(() => this.emit('exit', 0));
    return true;
  }
}
export const utility = { last: null as FakeUtility | null };
export const utilityProcess = {
  fork(file: string, args: string[], options: Record<string, unknown>): FakeUtility {
    asked.forked.push({ file, args, options });
    utility.last = new FakeUtility();
    return utility.last;
  },
};

export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    if (name in asked.exposed) throw new Error('exposed twice');
    asked.exposed[name] = api;
  },
};
class FakeRenderer extends EventEmitter {
  async invoke(...args: unknown[]): Promise<unknown> {
    asked.invoked.push(args);
    return { ok: true, value: null };
  }
}
export const ipcRenderer = new FakeRenderer();
export const webUtils = { getPathForFile: (file: File) => `/home/${file.name}` };
