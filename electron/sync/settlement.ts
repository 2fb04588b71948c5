/** What becomes of a command after the gateway's answer, or after none. */
import { CommandAck } from '../../shared/protocol/commands.ts';
import type { Settlement } from '../cache/api.ts';
import { commandDelay } from './backoff.ts';
import type { Random } from './ports.ts';

/** Tries at once that `retry: now` allows before it is treated like `after`: a gateway must not make us spin. */
const TRIES_AT_ONCE = 3;

/** `attempts`: tries before this one. */
export function settlementOf(
  raw: unknown,
  id: string,
  attempts: number,
  now: number,
  random: Random,
): Settlement {
  const ack = CommandAck.safeParse(raw);
  // An answer that makes no sense, or is another command's, is no answer: the same id is sent again.
  if (!ack.success || ack.data.id !== id) return unanswered(id, attempts, now, random);
  if (ack.data.ok) return { id, outcome: 'acked', seq: ack.data.seq };
  const { error } = ack.data;
  switch (error.retry) {
    case 'never':
      return { id, outcome: 'refused', error };
    case 'now':
      return {
        id,
        outcome: 'again',
        retryAt: attempts < TRIES_AT_ONCE ? now : now + commandDelay(attempts + 1, random),
        error,
      };
    case 'after':
      return {
        id,
        outcome: 'again',
        retryAt: now + Math.max(error.afterMs ?? 0, commandDelay(attempts + 1, random)),
        error,
      };
  }
}

export function unanswered(id: string, attempts: number, now: number, random: Random): Settlement {
  return { id, outcome: 'again', retryAt: now + commandDelay(attempts + 1, random), error: null };
}
