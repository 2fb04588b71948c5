/**
 * Retention, executed: at the start, every hour, and when the profile, a rule or a hold has changed, what is over its time is purged, in small
 * steps between other work; then the raw files are searched for what was purged, and a receipt is kept. Also the switch of storage, and the
 * limit of files.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PurgeReason, PurgeReceipt } from '../../../shared/contract/retention.ts';
import { View } from '../../../shared/contract/rows.ts';
import { newId } from '../../../shared/domain/id.ts';
import { heldTargets } from '../../../shared/domain/legal-hold.ts';
import { backupsUntil } from '../../../shared/domain/policy-clocks.ts';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { cutoffAt, purgeTime } from '../../../shared/domain/retention-cutoff.ts';
import type { RetentionSources } from '../../../shared/domain/retention.ts';
import { DeviceRetention, RETENTION_CLASSES, effectiveRetention } from '../../../shared/domain/retention.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import type { Cache } from '../../cache/api.ts';
import type { Cutoffs, PurgePlan } from '../../cache/retention/types.ts';
import type { Ready } from '../context.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../promises/promises.ts';
import { NOT_OURS, scanForTraces } from '../raw-scan.ts';

export const RETENTION_FILE = 'retention.json';
/** Milliseconds: after what changed, between two looks, and how long one step may work. */
const QUIET = 1_500;
const AGAIN = HOUR;
const STEP = 6;
/** Texts that are looked for in the raw files afterwards. */
const SAMPLES = 40;

/** What this device asks for, and whether the cache lies on the disk. Holds no content. */
const OwnFile = z.object({
  device: DeviceRetention.default(() => DeviceRetention.parse({})),
  mediaLimit: z.number().int().positive().nullable().default(null),
  /** Views whose conversations keep their files: ids and filters of the person who is signed in. */
  keptViews: z.array(View).default(() => []),
  storage: z.enum(['on', 'off']).default('on'),
});
type OwnFile = z.infer<typeof OwnFile>;

export type RetentionOptions = {
  file: string;
  userDataDir: string;
  write(file: string, content: string): Promise<void>;
  ready(): Ready | null;
  /** Whether the open cache lies on the disk. */
  onDisk(): boolean;
  switchStorage(change: () => Promise<void>): Promise<void>;
  removeDiscarded(): Promise<void>;
  everything(): void;
  /** The profile that counts, of all that were told. */
  inForce(rules: Rules, now: number): PolicyProfile | null;
  log: Log;
  now(): number;
};

export type Retention = {
  load(): Promise<void>;
  file(): Readonly<OwnFile>;
  save(change: Partial<OwnFile>): Promise<void>;
  /** What a gateway says of the storage at a sign-in; answers what holds here. */
  toldStorage(said: 'on' | 'off' | null): Promise<'on' | 'off' | null>;
  /** The gateway's clock. */
  serverTime(at: number): void;
  /** There may be something to do. */
  wake(reason: PurgeReason): void;
  /** Now. Null: nothing was over its time. */
  purge(reason: PurgeReason): Promise<PurgeReceipt | null>;
  running(): boolean;
  time(cache: Cache): Promise<ReturnType<typeof purgeTime>>;
  /** Who has a say, as far as it is known; null: no snapshot has told it. */
  sources(rules: Rules, now: number): RetentionSources | null;
  cutoffs(sources: RetentionSources, now: number): Cutoffs;
  stop(): Promise<void>;
};

