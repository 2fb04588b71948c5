/** A process that restores a backup into a folder, and dies at the step it is told to. Says one line when it begins. */
import type { RestoreStep } from '../../electron/app/backup/read-backup.ts';
import { PASSPHRASE, openBackups } from './restore-kit.ts';

const task = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  backup: string;
  dieAt: RestoreStep | null;
};

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered asynchronously: nothing may happen between asking and dying.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const opened = await openBackups(task.folder, (step) => {
  if (step === task.dieAt) die();
});
opened.backups.resume();
process.stdout.write('begins\n');
await opened.backups.restore({ folder: task.backup, passphrase: PASSPHRASE });
await opened.idle();
await opened.close();
