/**
 * Files of messages. The row has the file's own key: without the row the file is noise, so deleting the row shreds it. The file's name
 * is kept until somebody has removed it from the disk.
 */
import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { adoptStaged, deleteStaged } from './staged.ts';

/** `fromGateway`: its message is one that the gateway has, so a file that waited here to be sent is one of the message now. */
export function putMedia(
  tx: Tx,
  media: MediaRef,
  message: number,
  conversation: number,
  fromGateway: boolean,
): void {
  tx.db.run`
    INSERT INTO media (id, message, conversation, json)
    VALUES (${media.id}, ${message}, ${conversation}, ${JSON.stringify(media)})
    ON CONFLICT (id) DO UPDATE SET json = excluded.json`;
  if (fromGateway) adoptStaged(tx.db, media.id);
}

/** Forgets the files of a conversation, keys first. */
export function deleteMediaOf(db: WritableDb, conversation: number): void {
  db.run`
    INSERT OR IGNORE INTO discarded_files (file)
    SELECT file FROM media WHERE conversation = ${conversation} AND file IS NOT NULL`;
  db.run`DELETE FROM media WHERE conversation = ${conversation}`;
}

/** The file is on this machine now (or, with null, not any more). A media id that is not here is ignored: its message has gone. */
export function saveMedia(
  tx: Tx,
  input: { id: string; file: string | null; key: Uint8Array | null; size: number; sha256: string },
): void {
  const { id, file, key, size, sha256 } = input;
  // One whose bytes the gateway has and whose file is broken here can be had again.
  if (file === null) deleteStaged(tx.db, id);
  const { changes } = tx.db.run`
    UPDATE media SET file = ${file}, key = ${key}, size = ${size}, sha256 = ${sha256} WHERE id = ${id}`;
  if (changes === 0 && file !== null)
    tx.db.run`INSERT OR IGNORE INTO discarded_files (file) VALUES (${file})`;
  const owner = tx.db.get<{ id: string }>`
    SELECT c.id FROM media d JOIN conversations c ON c.ref = d.conversation WHERE d.id = ${id}`;
  if (owner !== undefined) tx.changes.conversation(owner.id);
}
