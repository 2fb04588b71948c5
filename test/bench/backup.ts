/**
 * A backup (copied, encrypted under its own key, every byte read back and checked) and its restore into a profile that has only the list of
 * conversations (every byte checked, then row after row by the rules of the gateway's pages), in MB of the backup per second, beside a plain
 * copy of the same bytes that is flushed to the disk.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type App, openApp } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset } from './dataset.ts';
import { NOWHERE, copyOf, freshData, largeData, openData, pagesOf } from './files.ts';
import { figure } from './measure.ts';
import { storedSession } from './session.ts';

const PASSPHRASE = 'seven quiet rivers at noon';
/** A restore of a million messages is as long as a first sync. */
const ROUNDS = 3;

/** Resolves when the job has come to its end; rejects with what it ended with. */
async function jobDone(app: App, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const done = new Promise<number>((resolve, reject) => {
    const look = (): void => {
      app.call('backup.get', {}).then(({ job, problem }) => {
        if (job !== null) return;
        stop();
        if (problem === null) resolve(performance.now() - started);
        else reject(new Error(problem.problem));
      }, reject);
    };
    const stop = app.application.onEvent((name) => {
      if (name === 'backup') look();
    });
    work().then(look, reject);
  });
  return done;
}

function plainCopy(file: string, to: string): number {
  const started = performance.now();
  copyFileSync(file, to);
  const handle = openSync(to, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  const spent = performance.now() - started;
  rmSync(to);
  return spent;
}

export const benchmark: Benchmark = {
  title: 'Backup and restore',
  async run(options, say) {
    const kept = await largeData(options, say);
    const rounds = Math.min(ROUNDS, options.rounds);
    const speeds: Record<'backup' | 'restore' | 'copy', number[]> = { backup: [], restore: [], copy: [] };
    let bytes = 0;
    let messages = 0;
    for (let round = 0; round < rounds; round += 1) {
      const source = await copyOf(kept, options.scratch);
      const folder = path.join(options.scratch, 'backups');
      const app = await openApp(source);
      await app.call('backup.save', { folder, schedule: 'off', keep: 1, passphrase: PASSPHRASE });
      const wrote = await jobDone(app, () => app.call('backup.start', {}));
      await app.close();
      const [name] = readdirSync(folder);
      const place = path.join(folder, name ?? '');
      const database = path.join(place, 'cache.db');
      bytes = statSync(database).size;
      const copied = plainCopy(database, path.join(options.scratch, 'copy'));
      rmSync(source.folder, { recursive: true, force: true });

      const target = await freshData(options.scratch);
      const cache = await openData(target);
      await cache.write.saveSession(storedSession(NOWHERE));
      const data = makeDataset(options.large);
      await cache.write.applySnapshot(data.snapshot());
      for (const page of pagesOf(data)) {
        if (page.type !== 'conversations') break;
        await cache.write.applyPage(page);
      }
      await cache.close();
      const other = await openApp(target);
      const restored = await jobDone(other, () =>
        other.call('backup.restore', { folder: place, passphrase: PASSPHRASE }),
      );
      messages = (await other.call('backup.get', {})).lastRestore?.added ?? 0;
      await other.close();
      rmSync(target.folder, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
      const speed = (ms: number): number => bytes / 1e6 / (ms / 1000);
      speeds.backup.push(speed(wrote));
      speeds.restore.push(speed(restored));
      speeds.copy.push(speed(copied));
      say(`round ${round + 1} of ${rounds}`);
    }
    const floor = { what: 'a plain copy, flushed', rounds: speeds.copy };
    const of = `${Math.round(bytes / 1e6)} MB; Argon2id is in the restore`;
    return [
      figure('backup: written, encrypted, read back', 'MB/s', speeds.backup, { floor, note: of }),
      figure('restore: checked, taken in row by row', 'MB/s', speeds.restore, {
        floor,
        note: `${messages.toLocaleString('en')} rows came back`,
      }),
    ];
  },
};
