/** What a job does in the background: reading its file, the dry run, running, taking back. Each ends with the job's new state kept. */
import type { ImportJob, ImportOptions } from '../../../shared/contract/imports.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Ready } from '../context.ts';
import { checkRows } from './check-rows.ts';
import { readFile, stagedSource } from './read-file.ts';
import { runRows, undoRows } from './run-rows.ts';
import type { StoredImport } from './stored.ts';

/** What is under way for a job. `interrupted` leaves the record as it is, `cancelled` changes it. */
export type Task = { stop: 'no' | 'cancelled' | 'interrupted'; ended: Promise<void> };

export type JobPorts = {
  ready(): Ready;
  keep(job: StoredImport): Promise<void>;
  /** Tells the page how far it is, at most a few times in a second. */
  tell(job: StoredImport): void;
  changed(changes: ChangeSet): void;
  /** Something was thrown away that lies on the disk. */
  tidy(): void;
  now(): number;
};

export async function readJob(ports: JobPorts, job: StoredImport, task: Task): Promise<void> {
  const ready = ports.ready();
  const { mediaId, encoding, delimiter } = job.source;
  if (mediaId === null) return end(ports, job, 'failed', { kind: 'unreadable', line: null });
  const { size: total } = await ready.sync.readMedia(mediaId);
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
      job.source.columns = preview.columns;
      await ports.keep(job);
    },
    onProgress(rows, bytes) {
      job.counts.rows = rows;
      job.readShare = total === 0 ? 1 : Math.min(1, bytes / total);
      ports.tell(job);
    },
  });
  if (task.stop === 'interrupted') return;
  await forgetFile(ports, job);
  if (outcome.ok === null) return end(ports, job, 'cancelled', null);
  if (!outcome.ok) {
    const { kind, line } = outcome.problem;
    return end(ports, job, 'failed', { kind, line });
  }
  job.counts.rows = outcome.rows;
  job.readShare = 1;
  await end(ports, job, 'mapping', null);
}

/** The rows are in the cache, or never will be. */
export async function forgetFile({ ready, tidy }: JobPorts, job: StoredImport): Promise<void> {
  const { mediaId } = job.source;
  if (mediaId === null) return;
  job.source.mediaId = null;
  if (await ready().cache.write.discardStaged({ id: mediaId })) tidy();
}

export async function checkJob(
  ports: JobPorts,
  job: StoredImport,
  task: Task,
  options: ImportOptions,
): Promise<void> {
  Object.assign(job.counts, { checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 });
  const whole = await checkRows(ports.ready(), {
    importId: job.id,
    columns: job.source.columns,
    options,
    fileName: job.fileName,
    now: job.startedAt,
    stopped: () => task.stop !== 'no',
    onProgress(counts) {
      Object.assign(job.counts, counts);
      ports.tell(job);
    },
  });
  if (task.stop !== 'interrupted') await end(ports, job, whole ? 'checked' : 'mapping', null);
}

export async function runJob(ports: JobPorts, job: StoredImport, task: Task): Promise<void> {
  const ready = ports.ready();
  job.counts = await ready.cache.read.importCounts({ importId: job.id });
  const whole = await runRows(
    ready,
    running(ports, job, task, (rows) => {
      job.counts.done += rows;
    }),
  );
  if (task.stop !== 'interrupted') await end(ports, job, whole ? 'done' : 'cancelled', null);
}

export async function undoJob(ports: JobPorts, job: StoredImport, task: Task): Promise<void> {
  const ready = ports.ready();
  job.counts = await ready.cache.read.importCounts({ importId: job.id });
  const steps = running(ports, job, task, (rows) => {
    job.counts.done = Math.max(0, job.counts.done - rows);
  });
  const whole = await undoRows(ready, steps, job.counts.rows);
  if (task.stop !== 'interrupted') await end(ports, job, whole ? 'undone' : 'cancelled', null);
}

function running(ports: JobPorts, job: StoredImport, task: Task, count: (rows: number) => void) {
  return {
    importId: job.id,
    now: ports.now,
    stopped: () => task.stop !== 'no',
    onBatch(rows: number): ImportJob {
      count(rows);
      return job;
    },
    onChanged(changes: ChangeSet) {
      ports.changed(changes);
      ports.tell(job);
    },
  };
}

async function end(
  ports: JobPorts,
  job: StoredImport,
  state: ImportJob['state'],
  problem: ImportJob['problem'],
): Promise<void> {
  const over = state !== 'mapping' && state !== 'checked';
  Object.assign(job, { state, problem, endedAt: over ? ports.now() : null });
  await ports.keep(job);
}
