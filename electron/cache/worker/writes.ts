/** What the writer can do, each as one transaction that ends in a change set. */
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import { lengthenLog } from '../connection.ts';
import { restorePortion } from '../backup/merge.ts';
import { crashPoint } from '../crash-points.ts';
import { codeOf, failureOf } from '../failure.ts';
import { applyBatch } from '../inbound/batch.ts';
import { applyPage, applySnapshot } from '../inbound/page.ts';
import { discardMessage, holdCommand, retryMessage, reviseMessage } from '../outbox/choices.ts';
import type { Kept } from '../outbox/put.ts';
import { keep, showKept } from '../outbox/put.ts';
import { withdrawCommands } from '../outbox/withdraw.ts';
import { markSending, resetSending, settle } from '../outbox/settle.ts';
import { appendAudit } from '../audit/chain.ts';
import {
  discardImport,
  markImportRows,
  saveImport,
  saveImportMapping,
  setImportVerdicts,
  stageImportRows,
} from '../imports/write.ts';
import { personOf } from '../people/cluster.ts';
import { eraseContact } from '../people/erase.ts';
import { ErasedIds } from '../people/erased.ts';
import { renewPeople } from '../people/renew.ts';
import { Touched, settlePeople } from '../people/touched.ts';
import { KeptState } from '../retention/kept.ts';
import { Indexer } from '../search/indexer.ts';
import type { WritableDb } from '../sql.ts';
import { Changes } from '../store/changes.ts';
import type { Tx } from '../store/context.ts';
import { clearCache } from '../store/clear.ts';
import { saveDraft } from '../store/drafts.ts';
import { saveMedia } from '../store/media.ts';
import { renewMentions } from '../store/mentions.ts';
import { PEOPLE, conversationOfLane, laneOf } from '../store/outbox-row.ts';
import { OutboxIndex } from '../store/outbox-index.ts';
import { SEQUENCE_MIDDLE, Sequence } from '../store/sequence.ts';
import { readSession, writeSession } from '../store/session.ts';
import { discardStaged, markUploaded, stageMedia, sweepStaged } from '../store/staged.ts';
import { NOTHING_YET, publicSyncState, readSyncState, writeSyncState } from '../store/sync-state.ts';
import { retentionWrites } from './retention-writes.ts';
import type { Gap } from './serve.ts';
import type { WriterMethods } from './writer.ts';

/** Rows indexed in one transaction: more are faster, fewer hold the writer for a shorter time. */
const INDEX_PORTION = 500;
/** Commands that are taken back in one transaction: more would keep others waiting. */
const WITHDRAWN_AT_ONCE = 250;
/** Rows that may wait for the index before a page of the first sync has to fill it. */
const INDEX_BACKLOG = 4_000;
/** Milliseconds without another command after which the effect of those kept is written, if nobody asked for it before; and the longest wait. */
const SHOW_DELAY = 5;
const LONGEST_UNSHOWN = 200;

const ALONE: Gap = { part: Infinity, wanted: () => false, give: () => undefined };

