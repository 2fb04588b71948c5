/**
 * The sync engine against the real gateway, with everything going wrong that can: a desktop in a process of its own (real encrypted
 * cache, real sockets), a network that drops, doubles, reorders and cuts, and a process that dies at named points.
 *
 * The invariant, whatever happened in between, once the network is good again and nobody kills anything:
 *
 *   1. Nothing acknowledged is lost. A message whose `enqueue` was answered has reached its customer.
 *   2. Nothing is doubled. Every customer got every message at most once; a crash may leave a resend, which its id absorbs.
 *   3. Order is kept. What one conversation was sent arrived there in the order in which it was written.
 *   4. The cache is what the gateway has: same conversations, contacts, messages, notes, down to each field.
 *   5. The cursor never goes back, the outbox is empty, nothing was quarantined.
 *   6. What was taken back in time, and what was held because its writer had not seen the newest message, reached nobody.
 *
 * A message whose `enqueue` was cut off by a crash may be there or not: nobody was told that it is. The crash points stand in
 * test/support/desktop-protocol.ts. What TCP would never do (one message of a connection lost) is included on purpose.
 *
 * PARLEY_PROPERTY_SECONDS runs it for longer, PARLEY_SEED repeats a run.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GatewayOptions } from '../../gateway/server/gateway.ts';
import { newId } from '../../shared/domain/id.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { SignInResponse } from '../../shared/protocol/session.ts';
import { DesktopDied, startDesktop } from '../support/desktop-process.ts';
import type { DesktopProcess } from '../support/desktop-process.ts';
import { CRASH_POINTS } from '../support/desktop-protocol.ts';
import type { ChildCall, ChildStatus, Crash } from '../support/desktop-protocol.ts';
import { openDesktop, PASSWORD, startKit } from '../support/gateway-kit.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../support/gateway-state.ts';
import { createRecordingProvider } from '../support/recording-provider.ts';
import type { RecordingProvider } from '../support/recording-provider.ts';
import { BAD_NETWORK, NO_FAULTS } from '../support/socket-faults.ts';
import type { Faults } from '../support/socket-faults.ts';
import { until } from '../support/until.ts';

const SECONDS = Number(process.env['PARLEY_PROPERTY_SECONDS'] ?? 60);
const SEED = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const CUSTOMERS = ['4911', '4922', '4933'];
/** Its conversation is given to others and back; the desktop never writes there. */
const WANDERER = '4944';

/** What should have reached a customer, in order. `sure`: the enqueue was answered; `never`: it must not have. */
type Written = { text: string; id: string; sure: boolean; never: boolean };
type Model = { written: Map<string, Written[]> };

