// `npm run e2e [-- spec or flags of playwright test]`: the end-to-end specs alone, after set-up.
import process from 'node:process';
import { standIn } from '../setup/children.mjs';
import { command } from '../setup/command.mjs';
import { playwrightArgs, prepareE2e } from '../setup/e2e.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { say } from '../setup/say.mjs';

await command(async () => {
  const { node, ready } = await alone(async () => {
    await ensurePackages();
    const node24 = findNode24();
    return { node: node24, ready: await prepareE2e(node24) };
  });
  if (ready.whyNotElectron !== null) say(`Not in Electron: ${ready.whyNotElectron}`);
  return standIn(node, playwrightArgs(ready.whyNotElectron, process.argv.slice(2)), ready.env);
});
