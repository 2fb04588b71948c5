import { expect, test } from 'vitest';
import { openBench } from '../../../test/support/cache-kit.ts';
import { readAudit, verifyAudit } from './chain.ts';

const entry = (at: number) => ({
  at,
  actorId: 'u',
  action: 'contacts.export',
  subjects: ['a', 'b'],
  counts: { contacts: 2 },
  reason: null,
});

test('entries are numbered and chained; read newest first', () => {
  using bench = openBench();
  for (const at of [1, 2, 3]) bench.write.appendAudit(entry(at));
  expect(readAudit(bench.db, { before: null, limit: 2 }).map(({ seq }) => seq)).toEqual([3, 2]);
  expect(readAudit(bench.db, { before: 2, limit: 2 })).toMatchObject([
    { seq: 1, previous: '0'.repeat(64), subjects: ['a', 'b'] },
  ]);
  expect(verifyAudit(bench.db)).toEqual({ entries: 3, brokenAt: null });
});

test.each([
  ["UPDATE audit SET reason = 'x' WHERE seq = 2", 2],
  ["UPDATE audit SET counts = '{}' WHERE seq = 3", 3],
  ['DELETE FROM audit WHERE seq = 2', 3],
  ['UPDATE audit SET at = 9 WHERE seq = 1', 1],
])('%s shows', (damage, brokenAt) => {
  using bench = openBench();
  for (const at of [1, 2, 3, 4]) bench.write.appendAudit(entry(at));
  bench.db.raw.exec(damage);
  expect(verifyAudit(bench.db).brokenAt).toBe(brokenAt);
});
