/** Contacts as CSV that spreadsheets open well and take for nothing but text. */
import { inChunks } from './chunks.ts';
import type { ExportContact } from './contact.ts';
import { ownCells, ownHeader } from './own-csv.ts';

export type CsvExport = {
  contacts: AsyncIterable<ExportContact> | Iterable<ExportContact>;
  /** Names of the custom fields that get a column each; values of others stand together in one. */
  fieldNames: readonly string[];
  delimiter?: ',' | ';' | '\t';
};

/**
 * The file as chunks of text, to be written as UTF-8. It begins with a byte order mark, because Excel takes it for the local code page
 * otherwise. Reading it back gives the same contacts.
 */
export async function* writeCsv(out: CsvExport): AsyncGenerator<string, void, undefined> {
  yield* inChunks(lines(out));
}

async function* lines({
  contacts,
  fieldNames,
  delimiter = ',',
}: CsvExport): AsyncGenerator<string, void, undefined> {
  const known = new Set(fieldNames);
  const names = [...known];
  const line = (cells: readonly string[]): string => `${cells.map(quoted).join(delimiter)}\r\n`;
  yield `\uFEFF${line(ownHeader(names))}`;
  for await (const contact of contacts) yield line(ownCells(contact, names, known));
}

/** Quoted when any usual delimiter stands in it, whatever ours is: another program may be set to that one. */
function quoted(cell: string): string {
  return /[",;\t|\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
