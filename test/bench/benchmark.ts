/** What a benchmark is, and what it is given. */
import type { Figure } from './measure.ts';
import type { DatasetSize } from './dataset.ts';

export type BenchOptions = {
  quick: boolean;
  rounds: number;
  /** Size of the large data, and of the tenth that it is compared with. */
  large: DatasetSize;
  small: DatasetSize;
  /** Folder of the kept data files. */
  kept: string;
  /** Folder for this run alone; removed at its end. */
  scratch: string;
};

export type Benchmark = {
  title: string;
  /** `say` tells progress on stderr. `skip` instead of figures says why nothing could be measured. */
  run(options: BenchOptions, say: (line: string) => void): Promise<Figure[] | { skipped: string }>;
};

/** By name, in the order in which they run. Loaded one by one, each in a process of its own. */
export const benchmarks: Record<string, () => Promise<{ benchmark: Benchmark }>> = {
  'open-conversation': () => import('./open-conversation.ts'),
  list: () => import('./list.ts'),
  search: () => import('./search.ts'),
  ingest: () => import('./ingest.ts'),
  'reader-under-sync': () => import('./reader-under-sync.ts'),
  outbox: () => import('./outbox.ts'),
  'first-sync': () => import('./first-sync.ts'),
  start: () => import('./start.ts'),
  page: () => import('./page.ts'),
  typing: () => import('./typing.ts'),
  palette: () => import('./palette.ts'),
  bulk: () => import('./bulk.ts'),
  lock: () => import('./lock.ts'),
  purge: () => import('./purge.ts'),
  backup: () => import('./backup.ts'),
  memory: () => import('./memory.ts'),
  contacts: () => import('./contacts.ts'),
  'contacts-page': () => import('./contacts-page.ts'),
  imports: () => import('./imports.ts'),
};
