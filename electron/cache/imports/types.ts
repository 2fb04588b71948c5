/**
 * Import jobs on this machine: what stands in the file (encrypted like all else), what is to become of each row, and what was there
 * before. Everything is written in batches, so that a job can be checked, run, cancelled, gone on with after a restart, and undone.
 */
import type { ImportJob, ImportLine } from '../../../shared/contract/imports.ts';
import type { ContactChange } from '../../../shared/domain/contact.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { ChannelKind } from '../../../shared/domain/channel.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Command } from '../../../shared/protocol/commands.ts';

export type Verdict = ImportLine['verdict'];

/** A row as the file has it. `n`: 0, 1, 2 … without holes. `raw`: JSON of the engine's own; the cache does not look into it. */
export type StagedRow = { n: number; line: number; raw: string };

/** What a row becomes. `before`: what leads back (see `ImportRow`), written when the row is applied; kept when left out here. */
export type RowVerdict = {
  n: number;
  verdict: Verdict;
  name: string;
  contactId: string | null;
  reason: string | null;
  column: string | null;
  /** What is to be done: null for `skip` and `bad`. */
  change: ImportChange | null;
};

/** The commands' parts that one row makes. */
export type ImportChange = {
  contact: ContactChange;
  consents: Omit<ConsentEntry, 'recordedBy' | 'recordedAt' | 'rev'>[];
};

/**
 * A row with all that is known. `done`: its command is in the outbox. `before`: of an update, the patch that leads back; of a creation null
 * (it is undone by deleting the contact).
 */
export type ImportRow = StagedRow & {
  verdict: Verdict | null;
  name: string;
  contactId: string | null;
  reason: string | null;
  column: string | null;
  change: ImportChange | null;
  before: ContactChange['patch'] | null;
  done: boolean;
};

export type ImportReader = {
  /** Newest first. */
  imports(): Promise<ImportJob[]>;
  import(input: { importId: string }): Promise<ImportJob | null>;
  /** Rows from `from` (their `n`) on, in the order of the file. `verdicts`: only these; `done`: only those done, or not done. */
  importRows(input: {
    importId: string;
    from: number;
    limit: number;
    verdicts?: readonly Verdict[];
    done?: boolean;
  }): Promise<ImportRow[]>;
  /** The report of the dry run, or of the run, as the page shows it. Rows without a verdict yet are left out. */
  importLines(input: {
    importId: string;
    verdict: Verdict | null;
    offset: number;
    limit: number;
  }): Promise<{ lines: ImportLine[]; total: number }>;
  /** Rows by verdict and how many of them are done, counted. */
  importCounts(input: { importId: string }): Promise<ImportJob['counts']>;
  /** What a file with these headers was mapped to the last time; JSON of the engine's own. */
  importMapping(input: { headers: string }): Promise<string | null>;
  /**
   * Who is known by any of these, merged and deleted people left out. `phones` in E.164: any notation of the same telephone counts
   * (shared/text/phone.ts `phoneKey`); `emails` in any case. One entry for each key that has somebody, oldest record first.
   */
  knownContacts(input: {
    phones: readonly string[];
    emails: readonly string[];
    identities: readonly { channelKind: ChannelKind; externalId: string }[];
  }): Promise<{
    phones: Record<string, string[]>;
    emails: Record<string, string[]>;
    /** By `channelKind:externalId`. */
    identities: Record<string, string[]>;
  }>;
};

export type ImportWriter = {
  /** Makes or replaces the job's own record: options, mapping, state, counts. */
  saveImport(job: ImportJob): Promise<ChangeSet>;
  /** Some hundred to a few thousand at a time. The same `n` again replaces it. */
  stageImportRows(input: { importId: string; rows: readonly StagedRow[] }): Promise<void>;
  setImportVerdicts(input: { importId: string; verdicts: readonly RowVerdict[] }): Promise<void>;
  /**
   * Keeps the commands of these rows (as `enqueueMany`) and marks the rows as done with what was before, in one transaction: after a crash
   * a row is either done and its command in the outbox, or neither. `undo`: the rows count as not done from here on.
   */
  applyImportRows(input: {
    importId: string;
    rows: readonly { n: number; before: ContactChange['patch'] | null }[];
    commands: readonly Command[];
    me: string;
    now: number;
    undo?: boolean;
    /** The job's record as it is then. */
    job?: ImportJob;
  }): Promise<ChangeSet>;
  saveImportMapping(input: { headers: string; mapping: string; now: number }): Promise<void>;
  /** Forgets the rows and the job; contacts stay. */
  discardImport(input: { importId: string }): Promise<ChangeSet>;
};
