/** The product in a process of its own, as `npm start -- --no-window --json` runs it, and a client of its contract. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { SOCKET_PATH, TOKEN_PATH, ServerFrame } from '../../shared/contract/frames.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import { NOWHERE, type CacheData } from './files.ts';
import type { MemoryReport } from './memory-hook.ts';

export type Loopback = {
  /** Address of the page, its one-time token included. */
  url: string;
  pid: number;
  memory(): Promise<MemoryReport>;
  close(): Promise<void>;
};

/** Resolves when the application says that it is ready. */
export async function startLoopback(data: CacheData, gateway: string = NOWHERE): Promise<Loopback> {
  const args = ['--no-window', '--json', '--user-data', data.folder, '--gateway', gateway, '--key', 'file'];
  const child = fork(new URL('../../electron/loopback/start.ts', import.meta.url), args, {
    execArgv: [
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
      '--import',
      new URL('./memory-hook.ts', import.meta.url).href,
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('no pipes to the application');
  let errors = '';
  stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-4_000);
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the application ended with ${code}: ${errors}`)));
    createInterface({ input: stdout }).once('line', (line) => {
      const parsed = JSON.parse(line) as { url: string };
      resolve(parsed.url);
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    async memory() {
      const answer = once(child, 'message');
      child.send('memory');
      const [report] = (await answer) as [MemoryReport];
      return report;
    },
    async close() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export type ContractClient = {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  close(): void;
};

/** Exchanges the token and opens the contract's WebSocket, as the page does. */
export async function connectContract(address: string): Promise<ContractClient> {
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get('token');
  const headers = { 'content-type': 'application/json', origin: url.origin };
  const answer = await fetch(new URL(TOKEN_PATH, url), {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) throw new Error(`the token was refused: ${answer.status}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
  const target = new URL(SOCKET_PATH, url);
  target.protocol = 'ws:';
  target.hash = '';
  const socket = new WebSocket(target, { headers: { cookie, origin: url.origin } });
  await once(socket, 'open');
  const waiting = new Map<number, (frame: ServerFrame) => void>();
  let count = 0;
  socket.on('message', (raw: Buffer) => {
    const frame = ServerFrame.parse(JSON.parse(raw.toString('utf8')));
    if ('id' in frame) waiting.get(frame.id)?.(frame);
  });
  return {
    async call(name, input) {
      const id = (count += 1);
      const frame = await new Promise<ServerFrame>((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, name, input }));
      });
      waiting.delete(id);
      if (!('id' in frame) || !frame.result.ok) throw new Error(`${name} was refused`);
      return frame.result.value as CallOutput<typeof name>;
    },
    close: () => socket.close(),
  };
}
