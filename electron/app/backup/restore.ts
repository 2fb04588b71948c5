/** The two things done with a backup that was found: saying what a restore of it would do, and the restore. */
import { setTimeout as wait } from 'node:timers/promises';
import type { BackupPreview, RestoreTally } from '../../../shared/contract/backup.ts';
import { RestoredKind } from '../../../shared/contract/backup.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Cache } from '../../cache/api.ts';
import type { CopyReport } from '../../cache/backup/types.ts';
import type { Ready } from '../context.ts';
import type { Retention } from '../retention/retention.ts';
import { keptNow } from './cutoffs.ts';
import { BackupFailure, readManifest } from './format.ts';
import { type Reading, type RestoreStep, checkBackup, foresee, mergeBackup } from './read-backup.ts';

export type RestoreOptions = {
  ready(): Ready;
  retention: Pick<Retention, 'time' | 'sources' | 'cutoffs' | 'purge'>;
  onDisk(): boolean;
  cacheFile: string;
  mediaFolder: string;
  needCacheKey(): Uint8Array;
  changed(changes: ChangeSet): void;
  onStep(step: RestoreStep): void;
  reading: Reading;
};

/** Milliseconds between two looks at how far the first sync is. */
const LOOK = 100;

/** Throws BackupFailure; the signal's reason when it was stopped. Changes nothing. */
export async function inspectBackup(options: RestoreOptions, key: Uint8Array): Promise<BackupPreview> {
  const { ready, reading, retention } = options;
  const { session } = ready();
  const report = checkOwner(await checkBackup(reading, key), session);
  const cache = await listed(options);
  const kept = await keptNow(retention, cache);
  const here = { file: options.cacheFile, key: options.needCacheKey() };
  const foreseen = await foresee(reading, key, { here, kept, total: rowsIn(report) });
  const { createdAt } = await readManifest(reading.folder);
  const { log, content, notes, media } = kept.cutoffs;
  return {
    createdAt,
    workspace: session.workspace.name,
    person: session.me.name,
    kinds: RestoredKind.options.flatMap((kind) => {
      const tally = foreseen.get(kind);
      return tally === undefined ? [] : [{ kind, ...tally }];
    }),
    unsent: report.counts.outbox,
    oldestMessageAt: report.oldestMessageAt,
    newestMessageAt: report.newestMessageAt,
    cutoffs: { messages: log, text: content, notes, files: media },
  };
}

/** `note` keeps that it is under way, so that a start goes on with it. Throws as `inspectBackup` does. */
export async function restoreBackup(
  options: RestoreOptions,
  key: Uint8Array,
  note: () => Promise<void>,
): Promise<RestoreTally> {
  const { ready, reading, retention, onStep } = options;
  const { signal, onProgress } = reading;
  const report = checkOwner(await checkBackup(reading, key), ready().session);
  await note();
  onStep('noted');
  await listed(options);
  onProgress('purging', null);
  // From here on nothing that is over its time is taken in by the cache itself, wherever it comes from.
  await retention.purge('restore');
  signal.throwIfAborted();
  onStep('purged');
  const { cache } = ready();
  if (!options.onDisk()) throw new BackupFailure('storage_off');
  const { mediaFolder, changed } = options;
  const merged = await mergeBackup(reading, key, {
    cache,
    mediaFolder,
    total: rowsIn(report),
    changed,
    onStep,
  });
  onStep('whole');
  return merged;
}

/**
 * Waits until the gateway has told all conversations that this user may see: only those are taken in, because what it has taken from the user
 * since the backup must not come back.
 */
async function listed({ ready, reading: { signal, onProgress } }: RestoreOptions): Promise<Cache> {
  for (let told = false; ; told = true) {
    const { cache } = ready();
    const { stage } = await cache.read.syncState();
    if (stage === 'history' || stage === 'done') return cache;
    if (!told) onProgress('waiting', null);
    await wait(LOOK, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** What somebody else may see, or another company has, is nothing for this profile. */
function checkOwner(report: CopyReport, session: Ready['session']): CopyReport {
  const { owner } = report;
  const fits = owner?.me.id === session.me.id && owner.workspace.id === session.workspace.id;
  if (!fits) throw new BackupFailure('other_account');
  return report;
}

function rowsIn({ counts: { conversations, contacts, messages, notes, files } }: CopyReport): number {
  return conversations + contacts + messages + notes + files;
}
