/** Parley in Electron. Everything that decides anything is in electron/app; here it is put into a window. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, Menu, type MenuItemConstructorOptions, app, dialog, session } from 'electron';
import type { Application } from '../app/application-types.ts';
import { createApplication } from '../app/application.ts';
import { type GatewayReady, startGatewayOf } from '../app/demo-gateway.ts';
import { FlagError, type Flags, KNOWN_FLAGS, USAGE, parseFlags } from '../app/flags.ts';
import { takeInstance } from '../app/instance.ts';
import { openLog, withoutContents } from '../app/log.ts';
import { pageFiles } from '../app/page-files.ts';
import { explainStart, inUse } from '../app/start-error.ts';
import { ownArguments } from './arguments.ts';
import { startGatewayUtility } from './gateway.ts';
import { connectPage } from './ipc.ts';
import { type Leaving, createLeaving } from './leaving.ts';
import { answerLinks, followLinks } from './links.ts';
import { guardNavigation, refuseNetwork } from './navigation.ts';
import { parts } from './parts.ts';
import { decidePermissions } from './permissions.ts';
import { registerScheme, serveOwnScheme } from './protocol.ts';
import { electronShell } from './shell.ts';
import { type AppTray, createTray } from './tray.ts';
import { openWindow } from './window.ts';

const WORKERS = {
  writer: new URL('../cache/worker/writer.ts', import.meta.url),
  reader: new URL('../cache/worker/reader.ts', import.meta.url),
};
// Beside out/main, where this runs from.
const PAGE = fileURLToPath(new URL('../renderer', import.meta.url));
const PRELOAD = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

/** What has been started, closed in the opposite order before the process ends. */
const running: (() => Promise<void> | void)[] = [];
let ending = false;
let leaving: Leaving | null = null;
/** A conversation that a link led to before the application was there, then how to show one. */
let linked: string | null = null;
let openConversation = (conversationId: string): void => {
  linked = conversationId;
};

function readFlags(): Flags {
  try {
    return parseFlags(ownArguments(process.argv, { packaged: app.isPackaged, known: KNOWN_FLAGS }));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return app.exit(2) as never;
  }
}

async function start(flags: Flags): Promise<void> {
  const instance = await takeInstance(flags.userDataDir);
  // Loopback may have this folder: Electron's own lock does not know it.
  if (instance === null) throw inUse(flags.userDataDir);
  running.push(instance.release);
  const { log, close } = openLog(path.join(flags.userDataDir, 'logs'));
  running.push(close);
  const page = pageFiles(PAGE);
  // Without `persist:` it lives in memory: nothing that the page shows is written by Chromium.
  const own = session.fromPartition('parley', { cache: false });
  const devTools = !app.isPackaged;
  decidePermissions(own);
  refuseNetwork(own, { devTools });

  const starting = startGateway(flags);
  let tray: AppTray | null = null;
  const application = createApplication({
    shell: electronShell({
      clicked(conversationId) {
        showWindow();
        if (conversationId !== null) application.showConversation(conversationId);
      },
      focus: showWindow,
      counted: (count) => tray?.setCount(count),
    }),
    parts,
    userDataDir: flags.userDataDir,
    workers: WORKERS,
    gateway: Promise.resolve(starting).then((ready) => startGatewayOf(ready, flags.gateway)),
    keyAnswer: flags.keyAnswer,
    log,
    version: app.getVersion(),
    checkOutputs: false,
  });
  running.push(application.close);
  openConversation = (conversationId) => application.showConversation(conversationId);
  if (linked !== null) openConversation(linked);
  tray = createTray({
    open: showWindow,
    doNotDisturb: application.doNotDisturb,
    quit: () => app.quit(),
    words: application.words,
    now: () => Date.now(),
  });
  if (tray !== null) running.push(tray.close);
  const { media, upload, importFile, takeExport } = application;
  serveOwnScheme(own, { page, media, upload, importFile, takeExport });
  leaving = createLeaving(application);
  // The window shows what is opened meanwhile: the key, the cache, the demo gateway.
  const [gateway] = await Promise.all([
    starting,
    showPage(application, { session: own, preload: PRELOAD, devTools, leaving }, log),
    application.start(),
  ]);
  announce(flags, gateway);
}

/** Starts it and does not wait; null when another one was named. */
function startGateway(flags: Flags): Promise<GatewayReady> | null {
  if (flags.gateway !== null) return null;
  const dataDir = path.join(flags.userDataDir, 'demo-gateway');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const gateway = startGatewayUtility({ dataDir, seed: flags.seed, policy: flags.policy });
  running.push(gateway.stop);
  return gateway.ready;
}

async function showPage(
  application: Application,
  options: Parameters<typeof openWindow>[0],
  log: Parameters<typeof connectPage>[2],
): Promise<void> {
  app.once('browser-window-created', (_event, window) => {
    running.push(connectPage(window.webContents, application, log));
  });
  await openWindow(options);
}

function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Somebody followed a link to a conversation, or started the application once more. */
function follow(conversationId: string | null): void {
  showWindow();
  if (conversationId !== null) openConversation(conversationId);
}

function announce(flags: Flags, gateway: GatewayReady | null): void {
  if (!flags.json) return;
  const line = {
    url: null,
    gatewayUrl: gateway?.url ?? flags.gateway,
    webhookUrl: gateway?.webhookUrl ?? null,
    webhookSecret: gateway?.webhookSecret ?? null,
    userDataDir: flags.userDataDir,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function setMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
  if (process.platform === 'darwin') template.unshift({ role: 'appMenu' });
  if (!app.isPackaged) template.push({ role: 'viewMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function end(): Promise<void> {
  for (const close of running.reverse()) await close();
}

function quitOnce(event: { preventDefault(): void }): void {
  if (ending) return;
  if (leaving?.mayEnd(BrowserWindow.getAllWindows()[0] ?? null) === false) {
    event.preventDefault();
    return;
  }
  ending = true;
  // Everything is flushed first; then the process ends whatever is still open.
  event.preventDefault();
  end().then(
    () => app.exit(0),
    (error: unknown) => {
      process.stderr.write(`Closing failed: ${JSON.stringify(withoutContents(error))}\n`);
      app.exit(1);
    },
  );
}

registerScheme();
app.enableSandbox();
app.setName('Parley');
const flags = readFlags();
app.setPath('userData', flags.userDataDir);
// Chromium's own files apart from ours.
app.setPath('sessionData', path.join(flags.userDataDir, 'browser'));
app.on('web-contents-created', (_event, contents) => guardNavigation(contents));
app.on('before-quit', quitOnce);
app.on('window-all-closed', () => app.quit());
linked = followLinks(process.argv, follow);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    leaving?.withoutAsking();
    app.quit();
  });
}

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => {
      setMenu();
      answerLinks();
      return start(flags);
    })
    .catch((error: unknown) => {
      // A window that is closed while it opens is an end like any other.
      if (ending) return;
      dialog.showErrorBox('Parley', explainStart(error));
      app.quit();
    });
} else {
  process.stderr.write(`${inUse(flags.userDataDir).message}\n`);
  app.exit(3);
}
