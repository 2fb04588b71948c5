// `npm run bench`: set-up, the built page, a Chromium, then test/bench/run.ts with the arguments passed on.
import path from 'node:path';
import process from 'node:process';
import { ensurePage } from '../setup/builds.mjs';
import { childEnv, standIn } from '../setup/children.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { command } from '../setup/command.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

await command(async () => {
  const { node, env } = await alone(async () => {
    await ensurePackages();
    const node24 = findNode24();
    const chromium = await ensureChromium();
    if ('whyNot' in chromium) say(`The page's figures will be missing. ${chromium.whyNot}`);
    const page = await ensurePage(node24);
    return {
      node: node24,
      env: childEnv({
        PARLEY_PAGE_FOLDER: page,
        ...('path' in chromium ? { PARLEY_CHROMIUM: chromium.path } : {}),
      }),
    };
  });
  return standIn(node, [path.join(root, 'test/bench/run.ts'), ...process.argv.slice(2)], env);
});
