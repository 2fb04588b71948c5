/** What the simulator remembers of one customer: what they received, what they wrote, and whether they are typing. */
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { CastMember } from './cast.ts';

export type ReceivedMessage = {
  idempotencyKey: string;
  providerId: string;
  content: MessageContent;
  quotedProviderId: string | null;
  at: number;
};

export type SimulatedCustomer = {
  member: CastMember;
  /** Everything that was handed over, in order, each key once. */
  received: ReceivedMessage[];
  /** Ids of their own texts that may still be edited or taken back, newest last. */
  written: { providerId: string; body: string }[];
  /** An answer is being thought about or typed: a further message does not start a second one. */
  answering: boolean;
  /** How far the conversation has come: after a few answers they say goodbye. */
  answers: number;
  /** Messages since the last answer from the team: after a few they wait. */
  unanswered: number;
  /** What they have begun with, so that nobody asks the same twice in a row. */
  opened: Set<string>;
};

export type Customers = {
  of(channelId: string, externalId: string): SimulatedCustomer;
  /** Those who were cast, not those who came in from outside. */
  cast: readonly SimulatedCustomer[];
};

/** People who are not in the cast (from webhooks, from tests) receive and read, but have nothing to say. */
export function createCustomers(cast: readonly CastMember[]): Customers {
  const byKey = new Map<string, SimulatedCustomer>();
  const keyOf = (channelId: string, externalId: string): string => `${channelId} ${externalId}`;
  const fresh = (member: CastMember): SimulatedCustomer => ({
    member,
    received: [],
    written: [],
    answering: false,
    answers: 0,
    unanswered: 0,
    opened: new Set(),
  });
  const known = cast.map(fresh);
  for (const customer of known) {
    byKey.set(keyOf(customer.member.channelId, customer.member.party.identity.externalId), customer);
  }
  return {
    cast: known,
    of(channelId, externalId) {
      const key = keyOf(channelId, externalId);
      let customer = byKey.get(key);
      if (customer === undefined) {
        customer = fresh(stranger(channelId, externalId));
        byKey.set(key, customer);
      }
      return customer;
    },
  };
}

function stranger(channelId: string, externalId: string): CastMember {
  const identity = {
    channelKind: 'whatsapp',
    externalId,
    parentExternalId: null,
    phone: null,
    username: null,
  } as const;
  return {
    channelId,
    party: { identity, name: null },
    textOnly: false,
    temper: 'quick',
    openers: [],
    replies: [],
    thanks: [],
  };
}
