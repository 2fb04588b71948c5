/** After two were parted, nobody is kept who is not in sight: the gateway tells again of those who are. */
import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { mergedContact } from '../../../shared/domain/merging.ts';
import {
  contactOf,
  conversationOf,
  me,
  openBench,
  plainPages,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';

const winner = contactOf({ name: 'Winner', createdAt: 1 });
const loser = contactOf({ name: 'Loser', email: 'quagloser@example.test', createdAt: 2 });
const both = { winner, loser, choices: {}, mergedBy: me.id, mergedAt: 20 };
const entry = {
  id: newId(),
  contactId: winner.id,
  purpose: 'service',
  channelKind: null,
  state: 'given',
  at: 1,
  method: 'paper',
  source: 'form',
  recordedBy: me.id,
  recordedAt: 1,
  rev: 11,
};

/** Merged; the only conversation here is the loser's. */
function merged() {
  const bench = openBench();
  synchronised(bench, conversationOf(), []);
  let seq = 10;
  const apply = (...events: [type: string, data: (rev: number) => unknown][]) => {
    const from = seq;
    const numbered = events.map(([type, data]) => ({ seq: ++seq, at: seq, type, data: data(seq) }));
    const { quarantined } = bench.write.applyBatch({ from, to: seq, head: seq, events: numbered });
    expect(quarantined).toBe(0);
  };
  const talk = conversationOf({ contactId: loser.id });
  const merge = { id: newId(), ...both, conversationIds: [talk.id] };
  apply(
    ['contacts.changed', (rev) => ({ contacts: [winner, loser].map((one) => ({ ...one, rev })) })],
    ['conversation.changed', (rev) => ({ conversation: { ...talk, rev } })],
    ['consent.recorded', (rev) => ({ entry: { ...entry, rev } })],
    ['contact.merged', (rev) => ({ merge: { ...merge, undoneAt: null, rev } })],
    ['contact.changed', (rev) => ({ contact: { ...loser, mergedInto: winner.id, rev } })],
    ['contact.changed', (rev) => ({ contact: { ...mergedContact(both), rev } })],
    ['conversation.changed', (rev) => ({ conversation: { ...talk, contactId: winner.id, rev } })],
  );
  const undone = ['contact.merged', (rev: number) => ({ merge: { ...merge, undoneAt: 30, rev } })] as const;
  const parted = ['contact.changed', (rev: number) => ({ contact: { ...loser, rev } })] as const;
  const moved = ['conversation.changed', (rev: number) => ({ conversation: { ...talk, rev } })] as const;
  return { bench, talk, apply, undone, parted, moved, head: () => seq };
}

function kept(bench: Bench): string[] {
  const ids = [winner.id, loser.id];
  const rows = bench.db.all<{ id: string; name: string }>`SELECT id, name FROM contacts ORDER BY name`;
  return rows.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
}

test('a merge is undone: the winner, out of sight, leaves', () => {
  const { bench, apply, undone, parted, moved } = merged();
  using _ = bench;
  expect(kept(bench)).toEqual(['Loser', 'Winner']);
  apply([...undone], [...parted], [...moved]);
  expect(kept(bench)).toEqual(['Loser']);
  expect(bench.db.all`SELECT 1 FROM consents WHERE contact_id = ${winner.id}`).toEqual([]);
});

test('also when a conversation that was begun since the merge moves away last', () => {
  const { bench, apply, undone, parted, moved } = merged();
  using _ = bench;
  const later = conversationOf({ contactId: winner.id });
  apply(['conversation.changed', (rev) => ({ conversation: { ...later, rev } })]);
  apply([...undone], [...parted], [...moved]);
  expect(kept(bench)).toEqual(['Loser', 'Winner']);
  apply(['conversation.changed', (rev) => ({ conversation: { ...later, contactId: loser.id, rev } })]);
  expect(kept(bench)).toEqual(['Loser']);
});

test('a winner who is in sight is told again and stays, with the ledger', () => {
  const { bench, apply, undone, parted, moved } = merged();
  using _ = bench;
  apply(
    [...undone],
    ['contact.changed', (rev) => ({ contact: { ...winner, rev } })],
    [...parted],
    ['consent.recorded', () => ({ entry })],
    [...moved],
  );
  expect(kept(bench)).toEqual(['Loser', 'Winner']);
  expect(bench.db.all`SELECT 1 FROM consents WHERE contact_id = ${winner.id}`).toHaveLength(1);
});

test('an undoing that is older than what is known of the winner changes nothing', () => {
  const { bench, apply, undone } = merged();
  using _ = bench;
  apply([undone[0], () => undone[1](5)]);
  expect(kept(bench)).toEqual(['Loser', 'Winner']);
});

test('the loser is erased after the undoing, of which the log says nothing any more: their data leaves with the winner', () => {
  const { bench, talk, apply, head } = merged();
  using _ = bench;
  const told = { contactIds: [winner.id], since: head() };
  apply([
    'contact.erased',
    () => ({ contactId: loser.id, conversationIds: [talk.id], requestId: null, erasedAt: 40, told }),
  ]);
  expect(kept(bench)).toEqual([]);
  expect(plainPages(bench).includes('quagloser')).toBe(false);
});

test('the same, with a winner who is in sight', () => {
  const { bench, talk, apply, head } = merged();
  using _ = bench;
  const told = { contactIds: [winner.id], since: head() };
  apply(
    ['contact.changed', (rev) => ({ contact: { ...winner, rev } })],
    [
      'contact.erased',
      () => ({ contactId: loser.id, conversationIds: [talk.id], requestId: null, erasedAt: 40, told }),
    ],
  );
  expect(kept(bench)).toEqual(['Winner']);
  expect(plainPages(bench).includes('quagloser')).toBe(false);
});

test('the winner is erased after the undoing: the loser, out of sight, leaves and may come back', () => {
  const { bench, talk, apply, head } = merged();
  using _ = bench;
  const told = { contactIds: [loser.id], since: head() };
  apply([
    'contact.erased',
    () => ({ contactId: winner.id, conversationIds: [], requestId: null, erasedAt: 40, told }),
  ]);
  expect(kept(bench)).toEqual([]);
  apply([
    'conversation.granted',
    (rev) => ({ conversation: { ...talk, rev }, contact: { ...loser, rev }, consents: [], merges: [] }),
  ]);
  expect(kept(bench)).toEqual(['Loser']);
  expect(bench.db.all`SELECT 1 FROM conversations WHERE id = ${talk.id}`).toHaveLength(1);
});
