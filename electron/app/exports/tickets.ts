/** One-time tickets for files that are made while they are read: the page asks by a call, and gets the bytes over HTTP. */
import { randomBytes } from 'node:crypto';
import { MINUTE } from '../../../shared/domain/time.ts';

/** `bytes` is asked for once, when somebody comes with the ticket. */
export type Offer = { fileName: string; mimeType: string; bytes(): AsyncIterable<Uint8Array> };

export type Tickets = {
  issue(offer: Offer, now: number): string;
  /** Gives the offer out, once; null when the ticket is unknown, used or too old. */
  take(ticket: string, now: number): Offer | null;
  /** Somebody else is signed in. */
  clear(): void;
};

const LIFE = 10 * MINUTE;
/** Older ones are forgotten when there are more. */
const KEPT = 50;

export function createTickets(): Tickets {
  const offers = new Map<string, { offer: Offer; at: number }>();
  return {
    issue(offer, now) {
      const ticket = randomBytes(24).toString('base64url');
      offers.set(ticket, { offer, at: now });
      for (const oldest of offers.keys()) {
        if (offers.size <= KEPT) break;
        offers.delete(oldest);
      }
      return ticket;
    },
    take(ticket, now) {
      const found = offers.get(ticket);
      offers.delete(ticket);
      return found === undefined || now - found.at > LIFE ? null : found.offer;
    },
    clear: () => offers.clear(),
  };
}

/** Texts as bytes. */
export async function* utf8(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const text of texts) yield Buffer.from(text, 'utf8');
}
