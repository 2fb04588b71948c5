/** Steps of the lifecycle that change or destroy the key. Each runs alone, called by lifecycle.ts. */
import type { LostReceipt } from '../../../shared/contract/security.ts';
import type { AppState, WipeReason } from '../../../shared/contract/state.ts';
import { RETENTION_CLASSES } from '../../../shared/domain/retention.ts';
import { DAY } from '../../../shared/domain/time.ts';
import type { Cache, StoredSession } from '../../cache/api.ts';
import type { Cutoffs } from '../../cache/retention/types.ts';
import type { LifecycleOptions } from '../lifecycle-types.ts';
import { makeCopy, removeLeftovers, takePlace } from './rotation.ts';
import { NO_TOKENS } from '../signed-in.ts';
import { type WipeRequest, createWiping } from '../ending/wiping.ts';

/** Texts that are looked for in the raw files after a wipe. */
const SAMPLES = 60;
const NOTHING_HELD = { all: false, conversationIds: [], contactIds: [] };

export type KeyStepsOptions = Pick<
  LifecycleOptions,
  | 'parts'
  | 'userDataDir'
  | 'keyRing'
  | 'lost'
  | 'reports'
  | 'termination'
  | 'log'
  | 'now'
  | 'onRotation'
  | 'onNewKey'
  | 'onWipe'
> & {
  cacheFile: string;
  /** Whether the cache lies there: one in memory needs no copy under a new key. */
  onDisk(): boolean;
  /** Closes the cache; what the user wrote is kept sealed where there is no file. */
  shut(key: Uint8Array): Promise<void>;
  /** Stops sync and maintenance; the cache stays open. */
  quiet(): Promise<void>;
  /** Closes the cache too. */
  letGo(): Promise<void>;
  enter(next: AppState): void;
  /** What was kept in memory goes too. */
  wiped(): void;
};

export type KeySteps = {
  /** The cache is closed afterwards, with the new key or the old one. Throws KeyFailure before anything was stopped. */
  rotate(cache: Cache, present: string | null): Promise<void>;
  /** Before anything is opened: goes on with a wipe that was cut off, or wipes what is over. */
  begin(): Promise<void>;
  /** A new key is made: what a wipe could not remove is not tried again. */
  forgetWipe(): Promise<void>;
  /** Ends the session and closes or wipes what is here. `cache` null: nothing can be opened, so the session is ended when it is. */
  report(cache: Cache | null, wanted: boolean): Promise<LostReceipt>;
  /** Wipes what is here, because the gateway says so or the workspace has ended. `cache`: null where none is open. */
  takeAway(cache: Cache | null, reason: Exclude<WipeReason, 'lost'>): Promise<void>;
};

export function createKeySteps(options: KeyStepsOptions): KeySteps {
  const { keyRing, lost, termination, cacheFile, now } = options;
  const wiping = createWiping({ ...options, onStep: options.onWipe });
  const at = options.onRotation ?? (() => undefined);

  /** What the cache can still say; one that is damaged says nothing and is wiped all the same. */
  async function lastWords(
    cache: Cache | null,
  ): Promise<{ session: StoredSession | null; samples: string[] }> {
    if (cache === null) return { session: null, samples: [] };
    const input = { cutoffs: everythingBefore(now() + DAY), held: NOTHING_HELD, limit: SAMPLES };
    const [session, samples] = await Promise.allSettled([
      cache.read.session(),
      cache.read.purgeSamples(input),
    ]);
    return {
      session: session.status === 'fulfilled' ? session.value : null,
      samples: samples.status === 'fulfilled' ? samples.value : [],
    };
  }

  async function wipe(request: WipeRequest): Promise<LostReceipt> {
    const receipt = await wiping.wipe(request);
    options.wiped();
    await termination.forget();
    return receipt;
  }

  return {
    async begin() {
      if (await wiping.finish()) {
        options.log.warn({}, 'a wipe was cut off and is finished now');
        await termination.forget();
      } else if (termination.over()) {
        await wipe({ reason: 'terminated', endedAt: null, wasOpen: false, report: null, samples: [] });
      }
    },
    forgetWipe: wiping.forget,
    async rotate(cache, present) {
      const newKey = await keyRing.beginRotation(present);
      at('noted');
      if (!options.onDisk()) {
        await options.onNewKey(newKey);
        return keyRing.endRotation(true);
      }
      let done = false;
      try {
        await options.onNewKey(newKey);
        await options.quiet();
        await makeCopy(cache, cacheFile, newKey, options.enter);
        at('copied');
        await options.letGo();
        at('closed');
        await takePlace(cacheFile);
        done = true;
        at('replaced');
      } finally {
        await keyRing.endRotation(done);
        at('promoted');
        if (!done) await removeLeftovers(cacheFile);
        await options.letGo();
      }
    },
    async report(cache, wanted) {
      const { session, samples } = await lastWords(cache);
      if (cache === null) await lost.noteSession();
      await options.quiet();
      const endedAt = await lost.endSession(session);
      const facts = { reason: 'lost' as const, endedAt, wasOpen: cache !== null };
      if (wanted) return wipe({ ...facts, report: null, samples });
      const receipt = { ...facts, at: now(), wiped: null, reportedAt: null };
      // Dead tokens are forgotten: a start without a network must not show what this device may not see any more.
      if (endedAt !== null && cache !== null) await cache.write.saveTokens(NO_TOKENS);
      await lost.write(receipt);
      const key = keyRing.state();
      await (key.at === 'unlocked' ? options.shut(key.key) : options.letGo());
      keyRing.close();
      return receipt;
    },
    async takeAway(cache, reason) {
      const { session, samples } = await lastWords(cache);
      await options.quiet();
      const report =
        reason === 'remote' && session !== null
          ? { gateway: session.gateway, refreshToken: session.tokens.refreshToken }
          : null;
      await wipe({ reason, endedAt: null, wasOpen: cache !== null, report, samples });
    },
  };
}

function everythingBefore(at: number): Cutoffs {
  return Object.fromEntries(RETENTION_CLASSES.map((name) => [name, at])) as Cutoffs;
}
