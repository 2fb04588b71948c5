/**
 * Files that were put on this machine to be sent and that the gateway does not have as part of a message yet. They exist nowhere else,
 * so they lie apart from the files that can be had again; when their message comes back from the gateway they become one of those.
 */
import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';

/** `uploaded`: the gateway has the bytes under the same id. */
type StagedMedia = {
  media: MediaRef;
  file: string;
  key: Uint8Array;
  size: number;
  sha256: string;
  uploaded: boolean;
};

type Row = { json: string; file: string; key: Uint8Array; size: number; sha256: string; uploaded: number };

/** Keeps a file. The same id again changes nothing. */
export function stageMedia(
  tx: Tx,
  input: { media: MediaRef; file: string; key: Uint8Array; size: number; sha256: string; now: number },
): void {
  const { media, file, key, size, sha256, now } = input;
  tx.db.run`
    INSERT INTO staged_media (id, json, file, key, size, sha256, created_at)
    VALUES (${media.id}, ${JSON.stringify(media)}, ${file}, ${key}, ${size}, ${sha256}, ${now})
    ON CONFLICT (id) DO NOTHING`;
}

export function readStaged(db: ReadableDb, id: string): StagedMedia | null {
  const row = db.get<Row>`
    SELECT json, file, key, size, sha256, uploaded FROM staged_media WHERE id = ${id}`;
  if (row === undefined) return null;
  const { file, size, sha256 } = row;
  return {
    media: JSON.parse(row.json) as MediaRef,
    file,
    key: Uint8Array.from(row.key),
    size,
    sha256,
    uploaded: row.uploaded === 1,
  };
}

/** The gateway has the bytes now; the file stays until its message is there too. */
export function markUploaded(tx: Tx, { id }: { id: string }): void {
  tx.db.run`UPDATE staged_media SET uploaded = 1 WHERE id = ${id}`;
}

/** Forgets a file that no unsent message has. Answers whether there was one. */
export function discardStaged(tx: Tx, { id }: { id: string }): boolean {
  return !isInOutbox(tx.db, id) && deleteStaged(tx.db, id);
}

/** Forgets what no draft and no message has, if it was put here before `before`. Answers how many those were. */
export function sweepStaged(tx: Tx, { before }: { before: number }): number {
  const old = tx.db.all<{
    id: string;
  }>`SELECT id FROM staged_media WHERE created_at < ${before} ORDER BY created_at`;
  return old.filter(({ id }) => !isStagedNeeded(tx.db, id) && deleteStaged(tx.db, id)).length;
}

/** The message of the file has come from the gateway: its row takes the file over. */
export function adoptStaged(db: WritableDb, mediaId: string): void {
  const { changes } = db.run`
    UPDATE media SET (file, key, size, sha256) = (SELECT file, key, size, sha256 FROM staged_media WHERE id = ${mediaId})
    WHERE id = ${mediaId} AND file IS NULL AND EXISTS (SELECT 1 FROM staged_media WHERE id = ${mediaId})`;
  if (changes > 0) db.run`DELETE FROM staged_media WHERE id = ${mediaId}`;
}

/** Whether an unsent message or a draft has the file. */
export function isStagedNeeded(db: ReadableDb, mediaId: string): boolean {
  if (isInOutbox(db, mediaId)) return true;
  return (
    db.get`
      SELECT 1 FROM drafts d, json_each(d.attachments) a WHERE a.value ->> '$.media.id' = ${mediaId} LIMIT 1` !==
    undefined
  );
}

/** The key goes with the row, so that the file is noise from here on; its name is kept until it has been removed. */
export function deleteStaged(db: WritableDb, mediaId: string): boolean {
  db.run`
    INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM staged_media WHERE id = ${mediaId}`;
  return db.run`DELETE FROM staged_media WHERE id = ${mediaId}`.changes > 0;
}

function isInOutbox(db: ReadableDb, mediaId: string): boolean {
  return (
    db.get`
      SELECT 1 FROM outbox
      WHERE type = 'message.send' AND ${mediaId} IN (command ->> '$.data.content.media.id', command ->> '$.data.content.headerMedia.id') LIMIT 1` !==
    undefined
  );
}
