// What set-up tells the developer goes to stderr: stdout belongs to the program that is started (`npm start -- --json`).
import process from 'node:process';

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what is going on, and again every few seconds while it lasts, so that nothing longer than a second is silent.
 *
 * @template T
 * @param {string} what such as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function during(what, work) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  say(`${what} ...`);
  const beat = setInterval(() => say(`${what} ... ${seconds()} s`), 5000);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    say(`${what}: ${seconds()} s`);
  }
}