export function createWriter(db: WritableDb, gap: Gap = ALONE): WriterMethods & { showKept(): boolean } {
  const sequence = new Sequence(db);
  const indexer = new Indexer(db);
  const outbox = new OutboxIndex(db);
  const erased = new ErasedIds(db);
  const kept = new KeptState(db);

  let me = readSession(db)?.me.id ?? null;

  function reload(): void {
    me = readSession(db)?.me.id ?? null;
    sequence.reload();
    indexer.reload();
    outbox.reload();
    erased.reload();
    kept.reload();
  }

  /** `renewing`: the rows that commands are laid over are not what they should be yet. */
  function write<T>(work: (tx: Tx) => T, renewing = false): { value: T; changes: Changes } {
    const changes = new Changes();
    let forgotten = false;
    try {
      const value = db.transaction(() => {
        const { epoch } = readSyncState(db);
        const people = new Touched();
        const tx: Tx = {
          db,
          sequence,
          indexer,
          outbox,
          changes,
          epoch,
          people,
          erased,
          kept,
          erasedNow: false,
          rulesChanged: false,
          me,
          windows: new Map(),
        };
        if (!renewing && showKept(tx)) showSoon();
        const result = work(tx);
        settlePeople(tx);
        forgotten = tx.erasedNow;
        crashPoint('before_commit');
        return result;
      });
      crashPoint('after_commit');
      if (forgotten) forget();
      return { value, changes };
    } catch (error) {
      reload();
      throw error;
    }
  }

  /** What was deleted leaves the disk now, not at the next checkpoint: freed pages are zeros already (secure_delete). */
  function forget(): void {
    db.raw.pragma('incremental_vacuum');
    db.raw.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** Fills the index in portions until nothing waits or the time is over. Answers whether more waits. */
  function fillIndex(budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    let more = true;
    while (more && performance.now() < until && !gap.wanted()) {
      more = write(() => indexer.fill(INDEX_PORTION)).value;
    }
    return more;
  }

  /** Keeps few enough rows waiting for the index that a search can look through them. */
  function fillBacklog(): void {
    if (indexer.waiting <= INDEX_BACKLOG) return;
    if (gap.wanted()) gap.give();
    write(() => indexer.fill(INDEX_BACKLOG));
  }

  /** It only makes commits quicker: a disk without room is told of when something has to be written. */
  function lengthenLogIfPossible(): void {
    if (db.raw.memory) return;
    try {
      lengthenLog(db.raw.name);
    } catch (error) {
      if (codeOf(error) === null) throw error;
    }
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
        if (showNow()) showSoon();
      } catch (error) {
        // A full or broken disk: whoever writes next is told. The row itself is kept and shown later.
        if (failureOf(error) === null) throw error;
      }
    }, SHOW_DELAY);
  }

  /** Shows one portion. Answers whether more waits. */
  function showNow(): boolean {
    if (!outbox.hasUnshown) return false;
    db.raw.pragma('synchronous = NORMAL');
    try {
      write(() => undefined);
    } finally {
      db.raw.pragma('synchronous = FULL');
    }
    return outbox.hasUnshown;
  }

  function enqueueAll(kept: readonly Kept[]): ChangeSet {
    // A retry is only right for a message that is shown as failed now.
    if (kept.some(({ command }) => command.type === 'message.retry')) while (showNow());
    try {
      db.transaction(() => {
        for (const one of kept) keep({ db, outbox, erased }, one);
        crashPoint('before_commit');
      });
    } catch (error) {
      reload();
      throw error;
    }
    crashPoint('after_commit');
    return changesOf(kept, new Changes());
  }

  /**
   * A stretch of an import. Nobody waits for its answer as for a message's, so the stretch before it is shown in the same transaction: one
   * commit for both, and the next stretch is prepared meanwhile.
   */
  function enqueueStretch(kept: readonly Kept[], mark: () => void): ChangeSet {
    const { changes } = write((tx) => {
      for (const one of kept) keep(tx, one);
      mark();
    });
    return changesOf(kept, changes);
  }

  /** What commands that were just kept will show, once they do. */
  function changesOf(kept: readonly Kept[], changes: Changes): ChangeSet {
    showSoon();
    for (const { command } of kept) {
      const conversationId = conversationOfLane(laneOf(command));
      if (conversationId !== null) changes.conversation(conversationId);
      if (laneOf(command) === PEOPLE) {
        for (const id of outbox.people.contactsOfCommand(command)) changes.contacts.add(id);
        changes.people = true;
        if (command.type === 'field.save' || command.type === 'field.delete') changes.directory = true;
      }
      if (command.type === 'conversation.start') changes.people = true;
      if ('itemId' in command.data) changes.library = true;
      if (command.type === 'library.save' && command.data.content.kind === 'pin') {
        changes.conversation(command.data.content.conversationId);
      }
    }
    changes.lists = true;
    changes.outbox = true;
    return changes.toChangeSet();
  }

  write(renewPeople, true);
  write(() => indexer.renewIfOutdated(SEQUENCE_MIDDLE));

  return {
    saveSession: (session) => {
      const other = me !== session.me.id;
      me = session.me.id;
      write((tx) => {
        writeSession(db, session);
        if (other) renewMentions(tx);
      });
    },
    saveTokens: (tokens) =>
      void write(() => {
        const session = readSession(db);
        if (session !== null) writeSession(db, { ...session, tokens });
      }),
    clear: ({ discardUnsent }) => {
      write((tx) => clearCache(tx, discardUnsent));
      reload();
      forget();
    },
    applySnapshot: (snapshot) => {
      const { value, changes } = write((tx) => applySnapshot(tx, snapshot));
      return { changes: changes.toChangeSet(), state: publicSyncState(value) };
    },
    applyPage: (page) => {
      const { value, changes } = write((tx) => applyPage(tx, page));
      fillBacklog();
      const { applied, stale, state } = value;
      return { applied, stale, changes: changes.toChangeSet(), state: publicSyncState(state) };
    },
    applyBatch: (batch) => {
      const all = new Changes();
      const whole = { quarantined: 0, settled: [] as string[] };
      for (let left = batch; ; gap.give()) {
        const began = performance.now();
        const stop = (): boolean => performance.now() - began >= gap.part && gap.wanted();
        const { value, changes } = write((tx) => applyBatch(tx, left, reload, stop));
        all.add(changes);
        whole.quarantined += value.quarantined;
        whole.settled.push(...value.settled);
        if (value.rest !== null) {
          left = value.rest;
          continue;
        }
        fillBacklog();
        const { gap: missing, cursor } = value;
        return { gap: missing, cursor, ...whole, changes: all.toChangeSet() };
      }
    },
    restartSync: () =>
      publicSyncState(
        write((tx) => {
          const restarted = { ...NOTHING_YET, cursor: 0, stage: 'snapshot' as const, epoch: tx.epoch + 1 };
          writeSyncState(db, restarted);
          return restarted;
        }).value,
      ),
    enqueue: (input) => enqueueAll([input]),
    enqueueMany: ({ commands, me: user, now }) =>
      enqueueAll(commands.map(({ command, sendAt }) => ({ command, sendAt, me: user, now }))),
    withdraw: ({ ids }) => {
      const changes = new Changes();
      const withdrawn: string[] = [];
      for (let from = 0; from < ids.length; from += WITHDRAWN_AT_ONCE) {
        const portion = write((tx) => withdrawCommands(tx, ids.slice(from, from + WITHDRAWN_AT_ONCE)));
        withdrawn.push(...portion.value);
        changes.add(portion.changes);
      }
      return { withdrawn, changes: changes.toChangeSet() };
    },
    hold: (input) => write((tx) => holdCommand(tx, input)).changes.toChangeSet(),
    reviseMessage: (input) => write((tx) => reviseMessage(tx, input)).changes.toChangeSet(),
    showKept: showNow,
    markSending: ({ ids }) => write((tx) => markSending(tx, ids)).value,
    settle: (settlements) => write((tx) => settle(tx, settlements)).changes.toChangeSet(),
    resetSending: () => write(resetSending).changes.toChangeSet(),
    retryMessage: (input) => write((tx) => retryMessage(tx, input)).changes.toChangeSet(),
    discardMessage: (input) => {
      const { value, changes } = write((tx) => discardMessage(tx, input));
      return value === null ? null : { changes: changes.toChangeSet(), content: value };
    },
    saveDraft: (input) => write((tx) => saveDraft(tx, input)).changes.toChangeSet(),
    saveMedia: (input) => write((tx) => saveMedia(tx, input)).changes.toChangeSet(),
    stageMedia: (input) => void write((tx) => stageMedia(tx, input)),
    mediaUploaded: (input) => void write((tx) => markUploaded(tx, input)),
    discardStaged: (input) => write((tx) => discardStaged(tx, input)).value,
    sweepStaged: (input) => write((tx) => sweepStaged(tx, input)).value,
    forgetFiles: ({ files }) =>
      void write(() => {
        for (const file of files) db.run`DELETE FROM discarded_files WHERE file = ${file}`;
      }),
    eraseContact: ({ contactId, now }) => {
      const { value, changes } = write((tx) =>
        eraseContact(tx, { contactId: personOf(db, contactId), conversationIds: [], erasedAt: now }),
      );
      return { counts: value, changes: changes.toChangeSet() };
    },
    saveImport: (job) => write((tx) => saveImport(tx, job)).changes.toChangeSet(),
    stageImportRows: (input) => void write((tx) => stageImportRows(tx, input)),
    setImportVerdicts: (input) => void write((tx) => setImportVerdicts(tx, input)),
    applyImportRows: ({ commands, me: user, now, ...marks }) =>
      enqueueStretch(
        commands.map((command) => ({ command, me: user, now })),
        () => markImportRows({ db }, marks),
      ),
    saveImportMapping: (input) => void write((tx) => saveImportMapping(tx, input)),
    discardImport: (input) => write((tx) => discardImport(tx, input)).changes.toChangeSet(),
    appendAudit: (entry) => write((tx) => appendAudit(tx, entry)).value,
    ...retentionWrites({ db, write, indexer, reload }),
    restorePortion: ({ portion }) => {
      const { value: tally, changes } = write((tx) => restorePortion(tx, portion));
      fillBacklog();
      return { tally, changes: changes.toChangeSet() };
    },
    appendAudits: ({ entries }) =>
      void write((tx) => {
        for (const entry of entries) appendAudit(tx, entry);
      }),
    maintain: ({ budgetMs }) => {
      const more = fillIndex(budgetMs);
      if (!more) {
        db.raw.pragma('incremental_vacuum(256)');
        db.raw.pragma('wal_checkpoint(PASSIVE)');
        lengthenLogIfPossible();
      }
      return { more };
    },
  };
}
