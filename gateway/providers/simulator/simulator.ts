/**
 * Customers who are not there: they receive what agents send, read it sooner or later, and (when lively) write, answer, send files,
 * react, correct themselves, take things back, and go silent. Everything follows from the seed and the clock that it is given.
 */
import { createHash } from 'node:crypto';
import type { Identity } from '../../../shared/domain/contact.ts';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';
import type { Ingest, Provider, ProviderFact, SendResult } from '../provider.ts';
import type { CastMember } from './cast.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { createCustomers } from './customer.ts';
import type { ReceivedMessage, SimulatedCustomer } from './customer.ts';
import { FAILURES, statusFact } from './facts.ts';
import { simulatedBytes } from './media/files.ts';
import { createMoods } from './moods.ts';
import { randomOf } from './random.ts';

export type SimulatorPorts = {
  cast: readonly CastMember[];
  ingest: Ingest;
  /** The customer of this channel is typing, or has stopped. */
  typing(signal: { channelId: string; identity: Identity; typing: boolean }): void;
};

export type SimulatorSettings = {
  seed: number;
  clock?: Clock;
  /** Whether customers write by themselves and answer. Otherwise they only receive and read. */
  lively: boolean;
};

export type Simulator = Provider & {
  start(): void;
  /** What a customer has got on all channels, in order, each message once. For tests. */
  received(identity: Pick<Identity, 'externalId'>): ReceivedMessage[];
};

export function createSimulator(ports: SimulatorPorts, settings: SimulatorSettings): Simulator {
  const clock = settings.clock ?? systemClock;
  const random = randomOf(settings.seed, 'simulator');
  const customers = createCustomers(ports.cast);
  const results = new Map<string, SendResult>();
  const arrivals: { externalId: string; message: ReceivedMessage }[] = [];
  const pending = new Set<() => void>();
  let closed = false;
  let sequence = 0;

  function later(ms: number, action: () => void): void {
    if (closed) return;
    const cancel = clock.after(ms, () => {
      pending.delete(cancel);
      if (!closed) action();
    });
    pending.add(cancel);
  }

  function tell(...facts: ProviderFact[]): void {
    const receivedAt = clock.now();
    // The body differs with every payload, so that equal ones are never taken for redeliveries.
    sequence += 1;
    const body = JSON.stringify({
      simulator: settings.seed,
      sequence,
      at: receivedAt,
      facts: facts.map(({ type }) => type),
    });
    ports.ingest(facts, { provider: 'simulator', body, receivedAt });
  }

  const moods = createMoods({
    clock,
    random: random.fork('moods'),
    customers,
    later,
    tell,
    typing: ports.typing,
  });

  /** Ticks: delivered soon, read when the person looks, played when it was a voice message; now and then a failure. */
  function follow(customer: SimulatedCustomer, message: ReceivedMessage): void {
    const { channelId, textOnly, temper } = customer.member;
    const { providerId } = message;
    const fate = random.fork(message.idempotencyKey);
    // The first message to somebody always arrives, and so do those to people from outside.
    if (
      settings.lively &&
      customer.member.replies.length > 0 &&
      customer.received.length > 1 &&
      fate.chance(0.03)
    ) {
      const error = fate.pick(FAILURES);
      later(fate.int(600, 2500), () => tell(statusFact(channelId, providerId, 'failed', clock.now(), error)));
      return;
    }
    const delivered = fate.int(250, 900);
    later(delivered, () => tell(statusFact(channelId, providerId, 'delivered', clock.now())));
    if (textOnly || temper === 'silent') return;
    const look = temper === 'slow' ? fate.int(20 * SECOND, 3 * MINUTE) : fate.int(900, 6 * SECOND);
    later(delivered + look, () => {
      tell(statusFact(channelId, providerId, 'read', clock.now()));
      if (settings.lively) moods.answer(customer, message);
    });
    if (message.content.kind === 'voice') {
      later(delivered + look + fate.int(4, 20) * SECOND, () =>
        tell(statusFact(channelId, providerId, 'played', clock.now())),
      );
    }
  }

  return {
    name: 'simulator',

    send({ channel, to, message, quotedProviderId, idempotencyKey }) {
      const known = results.get(idempotencyKey);
      if (known !== undefined) return Promise.resolve(known);
      const customer = customers.of(channel.id, to.externalId);
      const at = clock.now();
      const arrived: ReceivedMessage = {
        idempotencyKey,
        providerId: `sim.${createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 24)}`,
        content: message.content,
        quotedProviderId,
        at,
      };
      customer.received.push(arrived);
      customer.unanswered = 0;
      arrivals.push({ externalId: to.externalId, message: arrived });
      const result: SendResult = { ok: true, providerId: arrived.providerId, status: 'sent', at };
      results.set(idempotencyKey, result);
      follow(customer, arrived);
      return Promise.resolve(result);
    },

    react({ providerId }) {
      return Promise.resolve({ ok: true, providerId, status: 'sent', at: clock.now() });
    },

    markRead() {
      return Promise.resolve();
    },

    media({ mediaId }) {
      return Promise.resolve(simulatedBytes(mediaId));
    },

    start() {
      if (settings.lively) moods.begin();
    },

    received({ externalId }) {
      return arrivals.filter((arrival) => arrival.externalId === externalId).map(({ message }) => message);
    },

    close() {
      closed = true;
      for (const cancel of pending) cancel();
      pending.clear();
      return Promise.resolve();
    },
  };
}
