// The two builds, each only when its sources have changed: the page alone (loopback), and everything (Electron).
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetUpError, childEnv, runToEnd } from './children.mjs';
import { modules, out, pageFolder, root } from './paths.mjs';
import { during } from './say.mjs';
import { hashSources, isFresh, remember } from './stamp.mjs';

const pageSources = ['renderer', 'shared', 'build/vite.config.ts', 'package-lock.json', 'tsconfig.base.json'];
const electronSources = [...pageSources, 'electron', 'gateway', 'build/electron.vite.config.ts'];

/**
 * @param {string} what
 * @param {string} node
 * @param {string[]} args
 * @param {string[]} sources
 * @param {string} stamp
 * @param {string} product a file that the build makes
 */
async function buildWhenStale(what, node, args, sources, stamp, product) {
  const hash = hashSources(sources);
  if (isFresh(stamp, hash) && existsSync(product)) return;
  const env = childEnv({ NODE_ENV: 'production', NO_COLOR: '1' });
  const { code, output } = await during(what, () => runToEnd(node, args, { collect: true, env }));
  if (code !== 0) throw new SetUpError(`${what} failed (exit code ${code}):\n${output.trim()}`);
  remember(stamp, hash);
}

/**
 * @param {string} node Node 24
 * @returns {Promise<string>} the folder that holds index.html
 */
export async function ensurePage(node) {
  const vite = path.join(modules, 'vite/bin/vite.js');
  const args = [vite, 'build', '--config', path.join(root, 'build/vite.config.ts'), '--logLevel', 'warn'];
  const product = path.join(pageFolder, 'index.html');
  await buildWhenStale('Building the page', node, args, pageSources, path.join(out, 'page.stamp'), product);
  return pageFolder;
}

/**
 * @param {string} node Node 24
 * @returns {Promise<string>} the main script that Electron is given
 */
export async function ensureElectronBuild(node) {
  const tool = path.join(modules, 'electron-vite/bin/electron-vite.js');
  const args = [
    tool,
    'build',
    '--config',
    path.join(root, 'build/electron.vite.config.ts'),
    '--logLevel',
    'warn',
  ];
  const product = path.join(out, 'main/entry.js');
  const stamp = path.join(out, 'electron.stamp');
  await buildWhenStale('Building the application', node, args, electronSources, stamp, product);
  // It made the page too.
  remember(path.join(out, 'page.stamp'), hashSources(pageSources));
  return product;
}