export function createRetention(options: RetentionOptions): Retention {
  const { log, now } = options;
  let own = OwnFile.parse({});
  let gateway: { at: number; mono: number } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let reason: PurgeReason = 'start';
  let stopped = false;
  let work: Promise<unknown> = Promise.resolve();
  let running = false;

  function plan(ms: number): void {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      const why = reason;
      reason = 'daily';
      alone(() => look(why))
        .catch(failed)
        .finally(() => {
          if (timer === null) plan(AGAIN);
        });
    }, ms);
    timer.unref();
  }

  /** One after the other: a purge that somebody asks for waits for the one that runs. */
  function alone<T>(job: () => Promise<T>): Promise<T> {
    const result = work.then(job);
    work = result.catch(() => undefined);
    return result;
  }

  async function time(cache: Cache) {
    const lastPurge = await cache.read.lastPurge();
    // Carried on by a clock that nobody can set.
    const known = gateway === null ? null : Math.round(gateway.at + performance.now() - gateway.mono);
    return purgeTime({ device: now(), gateway: known, lastPurge });
  }

  function sources(rules: Rules, at: number): RetentionSources | null {
    if (rules.workspace === null || rules.policy === null) return null;
    return { policy: options.inForce(rules, at), workspace: rules.workspace, device: own.device };
  }

  function cutoffs(given: RetentionSources, at: number): Cutoffs {
    const { clocks, timeZone } = effectiveRetention(given);
    const entries = RETENTION_CLASSES.map((name) => [name, cutoffAt(clocks[name].days, at, timeZone)]);
    return Object.fromEntries(entries) as Cutoffs;
  }

  function failed(error: unknown): void {
    log.warn({ error }, 'retention could not be looked after');
  }

  async function storageFirst(): Promise<void> {
    const ready = options.ready();
    if (ready !== null && !stopped) await followStorage(ready.cache);
  }

  async function look(why: PurgeReason): Promise<void> {
    const ready = options.ready();
    if (ready === null || stopped) return;
    await followStorage(ready.cache);
    const current = options.ready();
    if (current === null || stopped) return;
    await purgeNow(current.cache, why);
    await keepLimit(current.cache);
  }

  /** The strictest word about storage counts at once, in both directions. */
  async function followStorage(cache: Cache): Promise<void> {
    const { now: at } = await time(cache);
    const given = sources(await cache.read.rules(), at);
    if (given === null) return;
    const wanted = effectiveRetention(given).storage.value;
    if ((wanted === 'on') === options.onDisk()) return;
    log.info({ storage: wanted }, 'the storage of this workspace is switched');
    const before = (await cache.read.diagnostics()).cacheBytes;
    const messages = (await cache.read.diagnostics()).messages;
    await options.switchStorage(() => save({ storage: wanted }));
    options.everything();
    const opened = options.ready()?.cache;
    if (wanted === 'on' || opened === undefined) return;
    const counts = { ...NOTHING, messages };
    const scan = null;
    const receipt: PurgeReceipt = {
      id: newId(),
      reason: 'storage_off',
      startedAt: at,
      finishedAt: now(),
      mode: 'delete',
      cutoffs: { content: at, log: at, media: at, notes: at, exports: at, audit: null },
      counts,
      before,
      after: 0,
      scan,
      backupsUntil: backups(given.policy as PolicyProfile | null, at, given.workspace.timeZone),
    };
    await keep(opened, receipt);
  }

  async function purgeNow(cache: Cache, why: PurgeReason): Promise<PurgeReceipt | null> {
    const unfinished = await cache.read.runningPurge();
    if (unfinished !== null) await carryOut(cache, unfinished.plan, []);
    const { now: at } = await time(cache);
    const rules = await cache.read.rules();
    const given = sources(rules, at);
    if (given === null) return null;
    const held = heldTargets(rules.holds);
    const input = { cutoffs: cutoffs(given, at), held };
    const preview = await cache.read.purgePreview(input);
    const nothing = preview.messages + preview.blanked + preview.notes + preview.files === 0;
    const [outline, samples] = nothing
      ? [{ drop: [] }, []]
      : [await cache.read.purgeOutline(input), await cache.read.purgeSamples({ ...input, limit: SAMPLES })];
    const purge: PurgePlan = {
      ...input,
      ...outline,
      id: newId(),
      reason: why,
      now: at,
      mode: effectiveRetention(given).mode.value,
      before: (await cache.read.diagnostics()).cacheBytes,
      nothing,
    };
    await cache.write.startPurge(purge);
    return carryOut(cache, purge, samples);
  }

  async function carryOut(
    cache: Cache,
    purge: PurgePlan,
    samples: readonly string[],
  ): Promise<PurgeReceipt | null> {
    running = true;
    try {
      let more = true;
      while (more) {
        if (stopped) return null;
        ({ more } = await cache.write.purgeStep({ budgetMs: STEP }));
      }
      const run = await cache.read.runningPurge();
      if (run === null) return null;
      await options.removeDiscarded();
      const scan = samples.length === 0 ? null : await scanForTraces(options.userDataDir, samples, NOT_OURS);
      const rules = await cache.read.rules();
      const receipt: PurgeReceipt = {
        id: purge.id,
        reason: purge.reason,
        startedAt: purge.now,
        finishedAt: (await time(cache)).now,
        mode: purge.mode,
        cutoffs: purge.cutoffs,
        counts: run.counts,
        before: purge.before,
        after: (await cache.read.diagnostics()).cacheBytes,
        scan: scan === null ? null : { ...scan, samples: samples.length },
        backupsUntil: backups(
          options.inForce(rules, purge.now),
          purge.now,
          rules.workspace?.timeZone ?? 'UTC',
        ),
      };
      const took = Object.values(run.counts).some((count) => count > 0);
      if (!took) {
        await cache.write.dropPurge({ id: purge.id });
        return null;
      }
      await keep(cache, receipt);
      options.everything();
      return receipt;
    } finally {
      running = false;
    }
  }

  async function keep(cache: Cache, receipt: PurgeReceipt): Promise<void> {
    await cache.write.finishPurge(receipt);
    const { counts, before, after, scan } = receipt;
    await cache.write.appendAudit({
      at: receipt.finishedAt,
      actorId: null,
      action: 'retention.purge',
      subjects: [receipt.id],
      counts: { ...counts, before, after, found: scan?.found ?? 0 },
      reason: receipt.reason,
    });
  }

  async function keepLimit(cache: Cache): Promise<void> {
    const { mediaLimit } = own;
    if (mediaLimit === null) return;
    const { ids } = await overLimit(cache, mediaLimit, keptBy(own.keptViews, options.ready(), now()));
    if (ids.length === 0) return;
    await cache.write.evict({ ids });
    await options.removeDiscarded();
  }

  async function save(change: Partial<OwnFile>): Promise<void> {
    const next = { ...own, ...change };
    await options.write(options.file, `${JSON.stringify(next, null, 2)}\n`);
    own = next;
  }

  return {
    async load() {
      try {
        own = OwnFile.parse(JSON.parse(await readFile(options.file, 'utf8')));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        log.warn({ error }, 'the retention of this device cannot be read; none is asked');
      }
    },
    file: () => own,
    save,
    async toldStorage(said) {
      const storage = own.device.storage ?? said;
      if (storage !== null && storage !== own.storage) await save({ storage });
      return storage;
    },
    serverTime(at) {
      gateway = { at, mono: performance.now() };
      plan(QUIET);
    },
    wake(why) {
      reason = why;
      // A workspace that stores nothing is not made to wait for what else has changed.
      if (why === 'rule' || why === 'start') alone(storageFirst).catch(failed);
      plan(QUIET);
    },
    purge: (why) =>
      alone(async () => {
        const ready = options.ready();
        if (ready === null) return null;
        await followStorage(ready.cache);
        const cache = options.ready()?.cache;
        return cache === undefined ? null : purgeNow(cache, why);
      }),
    running: () => running,
    time,
    sources,
    cutoffs,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await work;
    },
  };
}

const NOTHING = {
  messages: 0,
  blanked: 0,
  anonymised: 0,
  notes: 0,
  files: 0,
  activities: 0,
  previews: 0,
  quarantined: 0,
  audit: 0,
};

function backups(policy: PolicyProfile | null, at: number, timeZone: string): number | null {
  const until = policy === null ? null : backupsUntil(policy, at, timeZone);
  return until?.stated === true ? until.at : null;
}

export function keptBy(views: View[], ready: Ready | null, now: number) {
  return { views, me: ready?.session.me.id ?? '', now };
}

/** The files that have to go so that the others take no more than `limit` bytes. */
export async function overLimit(
  cache: Cache,
  limit: number,
  kept: Parameters<Cache['read']['evictable']>[0],
): Promise<{ ids: string[]; bytes: number }> {
  let left = await cache.read.mediaBytes();
  const ids: string[] = [];
  let bytes = 0;
  for (const { id, size } of await cache.read.evictable(kept)) {
    if (left <= limit) break;
    ids.push(id);
    left -= size;
    bytes += size;
  }
  return { ids, bytes };
}
