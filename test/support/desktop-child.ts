/** A desktop as a process of its own, so that it can die. Its config comes as the first argument; then it listens to its parent. */
import { openDesktop, hastyClock } from './desktop.ts';
import type { TestDesktop } from './desktop.ts';
import type { Cache } from '../../electron/cache/api.ts';
import { connectSocketIo } from '../../electron/sync/socket-io.ts';
import type { ChildConfig, ChildStatus, CrashPoint, FromChild, ToChild } from './desktop-protocol.ts';
import { createFaultySockets } from './socket-faults.ts';

const config = JSON.parse(process.argv[2] ?? '') as ChildConfig;
const { crash } = config;
let passes = crash?.after ?? 0;

/** Dies here when this point was chosen and its time has come. */
function crashPoint(point: CrashPoint): void {
  if (crash?.point !== point) return;
  if (passes > 0) {
    passes -= 1;
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const sockets = createFaultySockets(connectSocketIo, random(config.seed), config.impatience);
sockets.faults = config.faults;
sockets.onCommand = (what) => {
  if (what === 'answered') crashPoint('after_ack');
  // The packet leaves with the next turn of the loop: dying before that would be `before emit`.
  else setTimeout(() => crashPoint('after_emit'), 1);
};

function tell(message: FromChild): void {
  process.send?.(message);
}

function inCache(point: CrashPoint): point is 'before_commit' | 'after_commit' | 'middle_of_batch' {
  return point === 'before_commit' || point === 'after_commit' || point === 'middle_of_batch';
}

function wrap(cache: Cache): Cache {
  const write = new Proxy(cache.write, {
    get(target, name) {
      if (name !== 'settle') return Reflect.get(target, name) as unknown;
      const settle: Cache['write']['settle'] = async (settlements) => {
        const changes = await target.settle(settlements);
        crashPoint('after_settle');
        return changes;
      };
      return settle;
    },
  });
  return { ...cache, write };
}

async function answer(desktop: TestDesktop, call: ToChild): Promise<unknown> {
  switch (call.call) {
    case 'enqueue':
      return desktop.enqueue(call.command, call.sendIn);
    case 'withdraw': {
      const { withdrawn } = await desktop.cache.write.withdraw({ ids: call.ids });
      desktop.sync.kick();
      return withdrawn;
    }
    case 'discardHeld':
      return discardHeld(desktop);
    case 'cut':
      return sockets.cut();
    case 'unplug':
      sockets.unplugged = call.unplugged;
      if (call.unplugged) sockets.cut();
      else desktop.sync.retryNow();
      return null;
    case 'faults':
      sockets.faults = call.faults;
      return null;
    case 'sleep':
      desktop.sync.suspend();
      desktop.sync.resume();
      return null;
    case 'status':
      return statusOf(desktop);
    case 'dump':
      return desktop.cache.read.dump();
    case 'close':
      await desktop.close();
      setImmediate(() => process.exit(0));
      return null;
  }
}

async function discardHeld({ cache, sync }: TestDesktop): Promise<number> {
  const held = (await cache.read.outboxItems({ now: Date.now() })).filter(
    ({ status }) => status.state === 'held',
  );
  let discarded = 0;
  for (const { conversationId } of held) {
    const { items } = await cache.read.thread({ conversationId, before: null, limit: 500 });
    for (const item of items) {
      if (item.type !== 'message' || item.outbox?.state !== 'held') continue;
      const done = await cache.write.discardMessage({ conversationId, messageId: item.message.id });
      if (done !== null) discarded += 1;
    }
  }
  sync.kick();
  return discarded;
}

async function statusOf(desktop: TestDesktop): Promise<ChildStatus> {
  const [state, diagnostics, incomplete] = await Promise.all([
    desktop.cache.read.syncState(),
    desktop.cache.read.diagnostics(),
    desktop.cache.read.incompleteConversations({ limit: 1_000 }),
  ]);
  return {
    connection: desktop.sync.connection,
    cursor: state.cursor,
    stage: state.stage,
    outbox: diagnostics.outbox,
    incomplete: incomplete.length,
    quarantined: diagnostics.quarantined,
    log: desktop.log.slice(-15),
  };
}

// A desktop without its test is of no use, not even one that is still being opened.
process.on('disconnect', () => process.exit(1));
if (!process.connected) process.exit(1);

try {
  const desktop = await openDesktop({
    folder: config.folder,
    gateway: config.gateway,
    email: config.email,
    password: config.password,
    clock: hastyClock(config.hurry, config.epoch),
    socketFactory: sockets.factory,
    wrap,
    crashAt: crash !== null && inCache(crash.point) ? { point: crash.point, after: crash.after } : null,
  });
  process.on('message', (raw) => {
    const call = raw as ToChild;
    answer(desktop, call).then(
      (value) => tell({ id: call.id, value: value ?? null }),
      (error: unknown) => tell({ id: call.id, error: String(error) }),
    );
  });
  tell({ ready: true });
} catch (error) {
  tell({ failed: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
  process.exitCode = 1;
}

/** mulberry32: small, seeded, good enough to choose faults. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
