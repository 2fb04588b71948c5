/**
 * The worker's end: opens, says so, then answers one request after the other, those that somebody waits for before those that come in bulk.
 */
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { armCrash } from '../crash-points.ts';
import { JsonText } from '../read/json.ts';
import { toWire } from './errors.ts';
import type { FromWorker, Request, WorkerData } from './protocol.ts';

export type Handlers = Record<string, (input: never) => unknown>;

/** Where a long piece of work lets others go before it continues. Never inside of a transaction. */
export type Gap = {
  /** Milliseconds of work before it is worth asking: each part is a commit of its own. */
  part: number;
  /** Whether somebody who may go first waits. */
  wanted(): boolean;
  /** Lets them go. */
  give(): void;
};

/** Methods that may go before those in `bulk`, also into a gap of one; all others keep their order. */
export type Priorities = { urgent: ReadonlySet<string>; bulk: ReadonlySet<string> };

/** `open` gets the key and hands back the handlers; `close` ends the connection before the worker does. */
export type Service = {
  priorities?: Priorities;
  open(
    data: WorkerData,
    slow: (statement: string, ms: number) => void,
    gap: Gap,
  ): { handlers: Handlers; close(): void };
};

const SHUT_DOWN = 'close';

const PART = 1;

export function serve(service: Service): void {
  const port = parentPort;
  if (port === null) throw new Error('not started as a worker');
  const post = (message: FromWorker): void => port.postMessage(message);
  let opened: ReturnType<Service['open']> | null = null;
  let keyIsRight = false;
  const queue: Request[] = [];
  const gap: Gap = {
    part: PART,
    wanted() {
      if (service.priorities === undefined) return false;
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
        queue.push(next.message as Request);
      }
      return firstUrgent(queue, service.priorities) !== -1;
    },
    give() {
      const { priorities } = service;
      if (priorities === undefined) return;
      for (let at = firstUrgent(queue, priorities); at !== -1; at = firstUrgent(queue, priorities)) {
        for (const request of queue.splice(at, 1)) answer(request);
      }
    },
  };

  /** Threads load their code side by side; each opens the file when it is told to, and hears only then of it and of its key. */
  function open(data: WorkerData): void {
    keyIsRight = data.keyIsRight;
    armCrash(data.crashAt);
    try {
      opened = service.open(data, (statement, ms) => post({ slow: { statement, ms } }), gap);
      post({ ready: true });
    } catch (error) {
      post({ ready: false, error: toWire(error, keyIsRight) });
      port?.close();
    } finally {
      data.key.fill(0);
    }
  }

  function answer({ id, method, input }: Request): void {
    if (opened === null) {
      open(input as WorkerData);
      return;
    }
    try {
      if (method === SHUT_DOWN) {
        opened.close();
        post({ id, ok: true, value: null });
        port?.close();
        return;
      }
      const handler = Object.hasOwn(opened.handlers, method) ? opened.handlers[method] : undefined;
      if (handler === undefined) throw new Error(`no method ${method}`);
      const value = handler(input as never);
      if (value instanceof JsonText) post({ id, ok: true, json: value.text });
      else post({ id, ok: true, value: value ?? null });
    } catch (error) {
      post({ id, ok: false, error: toWire(error, keyIsRight) });
    }
  }

  port.on('message', (request: Request) => {
    queue.push(request);
    if (gap.wanted()) gap.give();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) answer(next);
  });
}

/** Where the first request is that has only bulk before it, or -1. */
function firstUrgent(queue: readonly Request[], priorities: Priorities): number {
  const at = queue.findIndex(({ method }) => !priorities.bulk.has(method));
  return at !== -1 && priorities.urgent.has(queue[at]?.method ?? '') ? at : -1;
}
