/** Edits of contacts that were done here: seen at once, settled by the echo, taken back when refused. */
import { expect, test } from 'vitest';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { newId } from '../../../shared/domain/id.ts';
import { mergedContact } from '../../../shared/domain/merging.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import {
  channel,
  contactOf,
  conversationOf,
  me,
  openBench,
  sendCommand,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readOutboxDue } from '../outbox/line.ts';
import { readDirectory } from '../read/directory.ts';
import { Duplicates } from './read-duplicates.ts';
import { readContactIds, readContactsById } from './read-list.ts';
import { readContact } from './read-person.ts';
import { readRights } from './read-rights.ts';
import { PeopleTable } from './table.ts';

const NOW = 5_000;
const REFUSED = { kind: 'conflict' as const, retry: 'never' as const, afterMs: null, message: '' };
let seq = 10;

function apply(bench: Bench, ...events: [type: string, data: unknown][]): void {
  const from = seq;
  const numbered = events.map(([type, data]) => ({ seq: ++seq, at: seq, type, data }));
  bench.write.applyBatch({ from, to: seq, head: seq, events: numbered });
}

function withContacts(...contacts: Contact[]): Bench {
  const bench = openBench();
  seq = 10;
  synchronised(bench, conversationOf(), []);
  apply(bench, ['contacts.changed', { contacts: contacts.map((contact) => ({ ...contact, rev: 11 })) }]);
  return bench;
}

type Data<T extends Command['type']> = Extract<Command, { type: T }>['data'];

function keep<T extends Command['type']>(bench: Bench, type: T, data: Data<T>, now = NOW): string {
  const id = newId();
  bench.write.enqueue({ command: { id, type, data } as Command, me: me.id, now });
  while (bench.write.showKept());
  return id;
}

const shown = (bench: Bench, id: string): Contact | undefined => readContactsById(bench.db, { ids: [id] })[0];
const refuse = (bench: Bench, id: string) => bench.write.settle([{ id, outcome: 'refused', error: REFUSED }]);

function listed(bench: Bench): string[] {
  const sort = { by: 'name', descending: false } as const;
  return readContactIds(bench.db, new PeopleTable(bench.db), {
    filter: EVERYBODY,
    query: '',
    sort,
    now: NOW,
    offset: 0,
    limit: 99,
  });
}

test('an edit of many is seen at once, keeps its origin, and goes when it is refused', () => {
  const [one, two] = [contactOf({ name: 'One' }), contactOf({ name: 'Two', company: 'Old' })];
  using bench = withContacts(one, two);
  const before = [shown(bench, one.id), shown(bench, two.id)];
  const changes = [one, two].map(({ id }) => ({ contactId: id, create: false, patch: { company: 'New' } }));
  const id = keep(bench, 'contacts.change', { changes, importId: null });
  expect(shown(bench, one.id)).toMatchObject({
    company: 'New',
    provenance: { company: { source: 'agent', by: me.id } },
  });
  expect(readContact(bench.db, { id: two.id })).toMatchObject({
    contact: { company: 'New' },
    unsynced: true,
  });
  // The gateway's state may change under it.
  apply(bench, ['contact.changed', { contact: { ...two, name: 'Renamed', company: 'Old', rev: 12 } }]);
  expect(shown(bench, two.id)).toMatchObject({ name: 'Renamed', company: 'New' });
  expect(refuse(bench, id).people).toBe(true);
  expect(shown(bench, one.id)).toEqual(before[0]);
  expect(shown(bench, two.id)).toMatchObject({ name: 'Renamed', company: 'Old' });
});

test('the echo settles an edit, whether it comes before the answer or after it', () => {
  for (const echoFirst of [true, false]) {
    const one = contactOf({ name: 'One' });
    using bench = withContacts(one);
    const changes = [{ contactId: one.id, create: false, patch: { name: 'Uno' } }];
    const id = keep(bench, 'contacts.change', { changes, importId: null });
    const echo = () => apply(bench, ['contact.changed', { contact: { ...one, name: 'Uno', rev: 12 } }]);
    if (echoFirst) echo();
    bench.write.markSending({ ids: [id] });
    bench.write.settle([{ id, outcome: 'acked', seq: 12 }]);
    if (!echoFirst) {
      expect(shown(bench, one.id)?.name).toBe('Uno');
      echo();
    }
    expect(readContact(bench.db, { id: one.id })).toMatchObject({
      contact: { name: 'Uno', rev: 12 },
      unsynced: false,
    });
    expect(bench.db.get`SELECT count(*) AS n FROM outbox`).toEqual({ n: 0 });
  }
});

