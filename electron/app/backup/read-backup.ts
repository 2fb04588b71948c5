/** Opening a backup: its key, every hash, the database itself; what is in it compared with what is here; then its rows in portions into the cache. */
import path from 'node:path';
import type { BackupJob, RestoreTally } from '../../../shared/contract/backup.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Cache } from '../../cache/api.ts';
import type { CacheWorkers } from '../../cache/options.ts';
import type { CopyReport, PortionKind, Tally, Verdict } from '../../cache/backup/types.ts';
import type { Kept } from '../../cache/retention/kept.ts';
import type { BackupParts } from '../parts.ts';
import {
  BackupFailure,
  DATABASE,
  MEDIA,
  type Manifest,
  bytesOf,
  digestOf,
  macFits,
  readManifest,
} from './format.ts';
import { bringFiles } from './bring-files.ts';

export type Reading = {
  parts: BackupParts;
  workers: CacheWorkers;
  folder: string;
  signal: AbortSignal;
  onProgress(stage: BackupJob['stage'], share: number | null): void;
};

/** Where a test makes the process die: a portion is in the cache (`merged`), its files lie on the disk and are in no row yet (`brought`). */
export type RestoreStep = 'noted' | 'purged' | 'brought' | `merged ${PortionKind}` | 'whole';

/** Rows that go into one transaction of the writer: what others wait for goes between two of them. */
const PORTION = 400;
/** Rows compared at once: nobody waits for a reader of its own. */
const LOOKED_AT = 2_000;

/** The manifest with its key, which the caller wipes; null: the passphrase does not open it. Throws BackupFailure. */
export async function unlockBackup(
  parts: BackupParts,
  folder: string,
  passphrase: string,
): Promise<{ manifest: Manifest; key: Uint8Array } | null> {
  const manifest = await readManifest(folder);
  const key = await parts.openByPassphrase(manifest.kdf, manifest.sealed, passphrase);
  return key === null ? null : { manifest, key };
}

/** Reads all of it. Throws BackupFailure `damaged` when anything is not as it was written. */
export async function checkBackup(reading: Reading, key: Uint8Array): Promise<CopyReport> {
  const { folder, signal, onProgress } = reading;
  const manifest = await readManifest(folder);
  if (!macFits(key, manifest)) throw new BackupFailure('damaged', 'the manifest');
  const total = bytesOf(manifest);
  let read = 0;
  const onBytes = (more: number): void => {
    read += more;
    onProgress('checking', total === 0 ? null : Math.min(1, (0.7 * read) / total));
  };
  const places = [
    { stored: manifest.database, file: path.join(folder, DATABASE) },
    ...manifest.files.map((stored) => ({ stored, file: path.join(folder, MEDIA, stored.file) })),
  ];
  for (const { stored, file } of places) {
    const found = await digestOf(file, signal, onBytes).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new BackupFailure('damaged', 'a file is missing') : error;
    });
    if (found.sha256 !== stored.sha256) throw new BackupFailure('damaged', 'a file was changed');
  }
  return withCopy(reading, key, async (copy) => {
    const report = await copy.report();
    if (!report.sound) throw new BackupFailure('damaged', 'the database');
    onProgress('checking', 1);
    return report;
  });
}

type OpenedCopy = Awaited<ReturnType<BackupParts['openCopy']>>;

async function withCopy<T>(
  { parts, workers, folder, signal }: Reading,
  key: Uint8Array,
  work: (copy: OpenedCopy) => Promise<T>,
): Promise<T> {
  const copy = await parts.openCopy({ file: path.join(folder, DATABASE), key, workers, signal });
  try {
    return await work(copy);
  } finally {
    await copy.close();
  }
}

export type Foreseen = Map<PortionKind, Tally & { total: number }>;

/** What a restore of a checked backup would do here. `here`: the file of the open cache; `kept`: what the purge before it would leave. */
export async function foresee(
  reading: Reading,
  key: Uint8Array,
  { here, kept, total }: { here: { file: string; key: Uint8Array }; kept: Kept; total: number },
): Promise<Foreseen> {
  const { parts, workers, signal, onProgress } = reading;
  const foreseen: Foreseen = new Map();
  let seen = 0;
  await withCopy(reading, key, async (copy) => {
    const live = await parts.openCopy({ ...here, workers, signal });
    try {
      for await (const { kind, rows, tally } of live.forecast(kept, copy.portions(LOOKED_AT))) {
        const { total: before, ...sum } = foreseen.get(kind) ?? { ...NOTHING, total: 0 };
        foreseen.set(kind, { ...plus(sum, tally), total: before + rows });
        seen += rows;
        onProgress('comparing', total === 0 ? null : Math.min(1, seen / total));
      }
    } finally {
      await live.close();
    }
  });
  return foreseen;
}

/**
 * Takes a checked backup in, portion after portion, each in a transaction of its own by the rules of what the gateway sends: doing it
 * again, whole or from the middle, changes nothing more. Files come first onto the disk, then into their rows.
 */
export async function mergeBackup(
  reading: Reading,
  key: Uint8Array,
  target: {
    cache: Cache;
    mediaFolder: string;
    total: number;
    changed(changes: ChangeSet): void;
    onStep(step: RestoreStep): void;
  },
): Promise<RestoreTally> {
  const { folder, signal, onProgress } = reading;
  const { cache, mediaFolder, total } = target;
  let merged: RestoreTally = NOTHING;
  let seen = 0;
  await withCopy(reading, key, async (copy) => {
    for await (const whole of copy.portions(PORTION)) {
      signal.throwIfAborted();
      let portion = whole;
      if (whole.kind === 'files') {
        const verdicts = await cache.read.judgeFiles(whole.rows);
        const wanted = whole.rows.filter((_, index) => verdicts[index] === 'added');
        for (const verdict of verdicts) if (verdict !== 'added') merged = plus(merged, one(verdict));
        const missing = await bringFiles(wanted, path.join(folder, MEDIA), mediaFolder, signal);
        for (const _ of missing) merged = plus(merged, one('left'));
        portion = { kind: 'files', rows: wanted.filter(({ id }) => !missing.has(id)) };
        target.onStep('brought');
      }
      const { tally, changes } = await cache.write.restorePortion({ portion });
      merged = plus(merged, tally);
      target.changed(changes);
      target.onStep(`merged ${whole.kind}`);
      seen += whole.rows.length;
      onProgress(
        whole.kind === 'files' ? 'files' : 'merging',
        total === 0 ? null : Math.min(1, seen / total),
      );
    }
  });
  return merged;
}

const NOTHING: Tally = { added: 0, blanked: 0, renewed: 0, left: 0, over: 0, away: 0 };

function one(verdict: Verdict): Tally {
  return { ...NOTHING, [verdict]: 1 };
}

function plus(a: Tally, b: Tally): Tally {
  return {
    added: a.added + b.added,
    blanked: a.blanked + b.blanked,
    renewed: a.renewed + b.renewed,
    left: a.left + b.left,
    over: a.over + b.over,
    away: a.away + b.away,
  };
}
