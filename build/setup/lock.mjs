// One set-up at a time: `npm start` and `npm test` in two terminals must not install or build into the same folder at once.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { memory } from './paths.mjs';
import { say } from './say.mjs';

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} file @returns {boolean} whether the lock is ours now */
function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  /** @type {string} */
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return false; // Released between the two calls: the next round takes it.
  }
  // An empty file is a lock whose owner is just about to write its number.
  if (text !== '' && !alive(Number(text))) rmSync(file, { force: true });
  return false;
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  mkdirSync(memory, { recursive: true });
  const file = path.join(memory, 'set-up.lock');
  let told = false;
  while (!tryTake(file)) {
    if (!told) say('Waiting for another set-up in this folder ...');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
