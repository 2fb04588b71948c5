/** `user_id_update[]`: Meta gave a person a new business-scoped user id. Source: Meta, "Business-scoped user IDs". */
import { z } from 'zod';
import { personOf } from './parties.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, reported } from './scope.ts';

const Pair = z.object({ previous: z.string().min(1), current: z.string().min(1) });
const Update = z.object({
  wa_id: z.string().min(1).nullish().catch(null),
  user_id: Pair,
  parent_user_id: Pair.nullish().catch(null),
});

/** The old and the new id are one person; a number in the payload stays the id that we go by. */
export function userIdFacts(scope: Scope, raw: unknown): Mapped {
  const parsed = Update.safeParse(raw);
  if (!parsed.success) return reported(scope, 'misfit', 'user id update');
  const { wa_id: waId, user_id: userId, parent_user_id: parent } = parsed.data;
  const before = personOf({ waId: null, userId: userId.previous, parentUserId: parent?.previous }, []);
  const after = personOf({ waId, userId: userId.current, parentUserId: parent?.current }, scope.contacts);
  if (before === null || after === null) return reported(scope, 'misfit', 'user id update of nobody');
  return facts({
    type: 'identity',
    channelId: scope.channelId,
    previous: before.party.identity,
    party: after.party,
    same: true,
  });
}
