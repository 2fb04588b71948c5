// Starting other programs: with signals passed on, output kept off stdout, and an exit code that means something.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { modules, root } from './paths.mjs';

/** A set-up failure that the developer can act on; its message is all that is shown. */
export class SetUpError extends Error {}

/**
 * The environment of every child: the packages' own programs come first in PATH, and `node` there is Node 24.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(extra = {}) {
  const bin = path.join(modules, '.bin');
  const before = process.env.PATH ?? process.env.Path ?? '';
  return { ...process.env, PATH: `${bin}${path.delimiter}${before}`, ...extra };
}

/**
 * Runs a program to its end, its output on our stderr, or collected.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv; collect?: boolean; timeout?: number; shell?: boolean }} [options] timeout in milliseconds
 * @returns {Promise<{ code: number; output: string }>} a killed program counts as code 124, one that is not there as 127
 */
export function runToEnd(program, args, options = {}) {
  const { env = childEnv(), collect = false, timeout, shell = false } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      shell,
      stdio: collect ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      ...(timeout === undefined ? {} : { timeout, killSignal: 'SIGKILL' }),
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-64_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 124), output }));
  });
}

/**
 * Becomes the child as far as the outside can tell: same stdin, stdout and stderr, signals passed on, same exit code.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the child's exit code, 128 + n when signal n ended it
 */
export function standIn(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal's Ctrl+C reaches the whole group, so the child has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const done = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * The first line of an error text that a person would read.
 *
 * @param {string} output
 * @returns {string}
 */
export function lastWords(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    lines.find((line) => /error|ENOTFOUND|ECONN|denied|unable/i.test(line)) ?? lines.at(-1) ?? 'no message'
  );
}
