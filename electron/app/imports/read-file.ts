/** From the encrypted file to rows in the cache: what it is, how its columns look, and every row as it stands. */
import type { ImportColumn, ImportTarget } from '../../../shared/contract/imports.ts';
import type { Ready } from '../context.ts';
import type { StagedRow as CacheRow } from '../../cache/imports/types.ts';
import type { Column } from '../../transfer/columns.ts';
import type { FilePreview, ReadingPlan } from '../../transfer/import-rows.ts';
import { importRows, previewFile } from '../../transfer/import-rows.ts';
import type { FileProblem } from '../../transfer/problems.ts';
import { readCsv } from '../../transfer/read-csv.ts';
import type { ImportSource } from '../../transfer/source.ts';
import { type StagedRow, packRow } from './staged-row.ts';
import { guessedTarget } from './targets.ts';
import { createTurns } from './turns.ts';

/** Rows of one write. */
const AT_ONCE = 1000;
const SAMPLES = 5;
const SAMPLE_LENGTH = 120;

export type Reading = {
  importId: string;
  source: ImportSource;
  encoding: string | null;
  delimiter: string | null;
  stopped(): boolean;
  /** The columns are known. `headers`: by which a mapping is remembered. */
  onPreview(preview: FilePreview, columns: ImportColumn[]): Promise<void>;
  onProgress(rows: number, bytes: number): void;
};

export type ReadOutcome = { ok: true; rows: number } | { ok: false; problem: FileProblem } | { ok: null };

/** A staged file, which can be opened again: the encoding is known only after a first pass. */
export function stagedSource({ sync }: Ready, mediaId: string): ImportSource {
  return {
    async *open() {
      const { size, bytes } = await sync.readMedia(mediaId);
      yield* bytes(0, size);
    },
    size: async () => (await sync.readMedia(mediaId)).size,
  };
}

/** By which a mapping is remembered: the names of the columns in their order. */
export function headersKey(columns: readonly Pick<Column, 'key'>[]): string {
  return JSON.stringify(columns.map(({ key }) => key));
}

/** `ok` null: stopped. */
export async function readFile(ready: Ready, reading: Reading): Promise<ReadOutcome> {
  const { fields } = await ready.cache.read.directory();
  const { encoding, delimiter } = reading;
  const fieldNames = fields.filter((field) => !field.deleted).map(({ name }) => name);
  const seen = await previewFile(reading.source, { encoding, delimiter, fieldNames });
  if (!seen.ok) return { ok: false, problem: seen.problem };
  const { preview } = seen;
  await reading.onPreview(preview, await columnsOf(ready, preview));
  return stageRows(ready, reading, preview);
}

async function columnsOf({ cache }: Ready, preview: FilePreview): Promise<ImportColumn[]> {
  // Cards and our own files say what their columns are.
  if (preview.plan.format !== 'csv' || preview.own) return [];
  const { mapping } = preview.plan;
  const { fields } = await cache.read.directory();
  const kept = await cache.read.importMapping({ headers: headersKey(preview.columns) });
  const before = kept === null ? null : (JSON.parse(kept) as Record<string, ImportTarget>);
  return preview.columns.map(({ key, header, position }) => ({
    key,
    header,
    samples: preview.rows.slice(0, SAMPLES).map((row) => (row[position - 1] ?? '').slice(0, SAMPLE_LENGTH)),
    // What somebody chose counts before any guess, also that a column is nothing.
    guess: before === null ? guessedTarget(mapping[key], fields) : (before[key] ?? null),
  }));
}

async function stageRows(ready: Ready, reading: Reading, preview: FilePreview): Promise<ReadOutcome> {
  const { importId } = reading;
  let n = 0;
  let bytes = 0;
  let batch: CacheRow[] = [];
  let writing: Promise<void> = Promise.resolve();
  const turn = createTurns();
  const onBytes = (read: number) => {
    bytes = read;
  };
  // One batch is written while the next one is read, and no more.
  const flush = async () => {
    const rows = batch;
    batch = [];
    await writing;
    writing = ready.cache.write.stageImportRows({ importId, rows });
    writing.catch(() => undefined);
    reading.onProgress(n, bytes);
  };
  for await (const item of itemsOf(reading.source, preview, onBytes)) {
    if (reading.stopped()) return { ok: null };
    if ('failed' in item) {
      await writing;
      return { ok: false, problem: item.failed };
    }
    batch.push({ n, line: item.line, raw: packRow(item.staged) });
    n += 1;
    if (batch.length >= AT_ONCE) await flush();
    const pause = turn();
    if (pause !== null) await pause;
  }
  await flush();
  await writing;
  return { ok: true, rows: n };
}

type Item = { line: number; staged: StagedRow } | { failed: FileProblem };

async function* itemsOf(
  source: ImportSource,
  preview: FilePreview,
  onBytes: (read: number) => void,
): AsyncGenerator<Item, void, undefined> {
  const items =
    preview.plan.format === 'csv' && !preview.own
      ? readCsv(source, csvOptions(preview.plan, onBytes))
      : importRows(source, preview.plan, onBytes);
  for await (const item of items) {
    switch (item.type) {
      case 'record':
        yield { line: item.line, staged: { cells: item.values } };
        break;
      case 'row':
        yield { line: item.row.line, staged: { row: item.row } };
        break;
      case 'problem':
        yield { line: item.line, staged: { problem: { reason: item.reason, column: item.column } } };
        break;
      case 'failed':
        yield { failed: item.problem };
        return;
      // The columns are known from the preview, and notes are about rows that are taken all the same.
      case 'columns':
      case 'note':
      case 'end':
        break;
    }
  }
}

function csvOptions(
  { encoding, delimiter, header }: Extract<ReadingPlan, { format: 'csv' }>,
  onBytes: (read: number) => void,
) {
  return { encoding, delimiter, header, onBytes };
}
