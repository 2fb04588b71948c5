import { expect, test } from 'vitest';
import { openBench } from '../../../test/support/cache-kit.ts';
import { readAudit, readAuditAfter, verifyAudit, verifyAuditPart } from './chain.ts';

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

test('asked for by kind, person and time', () => {
  using bench = openBench();
  const add = (at: number, action: string, actorId: string, subjects: string[]) =>
    bench.write.appendAudit({ ...entry(at), action, actorId, subjects });
  add(1, 'view.contact', 'maya', ['c1']);
  add(2, 'viewer', 'maya', ['c2']);
  add(3, 'view.conversation', 'ben', ['v1']);
  add(4, 'copy', 'ben', ['c1']);
  const seqs = (more: object) =>
    readAudit(bench.db, { before: null, limit: 9, ...more }).map(({ seq }) => seq);
  expect(seqs({ actions: ['view'] })).toEqual([3, 1]);
  expect(seqs({ actions: ['copy', 'view.contact'] })).toEqual([4, 1]);
  expect(seqs({ personId: 'c1' })).toEqual([4, 1]);
  expect(seqs({ personId: 'ben', actions: ['view'] })).toEqual([3]);
  expect(seqs({ from: 2, to: 4 })).toEqual([3, 2]);
});

test('checked in parts it tells the same as in one', () => {
  using bench = openBench();
  bench.write.appendAudits({ entries: [1, 2, 3, 4, 5].map(entry) });
  const first = verifyAuditPart(bench.db, { after: null, limit: 3 });
  expect(first).toMatchObject({ entries: 3, brokenAt: null, next: { seq: 3 } });
  expect(verifyAuditPart(bench.db, { after: first.next, limit: 3 })).toEqual({
    entries: 2,
    brokenAt: null,
    next: null,
  });
  bench.db.raw.exec("UPDATE audit SET counts = 'no json' WHERE seq = 4");
  expect(verifyAuditPart(bench.db, { after: first.next, limit: 3 }).brokenAt).toBe(4);
  expect(readAuditAfter(bench.db, { after: 1, limit: 2 }).map(({ seq }) => seq)).toEqual([2, 3]);
});
