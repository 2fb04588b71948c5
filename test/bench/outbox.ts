/**
 * The outbox: what it costs to keep a message before the page may call it queued, how fast what was written offline leaves,
 * and how long a call takes to reach the gateway and be acked.
 */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { io } from 'socket.io-client';
import { newId } from '../../shared/domain/id.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import { openApp, type App } from './app.ts';
import { bareOutbox } from './bare.ts';
import type { BenchOptions, Benchmark } from './benchmark.ts';
import { makeDataset } from './dataset.ts';
import { me } from './directory.ts';
import { copyOf, largeData, openData, settleIndex, type CacheData } from './files.ts';
import { figure, figures, interleave, median, timeEach } from './measure.ts';
import { monotonic, startPageServer, type PageServer } from './page-server-client.ts';

const PUTS = 300;
const CALLS = 100;
/** Each of them waits for the batches that are being written: fewer, or the run takes for ever. */
const CALLS_UNDER_SYNC = 40;
const PAUSE_MS = 3;
const BLOCK = 4_096;

type Conversations = (n: number) => string;

function send(conversationId: string): Command {
  const content = {
    kind: 'text' as const,
    body: 'Thank you, your order leaves the house tomorrow before noon.',
  };
  const data = { conversationId, messageId: newId(), content, quotedMessageId: null };
  return { id: newId(), type: 'message.send', data };
}

/** Writes 4 KB over the same place of a file and waits for the disk, `times` times: what any promise to keep costs here. */
function rawWrites(folder: string): { run(times: number): Promise<number[]>; close(): void } {
  const file = openSync(path.join(folder, 'raw'), 'w');
  const block = Buffer.alloc(BLOCK, 7);
  return {
    run: (times) =>
      timeEach(times, () => {
        writeSync(file, block, 0, BLOCK, 0);
        fdatasyncSync(file);
      }),
    close: () => closeSync(file),
  };
}

/** Messages put into the outbox while offline, then a gateway: how many leave in a second, from the first to the last. */
async function drainRate(data: CacheData, server: PageServer, conversation: Conversations): Promise<number> {
  const cache = await openData(data);
  const ids = new Set<string>();
  for (let n = 0; n < PUTS; n += 1) {
    const command = send(conversation(n));
    ids.add(command.id);
    await cache.write.enqueue({ command, me: me.id, now: Date.now() });
  }
  await cache.close();
  let first = 0;
  const stopListening = server.listen((report) => {
    if (report.type === 'command' && first === 0) first = report.at;
  });
  const app = await openApp(data, { gateway: server.url });
  await app.sent();
  const rate = (ids.size / (monotonic() - first)) * 1000;
  stopListening();
  await app.settled();
  await app.close();
  return rate;
}

/** One command and its ack over a bare socket, without a cache. */
async function bareAcks(server: PageServer, conversation: Conversations): Promise<number[]> {
  const socket = io(server.url, {
    path: '/v1/socket',
    transports: ['websocket'],
    auth: { token: 'bench', protocol: 1 },
    forceNew: true,
  });
  await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
  const samples = await timeEach(PUTS, (n) => socket.emitWithAck('command', send(conversation(n))), 20);
  socket.close();
  return samples;
}

/** From the page's call until the gateway had acked the command, in milliseconds each. */
async function callToAck(
  app: App,
  server: PageServer,
  conversation: Conversations,
  times: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const acked = new Map<string, number>();
    let look = (): void => undefined;
    const stop = server.listen((report) => {
      if (report.type !== 'command') return;
      acked.set(report.messageId, report.at);
      look();
    });
    const started = monotonic();
    const { messageId } = await app.call('message.send', {
      conversationId: conversation(n),
      content: { kind: 'text', body: 'On its way.' },
      quotedMessageId: null,
      sendAt: null,
      seenRev: null,
    });
    await new Promise<void>((resolve) => {
      look = () => acked.has(messageId) && resolve();
      look();
    });
    stop();
    samples.push((acked.get(messageId) ?? 0) - started);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return samples;
}

async function puts(options: BenchOptions, say: (line: string) => void, conversation: Conversations) {
  const data = await copyOf(await largeData(options, say), options.scratch);
  const cache = await openData(data);
  // What the application does once nothing else wants the cache, a moment after it has opened it.
  await settleIndex(cache);
  const raw = rawWrites(data.folder);
  const bare = bareOutbox(await copyOf(await largeData(options, say), options.scratch));
  const samples = await interleave(
    options.rounds,
    {
      put: () =>
        timeEach(
          PUTS,
          (n) => cache.write.enqueue({ command: send(conversation(n)), me: me.id, now: Date.now() }),
          10,
        ),
      raw: () => raw.run(PUTS),
      bare: () => timeEach(PUTS, (n) => bare.put(send(conversation(n))), 10),
    },
    (round) => say(`puts, round ${round + 1} of ${options.rounds}`),
  );
  raw.close();
  bare.close();
  await cache.close();
  rmSync(data.folder, { recursive: true, force: true });
  return samples;
}

export const benchmark: Benchmark = {
  title: 'The outbox',
  async run(options, say) {
    const dataset = makeDataset(options.large);
    const conversation: Conversations = (n) => dataset.conversationId(dataset.order[n % 2_000] ?? 0);
    const put = await puts(options, say, conversation);

    const server = await startPageServer({ size: options.large });
    const data = await copyOf(await largeData(options, say), options.scratch);
    const drains = await interleave(
      options.rounds,
      {
        drain: async () => [await drainRate(data, server, conversation)],
        ack: () => bareAcks(server, conversation),
      },
      (round) => say(`drain, round ${round + 1} of ${options.rounds}`),
    );
    const oneByOne = drains.ack.map((acks, round) => 1000 / (median(acks) + median(put.bare[round] ?? [1])));

    const app = await openApp(data, { gateway: server.url });
    await app.settled();
    const calls = await interleave(
      options.rounds,
      {
        idle: () => callToAck(app, server, conversation, CALLS),
        sync: async () => {
          server.flood(null);
          const samples = await callToAck(app, server, conversation, CALLS_UNDER_SYNC);
          server.stop();
          await app.settled();
          return samples;
        },
      },
      (round) => say(`calls, round ${round + 1} of ${options.rounds}`),
    );
    await app.close();
    await server.close();

    const floor = { what: 'write and fdatasync of 4 KB', rounds: put.raw };
    return [
      ...figures('put, through the writer thread', 'ms', put.put, {
        floor,
        goals: { 0.5: { of: 'ratio', atMost: 1.5 }, 0.99: { of: 'ratio', atMost: 2.5 } },
      }),
      ...figures('put, bare insert and commit', 'ms', put.bare, { floor }),
      figure('drain, commands acked', '/s', drains.drain.flat(), {
        floor: { what: 'one ack, one commit each', rounds: oneByOne },
        goal: { of: 'ratio', atLeast: 0.7 },
      }),
      ...figures('call to gateway ack, idle', 'ms', calls.idle, {
        floor: { what: 'ack over a bare socket', rounds: drains.ack },
      }),
      ...figures('call to gateway ack, sync flat out', 'ms', calls.sync, {
        floor: { what: 'idle', rounds: calls.idle },
      }),
    ];
  },
};
