/** Comma-separated values as a stream of records. Never throws for what a file holds; ends with `end` or `failed`. */
import { CsvError, parse } from 'csv-parse';
import type { Column } from './columns.ts';
import { columnsOf, namelessColumns } from './columns.ts';
import { detectDelimiter, isDelimiter, separatorLine } from './delimiter.ts';
import { decodeText } from './encoding.ts';
import { inspect } from './inspect.ts';
import { MAX_COLUMNS, MAX_LINE_BYTES, MAX_ROWS } from './limits.ts';
import type { Ending, RowNote, RowProblem } from './problems.ts';
import { FileFault, failed } from './problems.ts';
import type { ImportSource } from './source.ts';
import { chunksOf } from './source.ts';

/** What is null or left out is found out. `header` says whether the first record names the columns. */
export type CsvOptions = {
  encoding?: string | null;
  delimiter?: string | null;
  header?: boolean;
  onBytes?: (read: number) => void;
};

/** `values` has one entry for each column. `line` is where the record begins, counted from 1. */
export type CsvRecord = { type: 'record'; line: number; values: string[] };
export type CsvItem =
  | { type: 'columns'; columns: Column[]; delimiter: string }
  | CsvRecord
  | RowProblem
  | RowNote
  | Ending;

/**
 * Reads a CSV file record by record; `columns` comes first. Rows without any value are passed over. A shorter row is filled up (note
 * `missing_values`), a longer one left out (problem `too_many_values`) unless only empty values are too many.
 */
export async function* readCsv(
  source: ImportSource,
  options: CsvOptions = {},
): AsyncGenerator<CsvItem, void, undefined> {
  try {
    const encoding = options.encoding ?? (await inspect(source)).encoding;
    yield* records(source, encoding, options);
  } catch (error) {
    yield failed(error);
  }
}

async function* records(
  source: ImportSource,
  encoding: string,
  options: CsvOptions,
): AsyncGenerator<CsvItem, void, undefined> {
  const text = withSample(decodeText(chunksOf(source, options.onBytes), encoding));
  const sample = await text.sample();
  const delimiter = options.delimiter ?? detectDelimiter(sample);
  if (!isDelimiter(delimiter)) throw new FileFault('bad_delimiter');
  let line = 1;
  let rows = 0;
  let columns: Column[] | null = null;
  const hinted = separatorLine(sample) !== null;
  for await (const batch of parsed(text.chunks(), delimiter, () => line)) {
    for (const cells of batch) {
      const start = line;
      line += 1 + lineBreaks(cells);
      if (start === 1 && hinted) continue;
      if (cells.length > MAX_COLUMNS) throw new FileFault('too_many_columns', start);
      if (cells.every((cell) => cell === '')) continue;
      if (columns === null) {
        columns = options.header === false ? namelessColumns(cells.length) : columnsOf(cells);
        yield { type: 'columns', columns, delimiter };
        if (options.header !== false) continue;
      }
      rows += 1;
      if (rows > MAX_ROWS) throw new FileFault('too_many_rows', start);
      if (cells.length < columns.length) {
        yield { type: 'note', line: start, column: null, reason: 'missing_values' };
        while (cells.length < columns.length) cells.push('');
      } else if (cells.length > columns.length) {
        const extra = cells.splice(columns.length);
        const lost = extra.findIndex((cell) => cell.trim() !== '');
        if (lost !== -1) {
          const position = columns.length + lost + 1;
          yield { type: 'problem', line: start, column: null, position, reason: 'too_many_values' };
          continue;
        }
      }
      yield { type: 'record', line: start, values: cells };
    }
  }
  if (columns === null) throw new FileFault('empty');
  yield { type: 'end', rows };
}

/**
 * The parser's records. It counts neither delimiters towards its own limit nor lines rightly inside quotes with CR LF, so lines are measured
 * before it and counted after it. Records are taken from it by hand: those still in its stream would be lost with an error.
 */
async function* parsed(
  text: AsyncIterable<string>,
  delimiter: string,
  line: () => number,
): AsyncGenerator<string[][], void, undefined> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_LINE_BYTES,
  });
  parser.on('error', () => undefined); // Also handed to the callbacks below.
  const take = (): string[][] => {
    const taken: string[][] = [];
    for (let next = parser.read(); next !== null; next = parser.read()) taken.push(next as string[]);
    return taken;
  };
  try {
    for await (const chunk of shortLines(text)) {
      // The callback waits until the records are taken, and with an error they would be gone after it.
      const written = new Promise<unknown>((resolve) => parser.write(chunk, resolve));
      yield take();
      const error = await written;
      if (error != null) throw faultOf(error, line());
    }
    const error = await new Promise<unknown>((resolve) => parser.end(resolve));
    yield take();
    if (error != null) throw faultOf(error, line());
  } finally {
    parser.destroy();
  }
}

function faultOf(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new FileFault('line_too_long', line);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new FileFault('unclosed_quote', line);
  return error;
}

/** Passes text on while no line in it is longer than MAX_LINE_BYTES; of a longer one nothing more than one chunk is ever held. */
async function* shortLines(chunks: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  let line = 1;
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    let from = 0;
    while (from < bytes.length) {
      const lf = bytes.indexOf(0x0a, from);
      const end = lf === -1 ? bytes.length : lf;
      // Files of an old Mac know only CR.
      const lastCr = bytes.subarray(from, end).lastIndexOf(0x0d);
      length = lastCr === -1 ? length + end - from : end - from - lastCr - 1;
      if (length > MAX_LINE_BYTES) {
        yield bytes.subarray(0, from);
        throw new FileFault('line_too_long', line);
      }
      if (lf === -1) break;
      length = 0;
      line += 1;
      from = lf + 1;
    }
    yield bytes;
  }
}

/** A CR followed by an LF is one break, as an editor counts. */
function lineBreaks(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/gu)?.length ?? 0;
  }
  return count;
}

/** A stream of text whose first 64 Ki characters can be looked at before it is read. */
function withSample(text: AsyncGenerator<string, void, undefined>): {
  sample(): Promise<string>;
  chunks(): AsyncGenerator<string, void, undefined>;
} {
  const held: string[] = [];
  let size = 0;
  return {
    async sample() {
      while (size < 64 * 1024) {
        const next = await text.next();
        if (next.done === true) break;
        held.push(next.value);
        size += next.value.length;
      }
      return held.join('').slice(0, 64 * 1024);
    },
    async *chunks() {
      yield* held;
      yield* text;
    },
  };
}
