import fc from 'fast-check';

/** How many customers there are. */
export const CONTACTS = 4;

const contact = fc.nat(CONTACTS - 1);
const channel = fc.nat(1);
/** One thing that people, customers or desktops do. */
export const step = fc.oneof(
  fc.record({ do: fc.constant('inbound' as const), contact, channel }),
  fc.record({
    do: fc.constant('assign' as const),
    contact,
    channel,
    to: fc.constantFrom('a', 'b', 'c', null),
    team: fc.constantFrom('one', 'two', null),
  }),
  fc.record({
    do: fc.constant('status' as const),
    contact,
    channel,
    to: fc.constantFrom('open', 'closed', 'snoozed'),
  }),
  fc.record({ do: fc.constant('reply' as const), contact, channel, by: fc.constantFrom('a', 'b', 'c', 's') }),
  fc.record({
    do: fc.constant('team' as const),
    team: fc.constantFrom('one', 'two'),
    members: fc.subarray(['a', 'b', 'c', 's'] as const),
    deleted: fc.nat(9).map((chance) => chance === 0),
  }),
  fc.record({ do: fc.constant('note' as const), contact, channel }),
  fc.record({
    do: fc.constant('small' as const),
    contact,
    channel,
    what: fc.constantFrom('edit', 'delete', 'react', 'unreact'),
  }),
  fc.record({ do: fc.constant('rename' as const), contact }),
  fc.record({ do: fc.constant('merge' as const), contact, other: contact }),
  fc.record({ do: fc.constant('unmerge' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('bulk' as const) }),
  fc.record({ do: fc.constant('stop' as const), contact, channel }),
  fc.record({ do: fc.constant('erase' as const), contact, chance: fc.nat(3) }),
  fc.record({ do: fc.constant('make' as const), by: fc.constantFrom('a', 'b', 's') }),
  fc.record({ do: fc.constant('look' as const), who: fc.nat(7), batches: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('page' as const), who: fc.nat(7), limit: fc.integer({ min: 1, max: 4 }) }),
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
