/**
 * Invariant: however the part of the log that is about contacts is cut, repeated and mixed with pages that are older, the cache ends in the
 * state that applying it once in order gives; the table, its keys and the ledger included.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { mergedContact } from '../../../shared/domain/merging.ts';
import { openRequest } from '../../../shared/domain/rights-desk.ts';
import {
  contactOf,
  conversationOf,
  me,
  messageOf,
  openBench,
  policy,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readSyncState } from '../store/sync-state.ts';

const START = 10;
const conversation = conversationOf();
const one = contactOf({ id: conversation.contactId, name: 'One', phone: '+4930111111', rev: 5 });
const two = contactOf({ name: 'Two', email: 'two@example.test', rev: 6 });
const both = { winner: one, loser: two, choices: {}, mergedBy: null, mergedAt: 7 };
const merge = { id: newId(), ...both, conversationIds: [], undoneAt: null };
const request = openRequest(
  {
    id: newId(),
    kind: 'access',
    contactId: one.id,
    way: 'mail',
    eu: false,
    receivedAt: 1,
    recordedAt: 1,
    recordedBy: me.id,
    timeZone: 'UTC',
  },
  policy,
);
const entry = {
  contactId: one.id,
  channelKind: null,
  method: 'paper',
  source: 'form',
  recordedBy: null,
} as const;
const fieldId = newId();

type Step =
  | 'rename'
  | 'bulk'
  | 'delete'
  | 'restrict'
  | 'merge'
  | 'unmerge'
  | 'apart'
  | 'together'
  | 'consent'
  | 'field'
  | 'rights'
  | 'message'
  | 'erase';
type Event = { seq: number; at: number; type: string; data: unknown };

function eventsOf(step: Step, seq: number): [type: string, data: unknown] {
  const rev = seq;
  switch (step) {
    case 'rename':
      return ['contact.changed', { contact: { ...one, name: `Name ${seq}`, labelIds: [fieldId], rev } }];
    case 'bulk':
      return [
        'contacts.changed',
        {
          contacts: [one, two].map((each) => ({
            ...each,
            company: `C ${seq}`,
            fields: { [fieldId]: `v${seq}` },
            rev,
          })),
        },
      ];
    case 'delete':
      return ['contact.changed', { contact: { ...two, deleted: seq % 2 === 0, rev } }];
    case 'restrict':
      return [
        'contact.changed',
        { contact: { ...one, restriction: { since: seq, reason: 'asked', requestId: null }, rev } },
      ];
    case 'merge':
      return [
        'contacts.changed',
        {
          contacts: [
            { ...mergedContact(both), rev },
            { ...two, mergedInto: one.id, rev },
          ],
        },
      ];
    case 'unmerge':
      return ['contact.merged', { merge: { ...merge, undoneAt: seq % 2 === 0 ? seq : null, rev } }];
    case 'apart':
    case 'together':
      return ['contacts.kept_apart', { firstId: one.id, secondId: two.id, apart: step === 'apart' }];
    case 'consent':
      return [
        'consent.recorded',
        {
          entry: {
            ...entry,
            id: newIdOf(seq),
            purpose: 'service',
            state: seq % 2 === 0 ? 'given' : 'withdrawn',
            at: seq,
            recordedAt: seq,
            rev,
          },
        },
      ];
    case 'field':
      return [
        'field.changed',
        {
          field: {
            id: fieldId,
            name: `Field ${seq}`,
            type: 'text',
            choices: [],
            position: 0,
            deleted: false,
            rev,
          },
        },
      ];
    case 'rights':
      return ['rights.changed', { request: { ...request, details: `${seq}`, rev } }];
    case 'message': {
      const message = messageOf(conversation, `m ${seq}`, { id: newIdOf(seq), rev, sentAt: seq });
      const lastMessage = {
        id: message.id,
        kind: 'text',
        text: message.id,
        direction: 'in',
        status: null,
        at: seq,
      };
      return [
        'message.created',
        { message, conversation: { ...conversation, lastMessage, activeAt: seq, rev } },
      ];
    }
    case 'erase':
      return [
        'contact.erased',
        { contactId: one.id, conversationIds: [conversation.id], requestId: null, erasedAt: seq },
      ];
  }
}

const made = new Map<number, string>();
function newIdOf(seq: number): string {
  const id = made.get(seq) ?? newId();
  made.set(seq, id);
  return id;
}

function batch(log: Event[], from: number, to: number) {
  return {
    from,
    to,
    head: START + log.length,
    events: log.filter((event) => event.seq > from && event.seq <= to),
  };
}

function stateOf({ db }: Bench): unknown {
  const byId = 'ORDER BY 1, 2, 3';
  const of = (sql: string): unknown[] => db.raw.prepare(`${sql} ${byId}`).all();
  return {
    contacts: of('SELECT id, json, base FROM contacts'),
    people: of(
      'SELECT c.id, p.name, p.company, p.phone, p.email, p.updated_at, p.last_message_at, p.conversations, p.restricted, p.service, p.digits FROM people p JOIN contacts c USING (ref)',
    ),
    labels: of('SELECT c.id, label_id, 1 FROM contact_labels l JOIN contacts c USING (ref)'),
    values: of('SELECT c.id, field_id, value FROM contact_values v JOIN contacts c USING (ref)'),
    keys: of('SELECT c.id, kind, key FROM contact_keys k JOIN contacts c USING (ref)'),
    index: of(
      "SELECT c.id, 1, 1 FROM contact_index i JOIN contacts c ON c.ref = i.rowid WHERE contact_index MATCH 'name* OR one* OR two*'",
    ),
    identities: of('SELECT channel_kind, external_id, contact_id FROM identities'),
    ledger: of('SELECT id, contact_id, json FROM consents'),
    merges: of('SELECT id, undone_at, json FROM merges'),
    apart: of('SELECT first_id, second_id, apart FROM kept_apart'),
    rights: of('SELECT id, json, 1 FROM rights'),
    fields: of("SELECT id, json, 1 FROM directory WHERE kind = 'field'"),
    erased: of('SELECT id, kind, at FROM erased'),
    conversations: of('SELECT id, contact_name, json FROM conversations'),
  };
}

const step = fc.constantFrom<Step>(
  'rename',
  'bulk',
  'delete',
  'restrict',
  'merge',
  'unmerge',
  'apart',
  'together',
  'consent',
  'field',
  'rights',
  'message',
  'erase',
);

function begun(): Bench {
  const bench = openBench();
  synchronised(bench, conversation, [], { contact: one });
  bench.write.applyPage({ type: 'contacts', page: { asOf: START, contacts: [two], next: 'more' } });
  return bench;
}

test('any cutting and repeating of the log, with older pages between, ends in the same state', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(14), fc.nat(14), fc.boolean()), { maxLength: 8 }),
      (steps, cuts) => {
        const log = steps.map((each, index): Event => {
          const seq = START + 1 + index;
          const [type, data] = eventsOf(each, seq);
          return { seq, at: seq, type, data };
        });
        const end = START + log.length;
        using straight = begun();
        straight.write.applyBatch(batch(log, START, end));
        using crooked = begun();
        for (const [from, length, page] of cuts) {
          const start = START + Math.min(from, log.length);
          crooked.write.applyBatch(batch(log, start, Math.min(start + length, end)));
          if (page)
            crooked.write.applyPage({
              type: 'contacts',
              page: { asOf: START, contacts: [one, two], next: 'more' },
            });
        }
        crooked.write.applyBatch(batch(log, readSyncState(crooked.db).cursor, end));
        expect(stateOf(crooked)).toEqual(stateOf(straight));
        crooked.write.applyBatch(batch(log, START, end));
        expect(stateOf(crooked)).toEqual(stateOf(straight));
      },
    ),
    { numRuns: 40 },
  );
});
