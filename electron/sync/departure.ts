/**
 * The last look at a message before it leaves: may it still go (checkSend, against what the cache knows now), and are its files at
 * the gateway? Not ok: it is held with the reason, never sent blind. Files go ahead of their message, while it can still be taken
 * back; a message whose files are under way is simply not ready yet.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { HoldReason } from '../../shared/contract/rows.ts';
import { mediaOf } from '../../shared/domain/message-content.ts';
import { checkSend } from '../../shared/domain/send-check.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import { GatewayErrorKind } from '../../shared/protocol/errors.ts';
import type { Cache, DueCommand, SendFacts } from '../cache/api.ts';
import { commandDelay } from './backoff.ts';
import { GatewayHttpFailure } from './gateway-http.ts';
import { MediaFailure } from './media.ts';
import type { Clock, Log, Random } from './ports.ts';

export type DeparturePorts = {
  cache: Pick<Cache, 'read'>;
  clock: Clock;
  random: Random;
  log: Log;
  me: string;
  upload: (mediaId: string) => Promise<void>;
  /** A message that was not ready may be now. */
  onReady: () => void;
};

/** `wakeAt`: when something that is not ready should be looked at again, or null. */
export type Look = {
  go: DueCommand[];
  held: { id: string; reason: HoldReason }[];
  wakeAt: number | null;
};

export type Departure = {
  /** `whole`: a conversation that is not here is not on its way either. */
  look(due: readonly DueCommand[], at: { whole: boolean; now: number }): Promise<Look>;
};

/** Milliseconds until what waits for another line is looked at again. */
const SOON = 500;

type Send = Extract<Command, { type: 'message.send' }>;
/** A file on its way, or one that did not get through: `hold` for good, else to be tried again. */
type Transfer = { state: 'running' | 'failed'; tries: number; retryAt: number; hold: HoldReason | null };

export function createDeparture(ports: DeparturePorts): Departure {
  const { cache, clock } = ports;
  const transfers = new Map<string, Transfer>();

  /** Null: the files are there. */
  async function files(send: Send, now: number): Promise<Transfer | null> {
    const media = mediaOf(send.data.content);
    if (media === null) return null;
    const known = transfers.get(media.id);
    if (known?.state === 'running' || (known !== undefined && known.retryAt > now)) return known;
    const record = await cache.read.media({ id: media.id });
    // One that was forwarded, or is at the gateway by now.
    if (record !== null && record.state !== 'staged') {
      transfers.delete(media.id);
      return null;
    }
    if (known?.hold != null) {
      // Told once: a retry by the user tries anew.
      transfers.delete(media.id);
      return known;
    }
    const transfer: Transfer = { state: 'running', tries: known?.tries ?? 0, retryAt: 0, hold: null };
    transfers.set(media.id, transfer);
    carry(media.id, transfer);
    return transfer;
  }

  function carry(mediaId: string, transfer: Transfer): void {
    ports
      .upload(mediaId)
      .then(
        () => void transfers.delete(mediaId),
        (error: unknown) => {
          transfer.state = 'failed';
          transfer.tries += 1;
          transfer.hold = reasonOf(error);
          const now = clock.now();
          transfer.retryAt = transfer.hold === null ? now + commandDelay(transfer.tries, ports.random) : now;
          ports.log('warn', 'a file did not get through', {
            kind:
              error instanceof GatewayHttpFailure || error instanceof MediaFailure ? error.kind : 'unknown',
            tries: transfer.tries,
          });
        },
      )
      .then(() => breathe())
      .then(ports.onReady, ports.onReady);
  }

  /** A contact that was made here goes by a line of its own: a conversation with it must not overtake it. */
  async function isUnknownThere(contactId: string): Promise<boolean> {
    const [contact] = await cache.read.contactsById({ ids: [contactId] });
    return contact?.rev === 0;
  }

  function verdictOf(send: Send, facts: SendFacts, now: number): HoldReason | null {
    const verdict = checkSend({
      content: send.data.content,
      conversation: facts.conversation,
      contact: facts.contact,
      consents: facts.consents,
      override: send.data.override ?? undefined,
      channel: facts.channel,
      template: facts.template ?? undefined,
      now,
      me: ports.me,
      seenRev: send.data.seenRev ?? undefined,
      newestForeignRev: facts.newestForeignRev ?? undefined,
      assigneeIdWhenWritten: facts.assigneeIdWhenWritten,
    });
    return verdict.ok ? null : verdict.reason;
  }

  return {
    async look(due, { whole, now }) {
      const look: Look = { go: [], held: [], wakeAt: null };
      const sends = due.filter((head) => head.command.type === 'message.send');
      const ids = sends.map(({ command }) => command.id);
      const facts = new Map<string, SendFacts>();
      if (ids.length > 0) for (const one of await cache.read.sendFacts({ ids })) facts.set(one.id, one);
      for (const head of due) {
        const { command } = head;
        if (command.type === 'conversation.start' && (await isUnknownThere(command.data.contactId))) {
          look.wakeAt = Math.min(look.wakeAt ?? Infinity, now + SOON);
          continue;
        }
        if (command.type !== 'message.send') {
          look.go.push(head);
          continue;
        }
        const known = facts.get(command.id);
        // Its conversation's page is still to come. When it is not to come, the gateway is asked: it knows whether it exists.
        if (known === undefined && !whole) continue;
        const reason = known === undefined ? null : verdictOf(command, known, now);
        if (reason !== null) {
          look.held.push({ id: command.id, reason });
          continue;
        }
        const transfer = await files(command, now);
        if (transfer === null) look.go.push(head);
        else if (transfer.hold !== null) look.held.push({ id: command.id, reason: transfer.hold });
        else if (transfer.state === 'failed')
          look.wakeAt = Math.min(look.wakeAt ?? Infinity, transfer.retryAt);
      }
      return look;
    },
  };
}

/** Null: may get through later. What the gateway will never take, and a file that is gone, are the writer's to decide. */
function reasonOf(error: unknown): HoldReason | null {
  if (error instanceof MediaFailure) return 'not_found';
  if (!(error instanceof GatewayHttpFailure)) return 'internal';
  switch (error.kind) {
    case 'invalid':
    case 'not_found':
    case 'forbidden':
    case 'unsupported':
    case 'too_large':
    case 'conflict': {
      const kind = GatewayErrorKind.safeParse(error.kind);
      return kind.success ? kind.data : 'internal';
    }
    default:
      return null;
  }
}
