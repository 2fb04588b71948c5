/** Which character parts the values of a CSV file. */

const CANDIDATES = [',', ';', '\t', '|', '^', '~', '\u001F', '¦'] as const;
const RECORDS = 60;

/** Excel's own hint: a first line `sep=;`. */
export function separatorLine(text: string): string | null {
  return /^sep=([^\r\n"])(?=[\r\n]|$)/iu.exec(text)?.[1] ?? null;
}

/** Something that can part values at all: one character, and neither a quote nor a line break. */
export function isDelimiter(text: string): boolean {
  return [...text].length === 1 && !/["\r\n\0\uFEFF]/u.test(text) && text.isWellFormed();
}

/**
 * The delimiter of a sample: the one that cuts most records into the same number of values, and more than one.
 * A comma when none does, as in a file of one column.
 */
export function detectDelimiter(sample: string): string {
  const named = separatorLine(sample);
  if (named !== null && isDelimiter(named)) return named;
  let best = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const score = scoreOf(valuesPerRecord(sample, candidate));
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** How many values each of the first records has. Quotes count only at the start of a value. */
function valuesPerRecord(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let values = 1;
  let quoted = false;
  let atStart = true;
  let empty = true;
  for (let at = 0; at < sample.length && counts.length < RECORDS; at += 1) {
    const char = sample[at];
    if (quoted) {
      if (char !== '"') continue;
      if (sample[at + 1] === '"') at += 1;
      else quoted = false;
      continue;
    }
    if (char === '\n' || char === '\r') {
      if (!empty) counts.push(values);
      values = 1;
      atStart = true;
      empty = true;
      continue;
    }
    empty = false;
    if (char === delimiter) {
      values += 1;
      atStart = true;
      continue;
    }
    if (char === '"' && atStart) quoted = true;
    atStart = false;
  }
  // The last record may be cut by the end of the sample, so it counts only where it is all there is.
  if (!empty && counts.length === 0) counts.push(values);
  return counts;
}

/** Share of the records with the most frequent number of values, weighed by that number; nothing when it is one. */
function scoreOf(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let score = 0;
  for (const [count, times] of frequency) {
    if (count < 2) continue;
    const share = times / counts.length;
    score = Math.max(score, share * share * (1 + Math.log2(count)));
  }
  // The header is the best witness: free texts below it may hold any character.
  return (counts[0] ?? 1) > 1 ? score * 2 : score;
}
