/**
 * `npm run bench`: runs the benchmarks one after the other, each in a process of its own, and prints every figure beside its
 * floor and its goal. Exits 0 unless something is broken: a goal that is not met is a figure, not a failure.
 *
 *   --quick          a tenth of the data
 *   --only a,b       these benchmarks alone
 *   --rounds N       interleaved rounds (5)
 *   --json           the figures as JSON on stdout; everything else is on stderr anyway
 *   --fresh          make the kept data files anew
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { benchmarks, type BenchOptions } from './benchmark.ts';
import { keptFolder, removeOutdated } from './kept.ts';
import type { Figure } from './measure.ts';
import { table } from './table.ts';

type Outcome =
  | { name: string; title: string; seconds: number; figures: Figure[] }
  | { name: string; title: string; seconds: number; skipped: string }
  | { name: string; title: string; seconds: number; broken: string };

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const names = values.only === undefined ? Object.keys(benchmarks) : values.only.split(',');
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0)
    throw new Error(
      `no such benchmark: ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`,
    );
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds needs a whole number from 1');
  return { ...values, names, rounds };
}

/** Somebody wants the run to end: what was measured so far is still printed. */
let stopped = false;

/** Runs one benchmark in a child process and waits for its end. */
function runOne(name: string, options: BenchOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    const child = fork(new URL('./one.ts', import.meta.url), [name, JSON.stringify(options)], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    let outcome: Outcome | null = null;
    const stop = (): void => {
      stopped = true;
      child.kill('SIGTERM');
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    child.on('message', (message) => {
      outcome = { ...(message as Outcome), name, seconds: seconds() };
    });
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      const broken = `its process ended with ${signal ?? code}`;
      resolve(outcome ?? { name, title: name, seconds: seconds(), broken });
    });
  });
}

const options = readOptions();
const scale = options.quick ? 0.1 : 1;
const size = (share: number) => ({
  messages: 1_000_000 * scale * share,
  conversations: 20_000 * scale * share,
  giant: 0,
});
const kept = keptFolder();
if (options.fresh) rmSync(kept, { recursive: true, force: true });
removeOutdated(kept);
const scratch = mkdtempSync(path.join(os.tmpdir(), 'parley-bench-run-'));
const outcomes: Outcome[] = [];
try {
  for (const name of options.names) {
    if (stopped) break;
    say(`\n== ${name}`);
    const outcome = await runOne(name, {
      quick: options.quick,
      rounds: options.rounds,
      large: size(1),
      small: size(0.1),
      kept,
      scratch,
    });
    outcomes.push(outcome);
    if ('figures' in outcome) say(table(outcome.figures));
    else say('skipped' in outcome ? `skipped: ${outcome.skipped}` : `broken: ${outcome.broken}`);
    say(`(${outcome.seconds.toFixed(0)} s)`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpus: os.cpus().length,
  cpu: os.cpus()[0]?.model ?? 'unknown',
  memoryMB: Math.round(os.totalmem() / 1e6),
};
if (options.json) {
  const report = {
    at: new Date().toISOString(),
    machine,
    rounds: options.rounds,
    quick: options.quick,
    outcomes,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  const heading = `${machine.cpu}, ${machine.cpus} cores, Node ${machine.node}, ${options.quick ? '100,000' : '1,000,000'} messages`;
  process.stdout.write(`\n${heading}, ${options.rounds} rounds, medians\n`);
  for (const outcome of outcomes) {
    const body =
      'figures' in outcome
        ? table(outcome.figures)
        : 'skipped' in outcome
          ? `skipped: ${outcome.skipped}`
          : `BROKEN: ${outcome.broken}`;
    process.stdout.write(`\n### ${outcome.title}\n\n${body}\n`);
  }
}
const judged = outcomes
  .flatMap((it) => ('figures' in it ? it.figures : []))
  .filter((it) => it.met !== undefined);
say(`\n${judged.filter((it) => it.met === true).length} of ${judged.length} goals met`);
if (stopped || outcomes.some((it) => 'broken' in it)) process.exitCode = 1;
