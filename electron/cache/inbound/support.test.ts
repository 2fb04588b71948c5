import { expect, test } from 'vitest';
import { conversationOf, openBench, synchronised } from '../../../test/support/cache-kit.ts';
import { newId } from '../../../shared/domain/id.ts';
import { readAudit, verifyAudit } from '../audit/chain.ts';

test('R000-8: what the gateway’s staff did is a line of the audit, once, without an actor of the workspace', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  const subjectId = newId();
  const access = { id: newId(), at: 5, by: 'support-17', what: 'files', subjectId, reason: 'Ticket 4711' };
  for (const seq of [11, 12]) {
    bench.write.applyBatch({
      from: seq - 1,
      to: seq,
      head: seq,
      events: [{ seq, at: seq, type: 'support.accessed', data: { access } }],
    });
  }
  expect(readAudit(bench.db, { before: null, limit: 10 })).toMatchObject([
    {
      seq: 1,
      at: 5,
      actorId: null,
      action: 'gateway.files',
      subjects: ['support-17', access.id, subjectId],
      reason: 'Ticket 4711',
    },
  ]);
  expect(verifyAudit(bench.db)).toEqual({ entries: 1, brokenAt: null });
});
