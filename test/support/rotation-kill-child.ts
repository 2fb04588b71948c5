/** A process that changes the key of the cache in a folder, and dies at the step it is told to. Says one line when it begins. */
import { createKeySteps } from '../../electron/app/lock/key-steps.ts';
import type { LostDevice } from '../../electron/app/lock/lost-device.ts';
import type { Log } from '../../electron/app/log.ts';
import type { TerminationClock } from '../../electron/app/ending/termination.ts';
import type { WipeReports } from '../../electron/app/ending/wipe-reports.ts';
import type { Parts } from '../../electron/app/parts.ts';
import type { RotationStep } from '../../electron/app/lock/rotation.ts';
import { openFolder } from './rotation-kit.ts';

const task = JSON.parse(process.argv[2] ?? '') as { folder: string; dieAt: RotationStep | null };
const { cache, keyRing, cacheFile } = await openFolder(task.folder);

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered asynchronously: nothing may happen between asking and dying.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const steps = createKeySteps({
  keyRing,
  // Nothing of this is asked for by a rotation.
  parts: {} as Parts,
  userDataDir: task.folder,
  lost: {} as LostDevice,
  reports: {} as WipeReports,
  termination: {} as TerminationClock,
  log: {} as Log,
  wiped: () => undefined,
  cacheFile,
  onDisk: () => true,
  shut: async () => undefined,
  quiet: async () => undefined,
  letGo: () => cache.close(),
  enter: () => undefined,
  onNewKey: async () => undefined,
  onRotation: (step) => {
    if (step === task.dieAt) die();
  },
  now: () => Date.now(),
});
process.stdout.write('begins\n');
await steps.rotate(cache, null);
keyRing.close();
