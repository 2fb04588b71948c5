/** Starts the page server in a process of its own and talks to it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { DatasetSize } from './dataset.ts';

/** `batch`: events in one pushed batch, when fewer than the protocol allows. */
export type PageServerOptions = { size: DatasetSize; batch?: number };

/** `flood`: push this many generated events as fast as they are acked; null: until `stop`. */
export type ServerRequest = { type: 'flood'; events: number | null } | { type: 'stop' } | { type: 'close' };

/** `at`: monotonic milliseconds, comparable with `monotonic()` of another process on this machine. */
export type ServerReport =
  | { type: 'ready'; url: string }
  | { type: 'first-page'; at: number }
  | { type: 'command'; id: string; messageId: string; at: number }
  /** Any other command. */
  | { type: 'heard'; at: number }
  | { type: 'drained'; at: number };

export type PageServer = {
  url: string;
  pid: number;
  flood(events: number | null): void;
  stop(): void;
  /** Hears every report; returns a function that stops listening. */
  listen(listener: (report: ServerReport) => void): () => void;
  close(): Promise<void>;
};

/** Milliseconds of the machine's monotonic clock, the same in all its processes. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const child = fork(new URL('./page-server.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const listeners = new Set<(report: ServerReport) => void>();
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the page server ended with ${code}`)));
    child.on('message', (message) => {
      const report = message as ServerReport;
      if (report.type === 'ready') resolve(report.url);
      for (const listener of listeners) listener(report);
    });
  });
  const request = (message: ServerRequest): boolean => child.send(message);
  return {
    url,
    pid: child.pid ?? 0,
    flood: (events) => request({ type: 'flood', events }),
    stop: () => request({ type: 'stop' }),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      request({ type: 'close' });
      await ended;
    },
  };
}
