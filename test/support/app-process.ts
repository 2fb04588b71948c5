/**
 * The real application as a process (electron/loopback/start.ts), and a page of it as Node sees one: the token exchanged for a
 * cookie, calls and events over the WebSocket.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { type CallInput, type CallName, type CallOutput, calls } from '../../shared/contract/calls.ts';
import type { CallError } from '../../shared/contract/errors.ts';
import { type CallResult, SOCKET_PATH, ServerFrame, TOKEN_PATH } from '../../shared/contract/frames.ts';
import type { AppState, ConnectionState } from '../../shared/contract/state.ts';

const PROGRAM = fileURLToPath(new URL('../../electron/loopback/start.ts', import.meta.url));

export type ReadyLine = {
  url: string;
  gatewayUrl: string;
  webhookUrl: string | null;
  webhookSecret: string | null;
  userDataDir: string;
};

export type AppProcess = {
  line: ReadyLine;
  origin: string;
  token: string;
  pid: number;
  /** Everything printed until now. */
  output(): { stdout: string; stderr: string };
  page(): Promise<Page>;
  /** SIGTERM, or another; answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** A folder of its own, with a stand-in page that is enough for the server. `remove` at the end. */
export async function scratch(): Promise<{ userData: string; pageFolder: string; remove(): Promise<void> }> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-it-'));
  const pageFolder = path.join(root, 'page');
  await mkdir(pageFolder);
  await writeFile(path.join(pageFolder, 'index.html'), '<!doctype html><title>Parley</title>');
  return {
    userData: path.join(root, 'data'),
    pageFolder,
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export type Started = { code: number | null; stdout: string; stderr: string };
export type StartOptions = { env?: NodeJS.ProcessEnv; pageFolder: string };

export function spawnApp(args: string[], { env = {}, pageFolder }: StartOptions): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    // Answers are checked against their schemas.
    env: { ...process.env, NODE_ENV: 'test', PARLEY_PAGE_FOLDER: pageFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end: for starts that are refused. */
export async function runApp(args: string[], options: StartOptions): Promise<Started> {
  const child = spawnApp(args, options);
  const output = collect(child);
  // `close`, not `exit`: what it said last is read too.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output() };
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return () => ({ stdout, stderr });
}

/** `--no-window --json` and what is given. Rejects with what it said when it ends instead of becoming ready. */
export async function startApp(args: string[], options: StartOptions): Promise<AppProcess> {
  const child = spawnApp(['--no-window', '--json', ...args], options);
  const output = collect(child);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const [first, rest] = output().stdout.split('\n');
      if (first !== undefined && rest !== undefined) resolve(first);
    });
  });
  const ended = exit.then(([code]) => Promise.reject(new Error(`ended with ${code}: ${output().stderr}`)));
  const line = JSON.parse(await Promise.race([ready, ended])) as ReadyLine;
  const url = new URL(line.url);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const pages = new Set<Page>();
  return {
    line,
    origin: url.origin,
    token,
    pid: child.pid ?? 0,
    output,
    async page() {
      const page = await openPage(url.origin, token);
      pages.add(page);
      return page;
    },
    async stop(signal = 'SIGTERM') {
      ended.catch(() => undefined);
      for (const page of pages) page.close();
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return (await exit)[0];
    },
  };
}

export async function exchange(origin: string, token: string, headers: Record<string, string> = {}) {
  return fetch(origin + TOKEN_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: JSON.stringify({ token }),
  });
}

export type Page = {
  cookie: string;
  /** The raw answer; nothing is checked before it is sent. */
  ask(name: string, input: unknown): Promise<CallResult>;
  /** The value; throws what was refused. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Why a call was refused; throws when it was not. */
  refused<N extends CallName>(name: N, input: CallInput<N>): Promise<CallError>;
  /** The newest state that was told or asked. */
  state(): Promise<AppState>;
  connection(): Promise<{ connection: ConnectionState; unsent: number }>;
  events: { event: string; data: unknown }[];
  /** Settles when the other side closed the socket. */
  closed: Promise<number>;
  send(text: string | Buffer): void;
  close(): void;
};

export async function openPage(origin: string, token: string): Promise<Page> {
  const answer = await exchange(origin, token);
  if (answer.status !== 204) throw new Error(`the token was answered with ${answer.status}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${SOCKET_PATH}`, {
    headers: { cookie, origin },
  });
  const waiting = new Map<number, (result: CallResult) => void>();
  const events: Page['events'] = [];
  socket.on('message', (data: Buffer) => {
    const frame = ServerFrame.parse(JSON.parse(data.toString()));
    if ('event' in frame) {
      events.push(frame);
      return;
    }
    waiting.get(frame.id)?.(frame.result);
    waiting.delete(frame.id);
  });
  await once(socket, 'open');
  let last = 0;
  const page: Page = {
    cookie,
    ask(name, input) {
      last += 1;
      const id = last;
      socket.send(JSON.stringify({ id, name, input }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    async call(name, input) {
      const result = await page.ask(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.kind} (${result.error.message})`);
      return calls[name].output.parse(result.value) as CallOutput<typeof name>;
    },
    async refused(name, input) {
      const result = await page.ask(name, input);
      if (result.ok) throw new Error(`${name} was not refused`);
      return result.error;
    },
    state: () => page.call('app.state', {}),
    connection: () => page.call('connection.state', {}),
    events,
    closed: once(socket, 'close').then(([code]) => code as number),
    send: (text) => socket.send(text),
    close: () => socket.terminate(),
  };
  return page;
}
