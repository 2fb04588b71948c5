/** Backups of this machine: on demand, by schedule, and back again. One job at a time; what it is doing is told to the page. */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type {
  BackupJob,
  BackupListed,
  BackupPreview,
  BackupProblem,
  BackupState,
  backupCalls,
} from '../../../shared/contract/backup.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { CacheWorkers } from '../../cache/options.ts';
import type { AuditLine, Ready } from '../context.ts';
import { failure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { BackupParts } from '../parts.ts';
import type { Publisher } from '../publisher.ts';
import type { Retention } from '../retention/retention.ts';
import { BackupFailure, listBackups } from './format.ts';
import { BackupPlan, carriedOver, openLocally, readPlan, sealLocally, settled } from './plan.ts';
import { answered, invalid, problemOf } from './problems.ts';
import { type RestoreStep, unlockBackup } from './read-backup.ts';
import { type RestoreOptions, inspectBackup, restoreBackup } from './restore.ts';
import { nextBackupAt } from './schedule.ts';
import { writeBackup } from './write-backup.ts';

export type Backups = {
  get(): Promise<BackupState>;
  pickFolder(): Promise<string | null>;
  save(input: z.output<(typeof backupCalls)['backup.save']['input']>): Promise<BackupState>;
  /** Begins one; rejects when none can begin. */
  start(): Promise<void>;
  cancel(): void;
  list(folder: string): Promise<BackupListed[]>;
  inspect(input: { folder: string; passphrase: string }): Promise<BackupPreview>;
  restore(input: { folder: string; passphrase: string }): Promise<void>;
  /** Somebody is signed in: what was missed or broken off goes on. */
  resume(): void;
  /** Stops what runs; it goes on at the next `resume`, a backup by its schedule. */
  pause(): Promise<void>;
  /** The cache gets another key soon, or stays with the present one: what is sealed under it is for both from here on. Also pauses. */
  carryOver(next: Uint8Array): Promise<void>;
  /** Somebody has signed out: nothing is kept of where their backups go and how they open. */
  forget(): Promise<void>;
};

export type BackupsOptions = {
  ready(): Ready;
  parts: BackupParts;
  cacheKey(): Uint8Array | null;
  userDataDir: string;
  workers: CacheWorkers;
  write(file: string, content: string): Promise<void>;
  version: string;
  pickFolder: ((start: string) => Promise<string | null>) | null;
  publisher: Publisher;
  retention: Pick<Retention, 'time' | 'sources' | 'cutoffs' | 'purge'>;
  /** Whether the open cache lies on the disk. */
  onDisk(): boolean;
  changed(changes: ChangeSet): void;
  audit(line: AuditLine): Promise<void>;
  log: Log;
  /** Tests only. */
  onRestore?: ((step: RestoreStep) => void) | undefined;
  now(): number;
};

/** How often the schedule is looked at; and milliseconds between two things told about a job. */
const LOOK = 10 * MINUTE;
const TOLD = 150;

const BY_PERSON = new Error('stopped by the person');

export function createBackups(options: BackupsOptions): Backups {
  const { parts, workers, log, now, audit, retention } = options;
  const folderOfPlan = path.join(options.userDataDir, 'backup');
  const planFile = path.join(folderOfPlan, 'plan.json');
  const mediaFolder = path.join(options.userDataDir, 'media');
  const cacheFile = path.join(options.userDataDir, 'cache', 'parley.db');
  const defaultFolder = path.join(os.homedir(), 'Parley backups');

  let plan: BackupPlan | null = null;
  let job: BackupJob | null = null;
  let running: { stop: AbortController; done: Promise<unknown> } | null = null;
  let writing: Promise<void> = Promise.resolve();
  let paused = true;
  let toldAt = 0;
  let timer: NodeJS.Timeout | null = null;

  async function known(): Promise<BackupPlan> {
    if (plan !== null) return plan;
    const read = await readPlan(planFile);
    // Somebody else may have read and changed it meanwhile.
    plan ??= read;
    return plan;
  }

  /** One after the other. `too`: what changes at the same moment. */
  function keep(patch: Partial<BackupPlan>, too: () => void = () => undefined): Promise<void> {
    const kept = writing.then(async () => {
      const next = { ...(await known()), ...patch };
      plan = next;
      too();
      await options.write(planFile, `${JSON.stringify(next, null, 2)}\n`);
      options.publisher.publish('backup', stateOf(next));
    });
    writing = kept.catch(() => undefined);
    return kept;
  }

  function stateOf(of: BackupPlan): BackupState {
    const { folder, schedule, keep: number, last, lastRestore, problem } = of;
    const storage = options.onDisk() ? 'on' : 'off';
    return {
      folder: folder ?? defaultFolder,
      schedule,
      keep: number,
      hasKey: of.key !== null,
      nextAt: storage === 'off' ? null : nextBackupAt(of, now()),
      canPick: options.pickFolder !== null,
      storage,
      job,
      last,
      lastRestore,
      problem,
    };
  }

  function tell(next: BackupJob): void {
    const stages = job?.stage !== next.stage;
    job = next;
    if (!stages && performance.now() - toldAt < TOLD) return;
    toldAt = performance.now();
    if (plan !== null) options.publisher.publish('backup', stateOf(plan));
  }

  function absolute(folder: string): string {
    const typed = folder.trim();
    if (path.isAbsolute(typed)) return path.normalize(typed);
    throw invalid('folder', 'not_absolute');
  }

  function needCacheKey(): Uint8Array {
    const key = options.cacheKey();
    if (key === null) throw failure('not_ready', 'locked');
    return key;
  }

  /** Nothing of this workspace may lie on a disk, and nothing could be put back. */
  function needStorage(): void {
    if (!options.onDisk()) throw invalid('backup', 'storage_off');
  }

  /** One at a time. `end` ends it before the work is done with what it keeps. */
  function run<T>(
    kind: BackupJob['kind'],
    stage: BackupJob['stage'],
    work: (signal: AbortSignal, end: () => void) => Promise<T>,
  ): Promise<T> {
    if (paused) throw failure('not_ready', 'nobody is signed in');
    if (running !== null) throw failure('not_ready', 'another backup or restore is running');
    const stop = new AbortController();
    job = { kind, stage, share: null };
    const end = (): void => {
      if (running?.stop !== stop) return;
      job = null;
      running = null;
    };
    const done = work(stop.signal, end).finally(end);
    running = { stop, done: done.catch(() => undefined) };
    return done;
  }

  /** A job that nobody waits for: its end is told. */
  function aside(
    kind: 'backup' | 'restore',
    stage: BackupJob['stage'],
    work: (signal: AbortSignal) => Promise<void>,
  ): void {
    const problemIn = async (signal: AbortSignal): Promise<BackupProblem | null> => {
      try {
        await keep({ problem: null });
        await work(signal);
        return null;
      } catch (error) {
        if (signal.aborted) return null;
        const problem = problemOf(error);
        log.warn({ kind, problem, error }, 'a backup or restore did not work');
        return problem;
      }
    };
    run(kind, stage, async (signal, end) => {
      const problem = await problemIn(signal);
      await keep(problem === null ? {} : { problem: { kind, problem, at: now() } }, end);
    }).catch((error: unknown) => log.warn({ error }, 'the plan of backups was not kept'));
  }

  async function begin(): Promise<void> {
    const { key: stored, folder, keep: number } = await known();
    options.ready();
    needStorage();
    const cacheKey = needCacheKey();
    const key = stored === null ? null : openLocally(stored.local, cacheKey);
    if (stored === null || key === null) {
      if (stored !== null) await keep({ key: null });
      throw failure('key_unavailable', 'the passphrase of backups is needed');
    }
    aside('backup', 'copying', async (signal) => {
      try {
        const at = now();
        await keep({ triedAt: at });
        const written = await writeBackup({
          parts,
          workers,
          source: { file: cacheFile, key: cacheKey, mediaFolder },
          folder: folder ?? defaultFolder,
          keep: number,
          key: { key, kdf: stored.kdf, sealed: stored.sealed },
          version: options.version,
          now: at,
          signal,
          onProgress: (stage, share) => tell({ kind: 'backup', stage, share }),
        });
        const { counts, bytes } = written;
        const { messages, conversations, contacts, files } = counts;
        const line = { messages, conversations, contacts, files, bytes };
        await audit({ action: 'backup.write', subjects: [], counts: line, reason: null });
        await keep({ last: { at, ...written }, problem: null });
      } finally {
        key.fill(0);
      }
    });
  }

  function restoring(kind: 'restore' | 'inspect', folder: string, signal: AbortSignal): RestoreOptions {
    return {
      ready: options.ready,
      retention,
      onDisk: options.onDisk,
      cacheFile,
      mediaFolder,
      needCacheKey,
      changed: options.changed,
      onStep: options.onRestore ?? (() => undefined),
      reading: {
        parts,
        workers,
        folder,
        signal,
        onProgress: (stage, share) => tell({ kind, stage, share }),
      },
    };
  }

  /** `key` is wiped at the end. */
  function merge(folder: string, key: Uint8Array): void {
    aside('restore', 'checking', async (signal) => {
      try {
        const note = () => keep({ restoring: { folder, local: [sealLocally(key, needCacheKey())] } });
        const done = await restoreBackup(restoring('restore', folder, signal), key, note);
        await audit({ action: 'backup.restore', subjects: [], counts: done, reason: null });
        await keep({ restoring: null, lastRestore: { at: now(), ...done } });
      } catch (error) {
        // Stopped by the person or broken for good: not again at every start. Stopped by the end of the application or a lock: again.
        if (!signal.aborted || signal.reason === BY_PERSON) await keep({ restoring: null });
        throw error;
      } finally {
        key.fill(0);
      }
    });
  }

  async function unlock(folder: string, passphrase: string): Promise<Uint8Array> {
    const opened = await answered(unlockBackup(parts, absolute(folder), passphrase));
    if (opened === null) throw failure('wrong_passphrase', 'of a backup');
    return opened.key;
  }

  async function look(): Promise<void> {
    const at = stateOf(await known()).nextAt;
    if (at === null || at > now() || running !== null) return;
    await begin();
  }

  function lookLater(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => log.info({ error }, 'no scheduled backup'))
        .finally(() => lookLater(LOOK));
    }, ms);
    timer.unref();
  }

  async function pause(): Promise<void> {
    paused = true;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running?.stop.abort(new Error('the application stops'));
    await running?.done;
    await writing;
    // Whoever opens next may be somebody else, or nobody after a wipe.
    plan = null;
  }

  return {
    get: async () => stateOf(await known()),
    async pickFolder() {
      const { folder } = await known();
      return (await options.pickFolder?.(folder ?? os.homedir())) ?? null;
    },
    async save({ folder, schedule, keep: number, passphrase }) {
      needStorage();
      const place = absolute(folder);
      const before = await known();
      if (schedule !== 'off' && passphrase === null && before.key === null)
        throw failure('key_unavailable', 'a schedule needs a passphrase');
      let { key } = before;
      if (passphrase !== null) {
        if (!parts.isStrongEnough(passphrase)) throw failure('weak_passphrase', 'of backups');
        const fresh = randomBytes(32);
        try {
          const behind = await parts.sealByPassphrase(fresh, passphrase);
          key = { ...behind, local: [sealLocally(fresh, needCacheKey())] };
        } finally {
          fresh.fill(0);
        }
      }
      await keep({ folder: place, schedule, keep: number, key });
      await audit({ action: 'backup.settings', subjects: [], counts: { keep: number }, reason: schedule });
      lookLater(schedule === before.schedule ? LOOK : MINUTE);
      return stateOf(await known());
    },
    start: begin,
    cancel: () => running?.stop.abort(BY_PERSON),
    list: (folder) => answered(listBackups(absolute(folder))),
    async inspect({ folder, passphrase }) {
      options.ready();
      needStorage();
      const key = await unlock(folder, passphrase);
      try {
        await known();
        await audit({ action: 'backup.inspect', subjects: [], counts: {}, reason: null });
        return await answered(
          run('inspect', 'checking', (signal) =>
            inspectBackup(restoring('inspect', absolute(folder), signal), key).catch((error: unknown) => {
              throw signal.aborted ? new BackupFailure('stopped') : error;
            }),
          ),
        );
      } finally {
        key.fill(0);
        options.publisher.publish('backup', stateOf(await known()));
      }
    },
    async restore({ folder, passphrase }) {
      options.ready();
      needStorage();
      const key = await unlock(folder, passphrase);
      merge(absolute(folder), key);
    },
    resume() {
      paused = false;
      known()
        .then(async (found) => {
          const cacheKey = options.cacheKey();
          if (cacheKey === null || paused || running !== null) return;
          const fitting = settled(found, cacheKey);
          if (JSON.stringify(fitting) !== JSON.stringify(found)) await keep(fitting);
          const { restoring: left } = fitting;
          const key = left === null ? null : openLocally(left.local, cacheKey);
          if (left !== null && key !== null && running === null) merge(left.folder, key);
        })
        .catch((error: unknown) => log.warn({ error }, 'a restore did not go on'));
      // What was missed while the application was not running is made up, once it has settled.
      lookLater(MINUTE);
    },
    pause,
    async carryOver(next) {
      await pause();
      const present = options.cacheKey();
      const found = await known();
      if (present !== null && (found.key !== null || found.restoring !== null))
        await keep(carriedOver(found, present, next));
    },
    async forget() {
      await pause();
      await rm(folderOfPlan, { recursive: true, force: true, maxRetries: 5 });
      plan = BackupPlan.parse({});
    },
  };
}
