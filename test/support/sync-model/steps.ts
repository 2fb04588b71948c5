/** What can happen in a run of test/property/sync-model, and how often. */
import fc from 'fast-check';
import { CRASH_POINTS } from '../desktop-protocol.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { openDesktop } from '../gateway-kit.ts';
import { BAD_NETWORK, NO_FAULTS } from '../socket-faults.ts';
import { CUSTOMERS, WANDERER, Step } from './world.ts';
import type { World, Model, Written } from './world.ts';

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

export const steps = fc.commands(
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
export const starts = fc.record({ bad: fc.boolean(), synced: fc.constantFrom(true, true, true, false) });
export type Start = { bad: boolean; synced: boolean };
