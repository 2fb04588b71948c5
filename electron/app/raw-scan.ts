/**
 * Strings looked for in the raw bytes of everything under the user-data folder, after an erasure, a purge or a wipe. Everything there is
 * encrypted or holds nothing of a workspace, so a single hit means that something got out.
 */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

export type Scan = { files: number; bytes: number; found: number };

/** The demo gateway keeps its own data, as any gateway does; an open browser writes its program files anew. */
export const NOT_OURS = ['demo-gateway', 'browser'];

/** Reads every file under the folder and counts the traces that stand in it, in UTF-8 or UTF-16, each once per file. */
export async function scanForTraces(
  folder: string,
  traces: readonly string[],
  /** Folders in it that are not this application's: the demo gateway's own data. */
  except: readonly string[] = [],
): Promise<Scan> {
  const search = searchFor(
    traces.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]),
  );
  const scan: Scan = { files: 0, bytes: 0, found: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const [top] = path.relative(folder, entry.parentPath).split(path.sep);
    if (top !== undefined && except.includes(top)) continue;
    const read = await scanFile(path.join(entry.parentPath, entry.name), search);
    if (read === null) continue;
    scan.files += 1;
    scan.bytes += read.bytes;
    scan.found += read.found;
  }
  return scan;
}

/** `into` gets the needles that stand in a stretch. `longest`: bytes. */
type Search = { longest: number; look(stretch: Buffer, into: Set<Buffer>): void };

/** All needles in one pass, by their first two bytes: a file may have gigabytes, and a person has dozens of traces. */
function searchFor(needles: readonly Buffer[]): Search {
  const begins = new Uint8Array(65_536);
  const byStart = new Map<number, Buffer[]>();
  for (const needle of needles) {
    const start = ((needle[0] ?? 0) << 8) | (needle[1] ?? 0);
    begins[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return {
    longest: Math.max(2, ...needles.map(({ length }) => length)),
    look(stretch, into) {
      let start = stretch[0] ?? 0;
      for (let at = 1; at < stretch.length; at += 1) {
        start = ((start & 0xff) << 8) | (stretch[at] ?? 0);
        if (begins[start] === 0) continue;
        for (const needle of byStart.get(start) ?? []) {
          const end = at - 1 + needle.length;
          if (end <= stretch.length && needle.compare(stretch, at - 1, end) === 0) into.add(needle);
        }
      }
    },
  };
}

/** Null when the file went away meanwhile. */
async function scanFile(file: string, search: Search): Promise<{ bytes: number; found: number } | null> {
  let bytes = 0;
  let tail = Buffer.alloc(0);
  const hits = new Set<Buffer>();
  try {
    // A chunk is what is looked through between two turns of the event loop.
    for await (const chunk of createReadStream(file, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      const stretch = Buffer.concat([tail, chunk]);
      search.look(stretch, hits);
      tail = stretch.subarray(Math.max(0, stretch.length - search.longest + 1));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return { bytes, found: hits.size };
}
