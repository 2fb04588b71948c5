import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { MediaRecord } from '../api.ts';
import type { ReadableDb } from '../sql.ts';
import { readStaged } from '../store/staged.ts';

type StoredKey = { file: string; key: Uint8Array; size: number; sha256: string };

export function readMedia(db: ReadableDb, { id }: { id: string }): MediaRecord | null {
  const row = db.get<{ json: string; file: string | null; messageId: string }>`
    SELECT d.json, d.file, m.id AS messageId FROM media d JOIN messages m ON m.seq = d.message WHERE d.id = ${id}`;
  if (row?.file == null) {
    const staged = readStaged(db, id);
    if (staged !== null) {
      return {
        media: staged.media,
        messageId: row?.messageId ?? null,
        state: staged.uploaded ? 'local' : 'staged',
        file: staged.file,
      };
    }
  }
  if (row === undefined) return null;
  const media = JSON.parse(row.json) as MediaRef;
  return { media, messageId: row.messageId, state: row.file === null ? 'remote' : 'local', file: row.file };
}

export function readMediaKey(db: ReadableDb, { id }: { id: string }): StoredKey | null {
  const row = db.get<StoredKey>`
    SELECT file, key, size, sha256 FROM media WHERE id = ${id} AND file IS NOT NULL AND key IS NOT NULL`;
  if (row !== undefined) return { ...row, key: Uint8Array.from(row.key) };
  const staged = readStaged(db, id);
  return staged === null
    ? null
    : { file: staged.file, key: staged.key, size: staged.size, sha256: staged.sha256 };
}

/** Files of messages that are gone: to be removed from the disk, then forgotten. */
export function readDiscardedFiles(db: ReadableDb): string[] {
  return db.all<{ file: string }>`SELECT file FROM discarded_files LIMIT 1000`.map((row) => row.file);
}
