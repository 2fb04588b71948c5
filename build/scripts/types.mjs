// Type-checks every environment, each with its own lib and types. Two at a time: the compiler is native and itself parallel.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const projects = [
  'shared',
  'electron',
  'electron/main',
  'electron/preload',
  'renderer',
  'gateway',
  'build',
  'test',
];

/** @param {string} folder @returns {boolean} whether it holds any source that the compiler could look at */
function hasSource(folder) {
  // Its tsconfig also holds the tests beside their sources.
  if (path.basename(folder) === 'test') return true;
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) =>
    /(?<!\.d)\.(m?ts|tsx|mjs)$/.test(String(name)),
  );
}

/** @param {string} project @returns {Promise<boolean>} */
function check(project) {
  return new Promise((resolve, reject) => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const child = spawn(process.execPath, [tsc, '-p', path.join(root, project), '--pretty', 'false'], {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

const wanted = process.argv.slice(2);
const queue = (wanted.length > 0 ? wanted : projects).filter((project) =>
  hasSource(path.join(root, project)),
);
const failed = [];
async function work() {
  for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
    const started = Date.now();
    const good = await check(project);
    if (!good) failed.push(project);
    process.stderr.write(
      `types: ${project} ${good ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
  }
}
await Promise.all([work(), work()]);
process.exitCode = failed.length > 0 ? 1 : 0;
