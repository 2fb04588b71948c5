/**
 * How a figure is taken: interleaved rounds, a quantile within each round, the median over the rounds, and a ratio of medians
 * to the floor of the same run. Nothing here asserts: a goal that is not met is printed as such.
 */
export type Unit = 'ms' | 'µs' | '/s' | 'MB' | 'MB/s' | '×' | '%' | 'px' | 'samples';

/** `of`: whether the goal is about the figure itself or about its ratio to the floor. */
export type Goal = { of: 'value' | 'ratio'; atMost: number } | { of: 'value' | 'ratio'; atLeast: number };

export type Figure = {
  what: string;
  value: number;
  unit: Unit;
  /** Median of each round, so that a reader can see how much the rounds differ. */
  rounds: number[];
  floor?: { what: string; value: number; rounds: number[] };
  /** value / floor.value; absent without a floor. */
  ratio?: number;
  goal?: Goal;
  /** Absent without a goal. */
  met?: boolean;
  note?: string;
};

/** The value below which `share` of the samples lie (nearest rank). Throws on no samples: a figure of nothing is a bug. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new Error('no samples');
  return value;
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('no samples');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** All samples of every way of doing something, by round: `samples.way[round]`. */
export type Rounds<K extends string> = Record<K, number[][]>;

/**
 * Runs every way once per round, each round beginning with another one, so that warmth, heat and neighbours hit all alike.
 * A way answers its samples of that round.
 */
export async function interleave<K extends string>(
  rounds: number,
  ways: Record<K, (round: number) => Promise<number[]> | number[]>,
  onRound?: (round: number) => void,
): Promise<Rounds<K>> {
  const names = Object.keys(ways) as K[];
  const all = Object.fromEntries(names.map((name) => [name, []])) as unknown as Rounds<K>;
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < names.length; n += 1) {
      const name = names[(n + round) % names.length]!;
      all[name].push(await ways[name](round));
    }
    onRound?.(round);
  }
  return all;
}

/** The quantile of each round. */
export function perRound(rounds: number[][], share: number): number[] {
  return rounds.map((samples) => quantile(samples, share));
}

/** Median over the rounds of a figure that each round gives once. */
export function figure(
  what: string,
  unit: Unit,
  rounds: number[],
  more: { floor?: { what: string; rounds: number[] }; goal?: Goal; note?: string } = {},
): Figure {
  const value = median(rounds);
  const made: Figure = { what, value, unit, rounds };
  if (more.note !== undefined) made.note = more.note;
  if (more.floor !== undefined) {
    made.floor = { ...more.floor, value: median(more.floor.rounds) };
    made.ratio = value / made.floor.value;
  }
  if (more.goal !== undefined) {
    const judged = more.goal.of === 'value' ? value : made.ratio;
    if (judged === undefined) throw new Error(`${what}: a goal for a ratio needs a floor`);
    made.goal = more.goal;
    made.met = 'atMost' in more.goal ? judged <= more.goal.atMost : judged >= more.goal.atLeast;
  }
  return made;
}

/** p50 and p99 (or another tail) of the same samples as two figures. */
export function figures(
  what: string,
  unit: Unit,
  rounds: number[][],
  more: {
    floor?: { what: string; rounds: number[][] };
    goals?: Partial<Record<number, Goal>>;
    tail?: number;
    note?: string;
  } = {},
): Figure[] {
  return [0.5, more.tail ?? 0.99].map((share) => {
    const goal = more.goals?.[share];
    return figure(`${what}, p${Math.round(share * 100)}`, unit, perRound(rounds, share), {
      ...(more.floor === undefined
        ? {}
        : { floor: { what: more.floor.what, rounds: perRound(more.floor.rounds, share) } }),
      ...(goal === undefined ? {} : { goal }),
      ...(more.note === undefined ? {} : { note: more.note }),
    });
  });
}

/** Milliseconds that `work` takes, each of `times` runs; the first `warm` are not counted. */
export async function timeEach(times: number, work: (n: number) => unknown, warm = 0): Promise<number[]> {
  const samples: number[] = [];
  for (let n = -warm; n < times; n += 1) {
    const before = performance.now();
    const pending = work(n + warm);
    if (pending instanceof Promise) await pending;
    if (n >= 0) samples.push(performance.now() - before);
  }
  return samples;
}
