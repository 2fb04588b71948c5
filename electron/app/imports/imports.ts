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
import { checkRows } from './check-rows.ts';
import { headersKey, readFile, stagedSource } from './read-file.ts';
import { runRows, undoRows } from './run-rows.ts';
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

/** What is under way for a job. `why`: an interruption leaves the record as it is, a cancel changes it. */
type Task = { stop: 'no' | 'cancelled' | 'interrupted'; ended: Promise<void> };

/** Milliseconds between two words about how far an import is. */
const TOLD_EVERY = 250;
const NO_COUNTS = { rows: 0, checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 };

export function createImports(options: ImportsOptions): Imports {
  const { publisher, log, now } = options;
  const tasks = new Map<string, Task>();
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

  /** A function that tells the page at most a few times in a second. */
  function teller(job: StoredImport): () => void {
    let told = -Infinity;
    return () => {
      if (performance.now() - told < TOLD_EVERY) return;
      told = performance.now();
      publisher.publish('import', jobOf(job));
    };
  }

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
      .finally(() => tasks.delete(job.id));
  }

  function read(job: StoredImport): void {
    launch(job, async (task) => {
      const ready = options.ready();
      const { mediaId, encoding, delimiter } = job.source;
      if (mediaId === null) return end(job, 'failed', { kind: 'unreadable', line: null });
      const { size: total } = await ready.sync.readMedia(mediaId);
      const tell = teller(job);
      const outcome = await readFile(ready, {
        importId: job.id,
        source: stagedSource(ready, mediaId),
        encoding,
        delimiter,
        stopped: () => task.stop !== 'no',
        async onPreview(preview, columns) {
          const { plan } = preview;
          Object.assign(job, { format: plan.format, encoding: plan.encoding, columns });
          job.delimiter = plan.format === 'csv' ? plan.delimiter : null;
          job.source.plan = plan;
          job.source.columns = preview.columns;
          await keep(job);
        },
        onProgress(rows, bytes) {
          job.counts.rows = rows;
          job.readShare = total === 0 ? 1 : Math.min(1, bytes / total);
          tell();
        },
      });
      if (task.stop === 'interrupted') return;
      await forgetFile(ready, job);
      if (outcome.ok === null) return end(job, 'cancelled', null);
      if (!outcome.ok) return end(job, 'failed', { kind: outcome.problem.kind, line: outcome.problem.line });
      job.counts.rows = outcome.rows;
      job.readShare = 1;
      await end(job, 'mapping', null);
    });
  }

  /** The rows are in the cache, or never will be. */
  async function forgetFile({ cache }: Ready, job: StoredImport): Promise<void> {
    const { mediaId } = job.source;
    if (mediaId === null) return;
    job.source.mediaId = null;
    if (await cache.write.discardStaged({ id: mediaId })) options.tidy();
  }

  async function end(
    job: StoredImport,
    state: ImportJob['state'],
    problem: ImportJob['problem'],
  ): Promise<void> {
    const over = state !== 'mapping' && state !== 'checked';
    Object.assign(job, { state, problem, endedAt: over ? now() : null });
    await keep(job);
  }

  function dryRun(job: StoredImport, chosen: ImportOptions): void {
    launch(job, async (task) => {
      const tell = teller(job);
      Object.assign(job.counts, { checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 });
      const whole = await checkRows(options.ready(), {
        importId: job.id,
        columns: job.source.columns,
        options: chosen,
        fileName: job.fileName,
        now: job.startedAt,
        stopped: () => task.stop !== 'no',
        onProgress(counts) {
          Object.assign(job.counts, counts);
          tell();
        },
      });
      if (task.stop === 'interrupted') return;
      await end(job, whole ? 'checked' : 'mapping', null);
    });
  }

  function run(job: StoredImport): void {
    launch(job, async (task) => {
      const ready = options.ready();
      job.counts = await ready.cache.read.importCounts({ importId: job.id });
      const tell = teller(job);
      const whole = await runRows(ready, {
        ...running(job, task, tell),
        onBatch(rows) {
          job.counts.done += rows;
          return job;
        },
      });
      if (task.stop === 'interrupted') return;
      await end(job, whole ? 'done' : 'cancelled', null);
    });
  }

  function takeBack(job: StoredImport): void {
    launch(job, async (task) => {
      const ready = options.ready();
      job.counts = await ready.cache.read.importCounts({ importId: job.id });
      const tell = teller(job);
      const steps = {
        ...running(job, task, tell),
        onBatch(rows: number) {
          job.counts.done = Math.max(0, job.counts.done - rows);
          return job;
        },
      };
      const whole = await undoRows(ready, steps, job.counts.rows);
      if (task.stop === 'interrupted') return;
      await end(job, whole ? 'undone' : 'cancelled', null);
    });
  }

  function running(job: StoredImport, task: Task, tell: () => void) {
    return {
      importId: job.id,
      fileName: job.fileName,
      now,
      stopped: () => task.stop !== 'no',
      onChanged(changes: ChangeSet) {
        options.changed(changes);
        tell();
      },
    };
  }

  async function goOn(): Promise<void> {
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
        source: { mediaId, encoding, delimiter, plan: null, columns: [] },
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
      const ready = options.ready();
      await forgetFile(ready, job);
      options.changed(await ready.cache.write.discardImport({ importId }));
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
