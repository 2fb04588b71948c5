/**
 * The application in a process that dies at a step of its wipe. Signs in when nobody is, says `online` once everything is here, and then waits
 * for the word of the gateway.
 */
import path from 'node:path';
import { createApplication } from '../../electron/app/application.ts';
import { openLog } from '../../electron/app/log.ts';
import type { WipeStep } from '../../electron/app/ending/wiping.ts';
import { parts } from '../../electron/loopback/parts.ts';
import type { ConnectionState } from '../../shared/contract/state.ts';
import { WORKERS } from './desktop.ts';
import { plainShell } from './fake-parts.ts';

type Task = {
  folder: string;
  gateway: string;
  email: string;
  password: string;
  /** Null: at none. `after`: how often the step is passed before. */
  dieAt: { step: WipeStep; after: number } | null;
};

const task = JSON.parse(process.argv[2] ?? '') as Task;
let passed = 0;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered asynchronously: nothing may happen between asking and dying.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const { log } = openLog(path.join(task.folder, 'logs'));
const application = createApplication({
  shell: plainShell,
  parts,
  userDataDir: task.folder,
  workers: WORKERS,
  gateway: Promise.resolve({ url: task.gateway, prefill: null }),
  keyAnswer: 'file',
  log,
  version: 'test',
  checkOutputs: false,
  onWipe(step) {
    if (step === 'noted') process.stdout.write('wiping\n');
    if (task.dieAt?.step !== step) return;
    if (passed === task.dieAt.after) die();
    passed += 1;
  },
});
application.onEvent((event, data) => {
  if (event !== 'connection') return;
  const { connection } = data as { connection: ConnectionState };
  if (connection.state === 'online') process.stdout.write('online\n');
});
await application.start();
if (application.state().phase === 'signed_out') {
  const { gateway, email, password } = task;
  await application.call('session.signIn', { gateway, email, password, totp: null });
}
