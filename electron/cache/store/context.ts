import type { KeptState } from '../retention/kept.ts';
import type { ErasedIds } from '../people/erased.ts';
import type { Touched } from '../people/touched.ts';
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
  /** People whose table row is written at the end. */
  people: Touched;
  /** Who was erased, and the conversations with them. */
  erased: ErasedIds;
  /** What may be stored at all, by its age. */
  kept: KeptState;
  /** Somebody was erased in this transaction: afterwards the journal is emptied and free pages are given back. */
  erasedNow: boolean;
  /** The profile, the workspace's rule or a hold has changed: what may be kept is worked out anew. */
  rulesChanged: boolean;
  /** Who is signed in; null before the first sign-in. */
  me: string | null;
  /** Hours of the answering window by channel, as far as this transaction has asked. */
  windows: Map<string, number | null>;
};
