/** The world of test/property/sync-model: a real gateway, a desktop in a process of its own, and what should have come of it. */
import assert from 'node:assert/strict';
import type fc from 'fast-check';
import type { SignInResponse } from '../../../shared/protocol/session.ts';
import { DesktopDied, startDesktop } from '../desktop-process.ts';
import type { DesktopProcess } from '../desktop-process.ts';
import type { ChildCall, ChildStatus, Crash } from '../desktop-protocol.ts';
import { PASSWORD } from '../gateway-kit.ts';
import type { Kit } from '../gateway-kit.ts';
import type { RecordingProvider } from '../recording-provider.ts';
import { NO_FAULTS } from '../socket-faults.ts';
import type { Faults } from '../socket-faults.ts';

export const CUSTOMERS = ['4911', '4922', '4933'];
/** Its conversation is given to others and back; the desktop never writes there. */
export const WANDERER = '4944';

/** What should have reached a customer, in order. `sure`: the enqueue was answered; `never`: it must not have. */
export type Written = { text: string; id: string; sure: boolean; never: boolean };
export type Model = { written: Map<string, Written[]> };

/** One run: a gateway, and a desktop that comes and goes. */
export class World {
  readonly kit: Kit;
  readonly provider: RecordingProvider;
  readonly folder: string;
  readonly conversations = new Map<string, string>();
  faults: Faults = NO_FAULTS;
  unplugged = false;
  cursor = 0;
  count = 0;
  /** A crash is still to come. */
  armed = false;
  #desktop: DesktopProcess | null = null;
  #starts = 0;
  readonly #epoch = Date.now();

  /** Signed in once: the HTTP client of this process does not like it when a gateway restarts. */
  readonly supervisor: SignInResponse;
  readonly maya: SignInResponse;

  constructor(
    kit: Kit,
    provider: RecordingProvider,
    folder: string,
    signedIn: { supervisor: SignInResponse; maya: SignInResponse },
  ) {
    this.supervisor = signedIn.supervisor;
    this.maya = signedIn.maya;
    this.kit = kit;
    this.provider = provider;
    this.folder = folder;
    for (const customer of [...CUSTOMERS, WANDERER]) this.customerWrites(customer);
  }

  customerWrites(customer: string): void {
    this.count += 1;
    this.conversations.set(customer, this.kit.inbound(customer, `question ${this.count}`));
  }

  /** Starts the desktop when it is not running. One that is to crash may be dead again when this resolves. */
  async start(crash: Crash | null = null): Promise<DesktopProcess> {
    if (this.#desktop?.alive === true) return this.#desktop;
    if (this.#desktop !== null) totals.deaths += 1;
    this.#starts += 1;
    this.armed = crash !== null;
    this.#desktop = await startDesktop({
      folder: this.folder,
      gateway: this.kit.gateway.url,
      email: this.kit.maya.email,
      password: PASSWORD,
      seed: this.#starts * 7_919 + this.count,
      crash,
      faults: this.faults,
      hurry: 20,
      impatience: 80,
      epoch: this.#epoch,
    });
    if (this.unplugged) await this.tell({ call: 'unplug', unplugged: true });
    return this.#desktop;
  }

  /** Asks the desktop; null when it died instead of answering. */
  async tell(call: ChildCall): Promise<{ value: unknown } | null> {
    const desktop = await this.start();
    try {
      return { value: await desktop.ask(call) };
    } catch (error) {
      if (error instanceof DesktopDied) return null;
      throw error;
    }
  }

  async kill(): Promise<void> {
    await this.#desktop?.kill();
  }

  async close(): Promise<void> {
    if (this.#desktop?.alive === true) await this.tell({ call: 'close' });
  }

  async status(): Promise<ChildStatus | null> {
    const answer = await this.tell({ call: 'status' });
    if (answer === null) return null;
    const status = answer.value as ChildStatus;
    // A new first sync has no cursor until its snapshot.
    if (status.stage === 'snapshot') return status;
    assert(status.cursor >= this.cursor, `the cursor went back from ${this.cursor} to ${status.cursor}`);
    this.cursor = status.cursor;
    return status;
  }
}

/** A step of a run. */
export class Step implements fc.AsyncCommand<Model, World> {
  readonly #name: string;
  readonly #run: (world: World, model: Model) => Promise<void> | void;

  constructor(name: string, run: (world: World, model: Model) => Promise<void> | void) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    await this.#run(world, model);
  }

  toString(): string {
    return this.#name;
  }
}

/** So that a run tells whether much happened in it. */
export const totals = { acknowledged: 0, delivered: 0, kept: 0, deaths: 0 };
