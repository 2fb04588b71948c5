/**
 * The pump of the outbox. Takes the first command of each conversation that is due, marks it as under way, emits it, and settles
 * what the gateway answered; then the next of that conversation is first. One stuck conversation holds up no other.
 *
 * A command is marked in the cache before it is emitted, so that nobody discards what the gateway may already have. When the
 * connection goes, everything under way waits again and is sent again under the same id, which the gateway absorbs. A message is
 * looked at once more when it is its turn (departure.ts): held, or its files are brought to the gateway first. Answers that
 * arrive while a settlement is being written are settled together in the next one: draining is bound by commits, not by answers.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { GatewayError } from '../../shared/protocol/errors.ts';
import type { Cache, DueCommand, Settlement } from '../cache/api.ts';
import type { Clock, Log, Random, SyncSocket } from './ports.ts';
import { RequestFailure } from './ports.ts';
import { createDeparture } from './departure.ts';
import { settlementOf, unanswered } from './settlement.ts';

export type OutboxPorts = {
  cache: Pick<Cache, 'read' | 'write'>;
  clock: Clock;
  random: Random;
  log: Log;
  /** Who writes. */
  me: string;
  /** Brings a staged file to the gateway. Rejects with GatewayHttpFailure or MediaFailure. */
  upload: (mediaId: string) => Promise<void>;
  onChanges: (changes: ChangeSet) => void;
  /** The gateway's log reaches this far: the events of an acked command are to come. */
  onSeq: (seq: number) => void;
  /** The gateway will never take it. Called before that is settled. */
  onRefused: (command: Command, error: GatewayError) => void;
  /** The cache refused: nothing more can be sent over this connection. */
  onBroken: (error: unknown) => void;
};

export type Outbox = {
  /** Starts sending over this socket. `whole`: every conversation that this user may see is here by now. */
  attach(socket: SyncSocket, options?: { whole: () => boolean }): void;
  /** Stops; resolves when everything under way is noted as waiting again. */
  detach(): Promise<void>;
  /** There is something to send. */
  kick(): void;
};

/**
 * Conversations with a command under way at the same time. Each look at the outbox, mark and settlement is for all that wait for it: with 64
 * a drained command costs 0.6 ms of processor time, with 16 it costs 1.0.
 */
export const WINDOW = 64;
/** Conversations that are looked at besides when the first message of some is not ready: it waits for its file, or for its conversation. */
const SPARE = 64;
/** Milliseconds until a command without an answer is tried again. */
export const ACK_TIMEOUT = 20_000;
/** A timer further away than this is set again on the way, because timers do not count over a sleep. */
const LONGEST_SLEEP = 60_000;

