/**
 * Parley without Electron: the application under plain Node, its page on 127.0.0.1, shown by an installed Chromium. Also what
 * scripts and tests start (`--no-window --json`).
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Application } from '../app/application-types.ts';
import { createApplication } from '../app/application.ts';
import { takeInstance } from '../app/instance.ts';
import { openLog, withoutContents } from '../app/log.ts';
import type { Log } from '../app/log.ts';
import { type PageFiles, pageFiles } from '../app/page-files.ts';
import type { StartGateway } from '../app/signed-in.ts';
import { StartError, explainStart, inUse } from '../app/start-error.ts';
import { type BrowserWindow, openBrowserWindow } from './browser.ts';
import { type GatewayReady, startGatewayOf } from '../app/demo-gateway.ts';
import { type Flags, FlagError, USAGE, parseFlags } from '../app/flags.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { parts } from './parts.ts';
import { type LoopbackServer, OPENING_PATH, startLoopbackServer } from './server.ts';
import { loopbackShell } from './shell.ts';

const WORKERS = {
  writer: new URL('../cache/worker/writer.ts', import.meta.url),
  reader: new URL('../cache/worker/reader.ts', import.meta.url),
};
const DEFAULT_PAGE = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** What has been started, in order; closed in the opposite order. */
type Running = { what: string; close(): Promise<void> | void }[];

function readFlags(): Flags {
  try {
    return parseFlags(process.argv.slice(2));
  } catch (error) {
    if (error instanceof FlagError) throw new StartError(`${error.message}\n\n${USAGE}`, 2);
    throw error;
  }
}

function guardNode(): void {
  // The cache's addon kills older ones, uncatchably, as soon as a database is opened.
  if (Number(process.versions.napi ?? 0) >= 10) return;
  throw new StartError(`This is Node ${process.versions.node}; Parley needs Node 24. Use \`npm start\`.`);
}

function readPage(): PageFiles {
  const folder = process.env.PARLEY_PAGE_FOLDER ?? DEFAULT_PAGE;
  try {
    return pageFiles(folder);
  } catch {
    throw new StartError(
      `The page is not built: there is no index.html in ${folder}. Run \`npm run build\`.`,
    );
  }
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Starts it and does not wait; null when another one was named. */
function startGateway(flags: Flags, log: Log, running: Running): Promise<GatewayReady> | null {
  if (flags.gateway !== null) return null;
  const dataDir = path.join(flags.userDataDir, 'demo-gateway');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const gateway = startGatewayProcess({ dataDir, seed: flags.seed, policy: flags.policy });
  let stopping = false;
  running.push({
    what: 'gateway',
    close: () => {
      stopping = true;
      return gateway.stop();
    },
  });
  const ready = gateway.ready.catch((error: unknown) => {
    // Our own words; what the gateway itself said stands above on stderr.
    const why = error instanceof Error ? error.message : 'the demo gateway did not start';
    throw new StartError(`${why} (its data: ${dataDir})`);
  });
  // The application goes on without it, as with any gateway that is away.
  void gateway.ended.then(() => {
    if (!stopping) log.warn({}, 'the demo gateway is gone');
  });
  return ready;
}

function createOurs(flags: Flags, gateway: Promise<StartGateway>, log: Log, running: Running): Application {
  const application = createApplication({
    shell: loopbackShell(),
    parts,
    userDataDir: flags.userDataDir,
    workers: WORKERS,
    gateway,
    keyAnswer: flags.keyAnswer,
    log,
    version: version(),
    checkOutputs: process.env.NODE_ENV === 'test' || process.env.NODE_ENV === 'development',
  });
  running.push({ what: 'application', close: application.close });
  return application;
}

async function openWindow(server: LoopbackServer, flags: Flags, running: Running): Promise<BrowserWindow> {
  const chromium = process.env.PARLEY_CHROMIUM;
  if (chromium === undefined || chromium === '') {
    throw new StartError('No Chromium was found to show the page in. `npm start` says what to install.');
  }
  const reason = process.env.PARLEY_WHY_NOT_ELECTRON;
  process.stderr.write(
    `Parley opens in ${chromium}, not in Electron. ${reason ?? 'It was started through loopback.'}\n`,
  );
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    process.stderr.write(
      'Running as root: Chromium starts without its sandbox. Do not do this for real work.\n',
    );
  }
  const profile = path.join(flags.userDataDir, 'browser');
  await mkdir(profile, { recursive: true, mode: 0o700 });
  const openingUrl = server.origin + OPENING_PATH;
  let window: BrowserWindow;
  try {
    window = await openBrowserWindow({ chromium, profile, openingUrl, url: server.url });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new StartError(`The window did not open. ${why}\nWith --no-window the page is served without one.`);
  }
  running.push({ what: 'window', close: window.close });
  return window;
}

function announce(flags: Flags, server: LoopbackServer, gateway: GatewayReady | null): void {
  if (flags.json) {
    const line = {
      url: server.url,
      gatewayUrl: gateway?.url ?? flags.gateway,
      webhookUrl: gateway?.webhookUrl ?? null,
      webhookSecret: gateway?.webhookSecret ?? null,
      userDataDir: flags.userDataDir,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } else if (!flags.window) {
    process.stdout.write(`Parley is served at ${server.url}\nStop it with Ctrl+C.\n`);
  }
}

/** Resolves with what ended the run. Listening starts at the call, so that a signal during the start is not lost. */
function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}

async function run(flags: Flags, running: Running, signalled: Promise<string>): Promise<void> {
  guardNode();
  const page = readPage();
  const instance = await takeInstance(flags.userDataDir);
  if (instance === null) throw inUse(flags.userDataDir);
  running.push({ what: 'instance', close: instance.release });
  const { log, close } = openLog(path.join(flags.userDataDir, 'logs'));
  running.push({ what: 'log', close });
  log.info({ version: version(), node: process.versions.node, seed: flags.seed }, 'start');

  // Key and cache are opened, and the window shows so, while the demo gateway starts.
  const starting = startGateway(flags, log, running);
  const where = Promise.resolve(starting).then((ready) => startGatewayOf(ready, flags.gateway));
  const application = createOurs(flags, where, log, running);
  const tokenLife = flags.window ? 'once' : 'process';
  const server = await startLoopbackServer({ application, page, tokenLife, log });
  running.push({ what: 'server', close: server.close });
  const [gateway, window] = await Promise.all([
    starting,
    flags.window ? openWindow(server, flags, running) : null,
    application.start(),
  ]);
  announce(flags, server, gateway);

  const ends: Promise<string>[] = [signalled];
  if (window !== null) ends.push(window.closed.then(() => 'window closed'));
  log.info({ reason: await Promise.race(ends) }, 'end');
}

async function main(): Promise<number> {
  const signalled = untilSignal();
  const running: Running = [];
  let code = 0;
  try {
    const flags = readFlags();
    if (flags.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    await Promise.race([run(flags, running, signalled), signalled]);
  } catch (error) {
    code = error instanceof StartError ? error.code : 1;
    process.stderr.write(`${explainStart(error)}\n`);
  }
  // The window first, so that nobody types into an application that is closing; the instance last.
  for (const { what, close } of running.reverse()) {
    try {
      await close();
    } catch (error) {
      code = 1;
      process.stderr.write(`Closing failed (${what}): ${JSON.stringify(withoutContents(error))}\n`);
    }
  }
  return code;
}

process.exitCode = await main();
// Workers and sockets are closed; whatever timer is left must not keep the process.
process.exit();
