// Finds Electron's binary. The npm package carries none: it is fetched from another host, which many networks do not let through,
// so a failed attempt is remembered for a day and told in one sentence.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { lastWords, runToEnd } from './children.mjs';
import { findNode24 } from './node24.mjs';
import { memory, modules } from './paths.mjs';
import { during } from './say.mjs';

/** @typedef {{ path: string } | { whyNot: string }} Found */

const oneDay = 24 * 60 * 60 * 1000;
const home = path.join(modules, 'electron');
const record = path.join(memory, 'electron.json');

/** @returns {string} the executable inside a dist folder */
function nameInDist() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {NodeJS.ProcessEnv} [env] @returns {Found} without trying to fetch anything */
export function lookForElectron(env = process.env) {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== '') {
    const file = path.join(override, nameInDist());
    if (existsSync(file)) return { path: file };
    return { whyNot: `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which holds no ${nameInDist()}.` };
  }
  const file = path.join(home, 'dist', nameInDist());
  return existsSync(file) ? { path: file } : { whyNot: 'The Electron binary is not installed.' };
}

/** @returns {string} */
function wantedVersion() {
  return JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')).version;
}

/** @param {string} version @returns {string | null} why it failed, when that was less than a day ago */
function rememberedFailure(version) {
  try {
    const { at, of, whyNot } = JSON.parse(readFileSync(record, 'utf8'));
    const fresh = of === version && typeof at === 'number' && Date.now() - at < oneDay && at <= Date.now();
    return fresh && typeof whyNot === 'string' ? whyNot : null;
  } catch {
    return null; // No record, or one that cannot be read: try.
  }
}

/**
 * A quick look whether the host that serves the binary can be reached at all, so that a closed network costs seconds, not minutes.
 *
 * @returns {Promise<string | null>} what is wrong
 */
async function unreachable() {
  const host = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  if (process.env.HTTPS_PROXY !== undefined || process.env.https_proxy !== undefined) return null;
  try {
    await fetch(host, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
    return null;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return `${new URL(host).host} cannot be reached (${code})`;
  }
}

/**
 * Looks, and tries once a day to fetch the binary.
 *
 * @returns {Promise<Found>}
 */
export async function ensureElectron() {
  const found = lookForElectron();
  if ('path' in found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return found;
  const version = wantedVersion();
  const remembered = rememberedFailure(version);
  if (remembered !== null) return { whyNot: remembered };

  let problem = await unreachable();
  if (problem === null) {
    const { code, output } = await during(`Fetching Electron ${version}`, () =>
      runToEnd(findNode24(), [path.join(home, 'install.js')], { collect: true, timeout: 300_000 }),
    );
    const now = lookForElectron();
    if (code === 0 && 'path' in now) return now;
    problem = code === 124 ? 'the download took longer than five minutes' : lastWords(output);
  }
  const whyNot = `Electron ${version}'s binary cannot be fetched: ${problem}.`;
  mkdirSync(memory, { recursive: true });
  writeFileSync(record, JSON.stringify({ at: Date.now(), of: version, whyNot }));
  return { whyNot };
}

/** @returns {string | null} why a window cannot be opened here, whatever is installed */
export function whyNoWindow() {
  if (process.platform !== 'linux') return null;
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return 'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).';
}