test('deleting and bringing back, restricting and lifting', () => {
  const one = contactOf({ name: 'One' });
  using bench = withContacts(one);
  const gone = keep(bench, 'contacts.delete', { contactIds: [one.id], deleted: true });
  expect(listed(bench)).not.toContain(one.id);
  refuse(bench, gone);
  expect(listed(bench)).toContain(one.id);
  keep(bench, 'contact.restrict', { contactId: one.id, restriction: { reason: 'asked', requestId: null } });
  expect(shown(bench, one.id)?.restriction).toEqual({ since: NOW, reason: 'asked', requestId: null });
  keep(bench, 'contact.restrict', { contactId: one.id, restriction: null });
  expect(shown(bench, one.id)?.restriction).toBeNull();
});

test('a merge here shows what the gateway will make of it; refused, both are as before', () => {
  const winner = contactOf({ name: 'Win', phone: '+4911111111', labelIds: [] });
  const loser = contactOf({ name: 'Lose', email: 'lose@example.test' });
  using bench = withContacts(winner, loser);
  const before = [shown(bench, winner.id), shown(bench, loser.id)];
  const mergeId = newId();
  const data = { mergeId, winnerId: winner.id, loserId: loser.id, choices: {} };
  const id = keep(bench, 'contact.merge', data);
  expect(shown(bench, winner.id)).toMatchObject({ name: 'Win', email: 'lose@example.test' });
  expect(listed(bench)).not.toContain(loser.id);
  const detail = readContact(bench.db, { id: loser.id });
  expect(detail).toMatchObject({
    contact: { id: winner.id },
    merges: [{ id: mergeId, loser: { name: 'Lose' } }],
  });
  // Undone before the gateway has heard of either.
  const undo = keep(bench, 'contact.unmerge', { mergeId });
  expect(shown(bench, winner.id)).toMatchObject({ email: null, identities: winner.identities });
  expect(listed(bench)).toContain(loser.id);
  expect(readContact(bench.db, { id: winner.id })?.merges).toEqual([]);
  refuse(bench, undo);
  expect(listed(bench)).not.toContain(loser.id);
  refuse(bench, id);
  expect([shown(bench, winner.id), shown(bench, loser.id)]).toEqual(before);
});

test('a merge of the gateway, in any order of its events, and its undoing', () => {
  const winner = contactOf({ name: 'Win' });
  const loser = contactOf({ name: 'Lose', email: 'lose@example.test' });
  const both = {
    winner: { ...winner, rev: 11 },
    loser: { ...loser, rev: 11 },
    choices: {},
    mergedBy: me.id,
    mergedAt: 20,
  };
  const merge = { id: newId(), ...both, conversationIds: [], undoneAt: null };
  const merged = mergedContact(both);
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ]) {
    using bench = withContacts(winner, loser);
    const events: [string, unknown][] = [
      ['contact.merged', { merge: { ...merge, rev: 12 } }],
      ['contact.changed', { contact: { ...merged, rev: 13 } }],
      ['contact.changed', { contact: { ...loser, mergedInto: winner.id, rev: 14 } }],
    ];
    apply(bench, ...order.map((at) => events[at] ?? (['', null] as [string, unknown])));
    expect(readContact(bench.db, { id: loser.id })).toMatchObject({
      contact: { id: winner.id, email: 'lose@example.test' },
      merges: [{ id: merge.id }],
    });
    // An older state that comes late changes nothing.
    apply(
      bench,
      ['contact.merged', { merge: { ...merge, undoneAt: 1, rev: 5 } }],
      ['contact.changed', { contact: { ...loser, rev: 6 } }],
    );
    expect(listed(bench)).not.toContain(loser.id);
    const undone = keep(bench, 'contact.unmerge', { mergeId: merge.id });
    expect(shown(bench, winner.id)).toMatchObject({ email: null });
    expect(listed(bench)).toContain(loser.id);
    refuse(bench, undone);
    apply(
      bench,
      ['contact.merged', { merge: { ...merge, undoneAt: 30, rev: 40 } }],
      ['contact.changed', { contact: { ...winner, rev: 41 } }],
      ['contact.changed', { contact: { ...loser, rev: 42 } }],
    );
    expect(listed(bench)).toContain(loser.id);
    expect(readContact(bench.db, { id: winner.id })).toMatchObject({ contact: { email: null }, merges: [] });
  }
});

