/** Calls of importing and exporting contacts, and what their screens show. */
import { z } from 'zod';
import { ContactSort } from '../domain/contact-filter.ts';
import { Id } from '../domain/id.ts';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';
import { ContactSelection } from './contacts.ts';

/**
 * Where the page puts a file to import: POST of the bytes with `X-File-Name` (percent-encoded). The rows are read straight into the encrypted
 * cache; the file itself is never written. The answer is 201 with its ImportJob. `X-Encoding` (a label of TextDecoder) and `X-Delimiter`
 * (percent-encoded) say what would else be found out: post the same file again with them, and discard the first job.
 */
export const IMPORT_PATH = '/import';
/** Where the page gets an export: GET of this and the `ticket` of `export.prepare`, once. The bytes are written as they are read. */
export const EXPORT_PATH = '/export/';

/** What a column of the file becomes; null: nothing. */
export const ImportTarget = z.union([
  z.enum([
    'name',
    'first_name',
    'last_name',
    'company',
    'phone',
    'email',
    'language',
    'time_zone',
    'labels',
    'note',
    'consent_marketing',
    'consent_service',
  ]),
  z.object({ fieldId: Id }),
]);
export type ImportTarget = z.infer<typeof ImportTarget>;

/** A column as it stands in the file, with its first values. `key` names it in the mapping. */
export const ImportColumn = z.object({
  key: z.string(),
  header: z.string().nullable(),
  samples: z.array(z.string()).max(5),
  /** What it seems to be, or what it was the last time a file had this header. */
  guess: ImportTarget.nullable(),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

/** How the rows become contacts. */
export const ImportOptions = z.object({
  /** By column key; of vCards and our own exports empty: their columns say what they are. */
  mapping: z.record(z.string(), ImportTarget),
  /** Country of numbers without a country code, ISO 3166. */
  region: z.string().length(2),
  /** A row that is somebody known (same number, address or identity): fill in what is missing, replace what is there, or leave it. */
  known: z.enum(['fill', 'replace', 'skip']),
  /** Labels for everybody of this import. */
  labelIds: z.array(Id).max(20),
  /** Where these people's data come from and why the company may hold them: required (R000-6), kept in the audit. */
  lawfulSource: z.string().max(1000),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

/**
 * `reading` the file; `mapping`: waits for options; `checking`: the dry run; `checked`: waits for the start; `running`; `cancelled` (what was
 * done stays until undone); `done`; `undoing`; `undone`; `failed`: the file cannot be read, `problem` says why.
 */
export const ImportState = z.enum([
  'reading',
  'mapping',
  'checking',
  'checked',
  'running',
  'cancelled',
  'done',
  'undoing',
  'undone',
  'failed',
]);
export type ImportState = z.infer<typeof ImportState>;

/** `create`, `update`, `skip` (somebody known, or nothing new), `bad`; `done` of them are applied; `read` bytes of `bytes` while reading. */
export const ImportCounts = z.object({
  rows: z.number().int(),
  checked: z.number().int(),
  create: z.number().int(),
  update: z.number().int(),
  skip: z.number().int(),
  bad: z.number().int(),
  done: z.number().int(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const ImportJob = z.object({
  id: Id,
  fileName: z.string(),
  format: z.enum(['csv', 'vcard', 'json']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(ImportColumn),
  /** Null until somebody has chosen. */
  options: ImportOptions.nullable(),
  state: ImportState,
  counts: ImportCounts,
  /** Share of the file that was read, 0 to 1; null when its size is not known. */
  readShare: z.number().nullable(),
  /** Why it failed: a kind of electron/transfer/problems.ts, with its line. */
  problem: z.object({ kind: z.string(), line: z.number().int().nullable() }).nullable(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type ImportJob = z.infer<typeof ImportJob>;

/** One line of the dry run's report. `reason` and `column` of what is wrong or worth knowing; `name` as it would be. */
export const ImportLine = z.object({
  line: z.number().int(),
  verdict: z.enum(['create', 'update', 'skip', 'bad']),
  name: z.string(),
  contactId: Id.nullable(),
  reason: z.string().nullable(),
  column: z.string().nullable(),
});
export type ImportLine = z.infer<typeof ImportLine>;

export const ExportFormat = z.enum(['csv', 'vcard', 'json']);
export type ExportFormat = z.infer<typeof ExportFormat>;

const job = z.object({ importId: Id });

export const importCalls = {
  /** Newest first. */
  'imports.list': call(nothing, z.array(ImportJob)),
  'import.get': call(job, ImportJob),
  /** Keeps the options and makes the dry run: nothing is changed. Refused with `invalid_value` without a lawful source. */
  'import.check': call(z.object({ importId: Id, options: ImportOptions }), nothing),
  'import.lines': call(
    z.object({
      importId: Id,
      verdict: z.enum(['create', 'update', 'skip', 'bad']).nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ lines: z.array(ImportLine), total: z.number().int() }),
  ),
  /** Applies what was checked; also goes on with one that was cancelled or interrupted. */
  'import.start': call(job, nothing),
  /** Stops reading, checking or running. */
  'import.cancel': call(job, nothing),
  /** Takes back everything that this import made or changed. */
  'import.undo': call(job, nothing),
  /** Forgets the rows and the report; contacts stay. */
  'import.discard': call(job, nothing),
  /** A ticket for the report as CSV: every row, its verdict and reason. */
  'import.report': call(job, z.object({ ticket: z.string() })),
  /** A ticket for an export; it is written into the audit. `sort` orders the rows. */
  'export.prepare': call(
    z.object({ selection: ContactSelection, sort: ContactSort, format: ExportFormat }),
    z.object({
      ticket: z.string(),
      contacts: z.number().int(),
      /** Of the selection, but left out: their data may only be kept. */
      restricted: z.number().int().optional(),
      fileName: z.string(),
    }),
  ),
} as const;
