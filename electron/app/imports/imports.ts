/**
 * Imports of contacts, one job each: read into the encrypted cache, mapped, checked, run, undone. All of it goes on in the background in small
 * slices; the record in the cache says how far it is, so that a start goes on where the process before it ended.
 */
import type { ImportJob, ImportOptions } from '../../../shared/contract/imports.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { AuditLine, Ready } from '../context.ts';
import { failure } from '../failures.ts';
import { invalidValue } from '../contacts/check-patch.ts';
import type { Log } from '../log.ts';
import type { Publisher } from '../publisher.ts';
import { type JobPorts, type Task, checkJob, forgetFile, readJob, runJob, undoJob } from './jobs.ts';
import { headersKey } from './read-file.ts';
import { type StoredImport, jobOf, storedImport, storedImports } from './stored.ts';

export type Imports = {
  /** A file that was put into an encrypted one: its rows are read from now on. */
  begin(file: ImportFile): Promise<ImportJob>;
  list(): Promise<ImportJob[]>;
  get(importId: string): Promise<ImportJob>;
  check(importId: string, options: ImportOptions): Promise<void>;
  start(importId: string): Promise<void>;
  cancel(importId: string): Promise<void>;
  undo(importId: string): Promise<void>;
  discard(importId: string): Promise<void>;
  /** Goes on with what an earlier process, or somebody's signing out, has interrupted. */
  resume(): void;
  /** Everything under way is at rest when it resolves; `resume` goes on. */
  pause(): Promise<void>;
};

export type ImportFile = {
  mediaId: string;
  fileName: string;
  bytes: number;
  /** Null: to be found out. */
  encoding: string | null;
  delimiter: string | null;
};

export type ImportsOptions = {
  /** Throws `not_ready` when nobody is signed in. */
  ready(): Ready;
  publisher: Publisher;
  changed(changes: ChangeSet): void;
  /** Something was thrown away that lies on the disk. */
  tidy(): void;
  audit(entry: AuditLine): Promise<void>;
  log: Log;
  now(): number;
};

/** Milliseconds between two words about how far an import is. */
const TOLD_EVERY = 250;
const NO_COUNTS = { rows: 0, checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 };

