/** The parent's end of desktop-child.ts: starts it, talks to it, kills it, and knows when it died. */
import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildCall, ChildConfig, ChildDump, ChildStatus, FromChild } from './desktop-protocol.ts';

export class DesktopDied extends Error {
  constructor() {
    super('the desktop process died');
    this.name = 'DesktopDied';
  }
}

export type DesktopProcess = {
  /** Whether it is still there. */
  readonly alive: boolean;
  /** Rejects with DesktopDied when the process dies before it answers. */
  ask(call: ChildCall): Promise<unknown>;
  status(): Promise<ChildStatus>;
  dump(): Promise<ChildDump>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it as the application ends. */
  close(): Promise<void>;
};

const CHILD = fileURLToPath(new URL('desktop-child.ts', import.meta.url));

/** Resolves when the cache is open and sync has started; with a process that is not alive when it died on the way there. */
export async function startDesktop(config: ChildConfig): Promise<DesktopProcess> {
  const child = fork(CHILD, [JSON.stringify(config)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Started many times over: what Node compiled once need not be compiled again.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'parley-test-compile-cache') },
    execArgv: [],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (data: Buffer) => errors.push(data.toString()));
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 0;
  let alive = true;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive = false;
      for (const { reject } of pending.values()) reject(new DesktopDied());
      pending.clear();
      resolve();
    });
  });

  const failure = await new Promise<string | null>((resolve) => {
    void gone.then(() => resolve(null));
    child.on('message', (raw) => {
      const message = raw as FromChild;
      if ('ready' in message) resolve(null);
      else if ('failed' in message) resolve(message.failed);
      else {
        const waiting = pending.get(message.id);
        pending.delete(message.id);
        if ('error' in message) waiting?.reject(new Error(message.error));
        else waiting?.resolve(message.value);
      }
    });
  });
  if (failure !== null) throw new Error(`the desktop did not start: ${failure}\n${errors.join('')}`);
  if (!alive && child.signalCode !== 'SIGKILL') {
    throw new Error(`the desktop ended by itself: ${child.exitCode ?? child.signalCode}\n${errors.join('')}`);
  }

  const desktop: DesktopProcess = {
    get alive() {
      return alive;
    },
    ask: (call) =>
      new Promise((resolve, reject) => {
        if (!alive) {
          reject(new DesktopDied());
          return;
        }
        const id = (nextId += 1);
        pending.set(id, { resolve, reject });
        child.send({ id, ...call }, (error) => {
          if (error === null) return;
          pending.delete(id);
          reject(new DesktopDied());
        });
      }),
    status: async () => (await desktop.ask({ call: 'status' })) as ChildStatus,
    dump: async () => (await desktop.ask({ call: 'dump' })) as ChildDump,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async close() {
      await desktop.ask({ call: 'close' });
      await gone;
    },
  };
  return desktop;
}
