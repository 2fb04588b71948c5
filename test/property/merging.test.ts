/** The rules of merging by themselves, as the desktop lays them over what it has; test/property/gateway-merge.test.ts holds the gateway to them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Contact } from '../../shared/domain/contact.ts';
import { mergedContact, unmergedLoser, unmergedWinner } from '../../shared/domain/merging.ts';

const word = fc.constantFrom('Ana', 'Ben', 'Cleo', 'Dara');
const phone = fc.constantFrom('+4930111', '+4930222', '+4930333');
const email = fc.constantFrom('a@x.org', 'b@x.org', 'c@x.org');
const further = <T extends string>(values: fc.Arbitrary<T>, first: T | null) =>
  fc.uniqueArray(
    values.filter((value) => value !== first),
    { maxLength: 2 },
  );
const provenance = fc.record({ source: fc.constant('agent' as const), by: word, at: fc.nat(9) });

function contact(id: string, identities: Contact['identities']): fc.Arbitrary<Contact> {
  return fc.record({ phone: fc.option(phone), email: fc.option(email) }).chain((first) =>
    fc.record({
      id: fc.constant(id),
      name: word,
      company: fc.option(word),
      phone: fc.constant(first.phone),
      phones: further(phone, first.phone),
      email: fc.constant(first.email),
      emails: further(email, first.email),
      language: fc.option(fc.constantFrom('de', 'pt')),
      timeZone: fc.option(fc.constantFrom('Europe/Berlin', 'UTC')),
      fields: fc.dictionary(fc.constantFrom('plan', 'size'), word, { noNullPrototype: true }),
      labelIds: fc.uniqueArray(fc.constantFrom('vip', 'late', 'new')),
      note: fc.constantFrom('', 'one', 'two'),
      consent: fc.oneof(
        fc.constant({ state: 'unknown' as const, at: null, source: null }),
        fc.record({
          state: fc.constantFrom('opted_in' as const, 'opted_out' as const),
          at: fc.nat(9),
          source: word,
        }),
      ),
      blocked: fc.boolean(),
      restriction: fc.constant(null),
      identities: fc.constant(identities),
      provenance: fc.dictionary(fc.constantFrom('name', 'phone', 'field:plan'), provenance, {
        noNullPrototype: true,
      }),
      mergedInto: fc.constant(null),
      deleted: fc.constant(false),
      createdAt: fc.nat(9),
      updatedAt: fc.nat(9),
      rev: fc.nat(9),
    }),
  );
}

const identity = (externalId: string) => ({
  channelKind: 'whatsapp' as const,
  externalId,
  parentExternalId: null,
  phone: null,
  username: null,
});
const side = fc.constantFrom('winner' as const, 'loser' as const);
const choices = fc.dictionary(
  fc.constantFrom('name', 'company', 'phone', 'email', 'note', 'field:plan'),
  side,
  {
    noNullPrototype: true,
  },
);

test('merge then undo is the identity, whatever the two are and whichever values were chosen', () => {
  fc.assert(
    fc.property(
      contact('winner', [identity('1')]),
      contact('loser', [identity('2'), identity('3')]),
      choices,
      (winner, loser, chosen) => {
        const merge = { winner, loser, choices: chosen, mergedBy: 'me', mergedAt: 20 };
        const now = mergedContact(merge);
        expect(unmergedWinner(merge, now)).toEqual(winner);
        expect(unmergedLoser(merge, now)).toEqual(loser);
      },
    ),
    { numRuns: 500 },
  );
});