/** One run: a gateway, and a desktop that comes and goes. */
class World {
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
class Step implements fc.AsyncCommand<Model, World> {
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

const customer = fc.constantFrom(...CUSTOMERS);

function enqueue(
  world: World,
  type: 'conversation.status' | 'note.add' | 'conversation.read' | 'conversation.unread',
  to: string,
) {
  const conversationId = world.conversations.get(to)!;
  const id = newId();
  const commands: Record<typeof type, () => Command> = {
    'conversation.status': () => ({
      id,
      type: 'conversation.status',
      data: { conversationId, status: 'closed', snoozedUntil: null },
    }),
    'note.add': () => ({
      id,
      type: 'note.add',
      data: { conversationId, noteId: newId(), body: `note ${id}`, mentions: [] },
    }),
    'conversation.unread': () => ({ id, type: 'conversation.unread', data: { conversationId } }),
    'conversation.read': () => ({
      id,
      type: 'conversation.read',
      data: { conversationId, upTo: newestInbound(world, conversationId) },
    }),
  };
  return world.tell({ call: 'enqueue', command: commands[type]() });
}

function newestInbound(world: World, conversationId: string): string {
  const conversation = world.kit.gateway.store.conversations.get(world.kit.ws, conversationId);
  return conversation?.lastMessage?.id ?? newId();
}

const send = fc.tuple(customer, fc.integer({ min: 1, max: 6 })).map(
  ([to, times]) =>
    new Step(`send ${times} to ${to}`, async (world, model) => {
      for (let time = 0; time < times; time += 1) {
        world.count += 1;
        await write(world, model, to, {});
      }
    }),
);

/** Puts a message into the outbox. `sendIn`: milliseconds (of the desktop's clock) in which it can be taken back. */
async function write(
  world: World,
  model: Model,
  to: string,
  { sendIn = 0, seenRev }: { sendIn?: number; seenRev?: number },
): Promise<Written> {
  const text = `answer ${world.count}`;
  const entry = { text, id: newId(), sure: false, never: false };
  const written = model.written.get(to) ?? [];
  model.written.set(to, [...written, entry]);
  const data = {
    conversationId: world.conversations.get(to)!,
    messageId: newId(),
    content: { kind: 'text' as const, body: text },
    quotedMessageId: null,
    ...(seenRev === undefined ? {} : { seenRev }),
  };
  const answered = await world
    .tell({ call: 'enqueue', command: { id: entry.id, type: 'message.send', data }, sendIn })
    // The first sync has not brought the conversation yet: refused, and the user knows.
    .catch((error: unknown) => {
      if (!String(error).includes('the conversation is not in the cache')) throw error;
      return null;
    });
  entry.sure = answered !== null;
  return entry;
}

/** Written with the time to undo, and perhaps taken back, at once or a little later. */
const sendWithUndo = fc
  .tuple(
    customer,
    fc.integer({ min: 100, max: 20_000 }),
    fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
  )
  .map(
    ([to, sendIn, undoAfter]) =>
      new Step(`send to ${to} in ${sendIn}, undo ${undoAfter}`, async (world, model) => {
        world.count += 1;
        const entry = await write(world, model, to, { sendIn });
        if (undoAfter === null) return;
        await new Promise((resolve) => setTimeout(resolve, undoAfter));
        const answer = await world.tell({ call: 'withdraw', ids: [entry.id] });
        // Died meanwhile: nobody was told whether it was taken back.
        if (answer === null) entry.sure = false;
        else if ((answer.value as string[]).includes(entry.id)) entry.never = true;
      }),
  );

/** Written by somebody who has seen nothing of what the customer wrote: it has to be held. */
const sendUnseen = customer.map(
  (to) =>
    new Step(`send unseen to ${to}`, async (world, model) => {
      world.count += 1;
      const entry = await write(world, model, to, { seenRev: 0 });
      entry.sure = false;
      entry.never = true;
    }),
);

const change = fc
  .tuple(
    customer,
    fc.constantFrom('conversation.status', 'note.add', 'conversation.read', 'conversation.unread'),
  )
  .map(
    ([to, type]) =>
      new Step(`${type} on ${to}`, async (world) => {
        await enqueue(world, type, to).catch((error: unknown) => {
          if (!String(error).includes('not in the cache')) throw error;
        });
      }),
  );

const inbound = fc.tuple(customer, fc.integer({ min: 1, max: 8 })).map(
  ([from, times]) =>
    new Step(`${times} from ${from}`, (world) => {
      for (let time = 0; time < times; time += 1) world.customerWrites(from);
    }),
);

/** One transaction and so one batch with many events. */
const burst = fc.integer({ min: 20, max: 120 }).map(
  (times) =>
    new Step(`burst of ${times}`, (world) => {
      world.kit.gateway.store.tx(() => {
        for (let time = 0; time < times; time += 1) world.customerWrites(CUSTOMERS[time % CUSTOMERS.length]!);
      });
    }),
);

const report = fc.constantFrom('delivered', 'read', 'failed').map(
  (status) =>
    new Step(`the newest message was ${status}`, (world) => {
      const sent = world.provider.sent.at(-1);
      if (sent === undefined) return;
      const at = Date.now();
      const error =
        status === 'failed' ? { kind: 'unknown' as const, code: null, title: 'no', details: null } : null;
      world.kit.gateway.store.ingest(
        [{ type: 'status', channelId: world.kit.channel.id, providerId: sent.providerId, status, at, error }],
        { provider: 'test', body: '{}', receivedAt: at },
      );
    }),
);

/** Out of sight, into it, or both in a row: what was withdrawn and granted again must come with its whole history. */
const wander = fc.constantFrom(['tom'], ['maya'], ['nobody'], ['tom', 'maya'], ['tom', 'nobody']).map(
  (stations) =>
    new Step(`the wanderer goes to ${stations.join(', then ')}`, async (world) => {
      const { tom, maya } = world.kit;
      const supervisor = await openDesktop(world.kit.gateway.url, world.supervisor);
      const conversationId = world.conversations.get(WANDERER)!;
      for (const to of stations) {
        world.customerWrites(WANDERER);
        const assigneeId = to === 'tom' ? tom.id : to === 'maya' ? maya.id : null;
        await supervisor.command('conversation.assign', { conversationId, assigneeId });
      }
      supervisor.close();
    }),
);

const access = fc.boolean().map(
  (both) =>
    new Step(both ? 'access to both channels' : 'access to one channel', ({ kit }) => {
      kit.inbound('4955', 'on the other channel', { channelId: kit.other.id });
      const channelIds = both ? [kit.channel.id, kit.other.id] : [kit.channel.id];
      kit.gateway.store.people.setAccess(kit.maya.id, { channelIds });
    }),
);

const cut = fc.constant(new Step('cut', async (world) => void (await world.tell({ call: 'cut' }))));
const sleep = fc.constant(new Step('sleep', async (world) => void (await world.tell({ call: 'sleep' }))));
const plug = fc.boolean().map(
  (unplugged) =>
    new Step(unplugged ? 'unplug' : 'plug in', async (world) => {
      world.unplugged = unplugged;
      await world.tell({ call: 'unplug', unplugged });
    }),
);
const network = fc.boolean().map(
  (bad) =>
    new Step(bad ? 'bad network' : 'good network', async (world) => {
      world.faults = bad ? BAD_NETWORK : NO_FAULTS;
      await world.tell({ call: 'faults', faults: world.faults });
    }),
);
const look = fc.constant(new Step('look', async (world) => void (await world.status())));
const settled = fc
  .integer({ min: 1, max: 40 })
  .map((ms) => new Step(`${ms} ms pass`, () => new Promise((resolve) => setTimeout(resolve, ms))));
const gatewayRestart = fc.constant(new Step('the gateway restarts', (world) => world.kit.restart()));

/** Ends the desktop, one way or the other, and starts it again, perhaps with a crash to come. */
const restart = fc
  .tuple(
    fc.constantFrom('kill', 'close'),
    fc.option(fc.record({ point: fc.constantFrom(...CRASH_POINTS), after: fc.integer({ min: 0, max: 8 }) }), {
      nil: null,
      freq: 4,
    }),
  )
  .map(
    ([how, crash]) =>
      new Step(
        `${how}, then ${crash === null ? 'no crash' : `crash ${crash.point} +${crash.after}`}`,
        async (world) => {
          if (how === 'kill') await world.kill();
          else await world.close();
          await world.start(crash);
        },
      ),
  );

const steps = fc.commands(
  [
    send,
    send,
    send,
    send,
    send,
    sendWithUndo,
    sendWithUndo,
    sendUnseen,
    inbound,
    inbound,
    burst,
    restart,
    restart,
    change,
    report,
    wander,
    access,
    cut,
    sleep,
    plug,
    network,
    look,
    settled,
    settled,
    gatewayRestart,
  ],
  { maxCommands: 40, size: 'max' },
);

/** Mostly after the first sync: before it nobody can write. */
const starts = fc.record({ bad: fc.boolean(), synced: fc.constantFrom(true, true, true, false) });
type Start = { bad: boolean; synced: boolean };

/** So that a run tells whether much happened in it. */
const totals = { acknowledged: 0, delivered: 0, kept: 0, deaths: 0 };

test(`the invariant stands (seed ${SEED})`, { timeout: (SECONDS + 120) * 1_000 }, async () => {
  console.log(`sync-model: PARLEY_SEED=${SEED} for ${SECONDS} s`);
  const end = Date.now() + SECONDS * 1_000;
  let runs = 0;
  let seed = SEED;
  // A seed for each run, told when it fails: however slow the machine, a run that was begun is brought to its end.
  const runUntilEnd = async () => {
    do {
      await fc.assert(
        fc.asyncProperty(starts, steps, oneRun),
        // Finding the smallest case takes many runs: on request only.
        {
          seed: seed++,
          numRuns: 1,
          unbiased: true,
          endOnFailure: process.env['PARLEY_SHRINK'] === undefined,
        },
      );
      runs += 1;
    } while (Date.now() < end);
  };
  // Two at a time: a run mostly waits for its processes.
  await Promise.all([runUntilEnd(), runUntilEnd()]);
  console.log(
    `sync-model: ${runs} runs, ${totals.acknowledged} messages acknowledged, ${totals.delivered} delivered, ${totals.kept} kept back, ${totals.deaths} deaths`,
  );
  expect(runs).toBeGreaterThan(0);
});

async function oneRun(start: Start, commands: Iterable<fc.AsyncCommand<Model, World>>): Promise<void> {
  const provider = createRecordingProvider();
  const options: Partial<GatewayOptions> = {
    providers: [provider.factory],
    // Its clock hurries. A process that dies between the gateway's answer to a refresh and storing it must sign in again, by the
    // protocol (README, section 1: a refresh token works once); that is not what is looked at here.
    tokenLife: { accessMs: 30 * DAY, refreshMs: 90 * DAY },
  };
  const kit = await startKit(options);
  // So that a restart of the gateway is at the same address.
  options.port = Number(new URL(kit.gateway.url).port);
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-model-'));
  const world = new World(kit, provider, folder, {
    supervisor: await kit.signIn(kit.supervisor),
    maya: await kit.signIn(kit.maya),
  });
  const model: Model = { written: new Map() };
  try {
    await world.start();
    if (start.synced)
      await until('the first sync is done', async () => (await world.status())?.stage === 'done');
    world.faults = start.bad ? BAD_NETWORK : NO_FAULTS;
    await world.tell({ call: 'faults', faults: world.faults });
    await fc.asyncModelRun(() => ({ model, real: world }), commands);
    await converge(world);
    await check(world, model);
  } finally {
    await world.kill();
    await kit.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The network is good again and nobody kills anything: waits until nothing moves any more. */
async function converge(world: World): Promise<void> {
  world.faults = NO_FAULTS;
  world.unplugged = false;
  // A crash that was armed and has not come would come now. Otherwise the process that is there must come through by itself.
  if (world.armed) await world.kill();
  await world.tell({ call: 'faults', faults: NO_FAULTS });
  await world.tell({ call: 'unplug', unplugged: false });
  let last: ChildStatus | null = null;
  await until(
    'the desktop has caught up and sent everything',
    async () => {
      await world.tell({ call: 'discardHeld' });
      last = await world.status();
      const { head } = world.kit.gateway.store.log.ends(world.kit.ws);
      return (
        last !== null &&
        last.connection.state === 'online' &&
        last.outbox === 0 &&
        last.incomplete === 0 &&
        last.cursor === head &&
        world.kit.gateway.store.outbound.heads(1).length === 0
      );
    },
    { limitMs: 60_000, seen: () => last },
  );
}

async function check(world: World, model: Model): Promise<void> {
  for (const [to, written] of model.written) {
    const got = world.provider.to(to);
    totals.delivered += got.length;
    totals.acknowledged += written.filter(({ sure }) => sure).length;
    totals.kept += written.filter(({ never }) => never).length;
    assert.equal(new Set(got).size, got.length, `${to} got something twice`);
    for (const { text, sure, never } of written) {
      if (never) assert(!got.includes(text), `${to} got what was taken back or held`);
      else assert(!sure || got.includes(text), `${to} lost something`);
    }
    expect(got).toEqual(written.map(({ text }) => text).filter((text) => got.includes(text)));
  }
  const witness = await openDesktop(world.kit.gateway.url, world.maya);
  const dump = (await world.tell({ call: 'dump' }))?.value as Parameters<typeof expectSame>[0];
  expectSame(dump, await gatewayState(witness));
  witness.close();
  expect((await world.status())?.quarantined).toBe(0);
}
