/** Steps that can be taken back, for a while. Only in memory: after a restart nothing is left to take back. */
import { newId } from '../../shared/domain/id.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import type { Command } from '../../shared/protocol/commands.ts';

/** A command without its id. */
export type Intent = { [C in Command as C['type']]: { type: C['type']; data: C['data'] } }[Command['type']];

/** What takes a command back once the gateway may have it, by the id that the command got; null: nothing can. */
export type Inverse = ((commandId: string) => Intent) | null;

/** One command of a step. */
export type Done = { id: string; inverse: Inverse };

export const UNDO_KEPT = 50;
export const UNDO_LIFE = 10 * MINUTE;

export type UndoStore = {
  /** In the order in which they were done. Answers the id of the step. */
  remember(step: readonly Done[], now: number): string;
  /** Gives the step out, once; null when it is unknown, taken or too old. */
  take(undoId: string, now: number): readonly Done[] | null;
  /** Somebody else is signed in. */
  clear(): void;
};

export function createUndo(): UndoStore {
  const steps = new Map<string, { step: readonly Done[]; at: number }>();
  return {
    remember(step, now) {
      const undoId = newId();
      steps.set(undoId, { step, at: now });
      // A map gives its keys in the order of insertion: the first is the oldest.
      for (const id of steps.keys()) {
        if (steps.size <= UNDO_KEPT) break;
        steps.delete(id);
      }
      return undoId;
    },
    take(undoId, now) {
      const found = steps.get(undoId);
      steps.delete(undoId);
      return found === undefined || now - found.at > UNDO_LIFE ? null : found.step;
    },
    clear: () => steps.clear(),
  };
}
