/** Turns what SQLite and the file system throw into the closed set of reasons that the page has screens for. */
import { CacheFailure, CacheRefusal } from './api.ts';
import type { CacheErrorKind } from './api.ts';

const MESSAGES: Record<CacheErrorKind, string> = {
  damaged: 'the cache file is damaged',
  newer: 'the cache file was written by a newer version',
  read_only: 'the cache cannot be written: file or folder is read-only',
  disk_full: 'the disk is full',
  in_use: 'another instance has the cache open',
  wrong_key: 'the key does not open the cache file',
  closed: 'the cache is closed',
};

/** A failure of a kind, with fixed words: no path, no SQL, no contents. `code` is SQLite's or the system's own. */
export function failure(kind: CacheErrorKind, code?: string): CacheFailure {
  return new CacheFailure(kind, code === undefined ? MESSAGES[kind] : `${MESSAGES[kind]} (${code})`);
}

/** The code of a SQLite or system error, or null for anything else. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * The failure behind an error, or null when the error says nothing about the file (a bug, a constraint). A wrong key and a
 * destroyed header look the same to SQLite (NOTADB): `keyIsRight` says that the key's fingerprint is the recorded one.
 */
export function failureOf(error: unknown, keyIsRight = false): CacheFailure | null {
  if (error instanceof CacheFailure) return error;
  if (error instanceof CacheRefusal) return null;
  const code = codeOf(error);
  if (code === null) return null;
  const kind = kindOf(code, keyIsRight);
  return kind === null ? null : failure(kind, code);
}

function kindOf(code: string, keyIsRight: boolean): CacheErrorKind | null {
  if (code === 'SQLITE_NOTADB') return keyIsRight ? 'damaged' : 'wrong_key';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk_full';
  // The shared memory file could not grow: the same cause, reported by another path.
  if (code === 'SQLITE_IOERR_SHMSIZE' || code === 'SQLITE_IOERR_WRITE') return 'disk_full';
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) return 'damaged';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read_only';
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'read_only';
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') return 'in_use';
  return null;
}
