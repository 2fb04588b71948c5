/**
 * Carries what is queued in the store to the providers: one message at a time per conversation, in order; several conversations at
 * a time. A crash between the provider's answer and our commit leads to one more try with the same idempotency key.
 */
import type { DeliveryError } from '../../shared/domain/message-status.ts';
import type { Message } from '../../shared/domain/message.ts';
import { DAY, MINUTE, SECOND } from '../../shared/domain/time.ts';
import type { Provider, SendResult } from '../providers/provider.ts';
import type { ChannelRow } from '../store/channels.ts';
import type { OutboundJob } from '../store/outbound.ts';
import type { ServerContext } from './context.ts';

/** Conversations that are served at one time. */
const CONCURRENCY = 8;
const FETCH = 64;
const MAX_BACKOFF_MS = 5 * MINUTE;
/** A message that could not be handed over for a day has failed. */
const GIVE_UP_AFTER_MS = DAY;
/** How long a conversation waits after the store could not be written. */
const HOLD_MS = SECOND;
/** Marking as read and reactions are not worth more. */
const MAX_SMALL_TRIES = 5;

const GONE: DeliveryError = {
  kind: 'unavailable',
  code: null,
  title: 'The provider could not be reached',
  details: null,
};
const NO_ADDRESS: DeliveryError = {
  kind: 'invalid_recipient',
  code: null,
  title: 'No address',
  details: null,
};

export type Delivery = { start(): void; close(): Promise<void> };

