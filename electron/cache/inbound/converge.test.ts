/**
 * Invariant: however a stretch of the log is cut into batches, repeated, interleaved with pages and stale pages, the cache ends in the
 * state that applying it once in order gives, and applying everything again changes nothing.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../../shared/domain/message.ts';
import {
  conversationOf,
  messageOf,
  openBench,
  outgoingOf,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readDump } from '../read/diagnostics.ts';
import { readSyncState } from '../store/sync-state.ts';

const START = 10;
const conversation = conversationOf();
const first = outgoingOf(conversation, 'first', { rev: 5, sentAt: 500 });
const second = messageOf(conversation, 'second', { rev: 6, sentAt: 600 });

type Event = { seq: number; at: number; type: string; data: unknown };
type Step =
  | 'message'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'edit'
  | 'react'
  | 'unreact'
  | 'delete'
  | 'change';

/** A log of events about two messages that are here and others that come. */
function logOf(steps: Step[]): Event[] {
  const of = { messageId: first.id, conversationId: conversation.id };
  return steps.map((step, index) => {
    const seq = START + 1 + index;
    const event = (type: string, data: unknown): Event => ({ seq, at: seq, type, data });
    switch (step) {
      case 'message': {
        const message: Message = messageOf(conversation, `new ${seq}`, {
          id: `message-${seq}`,
          rev: seq,
          sentAt: 1_000 + seq,
        });
        return event('message.created', {
          message,
          conversation: { ...conversation, unread: seq, rev: seq },
        });
      }
      case 'edit':
        return event('message.edited', {
          ...of,
          messageId: second.id,
          content: { kind: 'text', body: `edit ${seq}` },
          editedAt: seq,
        });
      case 'react':
        return event('message.reaction', { ...of, by: 'contact', emoji: '👍', at: seq });
      case 'unreact':
        return event('message.reaction', { ...of, by: 'contact', emoji: null, at: seq });
      case 'delete':
        return event('message.deleted', {
          ...of,
          messageId: second.id,
          deletedAt: seq,
          deletedBy: 'contact',
        });
      case 'change':
        return event('conversation.changed', {
          conversation: { ...conversation, assigneeId: `user-${seq}`, activeAt: seq, rev: seq },
        });
      default:
        return event('message.status', {
          ...of,
          delivery: { status: step, at: seq, attempt: 1, error: null },
        });
    }
  });
}

function batch(log: Event[], from: number, to: number) {
  return {
    from,
    to,
    head: START + log.length,
    events: log.filter((event) => event.seq > from && event.seq <= to),
  };
}

function stateOf(bench: Bench): unknown {
  const counters = bench.db.all`SELECT name, total, unread FROM counters WHERE total <> 0 OR unread <> 0`;
  const history = bench.db.all`SELECT event, json FROM status_history ORDER BY event`;
  return { ...readDump(bench.db), counters, history };
}

const step = fc.constantFrom<Step>(
  'message',
  'sent',
  'delivered',
  'read',
  'failed',
  'edit',
  'react',
  'unreact',
  'delete',
  'change',
);

test('any cutting and repeating of the log, with pages between, ends in the same state', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(14), fc.nat(14), fc.boolean()), { maxLength: 10 }),
      (steps, cuts) => {
        const log = logOf(steps);
        const end = START + log.length;
        using straight = openBench();
        synchronised(straight, conversation, [first, second]);
        straight.write.applyBatch(batch(log, START, end));
        // Every third event somebody wants to go first.
        let asked = 0;
        using crooked = openBench({
          part: 0,
          wanted: () => (asked += 1) % 3 === 0,
          give: () => undefined,
        });
        synchronised(crooked, conversation, [first, second]);
        for (const [from, length, page] of cuts) {
          const start = START + Math.min(from, log.length);
          const before = readSyncState(crooked.db).cursor;
          const outcome = crooked.write.applyBatch(batch(log, start, Math.min(start + length, end)));
          const { cursor } = readSyncState(crooked.db);
          expect(cursor).toBeGreaterThanOrEqual(before);
          expect(outcome.gap).toBe(start > before);
          if (!page) continue;
          // An old page that says what was true when the first sync began: stale, or without effect.
          crooked.write.applyPage({
            type: 'conversation',
            request: { conversationId: conversation.id, cursor: null, limit: 5 },
            page: { asOf: START, messages: [second, first], notes: [], next: null },
          });
        }
        const { cursor } = readSyncState(crooked.db);
        crooked.write.applyBatch(batch(log, cursor, end));
        crooked.db.run`UPDATE conversations SET history = 'first_sync'`;
        expect(stateOf(crooked)).toEqual(stateOf(straight));
        // Once more from the beginning, as after a lost ack.
        crooked.write.applyBatch(batch(log, START, end));
        expect(stateOf(crooked)).toEqual(stateOf(straight));
      },
    ),
    { numRuns: 25 },
  );
});
