/** What a restore may bring back: what the purge before it leaves, by the rules and holds of now and not of the day of the backup. */
import { heldTargets } from '../../../shared/domain/legal-hold.ts';
import type { Cache } from '../../cache/api.ts';
import type { Kept } from '../../cache/retention/kept.ts';
import type { Retention } from '../retention/retention.ts';

const UNLIMITED = { content: null, log: null, media: null, notes: null, exports: null, audit: null };

/** The same that the purge works out. Where no profile is known, nothing is purged, and nothing is kept out. */
export async function keptNow(
  retention: Pick<Retention, 'time' | 'sources' | 'cutoffs'>,
  cache: Cache,
): Promise<Kept> {
  const { now: at } = await retention.time(cache);
  const rules = await cache.read.rules();
  const sources = retention.sources(rules, at);
  const cutoffs = sources === null ? UNLIMITED : retention.cutoffs(sources, at);
  return { at, cutoffs, held: heldTargets(rules.holds) };
}
