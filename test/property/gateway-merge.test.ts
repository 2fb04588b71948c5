/**
 * Invariants of merging, over random people and random changes:
 * - merged and undone at once, both records, all conversations and all identities are what they were;
 * - undone after changes, the loser's record is what it was (but for withdrawals and restrictions, which hold for both), and the winner's
 *   keeps what was changed where the merge had not touched it;
 * - of several merges undone in any order, everybody is apart again in the end;
 * - lines of the ledger are added, never changed and never lost.
 *
 * Real: the store. A merge is undone through the same function as the command.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../gateway/store/store.ts';
import type { Store } from '../../gateway/store/store.ts';
import type { ConsentEntry } from '../../shared/domain/consent.ts';
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import { newId } from '../../shared/domain/id.ts';
import { mergedContact } from '../../shared/domain/merging.ts';
import { channelFields, inboundFact } from '../support/gateway-kit.ts';

const seed = Number(process.env['PARLEY_SEED'] ?? Date.now() % 2 ** 31);
const T = 1_700_000_000_000;

const text = fc.constantFrom('a', 'b', 'c', null);
const phone = fc.constantFrom('+4915125550101', '+4915125550102', '+4915125550103', null);
const patch = fc.record(
  {
    name: fc.constantFrom('Ada', 'Bea', 'Cleo'),
    company: text,
    email: fc.constantFrom('a@x.example', 'b@x.example', null),
    emails: fc.subarray(['c@x.example', 'd@x.example', 'a@x.example']),
    phone,
    phones: fc.subarray(['+4915125550104', '+4915125550101']),
    language: fc.constantFrom('de', 'en', null),
    note: fc.constantFrom('', 'note', 'other note'),
    labelIds: fc.subarray(['l1', 'l2', 'l3']),
    fields: fc.dictionary(fc.constantFrom('f1', 'f2'), fc.constantFrom('1', '2')),
    blocked: fc.boolean(),
    restriction: fc.constantFrom(null, { since: 1, reason: 'r', requestId: null }),
  },
  { requiredKeys: [] },
);
const choices = fc.dictionary(
  fc.constantFrom('name', 'company', 'email', 'phone', 'note', 'field:f1'),
  fc.constantFrom('winner' as const, 'loser' as const),
);
const person = fc.record({ patch, talks: fc.subarray([0, 1] as const) });

type World = { store: Store; ws: number; channels: string[]; ids: string[] };

function open(people: readonly { patch: Partial<Contact>; talks: readonly number[] }[]): World {
  const store = openStore(':memory:');
  const { ws } = store.createWorkspace('A');
  const channels = ['100', '200'].map(
    (number) => store.channels.create(ws, channelFields(number, number, 24)).id,
  );
  const ids = people.map(({ patch: fields, talks }, index) => {
    const identity = identityOf(`${index}0000`);
    const { id } = store.contacts.create(ws, { name: 'Nobody', identities: [identity], ...fields }, T);
    for (const channel of talks) say({ store, ws, channels, ids: [] }, `${index}0000`, channel, T);
    return id;
  });
  return { store, ws, channels, ids };
}

function identityOf(externalId: string): Identity {
  return {
    channelKind: 'whatsapp',
    externalId,
    parentExternalId: null,
    phone: `+${externalId}`,
    username: null,
  };
}

function say({ store, channels }: World, from: string, channel: number, at: number, words = 'hello'): void {
  const fact = inboundFact(channels[channel]!, from, words, { at });
  store.ingest([fact], { provider: 'test', body: newId(), receivedAt: at });
}

/** Everything about the people that merging may touch, without numbers of the log. */
function picture({ store, ws, ids }: World): object {
  return ids.map((id) => {
    const { rev: _rev, updatedAt: _at, ...contact } = store.contacts.get(ws, id)!;
    const talks = store.conversations.allOf(id).map(({ conversation }) => conversation.id);
    const identities = [...store.contacts.homesOf(id)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { contact, talks, identities };
  });
}

function merge(
  world: World,
  winner: string,
  loser: string,
  picks: Record<string, 'winner' | 'loser'>,
  at: number,
) {
  const { store, ws } = world;
  const id = newId(at);
  const records = { winner: store.contacts.get(ws, winner)!, loser: store.contacts.get(ws, loser)! };
  store.merges.merge(ws, { id, ...records, choices: picks, mergedBy: 'u' }, at);
  return id;
}

function unmerge({ store, ws }: World, id: string, at: number): void {
  store.merges.unmerge(ws, store.merges.get(id)!.merge, at);
}

function check<T>(property: fc.IProperty<T>, numRuns: number): void {
  console.log(`seed ${seed} (PARLEY_SEED repeats it)`);
  fc.assert(property, { seed, numRuns });
}

test('merge then undo is the identity', () => {
  check(
    fc.property(person, person, choices, (first, second, picks) => {
      const world = open([first, second]);
      try {
        const before = picture(world);
        const id = merge(world, world.ids[0]!, world.ids[1]!, picks, T + 1);
        unmerge(world, id, T + 2);
        expect(picture(world)).toEqual(before);
      } finally {
        world.store.close();
      }
    }),
    150,
  );
});

const SCALARS = ['name', 'company', 'email', 'phone', 'language', 'note'] as const;

test('with changes in between, what the merge had not touched stays as it is now', () => {
  check(
    fc.property(
      person,
      person,
      choices,
      fc.array(patch, { maxLength: 4 }),
      (first, second, picks, changes) => {
        const world = open([first, second]);
        const { store, ws, ids } = world;
        const [winnerId, loserId] = ids as [string, string];
        try {
          const [winner, loser] = [store.contacts.get(ws, winnerId)!, store.contacts.get(ws, loserId)!];
          const id = merge(world, winnerId, loserId, picks, T + 1);
          const { merge: made } = store.merges.get(id)!;
          const merged = mergedContact(made);
          changes.forEach((fields, index) => {
            store.contacts.save(
              ws,
              { ...store.contacts.get(ws, winnerId)!, ...(fields as Partial<Contact>) },
              T + 2 + index,
            );
          });
          // Somebody writes from either side meanwhile, and a number changes.
          say(world, '00000', 0, T + 10);
          say(world, '10000', 1, T + 11);
          const moved = { identity: identityOf('19999'), name: null };
          const channelId = world.channels[0]!;
          store.ingest([{ type: 'identity', channelId, previous: identityOf('10000'), party: moved }], {
            provider: 'test',
            body: newId(),
            receivedAt: T + 12,
          });
          const now = store.contacts.get(ws, winnerId)!;
          unmerge(world, id, T + 20);
          const [after, back] = [store.contacts.get(ws, winnerId)!, store.contacts.get(ws, loserId)!];
          for (const key of SCALARS) {
            expect({ [key]: after[key] }).toEqual({
              [key]: merged[key] === winner[key] ? now[key] : winner[key],
            });
            expect({ [key]: back[key] }).toEqual({ [key]: loser[key] });
          }
          expect(back).toMatchObject({
            fields: loser.fields,
            labelIds: loser.labelIds,
            phones: loser.phones,
          });
          expect(back.identities.map(({ externalId }) => externalId)).toEqual(['10000', '19999']);
          expect(after.identities.map(({ externalId }) => externalId)).toEqual(['00000']);
          const added = merged.labelIds.filter((label) => !winner.labelIds.includes(label));
          expect(after.labelIds).toEqual(
            JSON.stringify(now.labelIds) === JSON.stringify(merged.labelIds)
              ? winner.labelIds
              : now.labelIds.filter((label) => !added.includes(label)),
          );
          // Each goes on where it was, or begins its own conversation.
          const owner = (from: string) => store.contacts.find(ws, 'whatsapp', from)!.id;
          expect([owner('00000'), owner('10000'), owner('19999')]).toEqual([winnerId, loserId, loserId]);
          for (const contactId of ids) {
            for (const { conversation, home } of store.conversations.allOf(contactId)) {
              expect([conversation.contactId, home]).toEqual([contactId, contactId]);
            }
          }
        } finally {
          world.store.close();
        }
      },
    ),
    150,
  );
});

test('several merges, undone in any order, leave everybody as they were', () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(3), choices), { minLength: 1, maxLength: 4 });
  const people = fc.tuple(person, person, person, person);
  check(
    fc.property(people, steps, fc.infiniteStream(fc.nat(5)), (all, merges, order) => {
      const world = open(all);
      const { store, ws, ids } = world;
      try {
        const before = picture(world);
        const open = merges.flatMap(([one, other, picks], index) => {
          const [winner, loser] = [ids[one]!, ids[other]!];
          const free = [winner, loser].every((id) => store.contacts.get(ws, id)?.mergedInto === null);
          return free && winner !== loser ? [merge(world, winner, loser, picks, T + 1 + index)] : [];
        });
        for (let at = T + 100; open.length > 0; at += 1) {
          const [id] = open.splice(order.next().value % open.length, 1);
          unmerge(world, id!, at);
        }
        expect(picture(world)).toEqual(before);
      } finally {
        world.store.close();
      }
    }),
    150,
  );
});

