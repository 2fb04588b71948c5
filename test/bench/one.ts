/** One benchmark in a process of its own, so that none inherits another's heap, caches or stalls. Started by run.ts. */
import process from 'node:process';
import { benchmarks, type BenchOptions } from './benchmark.ts';

// What it has started ends with its pipe to this process.
process.on('SIGTERM', () => process.exit(143));

const [, , name = '', json = '{}'] = process.argv;
const load = benchmarks[name];
if (load === undefined) throw new Error(`no such benchmark: ${name}`);
const { benchmark } = await load();
const started = performance.now();
const say = (line: string): void => {
  process.stderr.write(`   ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
};

let outcome: object;
try {
  const result = await benchmark.run(JSON.parse(json) as BenchOptions, say);
  outcome = Array.isArray(result) ? { figures: result } : result;
} catch (error) {
  outcome = { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
await new Promise<void>((resolve) => {
  if (process.send === undefined) {
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`, () => resolve());
    return;
  }
  process.send({ title: benchmark.title, ...outcome }, () => resolve());
});
// A benchmark that broke may have left a worker or a socket behind.
process.exit('broken' in outcome ? 1 : 0);
