import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import type { LibraryItem } from '../../../shared/domain/library.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { conversationOf, me, openBench, snapshotAt, synchronised } from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readStandings } from '../read/conversation.ts';
import { readDump } from '../read/diagnostics.ts';
import { readLibrary } from './library.ts';

const canned = (body: string, fields: Partial<LibraryItem> = {}): LibraryItem => ({
  id: 'item',
  scope: 'personal',
  ownerId: me.id,
  content: { kind: 'canned_reply', shortcut: 'hi', title: 'Hi', folder: '', body },
  deleted: false,
  rev: 11,
  ...fields,
});

function changed(bench: Bench, seq: number, item: LibraryItem): void {
  const event = { seq, at: 1, type: 'library.changed', data: { item: { ...item, rev: seq } } };
  bench.write.applyBatch({ from: seq - 1, to: seq, head: seq, events: [event] });
}

function keep(bench: Bench, command: Command): void {
  bench.write.enqueue({ command, me: me.id, now: 5 });
  bench.write.showKept();
}

const save = (id: string, item: LibraryItem): Command => ({
  id,
  type: 'library.save',
  data: { itemId: item.id, scope: item.scope, content: item.content },
});

test('an item is shown when it is saved, follows what the gateway says, and a refusal takes the change back', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  keep(bench, save('c1', canned('mine')));
  expect(readLibrary(bench.db)).toEqual([canned('mine', { rev: 0 })]);
  bench.write.markSending({ ids: ['c1'] });
  bench.write.settle([{ id: 'c1', outcome: 'acked', seq: 11 }]);
  changed(bench, 11, canned('mine'));
  expect(readLibrary(bench.db)).toEqual([canned('mine')]);
  keep(bench, save('c2', canned('changed')));
  changed(bench, 12, canned('from the other desktop'));
  expect(readLibrary(bench.db)[0]?.content).toMatchObject({ body: 'changed' });
  const error = { kind: 'forbidden' as const, retry: 'never' as const, afterMs: null, message: '' };
  const changes = bench.write.settle([{ id: 'c2', outcome: 'refused', error }]);
  expect(changes.library).toBe(true);
  expect(readLibrary(bench.db)[0]?.content).toMatchObject({ body: 'from the other desktop' });
  keep(bench, { id: 'c3', type: 'library.delete', data: { itemId: 'item' } });
  expect(readLibrary(bench.db)).toEqual([]);
  expect(bench.write.withdraw({ ids: ['c3'] }).withdrawn).toEqual(['c3']);
  expect(readLibrary(bench.db)).toHaveLength(1);
});

test('what is pending is shown again after everything else was thrown away', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  keep(bench, save('c1', canned('mine')));
  bench.write.clear({ discardUnsent: false });
  expect(readLibrary(bench.db)).toEqual([]);
  synchronised(bench, conversationOf(), []);
  expect(readLibrary(bench.db)).toEqual([canned('mine', { rev: 0 })]);
});

test('a pin marks its conversation, also one that comes later, and goes with what is taken back', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const pin = canned('', { id: 'pin', content: { kind: 'pin', conversationId: conversation.id } });
  const pinId = () => readStandings(bench.db, { ids: [conversation.id] })[0]?.pinId;
  bench.write.applySnapshot({ ...snapshotAt(10), library: [pin] });
  synchronised(bench, conversation, []);
  expect(pinId()).toBeNull();
  keep(bench, save('c1', pin));
  expect(pinId()).toBe('pin');
  bench.write.withdraw({ ids: ['c1'] });
  expect(pinId()).toBeNull();
  changed(bench, 11, pin);
  expect(pinId()).toBe('pin');
  changed(bench, 12, { ...pin, deleted: true });
  expect(pinId()).toBeNull();
});

test('a contact that was made here is shown until the gateway has it, and goes when it is refused', () => {
  using bench = openBench();
  synchronised(bench, conversationOf(), []);
  const contactId = newId();
  const change = { contactId, create: true, patch: { name: 'New Person', phone: '+491', email: null } };
  keep(bench, { id: 'c1', type: 'contacts.change', data: { changes: [change], importId: null } });
  const found = () => readDump(bench.db).contacts.find((contact) => contact.id === contactId);
  expect(found()).toMatchObject({ name: 'New Person', phone: '+491', rev: 0 });
  const error = { kind: 'conflict' as const, retry: 'never' as const, afterMs: null, message: '' };
  bench.write.settle([{ id: 'c1', outcome: 'refused', error }]);
  expect(found()).toBeUndefined();
});