export function createDelivery(context: ServerContext, providers: ReadonlyMap<string, Provider>): Delivery {
  const { store, logger } = context;
  const busy = new Map<string, Promise<void>>();
  /** Answers of providers that could not be written: written later, never asked for again. */
  const unwritten = new Map<number, SendResult>();
  /** Conversations that wait after a failure of the store, and until when. */
  const held = new Map<string, number>();
  let ready: OutboundJob[] = [];
  let timer: NodeJS.Timeout | null = null;
  let scheduled = false;
  let closed = false;

  function wake(): void {
    if (scheduled || closed) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      try {
        pump();
      } catch (error) {
        logger.error(
          { error: error instanceof Error ? error.name : typeof error },
          'the way out could not be read',
        );
      }
    });
  }

  function pump(): void {
    if (closed || busy.size >= CONCURRENCY) return;
    const now = context.now();
    // Read afresh when the last reading is used up; what became a head since then comes with the next one.
    if (ready.length === 0) ready = store.outbound.heads(FETCH);
    const waiting: OutboundJob[] = [];
    for (const job of ready) {
      if (busy.has(job.conversationId)) continue;
      if (dueOf(job) > now || busy.size >= CONCURRENCY) waiting.push(job);
      else begin(job);
    }
    ready = waiting.filter((job) => dueOf(job) <= now);
    const next = Math.min(...waiting.map(dueOf).filter((due) => due > now));
    if (timer !== null) clearTimeout(timer);
    timer = Number.isFinite(next) ? setTimeout(wake, Math.min(next - now, MINUTE)) : null;
  }

  function dueOf(job: OutboundJob): number {
    return Math.max(job.dueAt, held.get(job.conversationId) ?? 0);
  }

  function begin(job: OutboundJob): void {
    held.delete(job.conversationId);
    const work = run(job)
      .catch((error: unknown) => {
        // The store itself failed, and the job is still there. Not again at once: a full disk would make this a tight loop.
        report(job, error);
        held.set(job.conversationId, context.now() + HOLD_MS);
      })
      .finally(() => {
        busy.delete(job.conversationId);
        wake();
      });
    busy.set(job.conversationId, work);
  }

  async function run(job: OutboundJob): Promise<void> {
    const message = store.messages.get(job.messageId)?.message ?? null;
    const channel = message === null ? null : store.channels.get(message.channelId);
    const provider = channel === null ? undefined : providers.get(channel.provider);
    if (message === null || channel === null) {
      store.outbound.drop(job.id);
      return;
    }
    if (provider === undefined) {
      settle(job, channel, { ok: false, error: GONE, retryAfterMs: null });
      return;
    }
    const result = unwritten.get(job.id) ?? (await attempt(job, channel, provider, message));
    // Answered after the store was closed: the next start tries again, with the same key.
    if (closed) return;
    unwritten.set(job.id, result);
    settle(job, channel, result);
    unwritten.delete(job.id);
  }

  async function attempt(
    job: OutboundJob,
    channel: ChannelRow,
    provider: Provider,
    message: Message,
  ): Promise<SendResult> {
    try {
      return await hand(job, channel, provider, message);
    } catch (error) {
      // A provider that breaks is treated as one that is away.
      report(job, error);
      return { ok: false, error: GONE, retryAfterMs: 0 };
    }
  }

  function report(job: OutboundJob, error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    logger.error({ job: job.kind, error: name }, 'delivery failed');
  }

  async function hand(
    job: OutboundJob,
    channel: ChannelRow,
    provider: Provider,
    message: Message,
  ): Promise<SendResult> {
    const { providerId } = message;
    if (job.kind === 'read') {
      if (providerId !== null) await provider.markRead({ channel: channel.channel, providerId });
      return { ok: true, providerId: '', status: 'sent', at: context.now() };
    }
    const conversation = store.conversations.get(job.ws, job.conversationId);
    const contact = conversation === null ? null : store.contacts.get(job.ws, conversation.contactId);
    const homeId = store.conversations.homeOf(job.conversationId);
    const to = contact === null ? null : store.contacts.addressFor(contact, channel.channel.kind, homeId);
    if (to === null) return { ok: false, error: NO_ADDRESS, retryAfterMs: null };
    if (job.kind === 'react') {
      if (providerId === null) return { ok: false, error: GONE, retryAfterMs: null };
      return provider.react({ channel: channel.channel, to, providerId, emoji: job.emoji });
    }
    return provider.send({
      channel: channel.channel,
      to,
      message,
      quotedProviderId: message.quote?.providerId ?? null,
      idempotencyKey: `${message.id}.${job.attempt}`,
    });
  }

  /** Writes what the provider answered. */
  function settle(job: OutboundJob, channel: ChannelRow, result: SendResult): void {
    const now = context.now();
    store.tx(() => {
      const current = store.messages.get(job.messageId)?.message;
      if (!result.ok && result.retryAfterMs !== null && mayTryAgain(job, current, now)) {
        store.outbound.postpone(job.id, now + backoff(job.tries, result.retryAfterMs));
        return;
      }
      store.outbound.drop(job.id);
      if (current === undefined || job.kind !== 'send') return;
      if (!result.ok) {
        const report = { status: 'failed' as const, at: now, attempt: job.attempt, error: result.error };
        store.changes.setDelivery(job.ws, current, report, now);
        return;
      }
      const taken = store.messages.findByProviderId(channel.channel.id, result.providerId);
      const free = taken === null || taken.message.id === current.id;
      const report = { status: result.status, at: result.at, attempt: job.attempt, error: null };
      store.changes.setDelivery(job.ws, current, report, now, free ? result.providerId : current.providerId);
      if (free) store.applyEarly(channel.channel.id, result.providerId, now);
    });
  }

  function mayTryAgain(job: OutboundJob, message: Message | undefined, now: number): boolean {
    if (job.kind !== 'send') return job.tries < MAX_SMALL_TRIES;
    return message !== undefined && now - (message.delivery?.at ?? now) < GIVE_UP_AFTER_MS;
  }

  const stopListening = store.onCommit(() => {
    if (store.outbound.hasNews()) wake();
  });

  return {
    start: wake,
    async close() {
      closed = true;
      stopListening();
      if (timer !== null) clearTimeout(timer);
      // A provider that hangs must not hold up the end: what is under way is tried again after the next start.
      const patience = new Promise<void>((resolve) => setTimeout(resolve, 2 * SECOND).unref());
      await Promise.race([Promise.all(busy.values()), patience]);
    },
  };
}

/** Doubling from a second, at least what the provider asked for, spread by a quarter so that many do not come back at once. */
function backoff(tries: number, askedMs: number | null): number {
  const own = Math.min(MAX_BACKOFF_MS, SECOND * 2 ** Math.min(tries, 20));
  const base = askedMs === null ? own : Math.max(askedMs, tries === 0 ? 0 : own);
  return Math.round(base * (1 + Math.random() / 4));
}
