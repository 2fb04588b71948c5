// `node build/scripts/setup.mjs`: everything that `npm start` and `npm test` need, without running either.
import { ensureChromium } from '../setup/chromium.mjs';
import { command } from '../setup/command.mjs';
import { ensureElectron } from '../setup/electron.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { say } from '../setup/say.mjs';

await command(() =>
  alone(async () => {
    await ensurePackages();
    say(`Node 24: ${findNode24()}`);
    const chromium = await ensureChromium();
    say('path' in chromium ? `Chromium: ${chromium.path}` : chromium.whyNot);
    const electron = await ensureElectron();
    say('path' in electron ? `Electron: ${electron.path}` : electron.whyNot);
    return 0;
  }),
);
