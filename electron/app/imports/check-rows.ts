/** The dry run: every row of an import is judged and its verdict kept; nothing is changed. */
import type { ImportCounts, ImportOptions } from '../../../shared/contract/imports.ts';
import type { CacheReader } from '../../cache/api.ts';
import type { ImportRow as CacheRow, RowVerdict } from '../../cache/imports/types.ts';
import type { Column } from '../../transfer/columns.ts';
import { recordMapper } from '../../transfer/map-record.ts';
import type { MappedRecord } from '../../transfer/map-record.ts';
import type { Ready } from '../context.ts';
import { type CheckedRow, type JudgeRules, type Verdict, bad, checkRow, judge, skipped } from './judge.ts';
import { type RowKeys, type Seen, createSeen, keysOf, knownOf } from './known.ts';
import { unpackRow } from './staged-row.ts';
import { fieldByKey, readerMapping } from './targets.ts';
import { createTurns } from './turns.ts';

/** Rows of one look into the cache and of one write. */
const AT_ONCE = 500;

export type Checking = {
  importId: string;
  columns: readonly Column[];
  options: ImportOptions;
  fileName: string;
  now: number;
  stopped(): boolean;
  onProgress(counts: Pick<ImportCounts, 'checked' | 'create' | 'update' | 'skip' | 'bad'>): void;
};

type Mapper = (row: CacheRow) => MappedRecord | null;

/** Answers false when it was stopped. */
export async function checkRows(ready: Ready, checking: Checking): Promise<boolean> {
  const { read, write } = ready.cache;
  const { importId, options, fileName, now } = checking;
  const { fields, labels } = await read.directory();
  const rules: JudgeRules = { options, fields, labels, fileName, now };
  const mapper = mapperOf(checking);
  const headerOf = headersOf(checking, rules);
  const counts = { checked: 0, create: 0, update: 0, skip: 0, bad: 0 };
  const seen = createSeen();
  const turn = createTurns();
  let writing: Promise<void> = Promise.resolve();
  let coming = read.importRows({ importId, from: 0, limit: AT_ONCE });
  for (;;) {
    const rows = await coming;
    const last = rows.at(-1);
    if (last === undefined) break;
    if (checking.stopped()) return false;
    // The next ones are read while these are judged.
    coming = read.importRows({ importId, from: last.n + 1, limit: AT_ONCE });
    coming.catch(() => undefined);
    const verdicts: RowVerdict[] = [];
    for await (const { row, verdict } of judged(read, rows, mapper, rules, seen, turn)) {
      counts[verdict.verdict] += 1;
      counts.checked += 1;
      const { part, ...rest } = verdict;
      verdicts.push({ n: row.n, ...rest, column: part === null ? null : headerOf(part) });
    }
    await writing;
    writing = write.setImportVerdicts({ importId, verdicts });
    writing.catch(() => undefined);
    checking.onProgress(counts);
  }
  await writing;
  return true;
}

type Prepared = { row: CacheRow } & (
  | { verdict: Verdict }
  | { checked: Extract<CheckedRow, { ok: true }>; keys: RowKeys }
);

async function* judged(
  read: CacheReader,
  rows: readonly CacheRow[],
  mapper: Mapper,
  rules: JudgeRules,
  seen: Seen,
  turn: () => Promise<void> | null,
): AsyncGenerator<{ row: CacheRow; verdict: Verdict }, void, undefined> {
  const prepared: Prepared[] = [];
  for (const row of rows) {
    prepared.push(prepare(row, mapper, rules));
    const pause = turn();
    if (pause !== null) await pause;
  }
  const known = await knownOf(
    read,
    prepared.flatMap((one) => ('keys' in one ? [one.keys] : [])),
  );
  for (const one of prepared) {
    yield {
      row: one.row,
      verdict: 'keys' in one ? verdictOf(one, known(one.keys), rules, seen) : one.verdict,
    };
    const pause = turn();
    if (pause !== null) await pause;
  }
}

function verdictOf(
  { row, checked, keys }: Extract<Prepared, { keys: RowKeys }>,
  known: Parameters<typeof judge>[1],
  rules: JudgeRules,
  seen: Seen,
): Verdict {
  const earlier = seen.lineOf(keys);
  // Two rows of one person: the first one counts, and the report says so.
  if (earlier !== null) return skipped(checked.row.name, 'twice_in_file', known?.id ?? null);
  seen.add(keys, row.line);
  return judge(checked, known, rules);
}

function prepare(row: CacheRow, mapper: Mapper, rules: JudgeRules): Prepared {
  const mapped = mapper(row);
  if (mapped === null) return { row, verdict: skipped('', 'erased', null) };
  if (mapped.type === 'problem') return { row, verdict: bad('', mapped.reason, mapped.column) };
  const checked = checkRow(mapped.row, rules);
  if (!checked.ok) return { row, verdict: checked.verdict };
  return { row, checked, keys: keysOf(checked.row, checked.patch) };
}

/** From a row of the cache to a row of the file's own words. */
function mapperOf({ columns, options }: Checking): Mapper {
  const { main, service } = readerMapping(options.mapping);
  const map = recordMapper(columns, main);
  const mapService = service === null ? null : recordMapper(columns, service);
  return ({ line, raw }) => {
    const staged = unpackRow(raw);
    if (staged === null) return null;
    if ('problem' in staged) {
      const { reason, column } = staged.problem;
      return { type: 'problem', line, column, position: null, reason: reason as RowReasonOf<MappedRecord> };
    }
    if ('row' in staged) return { type: 'row', row: staged.row };
    const record = { type: 'record' as const, line, values: staged.cells };
    const mapped = map(record);
    if (mapped.type === 'problem' || mapService === null) return mapped;
    const extra = mapService(record);
    if (extra.type === 'row') {
      for (const consent of extra.row.consent) mapped.row.consent.push({ ...consent, purpose: 'service' });
      // A row that has nothing but this column is empty: the main mapping has told.
    } else if (extra.reason !== 'empty_contact') return extra;
    return mapped;
  };
}

type RowReasonOf<T> = T extends { type: 'problem'; reason: infer R } ? R : never;

/** A part of a row by the header of its column, as the report names it. */
function headersOf({ columns, options }: Checking, { fields }: JudgeRules): (part: string) => string {
  const headers = new Map<string, string>();
  const parts: Record<string, string> = { phone: 'phones', email: 'emails', time_zone: 'timeZone' };
  for (const { key, header } of columns) {
    const target = options.mapping[key];
    if (target === undefined) continue;
    const part = typeof target === 'string' ? (parts[target] ?? target) : `field:${target.fieldId}`;
    if (!headers.has(part)) headers.set(part, header ?? key);
  }
  return (part) => {
    const known = headers.get(part);
    if (known !== undefined) return known;
    const field = part.startsWith('field:') ? fieldByKey(part.slice('field:'.length), fields) : null;
    return field?.name ?? part;
  };
}
