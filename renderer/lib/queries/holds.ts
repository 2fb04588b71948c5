import type { HoldSubject, LegalHold } from '../../../shared/domain/legal-hold.ts';
import { holdsOn } from '../../../shared/domain/legal-hold.ts';
import { mayEditRetention } from '../../../shared/domain/retention-change.ts';
import { useDirectory, useReady } from './hooks.ts';

/** The holds that keep a conversation or all of a person, those on everything included. */
export function useHolds(subject: Omit<HoldSubject, 'class'>): LegalHold[] {
  const holds = useDirectory()?.holds ?? [];
  return holdsOn(holds, { class: 'log', ...subject });
}

/** Whether who is signed in may put and lift holds: by the same rule as the retention. */
export function useMayHold(): boolean {
  const { me } = useReady();
  const role = useDirectory()?.users.find(({ id }) => id === me.id)?.role ?? me.role;
  return mayEditRetention(role);
}
