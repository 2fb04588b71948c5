import { create } from 'zustand';
import type { ContactSelection } from '../../../../shared/contract/contacts.ts';
import type { ContactFilter } from '../../../../shared/domain/contact-filter.ts';

/** The contract's bound for ids in one action. */
export const MOST_PICKED = 5_000;

/** `all`: everybody that fits, but for `ids`; else just `ids`. */
export interface Picked {
  readonly all: boolean;
  readonly ids: ReadonlySet<string>;
}

export const NOBODY: Picked = { all: false, ids: new Set() };

export function isPicked({ all, ids }: Picked, id: string): boolean {
  return all !== ids.has(id);
}

/** How many are picked of a table of `total`. */
export function pickedCount({ all, ids }: Picked, total: number): number {
  return all ? Math.max(0, total - ids.size) : ids.size;
}

/** One in or out. */
export function toggled(picked: Picked, id: string): Picked {
  const ids = new Set(picked.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: picked.all, ids };
}

/** With all of a range. */
export function extended(picked: Picked, range: ReadonlyArray<string>): Picked {
  const ids = new Set(picked.ids);
  for (const id of range) {
    if (picked.all) ids.delete(id);
    else if (ids.size < MOST_PICKED) ids.add(id);
  }
  return { all: picked.all, ids };
}

/** What an action is told. Null when nobody is picked. */
export function selectionOf(
  { all, ids }: Picked,
  asked: { readonly filter: ContactFilter; readonly query: string },
): ContactSelection | null {
  if (all) return { filter: asked.filter, query: asked.query, except: [...ids] };
  return ids.size === 0 ? null : { contactIds: [...ids] };
}

interface PickedState {
  readonly picked: Picked;
  pick(picked: Picked): void;
}

/** Whom the bulk bar is about. */
export const usePicked = create<PickedState>()((set) => ({
  picked: NOBODY,
  pick: (picked) => set({ picked }),
}));