export function createImports(options: ImportsOptions): Imports {
  const { publisher, log, now } = options;
  const tasks = new Map<string, Task>();
  /** When the page was told of a job last. */
  const told = new Map<string, number>();
  let paused = false;

  async function need(importId: string): Promise<StoredImport> {
    const job = await storedImport(options.ready().cache.read, importId);
    if (job === null) throw failure('not_found', 'no such import');
    return job;
  }

  async function keep(job: StoredImport): Promise<void> {
    options.changed(await options.ready().cache.write.saveImport(job));
    publisher.publish('import', jobOf(job));
  }

  function tell(job: StoredImport): void {
    const last = told.get(job.id) ?? -Infinity;
    if (performance.now() - last < TOLD_EVERY) return;
    told.set(job.id, performance.now());
    publisher.publish('import', jobOf(job));
  }

  const ports: JobPorts = {
    ready: options.ready,
    keep,
    tell,
    changed: options.changed,
    tidy: options.tidy,
    now,
  };

  /** Runs in the background. The job's record is kept at its end, whatever that is. */
  function launch(job: StoredImport, work: (task: Task) => Promise<void>): void {
    const task: Task = { stop: 'no', ended: Promise.resolve() };
    tasks.set(job.id, task);
    task.ended = work(task)
      .catch(async (error: unknown) => {
        // A cache that was closed, or somebody who has signed out: the next start goes on.
        if (task.stop === 'interrupted') return;
        log.error({ error, state: job.state }, 'an import has stopped');
        Object.assign(job, { state: 'failed', problem: { kind: 'unreadable', line: null }, endedAt: now() });
        await keep(job);
      })
      .catch((error: unknown) => log.warn({ error }, 'the end of an import was not kept'))
      .finally(() => {
        tasks.delete(job.id);
        told.delete(job.id);
      });
  }

  const read = (job: StoredImport) => launch(job, (task) => readJob(ports, job, task));
  const dryRun = (job: StoredImport, chosen: ImportOptions) =>
    launch(job, (task) => checkJob(ports, job, task, chosen));
  const run = (job: StoredImport) => launch(job, (task) => runJob(ports, job, task));
  const takeBack = (job: StoredImport) => launch(job, (task) => undoJob(ports, job, task));

  async function goOn(): Promise<void> {
    // What was interrupted a moment ago comes to rest first.
    const leaving = [...tasks.values()].filter(({ stop }) => stop === 'interrupted');
    await Promise.all(leaving.map(({ ended }) => ended));
    const jobs = await storedImports(options.ready().cache.read);
    for (const job of jobs.toReversed()) {
      if (paused || tasks.has(job.id)) continue;
      if (job.state === 'reading') read(job);
      else if (job.state === 'checking' && job.options !== null) dryRun(job, job.options);
      else if (job.state === 'running') run(job);
      else if (job.state === 'undoing') takeBack(job);
    }
  }

  function idle(job: StoredImport, states: readonly ImportJob['state'][]): void {
    if (!tasks.has(job.id) && states.includes(job.state)) return;
    throw new CallFailure({
      kind: 'refused',
      message: `an import that is ${job.state}`,
      gateway: 'conflict',
    });
  }

  return {
    async begin({ mediaId, fileName, encoding, delimiter }) {
      const job: StoredImport = {
        id: newId(),
        fileName,
        format: 'csv',
        encoding: encoding ?? '',
        delimiter,
        columns: [],
        options: null,
        state: 'reading',
        counts: { ...NO_COUNTS },
        readShare: 0,
        problem: null,
        startedAt: now(),
        endedAt: null,
        source: { mediaId, encoding, delimiter, columns: [] },
      };
      await keep(job);
      const answer = structuredClone(jobOf(job));
      read(job);
      return answer;
    },
    list: async () => (await storedImports(options.ready().cache.read)).map(jobOf),
    get: async (importId) => jobOf(await need(importId)),
    async check(importId, given) {
      const job = await need(importId);
      idle(job, ['mapping', 'checked']);
      const lawfulSource = given.lawfulSource.trim();
      if (lawfulSource === '') throw invalidValue('lawfulSource', 'missing');
      const chosen = { ...given, lawfulSource };
      const { cache } = options.ready();
      if (job.columns.length > 0) {
        const headers = headersKey(job.columns);
        await cache.write.saveImportMapping({ headers, mapping: JSON.stringify(given.mapping), now: now() });
      }
      Object.assign(job, { options: chosen, state: 'checking', endedAt: null });
      await keep(job);
      dryRun(job, chosen);
    },
    async start(importId) {
      const job = await need(importId);
      idle(job, ['checked', 'cancelled', 'running']);
      if (job.options === null || job.counts.checked < job.counts.rows) {
        throw new CallFailure({ kind: 'refused', message: 'not checked yet', gateway: 'conflict' });
      }
      Object.assign(job, { state: 'running', endedAt: null });
      await options.audit({
        action: 'contacts.import',
        subjects: [importId],
        counts: { create: job.counts.create, update: job.counts.update },
        reason: job.options.lawfulSource,
      });
      await keep(job);
      run(job);
    },
    async cancel(importId) {
      const task = tasks.get(importId);
      if (task === undefined) return;
      task.stop = 'cancelled';
      await task.ended;
    },
    async undo(importId) {
      const job = await need(importId);
      idle(job, ['done', 'cancelled', 'undoing']);
      Object.assign(job, { state: 'undoing', endedAt: null });
      await options.audit({
        action: 'contacts.import.undo',
        subjects: [importId],
        counts: { contacts: job.counts.done },
        reason: null,
      });
      await keep(job);
      takeBack(job);
    },
    async discard(importId) {
      const job = await need(importId);
      idle(job, ['mapping', 'checked', 'cancelled', 'done', 'undone', 'failed']);
      await forgetFile(ports, job);
      options.changed(await options.ready().cache.write.discardImport({ importId }));
    },
    resume() {
      paused = false;
      goOn().catch((error: unknown) => log.warn({ error }, 'imports were not taken up again'));
    },
    async pause() {
      paused = true;
      for (const task of tasks.values()) task.stop = 'interrupted';
      await Promise.all([...tasks.values()].map(({ ended }) => ended));
    },
  };
}
