/** `type: system`: the person changed the number, or reinstalled WhatsApp (a new security identity). */
import { z } from 'zod';
import type { SystemEvent } from '../../../shared/domain/message-content.ts';
import type { ProviderFact } from '../provider.ts';
import { personOf } from './parties.ts';
import type { Person } from './parties.ts';
import type { Scope } from './scope.ts';
import type { MessageFrame } from './webhook-schema.ts';

const MaybeText = z.string().min(1).nullish().catch(null);

/** `new_wa_id` and `customer` are the older names of `wa_id` and the person. */
const System = z.object({
  body: z.string().catch(''),
  type: z.string().catch('other'),
  wa_id: MaybeText,
  new_wa_id: MaybeText,
  user_id: MaybeText,
  parent_user_id: MaybeText,
});

const EVENTS: Record<string, z.infer<typeof SystemEvent>> = {
  user_changed_number: 'number_changed',
  customer_changed_number: 'number_changed',
  user_changed_user_id: 'number_changed',
  customer_identity_changed: 'identity_changed',
  user_identity_changed: 'identity_changed',
};

/** A message for the thread, and before it, where the number changed, the fact that old and new are one person. */
export function systemFacts(
  scope: Scope,
  frame: MessageFrame,
  person: Person,
  raw: unknown,
  at: number,
): ProviderFact[] {
  const parsed = System.safeParse(raw);
  const system = parsed.success ? parsed.data : null;
  const event = EVENTS[system?.type ?? ''] ?? 'other';
  const renamed =
    event === 'number_changed'
      ? personOf(
          {
            waId: system?.wa_id ?? system?.new_wa_id,
            userId: system?.user_id,
            parentUserId: system?.parent_user_id ?? person.party.identity.parentExternalId,
          },
          [],
        )
      : null;
  const now = renamed === null ? person.party : { identity: renamed.party.identity, name: person.party.name };
  const change: ProviderFact[] =
    renamed === null
      ? []
      : [{ type: 'identity', channelId: scope.channelId, previous: person.party.identity, party: now }];
  return [
    ...change,
    {
      type: 'message',
      channelId: scope.channelId,
      party: now,
      direction: 'in',
      providerId: frame.id,
      dedupKey: [frame.id, 'system', at, event].join('|'),
      sentAt: at,
      content: { kind: 'system', event, text: system?.body ?? '' },
      quotedProviderId: null,
      forwarded: 'no',
      referral: null,
    },
  ];
}
