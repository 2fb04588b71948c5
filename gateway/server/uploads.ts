/**
 * Files that desktops upload. The id may be made by the desktop, so that an upload whose answer was lost can be sent again: what happens
 * under one id happens one after the other. An upload that no message refers to is removed after a day.
 */
import type { Readable } from 'node:stream';
import { newId } from '../../shared/domain/id.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import type { MediaRow } from '../store/media.ts';
import type { Viewer } from '../store/visibility.ts';
import type { ServerContext } from './context.ts';
import { Refusal } from './errors.ts';
import type { MediaFiles } from './media-files.ts';

const UNUSED_FOR_MS = DAY;

export type NewUpload = {
  /** Made by the desktop; null: an id of ours, the same one again for the same bytes of the same user. */
  id: string | null;
  /** SHA-256 that the bytes must have, hex. */
  sha256: string;
  mimeType: string;
  fileName: string | null;
  maxBytes: number;
};

export type Uploads = ReturnType<typeof createUploads>;

export function createUploads(context: ServerContext, files: MediaFiles) {
  const { store, logger } = context;
  const lines = new Map<string, Promise<unknown>>();
  let timer: NodeJS.Timeout | null = null;

  /** Runs `work` after everything else that is under way for this id. */
  function inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = lines.get(id) ?? Promise.resolve();
    // What went wrong for the one before is told to the one before.
    const mine = before.then(work, work);
    lines.set(id, mine);
    const leave = () => {
      if (lines.get(id) === mine) lines.delete(id);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** The row of an upload that is there already; refused when the id stands for something else. */
  function known(viewer: Viewer, id: string, sha256: string): MediaRow | null {
    const row = store.media.get(id);
    if (row === null) return null;
    if (row.uploaderId !== viewer.userId || row.sha256 !== sha256) {
      throw new Refusal('conflict', 'the id stands for another file');
    }
    return row;
  }

  /**
   * Keeps a file. Refuses with `conflict` an id that stands for other bytes or another user's file. Written aside first: bytes without
   * the announced hash never stand under the id.
   */
  async function receive(viewer: Viewer, upload: NewUpload, bytes: Readable): Promise<MediaRow> {
    const aside = newId();
    const { size, sha256 } = await files.write(aside, bytes, upload.maxBytes);
    try {
      if (sha256 !== upload.sha256) throw new Refusal('invalid', 'the bytes do not have this hash');
      if (upload.id === null) {
        const same = store.media.findUpload(viewer.userId, sha256);
        return same === null ? keep(viewer, aside, upload, size) : await again(same, aside);
      }
      const { id } = upload;
      return await inLine(id, async () => {
        const same = known(viewer, id, sha256);
        if (same !== null) return again(same, aside);
        await files.rename(aside, id);
        return keep(viewer, id, upload, size);
      });
    } catch (error) {
      await files.remove(aside);
      throw error;
    }
  }

  function keep(viewer: Viewer, id: string, upload: NewUpload, size: number): MediaRow {
    return store.tx(() => {
      const { mimeType, fileName, sha256 } = upload;
      const row = store.media.put({
        id,
        ws: viewer.ws,
        channelId: null,
        providerMediaId: null,
        uploaderId: viewer.userId,
        mimeType,
        fileName,
        size,
        sha256,
        stored: true,
      });
      store.media.setUploaded(id, context.now());
      return row;
    });
  }

  async function again(row: MediaRow, aside: string): Promise<MediaRow> {
    store.media.setUploaded(row.id, context.now());
    await files.remove(aside);
    return row;
  }

  /** Removes what nobody has used for a day. Returns how many. */
  async function sweep(): Promise<number> {
    let removed = 0;
    for (const id of store.media.unusedUploads(context.now() - UNUSED_FOR_MS)) {
      await inLine(id, async () => {
        // Used or uploaded once more since the list was read: it stays.
        if (!store.media.forgetUpload(id, context.now() - UNUSED_FOR_MS)) return;
        await files.remove(id);
        removed += 1;
      });
    }
    return removed;
  }

  function sweepLater(): void {
    sweep().catch((error: unknown) => {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, 'uploads were not swept');
    });
  }

  return {
    receive,
    sweep,
    start(): void {
      sweepLater();
      timer = setInterval(sweepLater, HOUR);
      timer.unref();
    },
    /** Waits for what is under way. */
    async close(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await Promise.allSettled(lines.values());
    },
  };
}
