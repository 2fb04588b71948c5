import type { WritableDb } from '../sql.ts';
import type { Indexer } from '../search/indexer.ts';
import type { Changes } from './changes.ts';
import type { OutboxIndex } from './outbox-index.ts';
import type { Sequence } from './sequence.ts';

/** What one transaction of the writer works with. `epoch`: number of the current first sync. */
export type Tx = {
  db: WritableDb;
  sequence: Sequence;
  indexer: Indexer;
  outbox: OutboxIndex;
  changes: Changes;
  epoch: number;
  /** Who is signed in; null before the first sign-in. */
  me: string | null;
  /** Hours of the answering window by channel, as far as this transaction has asked. */
  windows: Map<string, number | null>;
};
