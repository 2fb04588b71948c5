import type { Tx } from '../store/context.ts';

/**
 * Keeps an event that could not be applied, as it came. `issue` says where it did not fit, without its contents. One about
 * somebody who was erased is not kept. */
export function quarantine(
  tx: Tx,
  raw: unknown,
  why: {
    seq: number | null;
    type: string | null;
    reason: 'unknown_type' | 'invalid' | 'failed';
    issue: string;
  },
): void {
  const text = textOf(raw);
  if (tx.erased.isNamedIn(text)) return;
  tx.db.run`
    INSERT OR IGNORE INTO quarantine (seq, type, reason, issue, raw)
    VALUES (${why.seq}, ${why.type}, ${why.reason}, ${why.issue}, ${text})`;
}

function textOf(raw: unknown): string {
  return JSON.stringify(raw) ?? 'undefined';
}
