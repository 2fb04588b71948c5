/** What the writer can do, each as one transaction that ends in a change set. */
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { CacheWriter } from '../api.ts';
import { crashPoint } from '../crash-points.ts';
import { failureOf } from '../failure.ts';
import { applyBatch } from '../inbound/batch.ts';
import { applyPage, applySnapshot } from '../inbound/page.ts';
import { discardMessage, retryMessage } from '../outbox/choices.ts';
import { keep, showKept } from '../outbox/put.ts';
import { markSending, resetSending, settle } from '../outbox/settle.ts';
import { Indexer } from '../search/indexer.ts';
import type { WritableDb } from '../sql.ts';
import { Changes } from '../store/changes.ts';
import type { Tx } from '../store/context.ts';
import { clearCache } from '../store/clear.ts';
import { saveDraft } from '../store/drafts.ts';
import { saveMedia } from '../store/media.ts';
import { OutboxIndex } from '../store/outbox-index.ts';
import { SEQUENCE_MIDDLE, Sequence } from '../store/sequence.ts';
import { readSession, writeSession } from '../store/session.ts';
import { publicSyncState, readSyncState, writeSyncState } from '../store/sync-state.ts';
import type { WriterMethods } from './writer.ts';

/** Rows indexed in one transaction: more are faster, fewer hold the writer for a shorter time. */
const INDEX_PORTION = 500;
/** Rows that may wait for the index before a page of the first sync has to fill it. */
const INDEX_BACKLOG = 4_000;
/** Milliseconds without another command after which the effect of those kept is written, if nobody asked for it before; and the longest wait. */
const SHOW_DELAY = 5;
const LONGEST_UNSHOWN = 200;

export function createWriter(db: WritableDb): WriterMethods & { showKept(): void } {
  const sequence = new Sequence(db);
  const indexer = new Indexer(db);
  const outbox = new OutboxIndex(db);

  function reload(): void {
    sequence.reload();
    indexer.reload();
    outbox.reload();
  }

  function write<T>(work: (tx: Tx) => T): { value: T; changes: Changes } {
    const changes = new Changes();
    try {
      const value = db.transaction(() => {
        const tx: Tx = { db, sequence, indexer, outbox, changes, epoch: readSyncState(db).epoch };
        showKept(tx);
        const result = work(tx);
        crashPoint('before_commit');
        return result;
      });
      crashPoint('after_commit');
      return { value, changes };
    } catch (error) {
      reload();
      throw error;
    }
  }

  /** Fills the index in portions until nothing waits or the time is over. Answers whether more waits. */
  function fillIndex(budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    let more = true;
    while (more && performance.now() < until) more = write(() => indexer.fill(INDEX_PORTION)).value;
    return more;
  }

  let planned: NodeJS.Timeout | null = null;
  let waitingSince = 0;

  /** Shows what was kept once no more comes, for many at a time. Its loss costs nothing, so it does not wait for the disk. */
  function showSoon(): void {
    const now = performance.now();
    if (planned !== null) {
      if (now - waitingSince < LONGEST_UNSHOWN) planned.refresh();
      return;
    }
    waitingSince = now;
    planned = setTimeout(() => {
      planned = null;
      if (!db.raw.open) return;
      try {
        showNow();
      } catch (error) {
        // A full or broken disk: whoever writes next is told. The row itself is kept and shown later.
        if (failureOf(error) === null) throw error;
      }
    }, SHOW_DELAY);
  }

  function showNow(): void {
    if (!outbox.hasUnshown) return;
    db.raw.pragma('synchronous = NORMAL');
    try {
      write(() => undefined);
    } finally {
      db.raw.pragma('synchronous = FULL');
    }
  }

  function enqueue(input: Parameters<CacheWriter['enqueue']>[0]): ChangeSet {
    // A retry is only right for a message that is shown as failed now.
    if (input.command.type === 'message.retry') showNow();
    try {
      db.transaction(() => {
        keep(db, outbox, input);
        crashPoint('before_commit');
      });
    } catch (error) {
      reload();
      throw error;
    }
    crashPoint('after_commit');
    showSoon();
    const conversations = [input.command.data.conversationId];
    return { conversations, contacts: [], lists: true, directory: false, outbox: true, everything: false };
  }

  write(() => indexer.renewIfOutdated(SEQUENCE_MIDDLE));

  return {
    saveSession: (session) => void write(() => writeSession(db, session)),
    saveTokens: (tokens) =>
      void write(() => {
        const session = readSession(db);
        if (session !== null) writeSession(db, { ...session, tokens });
      }),
    clear: ({ discardUnsent }) => {
      write((tx) => clearCache(tx, discardUnsent));
      reload();
      // What was deleted leaves the disk now, not at the next checkpoint.
      db.raw.pragma('incremental_vacuum');
      db.raw.pragma('wal_checkpoint(TRUNCATE)');
    },
    applySnapshot: (snapshot) => {
      const { value, changes } = write((tx) => applySnapshot(tx, snapshot));
      return { changes: changes.toChangeSet(), state: publicSyncState(value) };
    },
    applyPage: (page) => {
      const { value, changes } = write((tx) => applyPage(tx, page));
      if (indexer.waiting > INDEX_BACKLOG) write(() => indexer.fill(INDEX_BACKLOG));
      const { applied, stale, state } = value;
      return { applied, stale, changes: changes.toChangeSet(), state: publicSyncState(state) };
    },
    applyBatch: (batch) => {
      const { value, changes } = write((tx) => applyBatch(tx, batch, reload));
      if (indexer.waiting > INDEX_BACKLOG) write(() => indexer.fill(INDEX_BACKLOG));
      return { ...value, changes: changes.toChangeSet() };
    },
    restartSync: () =>
      publicSyncState(
        write((tx) => {
          const state = readSyncState(db);
          const restarted = {
            ...state,
            cursor: 0,
            stage: 'snapshot' as const,
            next: null,
            conversations: 0,
            messages: 0,
            totals: { conversations: 0, messages: 0 },
            epoch: tx.epoch + 1,
          };
          writeSyncState(db, restarted);
          return restarted;
        }).value,
      ),
    enqueue,
    showKept: showNow,
    markSending: ({ ids }) => write((tx) => markSending(tx, ids)).value,
    settle: (settlements) => write((tx) => settle(tx, settlements)).changes.toChangeSet(),
    resetSending: () => write(resetSending).changes.toChangeSet(),
    retryMessage: (input) => write((tx) => retryMessage(tx, input)).changes.toChangeSet(),
    discardMessage: (input) => {
      const { value, changes } = write((tx) => discardMessage(tx, input));
      return value ? changes.toChangeSet() : null;
    },
    saveDraft: (input) => write((tx) => saveDraft(tx, input)).changes.toChangeSet(),
    saveMedia: (input) => write((tx) => saveMedia(tx, input)).changes.toChangeSet(),
    forgetFiles: ({ files }) =>
      void write(() => {
        for (const file of files) db.run`DELETE FROM discarded_files WHERE file = ${file}`;
      }),
    maintain: ({ budgetMs }) => {
      const more = fillIndex(budgetMs);
      if (!more) {
        db.raw.pragma('incremental_vacuum(256)');
        db.raw.pragma('wal_checkpoint(PASSIVE)');
      }
      return { more };
    },
  };
}
