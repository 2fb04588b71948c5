/**
 * What an erasure leaves to be done after its commit: the files are removed, and the database is written anew, so that nothing of the person is
 * in its free space or its journal. A large database would stand still for too long each time: there it is done once for several erasures, or
 * at the next start, which also does what a crash interrupted.
 */
import { MINUTE } from '../../shared/domain/time.ts';
import type { ServerContext } from './context.ts';
import type { MediaFiles } from './media-files.ts';

/** How long a large database waits for further erasures before it is written anew. */
const QUIET_MS = 5 * MINUTE;

export type Scrub = { start(): void; close(): Promise<void> };

export function createScrub({ store, logger }: ServerContext, files: MediaFiles): Scrub {
  let work: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let starting = true;
  let timer: NodeJS.Timeout | null = null;

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
    const atOnce = starting;
    starting = false;
    const { files: ids, rewrite } = store.erasure.pending();
    for (const id of ids) {
      await files.remove(id);
      if (closed) return;
      store.erasure.removed(id);
    }
    if (!rewrite) return;
    // Between two turns of the event loop: whoever called may still be inside the commit.
    await new Promise((resolve) => setImmediate(resolve));
    if (closed) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (atOnce || store.erasure.isSmall()) {
      store.erasure.rewrite();
      return;
    }
    // What was deleted is overwritten already; copies that moving pages left behind go when nobody erases any more.
    store.erasure.emptyJournal();
    timer = setTimeout(() => {
      if (!closed) store.erasure.rewrite();
    }, QUIET_MS);
    timer.unref();
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
      if (timer !== null) clearTimeout(timer);
      await work;
    },
  };
}
