// Finds a Chromium: named by the environment, installed, Playwright's, or Debian's package where we may install it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { lastWords, runToEnd } from './children.mjs';
import { during, say } from './say.mjs';

/** @typedef {{ path: string } | { whyNot: string }} Found */

/** @param {NodeJS.ProcessEnv} env @returns {string[]} absolute paths, best first */
function installedPlaces(env) {
  if (process.platform === 'darwin') {
    return ['/Applications', path.join(os.homedir(), 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map((app) =>
        path.join(folder, `${app}.app`, 'Contents/MacOS', app),
      ),
    );
  }
  if (process.platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (it) => it !== undefined,
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
      'BraveSoftware/Brave-Browser/Application/brave.exe',
    ];
    return folders.flatMap((folder) => programs.map((program) => path.join(folder, program)));
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
    'brave-browser',
  ];
  const folders = [...(env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return names.flatMap((name) => folders.filter((it) => it !== '').map((folder) => path.join(folder, name)));
}

/** @param {NodeJS.ProcessEnv} env @returns {string[]} what `playwright install` left behind, newest first */
function playwrightPlaces(env) {
  const folder =
    env.PLAYWRIGHT_BROWSERS_PATH ??
    {
      darwin: path.join(os.homedir(), 'Library/Caches/ms-playwright'),
      win32: path.join(env.LOCALAPPDATA ?? '', 'ms-playwright'),
    }[/** @type {string} */ (process.platform)] ??
    path.join(os.homedir(), '.cache/ms-playwright');
  if (!existsSync(folder)) return [];
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
    .flatMap((name) => programs.map((program) => path.join(folder, name, program)));
}

/**
 * Looks, and installs nothing.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Found}
 */
export function lookForChromium(env = process.env) {
  for (const name of ['PARLEY_CHROMIUM', 'CHROMIUM_PATH']) {
    const file = env[name];
    if (file === undefined || file === '') continue;
    // What was asked for is used or refused, never silently replaced.
    return existsSync(file) ? { path: file } : { whyNot: `${name} names ${file}, which does not exist.` };
  }
  const found = [...installedPlaces(env), ...playwrightPlaces(env)].find((file) => existsSync(file));
  return found === undefined ? { whyNot: whatToInstall() } : { path: found };
}

/** @returns {boolean} whether this is Debian and we may install packages */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release'))
    return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) && existsSync('/usr/bin/apt-get');
}

/** @returns {string} */
function whatToInstall() {
  const how =
    {
      darwin: 'Install Google Chrome (https://www.google.com/chrome, or `brew install --cask google-chrome`)',
      win32:
        'Install Google Chrome (https://www.google.com/chrome) or use the Microsoft Edge that Windows brings',
    }[/** @type {string} */ (process.platform)] ??
    'Install Chromium (Debian and Ubuntu: `sudo apt-get install chromium`; Fedora: `sudo dnf install chromium`; Arch: `sudo pacman -S chromium`)';
  return `No Chromium was found. ${how}, or run \`npx playwright install chromium\`, or set PARLEY_CHROMIUM to the path of one.`;
}

/**
 * Looks, and installs Debian's package when we are root on Debian.
 *
 * @returns {Promise<Found>}
 */
export async function ensureChromium() {
  const found = lookForChromium();
  if ('path' in found || !mayInstall()) return found;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const installed = await during("Installing Debian's chromium (apt-get)", async () => {
    const update = await runToEnd('apt-get', ['update', '-q'], { env, collect: true, timeout: 180_000 });
    if (update.code !== 0) return update;
    // The emoji font because messages are full of them, and a bare machine shows boxes.
    const packages = ['chromium', 'fonts-noto-color-emoji'];
    return runToEnd('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      env,
      collect: true,
      timeout: 600_000,
    });
  });
  if (installed.code === 0) return lookForChromium();
  say(`apt-get failed: ${lastWords(installed.output)}`);
  return found;
}
