/** The worker's end: opens, says so, then answers one request after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { armCrash } from '../crash-points.ts';
import { JsonText } from '../read/json.ts';
import { toWire } from './errors.ts';
import type { FromWorker, Request, WorkerData } from './protocol.ts';

export type Handlers = Record<string, (input: never) => unknown>;

/** `open` gets the key and hands back the handlers; `close` ends the connection before the worker does. */
export type Service = {
  open(
    data: WorkerData,
    slow: (statement: string, ms: number) => void,
  ): { handlers: Handlers; close(): void };
};

const SHUT_DOWN = 'close';

export function serve(service: Service): void {
  const port = parentPort;
  if (port === null) throw new Error('not started as a worker');
  const data = workerData as WorkerData;
  const post = (message: FromWorker): void => port.postMessage(message);
  armCrash(data.crashAt);
  let opened: ReturnType<Service['open']> | null = null;

  /** Threads load their code side by side; each opens the file when it is told to. */
  function open(): void {
    try {
      opened = service.open(data, (statement, ms) => post({ slow: { statement, ms } }));
      post({ ready: true });
    } catch (error) {
      post({ ready: false, error: toWire(error, data.keyIsRight) });
      port?.close();
    } finally {
      data.key.fill(0);
    }
  }

  port.on('message', ({ id, method, input }: Request) => {
    if (opened === null) {
      open();
      return;
    }
    try {
      if (method === SHUT_DOWN) {
        opened.close();
        post({ id, ok: true, value: null });
        port.close();
        return;
      }
      const handler = Object.hasOwn(opened.handlers, method) ? opened.handlers[method] : undefined;
      if (handler === undefined) throw new Error(`no method ${method}`);
      const value = handler(input as never);
      if (value instanceof JsonText) post({ id, ok: true, json: value.text });
      else post({ id, ok: true, value: value ?? null });
    } catch (error) {
      post({ id, ok: false, error: toWire(error, data.keyIsRight) });
    }
  });
}
