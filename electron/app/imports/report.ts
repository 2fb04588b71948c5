/** The report of an import as CSV: every row, what becomes of it and why. Safe in a spreadsheet. */
import type { ImportLine } from '../../../shared/contract/imports.ts';
import type { CacheReader } from '../../cache/api.ts';
import { guardFormula } from '../../transfer/formula.ts';

const AT_ONCE = 500;
const HEADER = ['Line', 'Result', 'Name', 'Column', 'Reason'];

export async function* reportCsv(
  read: CacheReader,
  importId: string,
): AsyncGenerator<string, void, undefined> {
  yield `\uFEFF${line(HEADER)}`;
  for (let offset = 0; ; offset += AT_ONCE) {
    const { lines } = await read.importLines({ importId, verdict: null, offset, limit: AT_ONCE });
    if (lines.length > 0) yield lines.map(rowOf).join('');
    if (lines.length < AT_ONCE) return;
  }
}

function rowOf({ line: number, verdict, name, column, reason }: ImportLine): string {
  return line([`${number}`, verdict, name, column ?? '', reason ?? ''].map(guardFormula));
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t|\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
