/**
 * vCard lines out of bytes. Everything stays bytes here (one character for one byte), because a fold may cut a character in two and every
 * property may have a charset of its own.
 */
import type { ImportSource } from './source.ts';
import { chunksOf } from './source.ts';
import { decodeText } from './encoding.ts';
import { MAX_LINE_BYTES } from './limits.ts';

/** One line between breaks. Of one longer than MAX_LINE_BYTES only the first kilobyte is kept, and it is `truncated`. */
export type PhysicalLine = { text: string; line: number; truncated: boolean };

const KEPT_OF_LONG = 1024;

/** The lines of a file, in batches. UTF-16 becomes UTF-8 on the way, every other encoding is left as it is. */
export async function* physicalLines(
  source: ImportSource,
  encoding: string,
  onBytes?: (read: number) => void,
): AsyncGenerator<PhysicalLine[], void, undefined> {
  const chunks = chunksOf(source, onBytes);
  const bytes = encoding.startsWith('utf-16') ? reencoded(decodeText(chunks, encoding)) : chunks;
  let pending = '';
  let dropping = false;
  let line = 1;
  let afterCr = false;
  let first = true;
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    let text = chunk.toString('latin1');
    // The other half of a break; only one: what comes next is a break of its own.
    if (afterCr && text.startsWith('\n')) text = text.slice(1);
    afterCr = text.endsWith('\r');
    const parts = text.split(/\r\n|\n|\r/u);
    const last = parts.pop() ?? '';
    const batch: PhysicalLine[] = [];
    for (const part of parts) {
      batch.push(finish(part));
      line += 1;
    }
    append(last);
    if (batch.length > 0) yield batch;
  }
  if (pending !== '' || dropping) yield [finish('')];

  function append(part: string): void {
    if (dropping) return;
    pending += part;
    if (pending.length <= MAX_LINE_BYTES) return;
    pending = pending.slice(0, KEPT_OF_LONG);
    dropping = true;
  }

  function finish(part: string): PhysicalLine {
    append(part);
    const done = {
      text: first ? pending.replace(/^\u00EF\u00BB\u00BF/u, '') : pending,
      line,
      truncated: dropping,
    };
    first = false;
    pending = '';
    dropping = false;
    return done;
  }
}

async function* reencoded(text: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of text) yield Buffer.from(part);
}
