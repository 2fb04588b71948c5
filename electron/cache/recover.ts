import { failure } from './failure.ts';
import { Thread } from './pool.ts';
import type { OpenCacheOptions } from './options.ts';
import type { RecoveryReport } from './salvage.ts';

/**
 * Sets the cache file aside (renamed, with its journal), carries what the user wrote and who is signed in over into a new one, and says
 * what was saved. The rest comes back by a new first sync. Throws `CacheFailure` when even that is impossible.
 */
export async function recoverCache(options: OpenCacheOptions): Promise<RecoveryReport> {
  const data = { file: options.file, key: options.key, keyIsRight: true, crashAt: null, recover: true };
  const ignored = (): void => undefined;
  const thread = new Thread(options.workers.writer);
  try {
    await thread.open(data, { onFailure: ignored, onSlow: ignored });
    return (await thread.ask('report', null)) as RecoveryReport;
  } finally {
    await thread.close().catch(() => thread.kill(failure('closed')));
  }
}
