/** Backups of this machine: on demand, by schedule, and back again. One job at a time; what it is doing is told to the page. */
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
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { CacheWorkers } from '../../cache/api.ts';
import type { AuditLine, Ready } from '../context.ts';
import { failure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { BackupParts } from '../parts.ts';
import type { Publisher } from '../publisher.ts';
import { restoreCutoffs } from './cutoffs.ts';
import { BackupFailure, listBackups } from './format.ts';
import { type BackupPlan, openLocally, readPlan, sealLocally } from './plan.ts';
import { checkBackup, mergeBackup, unlockBackup } from './read-backup.ts';
import { problemOf } from './problems.ts';
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
  changed(changes: ChangeSet): void;
  audit(line: AuditLine): Promise<void>;
  log: Log;
  now(): number;
};

/** How often the schedule is looked at; and milliseconds between two things told about a job. */
const LOOK = 10 * MINUTE;
const TOLD = 150;

export function createBackups(options: BackupsOptions): Backups {
  const { parts, workers, log, now, audit } = options;
  const planFile = path.join(options.userDataDir, 'backup', 'plan.json');
  const mediaFolder = path.join(options.userDataDir, 'media');
  const cacheFile = path.join(options.userDataDir, 'cache', 'parley.db');
  const defaultFolder = path.join(os.homedir(), 'Parley backups');

  let plan: BackupPlan | null = null;
  let job: BackupJob | null = null;
  let running: { stop: AbortController; done: Promise<void> } | null = null;
  let toldAt = 0;
  let timer: NodeJS.Timeout | null = null;

  async function known(): Promise<BackupPlan> {
    plan ??= await readPlan(planFile);
    return plan;
  }

  async function keep(patch: Partial<BackupPlan>): Promise<void> {
    plan = { ...(await known()), ...patch };
    await options.write(planFile, `${JSON.stringify(plan, null, 2)}\n`);
    options.publisher.publish('backup', stateOf(plan));
  }

  function stateOf(of: BackupPlan): BackupState {
    const { folder, schedule, keep: kept, last, lastRestore, problem } = of;
    return {
      folder: folder ?? defaultFolder,
      schedule,
      keep: kept,
      hasKey: of.key !== null,
      nextAt: nextBackupAt(of, now()),
      canPick: options.pickFolder !== null,
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

  /** One at a time. `work` is not waited for; its end is told. */
  function run(kind: BackupJob['kind'], work: (signal: AbortSignal) => Promise<void>): void {
    if (running !== null) throw failure('not_ready', 'another backup or restore is running');
    const stop = new AbortController();
    job = { kind, stage: kind === 'backup' ? 'copying' : 'checking', share: null };
    const done = (async () => {
      let problem: BackupProblem | null = null;
      try {
        await keep({ problem: null });
        await work(stop.signal);
      } catch (error) {
        if (!stop.signal.aborted) {
          problem = problemOf(error);
          log.warn({ kind, problem, error }, 'a backup or restore did not work');
        }
      }
      job = null;
      running = null;
      const was = problem === null ? {} : { problem: { kind, problem, at: now() } };
      await keep(was).catch((error: unknown) => log.warn({ error }, 'the plan of backups was not kept'));
    })();
    running = { stop, done };
  }

  async function begin(): Promise<void> {
    const { key: stored, folder, keep: kept } = await known();
    options.ready();
    const cacheKey = needCacheKey();
    const key = stored === null ? null : openLocally(stored.local, cacheKey);
    if (stored === null || key === null) {
      if (stored !== null) await keep({ key: null });
      throw failure('key_unavailable', 'the passphrase of backups is needed');
    }
    run('backup', async (signal) => {
      try {
        const at = now();
        await keep({ triedAt: at });
        const written = await writeBackup({
          parts,
          workers,
          source: { file: cacheFile, key: cacheKey, mediaFolder },
          folder: folder ?? defaultFolder,
          keep: kept,
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

  /** `key` is wiped at the end. */
  function merge(folder: string, key: Uint8Array): void {
    run('restore', async (signal) => {
      try {
        const { cache, session } = options.ready();
        const reading = {
          parts,
          workers,
          folder,
          signal,
          onProgress: (stage: BackupJob['stage'], share: number | null) =>
            tell({ kind: 'restore', stage, share }),
        };
        const report = await checkBackup(reading, key);
        checkOwner(report, session);
        await keep({ restoring: { folder, local: sealLocally(key, needCacheKey()) } });
        const { conversations, contacts, messages, notes, files } = report.counts;
        const merged = await mergeBackup(reading, key, {
          cache,
          mediaFolder,
          cutoffs: await restoreCutoffs(cache.read, now()),
          total: conversations + contacts + messages + notes + files,
          changed: options.changed,
        });
        await audit({ action: 'backup.restore', subjects: [], counts: merged, reason: null });
        await keep({ restoring: null, lastRestore: { at: now(), ...merged } });
      } catch (error) {
        // Stopped by the person or broken for good: not again at every start. Stopped by the end of the application: again.
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
    const at = nextBackupAt(await known(), now());
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

  return {
    get: async () => stateOf(await known()),
    async pickFolder() {
      const { folder } = await known();
      return (await options.pickFolder?.(folder ?? os.homedir())) ?? null;
    },
    async save({ folder, schedule, keep: kept, passphrase }) {
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
          key = { ...behind, local: sealLocally(fresh, needCacheKey()) };
        } finally {
          fresh.fill(0);
        }
      }
      await keep({ folder: place, schedule, keep: kept, key });
      await audit({ action: 'backup.settings', subjects: [], counts: { keep: kept }, reason: schedule });
      lookLater(schedule === before.schedule ? LOOK : MINUTE);
      return stateOf(await known());
    },
    start: begin,
    cancel: () => running?.stop.abort(BY_PERSON),
    list: (folder) => answered(listBackups(absolute(folder))),
    async inspect({ folder, passphrase }) {
      const { cache, session } = options.ready();
      const key = await unlock(folder, passphrase);
      const stop = new AbortController();
      try {
        const reading = {
          parts,
          workers,
          folder: absolute(folder),
          signal: stop.signal,
          onProgress: () => undefined,
        };
        const report = await answered(checkBackup(reading, key).then((found) => checkOwner(found, session)));
        const [manifest] = await listBackups(absolute(folder));
        const live = await parts.openCopy({ file: cacheFile, key: needCacheKey(), workers });
        let here: BackupPreview['here'];
        try {
          here = await live.counts();
        } finally {
          await live.close();
        }
        return {
          createdAt: manifest?.createdAt ?? 0,
          workspace: session.workspace.name,
          person: session.me.name,
          counts: report.counts,
          here,
          oldestMessageAt: report.oldestMessageAt,
          newestMessageAt: report.newestMessageAt,
          cutoff: (await restoreCutoffs(cache.read, now())).messages,
        };
      } finally {
        key.fill(0);
      }
    },
    async restore({ folder, passphrase }) {
      options.ready();
      if (running !== null) throw failure('not_ready', 'another backup or restore is running');
      const key = await unlock(folder, passphrase);
      merge(absolute(folder), key);
    },
    resume() {
      known()
        .then(({ restoring }) => {
          const cacheKey = options.cacheKey();
          if (restoring === null || cacheKey === null || running !== null) return;
          const key = openLocally(restoring.local, cacheKey);
          if (key !== null) merge(restoring.folder, key);
        })
        .catch((error: unknown) => log.warn({ error }, 'a restore did not go on'));
      // What was missed while the application was not running is made up, once it has settled.
      lookLater(MINUTE);
    },
    async pause() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      running?.stop.abort(new Error('the application stops'));
      await running?.done;
    },
  };
}

const BY_PERSON = new Error('stopped by the person');

type Report = Awaited<ReturnType<typeof checkBackup>>;

/** What somebody else may see, or another company has, is nothing for this profile. */
function checkOwner(report: Report, session: Ready['session']): Report {
  const { owner } = report;
  const fits = owner?.me.id === session.me.id && owner.workspace.id === session.workspace.id;
  if (!fits) throw new BackupFailure('other_account');
  return report;
}

/** A problem of a backup as the answer to a call. */
async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallFailure) throw error;
    throw invalid('backup', problemOf(error));
  }
}

function invalid(name: string, reason: string): CallFailure {
  return new CallFailure({ kind: 'invalid_value', message: `backup: ${reason}`, value: { name, reason } });
}
