// The steps of `npm test`: each is a program whose output streams, with a limit, in a process group of its own so that whatever it
// started ends with it.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { root } from './paths.mjs';

/** @typedef {{ code: number; seconds: number; late: boolean }} Ended */

const groups = process.platform !== 'win32';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv; limit: number }} options limit in milliseconds
 * @returns {Promise<Ended>} never rejects: a program that cannot be started counts as code 127
 */
export function runStep(program, args, { env, limit }) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: groups,
    });
    let late = false;
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      if (child.pid === undefined) return;
      try {
        process.kill(groups ? -child.pid : child.pid, signal);
      } catch (error) {
        // ESRCH: it has ended by itself meanwhile.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
      }
    };
    const beat = setInterval(() => {
      process.stderr.write(`... still running, ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
    }, 30_000);
    const timer = setTimeout(() => {
      late = true;
      process.stderr.write(`The step took longer than ${(limit / 1000).toFixed(0)} s and is ended.\n`);
      end('SIGKILL');
    }, limit);
    // Interrupted: the group does not get the terminal's signal, so it is passed on, and the run ends with it.
    const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
      end('SIGTERM');
      child.once('exit', () => process.exit(signal === 'SIGINT' ? 130 : 143));
    };
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      clearInterval(beat);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve({ code, seconds: (Date.now() - started) / 1000, late });
    };
    child.on('error', () => finish(127));
    child.on('exit', (code) => finish(code ?? 1));
  });
}
