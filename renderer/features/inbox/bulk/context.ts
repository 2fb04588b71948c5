import { createContext, useContext } from 'react';
import type { Triage } from './triage.ts';

const TriageContext = createContext<Triage | null>(null);

export const TriageProvider = TriageContext.Provider;

/** What can be done with conversations, for the inbox that is shown. */
export function useTriage(): Triage {
  const triage = useContext(TriageContext);
  if (triage === null) throw new Error('useTriage outside of the inbox');
  return triage;
}