test('the ledger only grows, whatever is merged, undone or said', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('say' as const), who: fc.nat(2), stop: fc.boolean() }),
    fc.record({ do: fc.constant('merge' as const), who: fc.nat(2), into: fc.nat(2) }),
    fc.record({ do: fc.constant('undo' as const) }),
  );
  check(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      const nobody = { patch: {}, talks: [] };
      const world = open([nobody, nobody, nobody]);
      const { store, ws, ids } = world;
      const lines = () =>
        new Map(
          store.db
            .prepare<{ id: string; state: string }>('SELECT id, state FROM consents')
            .all()
            .map((row) => [row.id, row.state]),
        );
      const open_: string[] = [];
      try {
        let known = lines();
        steps.forEach((now, index) => {
          const at = T + 1 + index * 1_000;
          if (now.do === 'say') say(world, `${now.who}0000`, 0, at, now.stop ? 'STOP' : 'START');
          else if (now.do === 'undo') {
            const id = open_.pop();
            if (id !== undefined) unmerge(world, id, at);
          } else {
            const [winner, loser] = [ids[now.into]!, ids[now.who]!];
            const free = [winner, loser].every((id) => store.contacts.get(ws, id)?.mergedInto === null);
            if (free && winner !== loser) open_.push(merge(world, winner, loser, {}, at));
          }
          const after = lines();
          for (const [id, state] of known) expect(after.get(id)).toBe(state);
          known = after;
          // The short form of everybody is what the ledger says last.
          for (const id of ids) {
            const contact = store.contacts.get(ws, id)!;
            if (contact.mergedInto !== null) continue;
            const last = store.consents
              .of(id)
              .reduce<ConsentEntry | null>(
                (best, entry) =>
                  best === null || entry.at > best.at || (entry.at === best.at && entry.state === 'withdrawn')
                    ? entry
                    : best,
                null,
              );
            const state = last === null ? 'unknown' : last.state === 'given' ? 'opted_in' : 'opted_out';
            expect(contact.consent.state).toBe(state);
          }
        });
      } finally {
        store.close();
      }
    }),
    100,
  );
});
