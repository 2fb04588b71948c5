/** What ends the stay of a workspace on this device from outside: the countdown to its end, and the receipt that the gateway waits for. */
import type { Cache } from '../../cache/api.ts';
import type { Log } from '../log.ts';
import type { LostDevice } from '../lock/lost-device.ts';
import type { Parts } from '../parts.ts';
import { type TerminationClock, type TerminationOptions, createTermination } from './termination.ts';
import { type WipeReports, createWipeReports } from './wipe-reports.ts';

export type Ending = {
  termination: TerminationClock;
  reports: WipeReports;
  /** What the gateway has told, or who is signed in, may be another. */
  follow(): void;
};

export type EndingOptions = {
  parts: Parts;
  userDataDir: string;
  lost: Pick<LostDevice, 'reported'>;
  cache(): Cache | null;
  inForce: TerminationOptions['inForce'];
  /** The date has passed while the application runs. */
  terminate(): Promise<void>;
  log: Log;
  now(): number;
};

export function createEnding({ parts, userDataDir, log, now, ...options }: EndingOptions): Ending {
  const failed = (error: unknown) => log.error({ error }, 'the end of the workspace was not carried out');
  const termination = createTermination({
    userDataDir,
    write: parts.writeAtomically,
    inForce: options.inForce,
    onOver: () => void options.terminate().catch(failed),
    log,
    now,
  });
  return {
    termination,
    reports: createWipeReports({ parts, userDataDir, log, onSent: options.lost.reported }),
    follow() {
      const cache = options.cache();
      if (cache === null) return;
      // The date is kept outside of the cache as long as there is somebody's work in it.
      cache.read
        .session()
        .then((session) => (session === null ? termination.forget() : termination.follow(cache)))
        .catch((error: unknown) => log.warn({ error }, 'the end of the workspace was not looked at'));
    },
  };
}
