// `npm run build`: the page and Electron's bundles into out/, whether or not Electron's binary is here.
import { ensureElectronBuild } from '../setup/builds.mjs';
import { command } from '../setup/command.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { say } from '../setup/say.mjs';

await command(() =>
  alone(async () => {
    await ensurePackages();
    say(`Built: ${await ensureElectronBuild(findNode24())}`);
    return 0;
  }),
);
