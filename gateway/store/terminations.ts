/** The end of a workspace: announced, moved, taken back. Each change is an event for everybody, because every desktop keeps its copy by it. */
import { WorkspaceTermination } from '../../shared/domain/termination.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

export function createTerminations(db: Db, log: Log) {
  const one = db.prepare<{ state: string }>('SELECT state FROM terminations WHERE ws = ?');
  const put = db.prepare('INSERT OR REPLACE INTO terminations (ws, wipe_at, state) VALUES (?, ?, ?)');

  return {
    /** Null: none was ever announced. */
    get(ws: number): WorkspaceTermination | null {
      const row = one.get(ws);
      return row === undefined ? null : WorkspaceTermination.parse(JSON.parse(row.state));
    },
    /** Returns the event's number. */
    save(ws: number, termination: WorkspaceTermination, at: number): number {
      return db.tx(() => {
        const state = JSON.stringify(termination);
        put.run(ws, termination.cancelledAt === null ? termination.wipeAt : null, state);
        return log.append(ws, at, 'termination.changed', {}, () => `{"termination":${state}}`);
      });
    },
  };
}
