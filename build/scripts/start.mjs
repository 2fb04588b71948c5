// `npm start`: Parley in Electron where its binary can be had, else the page in an installed Chromium through loopback, saying why.
// Plain JavaScript for Node 20: it runs before anything is installed. stdout belongs to the application alone.
import path from 'node:path';
import process from 'node:process';
import { ensureElectronBuild, ensurePage } from '../setup/builds.mjs';
import { childEnv, standIn } from '../setup/children.mjs';
import { ensureChromium, lookForChromium } from '../setup/chromium.mjs';
import { command } from '../setup/command.mjs';
import { ensureElectron, whyNoWindow } from '../setup/electron.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

const args = process.argv.slice(2);
const windowWanted = !args.includes('--no-window');

/** @returns {Promise<{ path: string } | { whyNot: string }>} */
async function electronOrWhyNot() {
  if (!windowWanted) return { whyNot: 'No window was asked for.' };
  const noWindow = whyNoWindow();
  return noWindow === null ? ensureElectron() : { whyNot: noWindow };
}

/** @returns {Promise<{ program: string; args: string[]; env: NodeJS.ProcessEnv }>} what is to be run */
async function prepare() {
  await ensurePackages();
  const node = findNode24();
  const electron = await electronOrWhyNot();
  if ('path' in electron) {
    await ensureElectronBuild(node);
    // Chromium's sandbox does not work for root; Electron then refuses to start.
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
    if (asRoot) say('Running as root: Electron starts without its sandbox. Do not do this for real work.');
    const env = childEnv({ PARLEY_NODE: node });
    delete env.ELECTRON_RUN_AS_NODE;
    // Given the folder, Electron reads package.json: its name, and where the main script is.
    return { program: electron.path, args: [...(asRoot ? ['--no-sandbox'] : []), root, ...args], env };
  }
  if (windowWanted) say(`Starting without Electron. ${electron.whyNot}`);
  // Without a window no Chromium is needed, so none is installed.
  const chromium = windowWanted ? await ensureChromium() : lookForChromium();
  if ('whyNot' in chromium && windowWanted) say(chromium.whyNot);
  const page = await ensurePage(node);
  const env = childEnv({
    PARLEY_WHY_NOT_ELECTRON: electron.whyNot,
    PARLEY_PAGE_FOLDER: page,
    ...('path' in chromium ? { PARLEY_CHROMIUM: chromium.path } : {}),
  });
  return { program: node, args: [path.join(root, 'electron/loopback/start.ts'), ...args], env };
}

await command(async () => {
  const { program, args: programArgs, env } = await alone(prepare);
  return standIn(program, programArgs, env);
});
