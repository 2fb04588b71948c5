/** Steps of the lifecycle that change or destroy the key. Each runs alone, called by lifecycle.ts. */
import type { LostReceipt } from '../../shared/contract/security.ts';
import type { AppState } from '../../shared/contract/state.ts';
import type { Cache } from '../cache/api.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { LostDevice } from './lost-device.ts';
import { type RotationStep, makeCopy, removeLeftovers, takePlace } from './rotation.ts';
import { NO_TOKENS } from './signed-in.ts';

export type KeyStepsOptions = {
  keyRing: KeyRing;
  lost: LostDevice;
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
  onNewKey(key: Uint8Array): Promise<void>;
  /** Tests only. */
  onRotation: ((step: RotationStep) => void) | undefined;
  now(): number;
};

export type KeySteps = {
  /** The cache is closed afterwards, with the new key or the old one. Throws KeyFailure before anything was stopped. */
  rotate(cache: Cache, present: string | null): Promise<void>;
  wipe(receipt: LostReceipt): Promise<LostReceipt>;
  /** Ends the session and closes or wipes what is here. Null: nothing can be opened, so the session is ended when it is. */
  report(cache: Cache | null, wanted: boolean): Promise<LostReceipt>;
};

export function createKeySteps(options: KeyStepsOptions): KeySteps {
  const { keyRing, lost, cacheFile, now } = options;
  const at = options.onRotation ?? (() => undefined);

  async function wipe(receipt: LostReceipt): Promise<LostReceipt> {
    await lost.noteWipe();
    // The key first: whatever is cut off from here on, what is left cannot be read.
    const keys = await keyRing.destroy();
    await options.letGo();
    const whole = { ...receipt, wiped: await lost.wipe(keys) };
    await lost.write(whole);
    return whole;
  }

  return {
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
    wipe,
    async report(cache, wanted) {
      const session = (await cache?.read.session()) ?? null;
      if (cache === null) await lost.noteSession();
      await options.quiet();
      const endedAt = await lost.endSession(session);
      const receipt = { at: now(), endedAt, wasOpen: cache !== null, wiped: null };
      if (wanted) return wipe(receipt);
      // Dead tokens are forgotten: a start without a network must not show what this device may not see any more.
      if (endedAt !== null && cache !== null) await cache.write.saveTokens(NO_TOKENS);
      await lost.write(receipt);
      const key = keyRing.state();
      await (key.at === 'unlocked' ? options.shut(key.key) : options.letGo());
      keyRing.close();
      return receipt;
    },
  };
}
