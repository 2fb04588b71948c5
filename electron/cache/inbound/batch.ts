/** One batch of the log and the new cursor, in one transaction. */
import { parseEvent } from '../../../shared/protocol/events.ts';
import type { EventBatch } from '../../../shared/protocol/events.ts';
import type { BatchOutcome } from '../api.ts';
import { crashPoint } from '../crash-points.ts';
import { codeOf, failureOf } from '../failure.ts';
import type { Tx } from '../store/context.ts';
import { readSyncState, writeSyncState } from '../store/sync-state.ts';
import { applyEvent } from './events.ts';
import { quarantine } from './quarantine.ts';
import { removeSettled } from './settled.ts';

export type AppliedBatch = Omit<BatchOutcome, 'changes'>;

/**
 * Applies the events after the cursor. An event that does not fit, or that the cache cannot store, is kept aside as it came; the rest
 * of the batch and the cursor move on.
 */
export function applyBatch(tx: Tx, batch: EventBatch, reloadAfterRollback: () => void): AppliedBatch {
  const state = readSyncState(tx.db);
  const { cursor } = state;
  if (batch.from > cursor) return { gap: true, cursor, quarantined: 0, settled: [] };
  if (batch.to <= cursor) return { gap: false, cursor, quarantined: 0, settled: [] };
  let quarantined = 0;
  for (const raw of batch.events) {
    crashPoint('middle_of_batch');
    const parsed = parseEvent(raw);
    if (!parsed.ok) {
      if (parsed.seq !== null && parsed.seq <= cursor) continue;
      quarantine(tx, raw, parsed);
      quarantined += 1;
      continue;
    }
    const { event } = parsed;
    if (event.seq <= cursor) continue;
    const failed = tx.db.attempt(() => applyEvent(tx, event));
    if (failed === null) continue;
    reloadAfterRollback();
    // A full disk or a damaged file is not the event's fault.
    if (failureOf(failed.error) !== null) throw failed.error;
    quarantine(tx, raw, { seq: event.seq, type: event.type, reason: 'failed', issue: issueOf(failed.error) });
    quarantined += 1;
  }
  writeSyncState(tx.db, { ...state, cursor: batch.to });
  return { gap: false, cursor: batch.to, quarantined, settled: removeSettled(tx, batch.to) };
}

/** The class and code of an error: its message could quote a value. */
function issueOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}
