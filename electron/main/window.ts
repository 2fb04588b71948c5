/** The one window. */
import { BrowserWindow, type BrowserWindowConstructorOptions, type Session } from 'electron';
import { APP_URL } from './address.ts';
import type { Leaving } from './leaving.ts';

export type WindowOptions = {
  session: Session;
  preload: string;
  devTools: boolean;
  /** Asks before something unsent is lost. */
  leaving: Leaving;
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
  window.on('close', (event) => {
    if (!options.leaving.mayEnd(window)) event.preventDefault();
  });
  // The page holds up the end where there is nobody else to ask, in a browser. Here it was asked, and making the page anew loses nothing.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  await window.loadURL(APP_URL);
  return window;
}
