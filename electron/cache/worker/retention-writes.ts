/** What the writer does for retention and space: purges in steps, files that go, free pages given back. */
import { adoptPrecious } from '../retention/carry.ts';
import { endVacuum, finishPurge, purgeStep, startPurge } from '../retention/purge.ts';
import { evict, markUsed, setPin } from '../retention/space.ts';
import type { Indexer } from '../search/indexer.ts';
import type { WritableDb } from '../sql.ts';
import type { Changes } from '../store/changes.ts';
import type { Tx } from '../store/context.ts';
import { SEQUENCE_MIDDLE } from '../store/sequence.ts';
import type { WriterMethods } from './writer.ts';

/** Steps of a purge between which the journal is moved into the file, so that no one step has to move all of it. */
const CHECKPOINT_AFTER = 4;
/** Pages given back at once. */
const GIVEN_BACK = 256;

type Names =
  | 'startPurge'
  | 'purgeStep'
  | 'finishPurge'
  | 'dropPurge'
  | 'setPin'
  | 'mediaUsed'
  | 'evict'
  | 'adopt'
  | 'compactStep'
  | 'rebuildIndex';

type Given = {
  db: WritableDb;
  /** One transaction, and what it changed. */
  write<T>(work: (tx: Tx) => T): { value: T; changes: Changes };
  indexer: Indexer;
  /** Reads anew what the writer knows of the file. */
  reload(): void;
};

export function retentionWrites({ db, write, indexer, reload }: Given): Pick<WriterMethods, Names> {
  let steps = 0;

  /** Gives some free pages back to the disk; once none is left, empties the journal. Answers whether there are more. */
  function giveBack(): boolean {
    const free = (): number => Number(db.raw.pragma('freelist_count', { simple: true }));
    db.raw.pragma(`incremental_vacuum(${GIVEN_BACK})`);
    if (free() > 0) return true;
    db.raw.pragma('wal_checkpoint(TRUNCATE)');
    return false;
  }

  return {
    startPurge: (plan) => void write((tx) => startPurge(tx, plan)),
    purgeStep: ({ budgetMs }) => {
      const { value: run, changes } = write((tx) => purgeStep(tx, budgetMs));
      steps += 1;
      if (run?.phase === 'vacuum') {
        if (!giveBack()) write(endVacuum);
      } else if (steps % CHECKPOINT_AFTER === 0) db.raw.pragma('wal_checkpoint(PASSIVE)');
      const phase = run?.phase ?? 'done';
      return { more: phase !== 'done', phase, changes: changes.toChangeSet() };
    },
    finishPurge: (receipt) => void write((tx) => finishPurge(tx, receipt)),
    dropPurge: ({ id }) => void write(() => db.run`DELETE FROM purges WHERE id = ${id}`),
    setPin: (input) => void write((tx) => setPin(tx, input)),
    mediaUsed: (input) => void write((tx) => markUsed(tx, input)),
    evict: (input) => write((tx) => evict(tx, input)).changes.toChangeSet(),
    adopt: (rows) => {
      db.transaction(() => adoptPrecious(db, rows));
      reload();
    },
    compactStep: () => ({ more: giveBack() }),
    rebuildIndex: () => {
      write((tx) => {
        tx.db.run`UPDATE index_state SET version = 0`;
      });
      const before = db.get<{ at: number | null }>`SELECT history_below AS at FROM index_state`?.at ?? null;
      write(() => {
        indexer.renewIfOutdated(SEQUENCE_MIDDLE);
        db.run`UPDATE index_state SET history_below = ${before}`;
      });
    },
  };
}
