/** The one window. */
import { BrowserWindow, dialog, type BrowserWindowConstructorOptions, type Session } from 'electron';
import { APP_URL } from './address.ts';

export type WindowOptions = {
  session: Session;
  preload: string;
  devTools: boolean;
  /** What is asked before something unsent is lost. */
  leaving?: () => { text: string; stay: string; quit: string };
};

export function windowOptions({
  session,
  preload,
  devTools,
}: WindowOptions): BrowserWindowConstructorOptions {
  return {
    title: 'Parley',
    width: 1280,
    height: 820,
    minWidth: 720,
    minHeight: 480,
    // Shown when the page has painted, so that no empty window flashes.
    show: false,
    webPreferences: {
      session,
      preload,
      devTools,
      // Electron's defaults, written down so that a change of a default changes nothing here.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Elsewhere the dictionaries would be fetched from Google; macOS brings its own.
      spellcheck: process.platform === 'darwin',
    },
  };
}

export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const window = new BrowserWindow(windowOptions(options));
  window.once('ready-to-show', () => window.show());
  // The title is ours; a page title could carry a customer's name into the task bar.
  window.on('page-title-updated', (event) => event.preventDefault());
  // The page holds the end up while something is unsent that lives in memory only: without an answer the window would just not close.
  window.webContents.on('will-prevent-unload', (event) => {
    const words = options.leaving?.();
    if (words === undefined) return;
    const { text: message, stay, quit } = words;
    const chosen = dialog.showMessageBoxSync(window, {
      message,
      buttons: [stay, quit],
      defaultId: 0,
      cancelId: 0,
    });
    if (chosen === 1) event.preventDefault();
  });
  await window.loadURL(APP_URL);
  return window;
}
