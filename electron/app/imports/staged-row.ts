/** A row as it waits in the cache between reading and mapping: cells as they stand in the file, or what a card or our own file says. */
import type { ImportRow } from '../../transfer/contact.ts';

export type StagedRow =
  | { cells: string[] }
  | { row: ImportRow }
  /** What the reader could not take. */
  | { problem: { reason: string; column: string | null } };

export function packRow(row: StagedRow): string {
  return JSON.stringify(row);
}

/** Null for a row that was emptied because its person was erased. */
export function unpackRow(raw: string): StagedRow | null {
  return raw === '' ? null : (JSON.parse(raw) as StagedRow);
}
