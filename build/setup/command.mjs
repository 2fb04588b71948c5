// What every command of build/scripts does around its own work.
import process from 'node:process';
import { SetUpError } from './children.mjs';
import { say } from './say.mjs';

/**
 * Runs a command; its number becomes the exit code. A SetUpError is shown as its message alone, anything else with its stack.
 *
 * @param {() => Promise<number>} work
 */
export async function command(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof SetUpError) say(error.message);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
