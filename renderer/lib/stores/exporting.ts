import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract/calls.ts';

export type ExportScope = CallInput<'conversations.export'>['scope'];

interface Exporting {
  /** What the dialog asks about; null: it is closed. */
  readonly scope: ExportScope | null;
  ask(scope: ExportScope): void;
  close(): void;
}

/** The question in which form conversations are exported. It may lie over whatever is shown. */
export const useExporting = create<Exporting>()((set) => ({
  scope: null,
  ask: (scope) => set({ scope }),
  close: () => set({ scope: null }),
}));
