import { useMemo, useRef } from 'react';
import type { PresenceState } from '../../../../shared/protocol/ephemeral.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { useAround } from '../../../lib/stores/around.ts';
import type { Company } from './ConversationRow.tsx';

/** Returns who else is at a conversation; the same object as long as that does not change, so that rows need not render. */
export function useCompany(meId: string, lookup: Lookup): (conversationId: string) => Company | null {
  const viewing = useAround((state) => state.viewing);
  const typing = useAround((state) => state.typing);
  const known = useRef(new Map<string, Company>());
  return useMemo(() => {
    const names = (ids: ReadonlyArray<string> | undefined): string =>
      (ids ?? []).flatMap((id) => (id === meId ? [] : (lookup.users.get(id)?.name ?? []))).join(', ');
    return (conversationId: string): Company | null => {
      const here = typing.get(conversationId);
      const now = {
        looking: names(viewing.get(conversationId)),
        typing: names(here?.userIds),
        customerTyping: here?.contact === true,
      };
      if (now.looking === '' && now.typing === '' && !now.customerTyping) return null;
      const before = known.current.get(conversationId);
      if (before !== undefined && sameCompany(before, now)) return before;
      known.current.set(conversationId, now);
      return now;
    };
  }, [viewing, typing, meId, lookup]);
}

function sameCompany(a: Company, b: Company): boolean {
  return a.looking === b.looking && a.typing === b.typing && a.customerTyping === b.customerTyping;
}

/** Whether an assignee is known not to be there. Nothing known is nothing said: offline one knows of nobody. */
export function absentOf(
  assigneeId: string | null,
  presence: ReadonlyMap<string, PresenceState>,
): 'away' | 'offline' | null {
  const state = assigneeId === null ? undefined : presence.get(assigneeId);
  return state === 'away' || state === 'offline' ? state : null;
}
