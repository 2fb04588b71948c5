/** The raw bytes of a folder, looked through for words in UTF-8 and UTF-16. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A file that was replaced or ended since the folder was listed is not on the disk; one that cannot be read is not clean. */
function goneIsNothing(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** `file: word` for each word in each file below the folder; `except` are folders right in it. */
export async function rawHits(
  folder: string,
  words: readonly string[],
  except: readonly string[] = [],
): Promise<string[]> {
  const hits: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const place = path.relative(folder, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || except.includes(place.split(path.sep)[0] ?? '')) continue;
    const bytes = await readFile(path.join(folder, place)).catch(goneIsNothing);
    for (const word of words) {
      if (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
        hits.push(`${place}: ${word}`);
    }
  }
  return hits;
}

/** Names of all files below a folder, sorted; none when there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
