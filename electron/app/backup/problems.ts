/** Whatever went wrong, as one of the few things that the page has words for. */
import type { BackupProblem } from '../../../shared/contract/backup.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import { cacheKind } from '../failures.ts';
import { BackupFailure } from './format.ts';

export function problemOf(error: unknown): BackupProblem {
  if (error instanceof BackupFailure) return error.problem;
  const cache = cacheKind(error);
  if (cache === 'damaged' || cache === 'wrong_key') return 'damaged';
  if (cache === 'newer' || cache === 'disk_full') return cache;
  if (cache === 'read_only') return 'folder';
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk_full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT' || code === 'ENOTDIR')
    return 'folder';
  if (code === 'SQLITE_FULL') return 'disk_full';
  if (code === 'SQLITE_CANTOPEN' || code === 'SQLITE_IOERR') return 'folder';
  return 'failed';
}

/** A problem of a backup as the answer to a call. */
export async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallFailure) throw error;
    throw invalid('backup', problemOf(error));
  }
}

export function invalid(name: string, reason: string): CallFailure {
  return new CallFailure({ kind: 'invalid_value', message: `backup: ${reason}`, value: { name, reason } });
}