test('the ledger has what was recorded here, and marketing follows; a refusal takes both back', () => {
  const one = contactOf({ name: 'One' });
  using bench = withContacts(one);
  const entry = {
    id: newId(),
    contactId: one.id,
    purpose: 'marketing',
    channelKind: null,
    state: 'withdrawn',
    at: 40,
    method: 'spoken',
    source: 'phone',
  } as const;
  const id = keep(bench, 'consent.record', { entry });
  expect(readContact(bench.db, { id: one.id })).toMatchObject({
    contact: { consent: { state: 'opted_out', at: 40 } },
    consents: [{ id: entry.id, recordedBy: me.id }],
    unsynced: true,
  });
  refuse(bench, id);
  expect(readContact(bench.db, { id: one.id })).toMatchObject({
    contact: { consent: { state: 'unknown' } },
    consents: [],
  });
  apply(bench, [
    'consent.recorded',
    { entry: { ...entry, purpose: 'service', recordedBy: null, recordedAt: 41, rev: 12 } },
  ]);
  const table = new PeopleTable(bench.db);
  const filter = {
    match: 'all',
    not: false,
    conditions: [{ on: 'consent', purpose: 'service', state: 'withdrawn' }],
  } as const;
  expect(table.count({ ...filter, conditions: [...filter.conditions] }, NOW)).toBe(1);
});

test('fields and requests that were saved here are read with the others, until refused', () => {
  using bench = withContacts(contactOf());
  const field = { id: newId(), name: 'Plan', type: 'text' as const, choices: [], position: 0 };
  const saved = keep(bench, 'field.save', { field });
  expect((JSON.parse(readDirectory(bench.db).text) as { fields: unknown[] }).fields).toMatchObject([
    { name: 'Plan', deleted: false },
  ]);
  refuse(bench, saved);
  expect((JSON.parse(readDirectory(bench.db).text) as { fields: unknown[] }).fields).toEqual([]);
  expect(readRights(bench.db, { contactId: null })).toEqual([]);
});

test('pairs that share a key are offered with their reasons; kept apart and restricted ones are not', () => {
  const one = contactOf({ name: 'Maria Lopez', phone: '+5511987654321' });
  const two = contactOf({ name: 'Someone Else', phone: '+551187654321' });
  const three = contactOf({ name: 'Maria Loppez' });
  using bench = withContacts(one, two, three);
  const duplicates = new Duplicates(bench.db);
  const pairs = () =>
    duplicates
      .read({ contactId: null, offset: 0, limit: 10 })
      .pairs.map((pair) => [pair.first.name, pair.second.name, ...pair.reasons]);
  const all = [
    ['Maria Lopez', 'Someone Else', 'phone_variant'],
    ['Maria Lopez', 'Maria Loppez', 'close_name'],
  ];
  expect(pairs()).toEqual(all);
  expect(duplicates.read({ contactId: three.id, offset: 0, limit: 10 }).total).toBe(1);
  const apart = keep(bench, 'contacts.keep_apart', { firstId: two.id, secondId: one.id, apart: true });
  expect(pairs()).toEqual([all[1]]);
  refuse(bench, apart);
  expect(pairs()).toEqual(all);
  apply(bench, ['contacts.kept_apart', { firstId: one.id, secondId: two.id, apart: true }]);
  expect(pairs()).toEqual([all[1]]);
  keep(bench, 'contact.restrict', { contactId: three.id, restriction: { reason: 'asked', requestId: null } });
  expect(pairs()).toEqual([]);
});

test('a conversation that is begun here is there at once, waits for its contact, and goes when it is refused', () => {
  using bench = withContacts();
  const contactId = newId();
  const make = keep(bench, 'contacts.change', {
    changes: [{ contactId, create: true, patch: { name: 'New' } }],
    importId: null,
  });
  const conversationId = newId();
  const start = newId();
  const begin = { conversationId, contactId, channelId: channel.id };
  bench.write.enqueue({
    command: { id: start, type: 'conversation.start', data: begin },
    me: me.id,
    now: NOW,
  });
  const send = sendCommand(conversationOf({ id: conversationId, contactId }), 'hello');
  bench.write.enqueue({ command: send, me: me.id, now: NOW });
  bench.write.showKept();
  expect(readContact(bench.db, { id: contactId })).toMatchObject({
    conversations: [{ id: conversationId, assigneeId: me.id, lastMessage: { text: 'hello' } }],
  });
  const due = () => readOutboxDue(bench.db, { now: NOW, limit: 9 }).due.map(({ command }) => command.id);
  expect(due()).toEqual([make]);
  bench.write.markSending({ ids: [make] });
  expect(due()).toEqual([]);
  bench.write.settle([{ id: make, outcome: 'acked', seq: 99 }]);
  expect(due()).toEqual([start]);
  refuse(bench, start);
  expect(readContact(bench.db, { id: contactId })).toMatchObject({
    conversations: [],
    contact: { name: 'New' },
  });
  expect(bench.db.get`SELECT state, error FROM outbox WHERE id = ${send.id}`).toEqual({
    state: 'held',
    error: 'not_found',
  });
});
