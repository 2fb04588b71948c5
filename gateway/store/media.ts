/** Files: who may see them follows the conversations that they were used in. The bytes lie in the data folder, not in SQLite. */
import { newId } from '../../shared/domain/id.ts';
import type { MediaRef, MessageContent } from '../../shared/domain/message-content.ts';
import type { Db } from './database.ts';
import type { Audience } from './visibility.ts';

/** `stored`: the bytes are on our disk; otherwise they are fetched from the provider when somebody asks. */
export type MediaRow = {
  id: string;
  ws: number;
  channelId: string | null;
  providerMediaId: string | null;
  uploaderId: string | null;
  mimeType: string;
  fileName: string | null;
  size: number | null;
  sha256: string | null;
  stored: boolean;
};
type DbMedia = Omit<MediaRow, 'stored'> & { stored: number };

export type Media = ReturnType<typeof createMedia>;

export function createMedia(db: Db) {
  const columns = `id, ws, channel_id AS channelId, provider_media_id AS providerMediaId, uploader_id AS uploaderId,
    mime_type AS mimeType, file_name AS fileName, size, sha256, stored`;
  const byId = db.prepare<DbMedia>(`SELECT ${columns} FROM media WHERE id = ?`);
  const byUpload = db.prepare<DbMedia>(
    `SELECT ${columns} FROM media WHERE uploader_id = ? AND sha256 = ? ORDER BY id LIMIT 1`,
  );
  const byProvider = db.prepare<DbMedia>(
    `SELECT ${columns} FROM media WHERE channel_id = ? AND provider_media_id = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO media (id, ws, channel_id, provider_media_id, uploader_id, mime_type, file_name, size, sha256, stored)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setStored = db.prepare(
    'UPDATE media SET stored = 1, mime_type = ?, size = ?, sha256 = ? WHERE id = ?',
  );
  const use = db.prepare('INSERT OR IGNORE INTO media_uses (media_id, conversation_id) VALUES (?, ?)');
  const uses = db.prepare<Audience>(
    `SELECT c.channel_id AS channelId, c.assignee_id AS assigneeId, c.team_id AS teamId FROM media_uses u
     JOIN conversations c ON c.id = u.conversation_id WHERE u.media_id = ?`,
  );

  const uploaded = db.prepare('UPDATE media SET uploaded_at = ? WHERE id = ?');
  const unused = db.prepare<{ id: string }>(
    `SELECT id FROM media WHERE uploaded_at < ? AND uploader_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = media.id) LIMIT 500`,
  );
  const forget = db.prepare(
    `DELETE FROM media WHERE id = ? AND uploaded_at < ?
       AND NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = media.id)`,
  );

  function get(id: string): MediaRow | null {
    return rowOf(byId.get(id));
  }

  function put(row: Omit<MediaRow, 'id'> & { id?: string }): MediaRow {
    const full: MediaRow = { ...row, id: row.id ?? newId() };
    insert.run(
      full.id,
      full.ws,
      full.channelId,
      full.providerMediaId,
      full.uploaderId,
      full.mimeType,
      full.fileName,
      full.size,
      full.sha256,
      full.stored ? 1 : 0,
    );
    return full;
  }

  /** Our row for a provider's file: the reference in the content gets our id. A row that exists already is left. */
  function adopt(ws: number, channelId: string, conversationId: string, ref: MediaRef): MediaRef {
    const own = get(ref.id);
    const known = own !== null && own.ws === ws ? own : rowOf(byProvider.get(channelId, ref.id));
    const row =
      known ??
      put({
        ws,
        channelId,
        providerMediaId: ref.id,
        uploaderId: null,
        mimeType: ref.mimeType,
        fileName: ref.fileName,
        size: ref.size,
        sha256: ref.sha256,
        stored: false,
      });
    use.run(row.id, conversationId);
    return { ...ref, id: row.id };
  }

  return {
    get,
    put,
    /** The same bytes of the same user, uploaded before. */
    findUpload(uploaderId: string, sha256: string): MediaRow | null {
      return rowOf(byUpload.get(uploaderId, sha256));
    },
    /** Counts the day after which an unused upload is removed from `at` on. */
    setUploaded(id: string, at: number): void {
      uploaded.run(at, id);
    },
    /** Uploads from before `before` that no message refers to. */
    unusedUploads(before: number): string[] {
      return unused.all(before).map((row) => row.id);
    },
    /** Forgets an upload from before `before`, unless it is in use meanwhile: then false. */
    forgetUpload(id: string, before: number): boolean {
      return forget.run(id, before).changes === 1;
    },
    setStored(id: string, file: { mimeType: string; size: number; sha256: string }): void {
      setStored.run(file.mimeType, file.size, file.sha256, id);
    },
    /** Where the file was used. */
    uses(id: string): Audience[] {
      return uses.all(id);
    },
    use(id: string, conversationId: string): void {
      use.run(id, conversationId);
    },
    /** The content with the provider's media ids replaced by ours. */
    adoptContent(
      ws: number,
      channelId: string,
      conversationId: string,
      content: MessageContent,
    ): MessageContent {
      if ('media' in content) {
        return { ...content, media: adopt(ws, channelId, conversationId, content.media) };
      }
      if (content.kind === 'template' && content.headerMedia != null) {
        return { ...content, headerMedia: adopt(ws, channelId, conversationId, content.headerMedia) };
      }
      return content;
    },
  };
}

function rowOf(row: DbMedia | undefined): MediaRow | null {
  return row === undefined ? null : { ...row, stored: row.stored === 1 };
}
