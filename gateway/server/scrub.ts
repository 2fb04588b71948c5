/**
 * What an erasure leaves to be done after its commit: the files are removed, and the database is written anew, so that nothing of the person is
 * in its free space or its journal. What a crash interrupts is done at the next start.
 */
import type { ServerContext } from './context.ts';
import type { MediaFiles } from './media-files.ts';

export type Scrub = { start(): void; close(): Promise<void> };

export function createScrub({ store, logger }: ServerContext, files: MediaFiles): Scrub {
  let work: Promise<void> | null = null;
  let again = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    if (work !== null) {
      again = true;
      return;
    }
    work = run()
      .catch((error: unknown) => {
        logger.error(
          { error: error instanceof Error ? error.name : typeof error },
          'an erasure was not finished',
        );
      })
      .finally(() => {
        work = null;
        if (!again) return;
        again = false;
        wake();
      });
  }

  async function run(): Promise<void> {
    const { files: ids, rewrite } = store.erasure.pending();
    for (const id of ids) {
      await files.remove(id);
      if (closed) return;
      store.erasure.removed(id);
    }
    // Between two turns of the event loop: whoever called may still be inside the commit.
    await new Promise((resolve) => setImmediate(resolve));
    if (rewrite && !closed) store.erasure.rewrite();
  }

  const stopListening = store.onCommit(() => {
    if (store.erasure.hasNews()) wake();
  });

  return {
    start: wake,
    /** What is under way is finished or left for the next start. */
    async close() {
      closed = true;
      stopListening();
      await work;
    },
  };
}
