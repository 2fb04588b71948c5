/** One thread of the cache as the main thread holds it: requests out, answers in, and what happens when it dies. */
import { Worker } from 'node:worker_threads';
import { CacheFailure } from './api.ts';
import { failure } from './failure.ts';
import { fromWire } from './worker/errors.ts';
import type { FromWorker, Request, WorkerData } from './worker/protocol.ts';

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

export type ThreadEvents = {
  onFailure(failure: CacheFailure): void;
  onSlow(statement: string, ms: number): void;
};

export class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened: Promise<void>;
  #events: ThreadEvents | null = null;
  #next = 1;
  #over: CacheFailure | null = null;

  /** Loads its code, which takes far longer than opening a file. No key and no file is named before `open`. */
  constructor(script: URL) {
    this.#worker = new Worker(script, {
      name: 'parley-cache',
      // Flags of this process (a loader, an --eval) are not the workers'.
      execArgv: [],
    });
    const opening = Promise.withResolvers<void>();
    this.#opened = opening.promise;
    // Whoever never asks for it must not be told of it as an error of nobody.
    this.#opened.catch(() => undefined);
    this.#worker.on('message', (message: FromWorker) => {
      if ('slow' in message) this.#events?.onSlow(message.slow.statement, message.slow.ms);
      else if (!('ready' in message)) this.#answer(message);
      else if (message.ready) opening.resolve();
      else opening.reject(fromWire(message.error));
    });
    this.#worker.on('error', (error) => {
      opening.reject(error);
      this.#end(failure('closed', error.name));
    });
    this.#worker.on('exit', () => {
      opening.reject(failure('closed'));
      this.#end(failure('closed'));
    });
  }

  /** Opens the connection; what comes after it is asked waits. Rejects with the failure when that is not possible. */
  open(data: WorkerData, events: ThreadEvents): Promise<void> {
    if (this.#events === null && this.#over === null) {
      this.#events = events;
      // Handed over, not copied: afterwards this thread has nothing of it, and the worker wipes what it got.
      const key = Uint8Array.from(data.key);
      this.#worker.postMessage({ id: 0, method: 'open', input: { ...data, key } } satisfies Request, [
        key.buffer,
      ]);
    }
    return this.#opened;
  }

  /** Whether it can still be opened: a thread that waited may have died. */
  get waits(): boolean {
    return this.#events === null && this.#over === null;
  }

  /** Number of requests without an answer yet. */
  get load(): number {
    return this.#waiting.size;
  }

  ask(method: string, input: unknown): Promise<unknown> {
    if (this.#over !== null) return Promise.reject(this.#over);
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, input });
    });
  }

  /** Ends the thread without asking it. Whoever waits is told `reason`. */
  kill(reason: Error): Promise<number> {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#over = failure('closed');
    return this.#worker.terminate();
  }

  /** Lets the thread answer what it was asked, close its connection and end. */
  async close(): Promise<void> {
    if (this.#over !== null) return;
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    const closed = this.ask('close', null);
    this.#over = failure('closed');
    await closed;
    await exited;
  }

  #answer(reply: Extract<FromWorker, { id: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    this.#waiting.delete(reply.id);
    if (reply.ok) {
      waiting.resolve('json' in reply ? JSON.parse(reply.json) : reply.value);
      return;
    }
    const error = fromWire(reply.error);
    if (error instanceof CacheFailure) this.#events?.onFailure(error);
    waiting.reject(error);
  }

  #end(reason: CacheFailure): void {
    const unexpected = this.#over === null;
    this.#over = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (unexpected) this.#events?.onFailure(reason);
  }
}
