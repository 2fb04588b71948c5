// Runs `npm ci` when node_modules does not hold what package-lock.json says.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SetUpError, runToEnd } from './children.mjs';
import { modules, root } from './paths.mjs';
import { during } from './say.mjs';

const stamp = path.join(modules, '.parley-lock');

/** @param {string} file */
function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * What npm recorded of the tree that it made, compared with the lock: packages that are missing count only when not optional
 * (those are for another system).
 *
 * @param {{ packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string }> }} installed
 * @returns {boolean}
 */
export function holds(lock, installed) {
  for (const [where, wanted] of Object.entries(lock.packages)) {
    if (where === '') continue;
    const there = installed.packages[where];
    if (there === undefined ? wanted.optional !== true : there.version !== wanted.version) return false;
  }
  return Object.keys(installed.packages).every((where) => where in lock.packages);
}

/** @param {string} hash @returns {boolean} */
function upToDate(hash) {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  // Installed by hand (`npm install`): nothing to do when it is the same tree.
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return holds(lock, JSON.parse(readFileSync(record, 'utf8')));
}

/** Installs when needed. Throws a SetUpError with what npm said. */
export async function ensurePackages() {
  const hash = hashOf(path.join(root, 'package-lock.json'));
  if (!upToDate(hash)) {
    // Under `npm start` this is the npm in use; else the one in PATH (a script file on Windows, hence the shell).
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await during('Installing packages (npm ci)', () =>
      npm !== undefined && /npm-cli\.c?js$/.test(npm)
        ? runToEnd(process.execPath, [npm, ...args], { env: process.env, collect: true })
        : runToEnd('npm', args, { env: process.env, collect: true, shell: process.platform === 'win32' }),
    );
    // Up to npm's own manual, which it appends to a wrong use.
    const said = output.split(/^npm error Usage:$/m)[0]?.trim();
    if (code !== 0) throw new SetUpError(`npm ci failed (exit code ${code}):\n${said}`);
  }
  writeFileSync(stamp, hash);
}
