/** A file of any of the three formats as a stream of rows: what the application reads. */
import type { Column } from './columns.ts';
import { columnsOf } from './columns.ts';
import { detectDelimiter } from './delimiter.ts';
import { guessMapping, looksLikeHeader } from './guess-mapping.ts';
import { SAMPLE_BYTES, inspect } from './inspect.ts';
import type { FileFormat } from './inspect.ts';
import type { ImportRow } from './contact.ts';
import { rowOfCard } from './map-card.ts';
import { recordMapper } from './map-record.ts';
import { isOwnHeader } from './own-csv.ts';
import type { Ending, FileProblem, RowNote, RowProblem } from './problems.ts';
import { FileFault } from './problems.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readVcard } from './read-vcard.ts';
import type { ImportSource } from './source.ts';
import { bytesSource } from './source.ts';
import type { Mapping } from './targets.ts';

/** How to read a file: what `previewFile` found, as the user left it. */
export type ReadingPlan =
  | { format: 'csv'; encoding: string; delimiter: string; header: boolean; mapping: Mapping }
  | { format: 'vcard' | 'json'; encoding: string };

/** `rows` are the first records as they stand, for the mapping's screen. `own` files need no mapping. */
export type FilePreview = {
  plan: ReadingPlan;
  bytes: number;
  own: boolean;
  columns: Column[];
  rows: string[][];
};

export type PreviewOptions = {
  format?: FileFormat;
  encoding?: string | null;
  delimiter?: string | null;
  header?: boolean;
  /** Names of the custom fields, and the mapping of an earlier import, for the guess. */
  fieldNames?: readonly string[];
  remembered?: Mapping;
  /** How many rows to show. */
  rows?: number;
};

export type PreviewResult = { ok: true; preview: FilePreview } | { ok: false; problem: FileProblem };

/** Looks at a file: format, encoding, delimiter, columns, a guessed mapping and the first rows. Reads all of it once, keeping 64 KiB. */
export async function previewFile(
  source: ImportSource,
  options: PreviewOptions = {},
): Promise<PreviewResult> {
  try {
    const found = await inspect(source, options.encoding ?? null);
    const format = options.format ?? found.format;
    if (format !== 'csv') {
      const plan: ReadingPlan = { format, encoding: found.encoding };
      return {
        ok: true,
        preview: { plan, bytes: found.bytes, own: format === 'json', columns: [], rows: [] },
      };
    }
    const preview = await previewCsv(found, options);
    return { ok: true, preview };
  } catch (error) {
    if (error instanceof FileFault) return { ok: false, problem: error.problem };
    throw error;
  }
}

async function previewCsv(
  found: { encoding: string; bytes: number; sample: string },
  options: PreviewOptions,
): Promise<FilePreview> {
  const delimiter = options.delimiter ?? detectDelimiter(found.sample);
  const sample = bytesSource(Buffer.from(found.sample));
  const shown = options.rows ?? 20;
  const records: string[][] = [];
  // Without a header here: whether there is one is what the first record has to tell.
  for await (const item of readCsv(sample, { encoding: 'utf-8', delimiter, header: false })) {
    if (item.type === 'record') records.push(item.values);
    if (item.type === 'failed' && !(item.problem.kind === 'unclosed_quote' && records.length > 0)) {
      throw new FileFault(item.problem.kind, item.problem.line);
    }
    if (records.length > shown + 1) break;
  }
  // The sample may end within a record.
  if (found.bytes > SAMPLE_BYTES && records.length > 1) records.pop();
  const named = columnsOf(records[0] ?? []);
  const header = options.header ?? looksLikeHeader(named);
  const columns = header ? named : columnsOf(named.map(() => ''));
  const mapping = guessMapping(columns, options.fieldNames, options.remembered);
  return {
    plan: { format: 'csv', encoding: found.encoding, delimiter, header, mapping },
    bytes: found.bytes,
    own: header && isOwnHeader(columns),
    columns,
    rows: records.slice(header ? 1 : 0).slice(0, shown),
  };
}

type Progress = { onBytes?: (read: number) => void };

export type ImportItem = { type: 'row'; row: ImportRow } | RowProblem | RowNote | Ending;

/**
 * The rows of a file, with every problem and note in the order of the lines, and one ending. The same file and plan give the same items again:
 * an import that was interrupted goes on by passing over as many rows as it has done. `onBytes` hears how far it is, of the
 * preview's `bytes`. Stop by leaving the loop.
 */
export async function* importRows(
  source: ImportSource,
  plan: ReadingPlan,
  onBytes?: (read: number) => void,
): AsyncGenerator<ImportItem, void, undefined> {
  const progress = onBytes === undefined ? {} : { onBytes };
  if (plan.format === 'csv') yield* csvRows(source, plan, progress);
  else if (plan.format === 'json') yield* readJson(source, { encoding: plan.encoding, ...progress });
  else yield* cardRows(source, { encoding: plan.encoding, ...progress });
}

async function* csvRows(
  source: ImportSource,
  { encoding, delimiter, header, mapping }: Extract<ReadingPlan, { format: 'csv' }>,
  progress: Progress,
): AsyncGenerator<ImportItem, void, undefined> {
  let map = recordMapper([], {});
  for await (const item of readCsv(source, { encoding, delimiter, header, ...progress })) {
    if (item.type === 'columns') map = recordMapper(item.columns, mapping);
    else yield item.type === 'record' ? map(item) : item;
  }
}

async function* cardRows(
  source: ImportSource,
  options: Progress & { encoding: string },
): AsyncGenerator<ImportItem, void, undefined> {
  for await (const item of readVcard(source, options)) yield item.type === 'card' ? rowOfCard(item) : item;
}
