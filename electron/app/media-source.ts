/** Plain bytes of files that are on this machine, for `/media/<id>`, in pieces that were checked before they are given out. */
import type { Ready } from './context.ts';
import type { Log } from './log.ts';

export type MediaFile = {
  mimeType: string;
  fileName: string | null;
  /** Bytes of the whole file. */
  size: number;
  /** Plain bytes of [start, end). */
  bytes(start: number, end: number): AsyncIterable<Uint8Array>;
};

/** Null: not here, not whole, or nobody is signed in. */
export type MediaSource = (id: string) => Promise<MediaFile | null>;

export function createMediaSource(ready: () => Ready | null, log: Log): MediaSource {
  return async (id) => {
    const sync = ready()?.sync;
    if (sync === undefined) return null;
    try {
      const { media, size, bytes } = await sync.readMedia(id);
      return { mimeType: media.mimeType, fileName: media.fileName, size, bytes };
    } catch (error) {
      log.info({ media: id, error }, 'a file cannot be shown');
      return null;
    }
  };
}
