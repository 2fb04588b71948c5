/** What others have written, out of a batch of the log: what somebody may want to be told of. */
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Message, Note } from '../../shared/domain/message.ts';
import { parseEvent } from '../../shared/protocol/events.ts';

/** A message of a customer with its conversation as it is after it, or a note that mentions people. */
export type Arrival =
  | { type: 'message'; message: Message; conversation: Conversation }
  | { type: 'mention'; note: Note };

/** Events up to `cursor` were there before. What does not fit its schema the cache has kept aside. */
export function arrivalsOf(events: readonly unknown[], cursor: number): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const raw of events) {
    if (!isCandidate(raw)) continue;
    const parsed = parseEvent(raw);
    if (!parsed.ok || parsed.event.seq <= cursor) continue;
    const { event } = parsed;
    if (event.type === 'message.created' && event.data.message.direction === 'in') {
      arrivals.push({ type: 'message', ...event.data });
    } else if (event.type === 'note.created' && event.data.note.mentions.length > 0) {
      arrivals.push({ type: 'mention', note: event.data.note });
    }
  }
  return arrivals;
}

/** A look at the name first: most events of a long batch are something else. */
function isCandidate(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null || !('type' in raw)) return false;
  return raw.type === 'message.created' || raw.type === 'note.created';
}
