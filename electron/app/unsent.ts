/**
 * The number of unsent messages, in the file `cache/unsent` beside the encrypted cache: when the key is lost or the cache is
 * damaged, the user is told how much is at stake. A number and nothing else.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type UnsentCounter = {
  /** Null when it was never written or cannot be read. */
  read(): Promise<number | null>;
  /** Writes when the number is another than before; writes at the same time follow each other. */
  write(count: number): Promise<void>;
};

export function createUnsentCounter(file: string): UnsentCounter {
  let written: number | null = null;
  let last: Promise<void> = Promise.resolve();
  return {
    async read() {
      try {
        const text = (await readFile(file, 'utf8')).trim();
        return /^\d{1,9}$/.test(text) ? Number(text) : null;
      } catch {
        return null; // "Not known" is an answer of its own.
      }
    },
    write(count) {
      if (count === written) return last;
      written = count;
      last = last
        .catch(() => undefined)
        .then(async () => {
          await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
          await writeFile(file, `${count}\n`, { mode: 0o600 });
        });
      return last;
    },
  };
}
