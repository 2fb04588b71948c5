/**
 * Files that are open in other programs: those cannot read what is encrypted, so a readable copy lies in `opened/` of the user-data
 * folder until the application ends or somebody else signs in. What a crash left there goes with the next start.
 */
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from './log.ts';

export type OpenedFiles = {
  /** Writes a copy that nothing changes, under a name that was made safe, and answers where it is. */
  put(name: string, bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Removes every copy. One that a program still holds (Windows) goes the next time. */
  clear(): Promise<void>;
};

/** Tells Windows that it came from the internet, so that office programs open it without its macros. */
const FROM_THE_INTERNET = '[ZoneTransfer]\r\nZoneId=3\r\n';

export function createOpenedFiles(
  folder: string,
  log: Log,
  platform: string = process.platform,
): OpenedFiles {
  return {
    async put(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A folder of its own, so that the file keeps its name.
      const file = path.join(await mkdtemp(path.join(folder, 'file-')), path.basename(name));
      const handle = await open(file, 'wx', 0o400);
      try {
        for await (const piece of bytes) await handle.writeFile(piece);
      } finally {
        await handle.close();
      }
      if (platform === 'win32') await markAsForeign(file);
      return file;
    },
    async clear() {
      try {
        await rm(folder, { recursive: true, force: true, maxRetries: 2 });
      } catch (error) {
        log.warn({ error }, 'opened files could not be removed yet');
      }
    },
  };

  async function markAsForeign(file: string): Promise<void> {
    try {
      await writeFile(`${file}:Zone.Identifier`, FROM_THE_INTERNET);
    } catch (error) {
      log.warn({ error }, 'an opened file could not be marked as foreign');
    }
  }
}
