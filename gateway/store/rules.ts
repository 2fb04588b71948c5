/** How long a workspace keeps things, its legal holds, and what it was told of a breach. Each change is an event for everybody. */
import { LegalHold } from '../../shared/domain/legal-hold.ts';
import type { BreachNotice } from '../../shared/domain/policy-clocks.ts';
import type { SupportAccess } from '../../shared/domain/support-access.ts';
import { WorkspaceRetention } from '../../shared/domain/retention.ts';
import type { EventType } from '../../shared/protocol/events.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type Kind = 'retention' | 'hold' | 'breach';
type State = { state: string };

/** The event that tells of a rule, and the name of the rule in it. */
const TOLD = {
  retention: { type: 'retention.changed', name: 'retention' },
  hold: { type: 'hold.changed', name: 'hold' },
  breach: { type: 'breach.told', name: 'notice' },
} as const satisfies Record<Kind, { type: EventType; name: string }>;

export function createRules(db: Db, log: Log) {
  const one = db.prepare<State>('SELECT state FROM rules WHERE ws = ? AND kind = ? AND id = ?');
  const all = db.prepare<State>('SELECT state FROM rules WHERE ws = ? AND kind = ? ORDER BY id');
  const put = db.prepare('INSERT OR REPLACE INTO rules (ws, kind, id, state) VALUES (?, ?, ?, ?)');

  function save(ws: number, kind: Kind, id: string, at: number, state: (seq: number) => object): number {
    return db.tx(() => {
      const { type, name } = TOLD[kind];
      let json = '';
      const seq = log.append(ws, at, type, {}, (number) => {
        json = JSON.stringify(state(number));
        return `{"${name}":${json}}`;
      });
      put.run(ws, kind, id, json);
      return seq;
    });
  }

  return {
    /** Nothing limited, stored and deleted, while no owner has said anything. */
    retention(ws: number): WorkspaceRetention {
      const row = one.get(ws, 'retention', '');
      return WorkspaceRetention.parse(row === undefined ? {} : JSON.parse(row.state));
    },
    /** Returns the event's number. */
    saveRetention(ws: number, rule: Omit<WorkspaceRetention, 'rev'>, at: number): number {
      return save(ws, 'retention', '', at, (rev) => ({ ...rule, rev }) satisfies WorkspaceRetention);
    },
    hold(ws: number, id: string): LegalHold | null {
      const row = one.get(ws, 'hold', id);
      return row === undefined ? null : LegalHold.parse(JSON.parse(row.state));
    },
    holdStates(ws: number): string[] {
      return all.all(ws, 'hold').map((row) => row.state);
    },
    saveHold(ws: number, hold: LegalHold, at: number): number {
      return save(ws, 'hold', hold.id, at, () => hold);
    },
    /** Somebody of the gateway's own staff looked at the workspace: told to all of it, kept in the log alone. Returns the event's number. */
    tellSupport(ws: number, access: SupportAccess): number {
      return db.tx(() => log.append(ws, access.at, 'support.accessed', {}, () => JSON.stringify({ access })));
    },
    breachStates(ws: number): string[] {
      return all.all(ws, 'breach').map((row) => row.state);
    },
    /** The gateway tells of data that was accessed by the wrong people. */
    tellBreach(ws: number, notice: BreachNotice): number {
      return save(ws, 'breach', notice.id, notice.toldAt, () => notice);
    },
  };
}
