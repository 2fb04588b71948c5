/** Exports of conversations that are being read: how far each is, told to the page, and stopped by it. */
import type { PageEventData } from '../../../shared/contract/events.ts';
import type { Publisher } from '../publisher.ts';

export type Exporting = {
  /** Of an export of `total` conversations, by its ticket. */
  begin(ticket: string, total: number): ExportUnderWay;
  /** Whoever reads it gets no more: the file is cut off, which its reader notices. */
  stop(ticket: string): void;
};

export type ExportUnderWay = {
  /** Passes them on, one conversation after the other, and counts. Throws when it was stopped. */
  counted<T>(conversations: AsyncIterable<T>): AsyncGenerator<T, void, undefined>;
  /** The bytes, and what became of them at their end: also when nobody reads on. */
  watched(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined>;
};

/** Milliseconds between two things told about one. */
const TOLD = 150;

export function createExporting(publisher: Publisher): Exporting {
  const running = new Map<string, AbortController>();

  return {
    begin(ticket, total) {
      const stop = new AbortController();
      let done = 0;
      let toldAt = -Infinity;
      const tell = (end: PageEventData<'export'>['end']): void => {
        if (end === null && performance.now() - toldAt < TOLD) return;
        toldAt = performance.now();
        publisher.publish('export', { ticket, done, total, end });
      };
      return {
        async *counted(conversations) {
          for await (const conversation of conversations) {
            stop.signal.throwIfAborted();
            yield conversation;
            done += 1;
            tell(null);
          }
        },
        async *watched(bytes) {
          running.set(ticket, stop);
          // Until its last byte is given out it counts as stopped: whoever goes away calls nothing but `return`.
          let end: PageEventData<'export'>['end'] = 'stopped';
          tell(null);
          try {
            for await (const piece of bytes) {
              stop.signal.throwIfAborted();
              yield piece;
            }
            end = 'whole';
          } catch (error) {
            if (!stop.signal.aborted) end = 'failed';
            throw error;
          } finally {
            running.delete(ticket);
            tell(end);
          }
        },
      };
    },
    stop: (ticket) => running.get(ticket)?.abort(new Error('stopped by the person')),
  };
}
