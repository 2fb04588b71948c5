/** Tells how far the files that are to be sent have got, seldom enough for a page to follow. */
import type { MediaContent } from './media.ts';
import type { Clock } from './ports.ts';

/** `share`: 0 to 1; null: nothing of the file is on its way any more. */
export type Carried = { mediaId: string; share: number | null };

export type Carriage = {
  /** Runs one transfer; afterwards it is told that nothing is on its way, whatever came of it. */
  told<T>(mediaId: string, transfer: () => Promise<T>): Promise<T>;
  /** The bytes of a file, each piece counted as it is taken. */
  counted(mediaId: string, content: Pick<MediaContent, 'size' | 'bytes'>): AsyncIterable<Uint8Array>;
};

/** Milliseconds between two reports about one file. */
export const PACE = 100;

export function createCarriage(options: {
  clock: Pick<Clock, 'now'>;
  onCarried: (carried: Carried) => void;
}): Carriage {
  return {
    async told(mediaId, transfer) {
      try {
        return await transfer();
      } finally {
        options.onCarried({ mediaId, share: null });
      }
    },
    async *counted(mediaId, { size, bytes }) {
      let taken = 0;
      let toldAt = options.clock.now();
      options.onCarried({ mediaId, share: 0 });
      for await (const piece of bytes()) {
        yield piece;
        taken += piece.length;
        const now = options.clock.now();
        if (now - toldAt < PACE) continue;
        toldAt = now;
        options.onCarried({ mediaId, share: Math.min(1, taken / Math.max(1, size)) });
      }
      options.onCarried({ mediaId, share: 1 });
    },
  };
}