export function createOutbox(ports: OutboxPorts): Outbox {
  const { cache, clock, log } = ports;
  /** Counts attachments: an answer over an older socket is not settled any more. */
  let epoch = 0;
  let socket: SyncSocket | null = null;
  /** What was under way over the socket before waits again: this one may be used. */
  let ready = false;
  let resetting: Promise<void> = Promise.resolve();
  let pumping: Promise<void> | null = null;
  let again = false;
  let flushing: Promise<void> | null = null;
  let answered: Settlement[] = [];
  const underWay = new Set<string>();
  let whole: () => boolean = () => true;
  const departure = createDeparture({ ...ports, onReady: kick });
  let pausedUntil = 0;
  let cancelTimer: (() => void) | null = null;

  function kick(): void {
    again = true;
    if (pumping !== null || socket === null || !ready) return;
    const mine = epoch;
    pumping = pump(mine)
      .catch((error: unknown) => {
        if (mine === epoch) ports.onBroken(error);
      })
      .finally(() => {
        pumping = null;
        // Kicked between the last look and now.
        if (again) kick();
      });
  }

  /** The look at a message costs more than sending it, so as many are looked at as can go, unless they turn out not to be ready. */
  let spare = 0;

  async function pump(mine: number): Promise<void> {
    while (again && mine === epoch) {
      again = false;
      cancelTimer?.();
      cancelTimer = null;
      const free = WINDOW - underWay.size;
      if (free <= 0) return;
      const now = clock.now();
      if (now < pausedUntil) return wakeAt(pausedUntil);
      const { due, nextAt } = await cache.read.outboxDue({ now, limit: free + spare });
      const waiting = due.filter(({ command }) => !underWay.has(command.id));
      const { go, held, wakeAt: later } = await departure.look(waiting, { whole: whole(), now });
      const wakes = [nextAt, later].filter((at) => at !== null);
      if (wakes.length > 0) wakeAt(Math.min(...wakes));
      if (mine !== epoch) return;
      for (const { id, reason } of held) ports.onChanges(await cache.write.hold({ id, reason }));
      // What stood behind a held one is first now.
      if (held.length > 0) again = true;
      const heads = go.slice(0, free);
      if (heads.length === free) spare = 0;
      else if (due.length === free + spare) {
        spare += SPARE;
        again = true;
      }
      if (heads.length === 0 || mine !== epoch) continue;
      for (const { command } of heads) underWay.add(command.id);
      const marked = await cache.write.markSending({ ids: heads.map(({ command }) => command.id) });
      for (const head of heads) {
        if (mine !== epoch) return;
        if (!marked.includes(head.command.id)) {
          // Discarded between the look and the mark.
          underWay.delete(head.command.id);
          again = true;
          continue;
        }
        emit(head, mine).catch((error: unknown) => {
          if (mine === epoch) ports.onBroken(error);
        });
      }
    }
  }

  function wakeAt(at: number): void {
    cancelTimer?.();
    const ms = Math.min(LONGEST_SLEEP, Math.max(0, at - clock.now()));
    cancelTimer = clock.after(ms, kick);
  }

  async function emit({ command, attempts }: DueCommand, mine: number): Promise<void> {
    const current = socket;
    if (current === null) return;
    let settlement: Settlement;
    try {
      const raw = await current.request('command', wireForm(command), ACK_TIMEOUT);
      settlement = settlementOf(raw, command.id, attempts, clock.now(), ports.random);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      // Closed: detach puts it back. In time: this try counts, the next one waits.
      if (error.kind === 'closed') return;
      settlement = unanswered(command.id, attempts, clock.now(), ports.random);
    }
    if (mine !== epoch) return;
    note(settlement, command);
    answered.push(settlement);
    flush(mine);
  }

  function note(settlement: Settlement, command: Command): void {
    if (settlement.outcome === 'acked') return ports.onSeq(settlement.seq);
    if (settlement.outcome === 'refused') ports.onRefused(command, settlement.error);
    log('warn', 'command not taken', {
      type: command.type,
      outcome: settlement.outcome,
      kind: settlement.error?.kind ?? null,
    });
    if (settlement.outcome === 'again' && settlement.error?.kind === 'rate_limited') {
      pausedUntil = Math.max(pausedUntil, settlement.retryAt);
    }
  }

  function flush(mine: number): void {
    flushing ??= flushAll()
      .catch((error: unknown) => {
        if (mine === epoch) ports.onBroken(error);
      })
      .finally(() => {
        flushing = null;
        if (answered.length > 0) flush(mine);
      });
  }

  async function flushAll(): Promise<void> {
    while (answered.length > 0) {
      const group = answered;
      answered = [];
      const changes = await cache.write.settle(group);
      for (const { id } of group) underWay.delete(id);
      ports.onChanges(changes);
      kick();
    }
  }

  async function reset(): Promise<void> {
    await pumping;
    await flushing;
    underWay.clear();
    ports.onChanges(await cache.write.resetSending());
  }

  return {
    attach(next, options) {
      epoch += 1;
      socket = next;
      whole = options?.whole ?? (() => true);
      ready = false;
      pausedUntil = 0;
      const mine = epoch;
      // Also before the very first: a process that died may have left commands marked as under way.
      resetting = resetting.then(reset).then(
        () => {
          if (mine !== epoch) return;
          ready = true;
          kick();
        },
        (error: unknown) => {
          if (mine === epoch) ports.onBroken(error);
        },
      );
    },
    async detach() {
      epoch += 1;
      socket = null;
      ready = false;
      cancelTimer?.();
      cancelTimer = null;
      const done = resetting.then(reset);
      // Whoever attaches next resets again; a failure belongs to the caller of detach.
      resetting = done.catch(() => undefined);
      await done;
    },
    kick,
  };
}

/** What the protocol asks for, whatever else the cache keeps with a command. */
function wireForm({ id, type, data }: Command): { id: string; type: string; data: unknown } {
  return { id, type, data };
}
