// What the end-to-end specs need before Playwright starts: the built page, a Chromium, and Electron where it can be had.
import path from 'node:path';
import { ensureElectronBuild, ensurePage } from './builds.mjs';
import { SetUpError, childEnv } from './children.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureElectron, whyNoWindow } from './electron.mjs';
import { modules, root } from './paths.mjs';

/**
 * @param {string} node Node 24
 * @returns {Promise<{ env: NodeJS.ProcessEnv; whyNotElectron: string | null }>}
 */
export async function prepareE2e(node) {
  const chromium = await ensureChromium();
  if ('whyNot' in chromium) throw new SetUpError(chromium.whyNot);
  const noWindow = whyNoWindow();
  const electron = noWindow === null ? await ensureElectron() : { whyNot: noWindow };
  const page = await ensurePage(node);
  if ('path' in electron) await ensureElectronBuild(node);
  const env = childEnv({
    PARLEY_CHROMIUM: chromium.path,
    PARLEY_PAGE_FOLDER: page,
    PARLEY_NODE: node,
    ...('path' in electron ? { PARLEY_ELECTRON: electron.path } : {}),
  });
  return { env, whyNotElectron: 'path' in electron ? null : electron.whyNot };
}

/**
 * @param {string | null} whyNotElectron
 * @param {string[]} more arguments of `playwright test`
 * @returns {string[]} for Node
 */
export function playwrightArgs(whyNotElectron, more) {
  const config = path.join(root, 'build/playwright.config.ts');
  const projects = whyNotElectron === null ? [] : ['--project=chromium'];
  return [path.join(modules, '@playwright/test/cli.js'), 'test', `--config=${config}`, ...projects, ...more];
}
