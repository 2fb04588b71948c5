/**
 * `backup/plan.json`: where backups go, how often, and their key: once behind the passphrase, as it goes into every backup, and once
 * under a key made from the cache's own, so that a scheduled backup asks for nothing. No passphrase and no key is ever in it.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BackupDone, BackupProblem, BackupSchedule, RestoreDone } from '../../../shared/contract/backup.ts';
import { KdfParameters, SealedKey } from '../../../shared/domain/sealed-key.ts';

/** Under the cache's key; while that is changed, under both, so that a kill at any point leaves one that fits. */
const Locally = z.array(SealedKey).min(1).max(2);

export const BackupPlan = z.object({
  folder: z.string().nullable().default(null),
  schedule: BackupSchedule.default('off'),
  keep: z.number().int().min(1).max(100).default(7),
  key: z.object({ kdf: KdfParameters, sealed: SealedKey, local: Locally }).nullable().default(null),
  /** When the last one was begun by schedule, whatever became of it: a folder that is away is not tried every minute. */
  triedAt: z.number().nullable().default(null),
  last: BackupDone.nullable().default(null),
  lastRestore: RestoreDone.nullable().default(null),
  problem: z
    .object({ kind: z.enum(['backup', 'restore']), problem: BackupProblem, at: z.number() })
    .nullable()
    .default(null),
  /** A restore that is under way: it goes on at the next start. */
  restoring: z.object({ folder: z.string(), local: Locally }).nullable().default(null),
});
export type BackupPlan = z.infer<typeof BackupPlan>;

/** One that cannot be read is as none: the backups themselves need nothing of it. */
export async function readPlan(file: string): Promise<BackupPlan> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return BackupPlan.catch(BackupPlan.parse({})).parse(JSON.parse(text));
  } catch {
    return BackupPlan.parse({});
  }
}

function localKey(cacheKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', cacheKey, Buffer.alloc(0), 'parley backup 1', 32));
}

/** The plan with every key of it under another key of the cache, too; without those that cannot be opened by the present one. */
export function carriedOver(plan: BackupPlan, present: Uint8Array, next: Uint8Array): BackupPlan {
  return eachLocal(plan, (local) => {
    for (const fits of local) {
      const again = reopened(fits, present, (key) => sealLocally(key, next));
      if (again !== null) return [fits, again];
    }
    return null;
  });
}

/** The same without what only fits another key of the cache. */
export function settled(plan: BackupPlan, present: Uint8Array): BackupPlan {
  return eachLocal(plan, (local) => {
    const fits = local.filter((sealed) => reopened(sealed, present, () => true) !== null);
    return fits.length === 0 ? null : fits;
  });
}

function eachLocal(plan: BackupPlan, change: (local: SealedKey[]) => SealedKey[] | null): BackupPlan {
  const of = <T extends { local: SealedKey[] }>(entry: T | null): T | null => {
    const local = entry === null ? null : change(entry.local);
    return entry === null || local === null ? null : { ...entry, local };
  };
  return { ...plan, key: of(plan.key), restoring: of(plan.restoring) };
}

function reopened<T>(sealed: SealedKey, cacheKey: Uint8Array, work: (key: Uint8Array) => T): T | null {
  const key = openOne(sealed, cacheKey);
  if (key === null) return null;
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

/** A backup's key under the cache's. */
export function sealLocally(key: Uint8Array, cacheKey: Uint8Array): SealedKey {
  const wrapping = localKey(cacheKey);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce);
  const data = Buffer.concat([cipher.update(key), cipher.final()]);
  wrapping.fill(0);
  const tag = cipher.getAuthTag();
  return { nonce: nonce.toString('base64'), tag: tag.toString('base64'), data: data.toString('base64') };
}

/** Null when the cache has another key now. The caller wipes it. */
export function openLocally(local: readonly SealedKey[], cacheKey: Uint8Array): Uint8Array | null {
  for (const sealed of local) {
    const key = openOne(sealed, cacheKey);
    if (key !== null) return key;
  }
  return null;
}

function openOne(sealed: SealedKey, cacheKey: Uint8Array): Uint8Array | null {
  const wrapping = localKey(cacheKey);
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch {
    return null; // node:crypto has one error for all of these: the tag does not fit.
  } finally {
    wrapping.fill(0);
  }
}
