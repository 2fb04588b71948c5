/** Statements that took long since the start: each once, with how often and how long at worst. */
import type { DiagnosticsReport } from '../../../shared/contract/diagnostics.ts';

export type SlowStatements = {
  add(statement: string, ms: number, now: number): void;
  /** The slowest first. */
  list(): DiagnosticsReport['slow'];
};

/** Different statements that are kept; the quickest of them goes. */
const KEPT = 50;
const LENGTH = 600;

export function createSlowStatements(): SlowStatements {
  const known = new Map<string, DiagnosticsReport['slow'][number]>();
  const list = () => [...known.values()].toSorted((a, b) => b.worstMs - a.worstMs);
  return {
    add(statement, ms, now) {
      const text = statement.slice(0, LENGTH);
      const before = known.get(text);
      const worstMs = Math.max(Math.round(ms), before?.worstMs ?? 0);
      known.set(text, { statement: text, count: (before?.count ?? 0) + 1, worstMs, lastAt: now });
      const quickest = list().at(-1);
      if (known.size > KEPT && quickest !== undefined) known.delete(quickest.statement);
    },
    list,
  };
}
