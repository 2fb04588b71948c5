import { createContext, useContext } from 'react';
import type { Drafts } from '../../../lib/stores/drafts.ts';

const DraftsContext = createContext<Drafts | null>(null);

export const DraftsProvider = DraftsContext.Provider;

export function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error('useDrafts outside of the inbox');
  return drafts;
}
