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

/** `rest`: what is still to be applied, when it stopped between two events. */
export type AppliedBatch = Omit<BatchOutcome, 'changes'> & { rest: EventBatch | null };

/**
 * Applies the events after the cursor. An event that does not fit, or that the cache cannot store, is kept aside as it came; the rest
 * of the batch and the cursor move on. `stop` is asked after each event: what was applied until then is a shorter batch, with a cursor of
 * its own.
 */
export function applyBatch(
  tx: Tx,
  batch: EventBatch,
  reloadAfterRollback: () => void,
  stop: () => boolean = () => false,
): AppliedBatch {
  const state = readSyncState(tx.db);
  const { cursor } = state;
  const nothing = { cursor, quarantined: 0, settled: [], rest: null };
  if (batch.from > cursor) return { gap: true, ...nothing };
  if (batch.to <= cursor) return { gap: false, ...nothing };
  let quarantined = 0;
  const reached = (to: number, rest: EventBatch | null): AppliedBatch => {
    writeSyncState(tx.db, { ...state, cursor: to });
    return { gap: false, cursor: to, quarantined, settled: removeSettled(tx, to), rest };
  };
  for (const [index, raw] of batch.events.entries()) {
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
    if (failed === null) {
      const next = index + 1;
      if (next === batch.events.length || !stop()) continue;
      return reached(event.seq, { ...batch, from: event.seq, events: batch.events.slice(next) });
    }
    reloadAfterRollback();
    // A full disk or a damaged file is not the event's fault.
    if (failureOf(failed.error) !== null) throw failed.error;
    quarantine(tx, raw, { seq: event.seq, type: event.type, reason: 'failed', issue: issueOf(failed.error) });
    quarantined += 1;
  }
  return reached(batch.to, null);
}

/** The class and code of an error: its message could quote a value. */
function issueOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}
