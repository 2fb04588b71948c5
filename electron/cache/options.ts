/** What a cache is opened with. */
import type { CrashAt } from './crash-points.ts';
import type { StandBy } from './stand-by.ts';

/** The workers' scripts are given by whoever starts the application: sources under Node, bundles under Electron. */
export type CacheWorkers = { writer: URL; reader: URL };

/** The `file` of a cache that is nowhere on the disk. */
export const MEMORY = ':memory:';

/** `key`: 32 bytes. `standBy`: threads that have loaded their code already. `readers`: how many threads besides the one for searches. */
export type OpenCacheOptions = {
  file: string;
  key: Uint8Array;
  workers: CacheWorkers;
  standBy?: StandBy | undefined;
  readers?: number;
  /** The key's fingerprint is the recorded one: then "not a database" means damaged, not a wrong key. */
  keyIsRight?: boolean;
  /** Called with each statement that took long, without its parameters, and the milliseconds. */
  onSlow?: (statement: string, ms: number) => void;
  /** Milliseconds after which a search is stopped with `too_slow` (3,000). */
  searchTimeoutMs?: number;
  /** Tests only: where the process is to die. */
  crashAt?: CrashAt;
};
