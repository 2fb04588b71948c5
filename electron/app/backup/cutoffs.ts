/** What a restore may not bring back: the strictest rule that holds here now counts, not the one of the day of the backup. */
import { DeviceRetention, WorkspaceRetention, effectiveRetention } from '../../../shared/domain/retention.ts';
import { cutoffOf } from '../../../shared/domain/retention-cutoff.ts';
import type { CacheReader } from '../../cache/api.ts';
import type { RestoreCutoffs } from '../../cache/backup/types.ts';

/** By the gateway's promises. A message whose text is over is left out whole. */
export async function restoreCutoffs(read: CacheReader, now: number): Promise<RestoreCutoffs> {
  const { policy } = await read.directory();
  const retention = effectiveRetention({
    policy,
    workspace: WorkspaceRetention.parse({}),
    device: DeviceRetention.parse({}),
  });
  return {
    messages: cutoffOf(retention, 'content', now),
    notes: cutoffOf(retention, 'notes', now),
    files: cutoffOf(retention, 'media', now),
  };
}
