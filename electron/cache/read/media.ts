import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { MediaRecord } from '../api.ts';
import type { ReadableDb } from '../sql.ts';

type StoredKey = { file: string; key: Uint8Array; size: number; sha256: string };

export function readMedia(db: ReadableDb, { id }: { id: string }): MediaRecord | null {
  const row = db.get<{ json: string; file: string | null; messageId: string }>`
    SELECT d.json, d.file, m.id AS messageId FROM media d JOIN messages m ON m.seq = d.message WHERE d.id = ${id}`;
  if (row === undefined) return null;
  const media = JSON.parse(row.json) as MediaRef;
  return { media, messageId: row.messageId, state: row.file === null ? 'remote' : 'local', file: row.file };
}

export function readMediaKey(db: ReadableDb, { id }: { id: string }): StoredKey | null {
  const row = db.get<StoredKey>`
    SELECT file, key, size, sha256 FROM media WHERE id = ${id} AND file IS NOT NULL AND key IS NOT NULL`;
  return row === undefined ? null : { ...row, key: Uint8Array.from(row.key) };
}

/** Files of messages that are gone: to be removed from the disk, then forgotten. */
export function readDiscardedFiles(db: ReadableDb): string[] {
  return db.all<{ file: string }>`SELECT file FROM discarded_files LIMIT 1000`.map((row) => row.file);
}
