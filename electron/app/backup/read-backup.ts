/** Opening a backup: its key, every hash, the database itself; then its rows in portions into the cache. */
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Cache, CacheWorkers } from '../../cache/api.ts';
import {
  type CopyFile,
  type CopyReport,
  PORTION_KINDS,
  type RestoreCutoffs,
} from '../../cache/backup/types.ts';
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

export type Reading = {
  parts: BackupParts;
  workers: CacheWorkers;
  folder: string;
  signal: AbortSignal;
  onProgress(stage: 'checking' | 'merging' | 'files', share: number | null): void;
};

/** Rows that go into one transaction of the writer: what others wait for goes between two of them. */
const PORTION = 400;

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

export type Merged = { added: number; renewed: number; left: number; messages: number };

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
    cutoffs: RestoreCutoffs;
    total: number;
    changed(changes: ChangeSet): void;
  },
): Promise<Merged> {
  const { signal, onProgress } = reading;
  const merged: Merged = { added: 0, renewed: 0, left: 0, messages: 0 };
  let seen = 0;
  await withCopy(reading, key, async (copy) => {
    for (const kind of PORTION_KINDS) {
      for (let after = kind === 'messages' || kind === 'notes' ? -1 : 0; ;) {
        signal.throwIfAborted();
        const next = await copy.portion({ kind, after, limit: PORTION });
        if (next === null) break;
        after = next.last;
        let { portion } = next;
        if (portion.kind === 'files') {
          const rows = await bringFiles(portion.rows, reading, target.mediaFolder, target.cutoffs.files);
          merged.left += portion.rows.length - rows.length;
          portion = { kind: 'files', rows };
        }
        const { changes, ...counts } = await target.cache.write.restorePortion({
          portion,
          cutoffs: target.cutoffs,
        });
        merged.added += counts.added;
        merged.renewed += counts.renewed;
        merged.left += counts.left;
        if (kind === 'messages') merged.messages += counts.added;
        seen += portion.rows.length;
        target.changed(changes);
        onProgress(
          kind === 'files' ? 'files' : 'merging',
          target.total === 0 ? null : Math.min(1, seen / target.total),
        );
      }
    }
  });
  return merged;
}

/** Those whose bytes are in the backup, now in the folder of the cache. */
async function bringFiles(
  rows: readonly CopyFile[],
  { folder, signal }: Reading,
  mediaFolder: string,
  cutoff: number | null,
): Promise<CopyFile[]> {
  await mkdir(mediaFolder, { recursive: true, mode: 0o700 });
  const brought: CopyFile[] = [];
  for (const row of rows) {
    signal.throwIfAborted();
    if (cutoff !== null && row.at < cutoff) continue;
    const name = path.basename(row.file);
    const to = path.join(mediaFolder, name);
    const temporary = `${to}.restoring`;
    try {
      await copyFile(path.join(folder, MEDIA, name), temporary);
      const handle = await open(temporary, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, to);
      brought.push(row);
    } catch (error) {
      await rm(temporary, { force: true });
      // It was missing when the backup was written: the gateway may still have it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return brought;
}
