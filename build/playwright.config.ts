import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const chromium = process.env['PARLEY_CHROMIUM'];

/**
 * The same specs twice: in Chromium over loopback, and in Electron where its binary can be had. `npm run e2e` and `npm test` set
 * PARLEY_CHROMIUM, PARLEY_ELECTRON (the executable) and PARLEY_PAGE_FOLDER; the fixtures in test/support tell the two by the project's name.
 */
export default defineConfig({
  testDir: `${root}test/e2e`,
  testMatch: '**/*.spec.ts',
  tsconfig: `${root}build/playwright.tsconfig.json`,
  outputDir: `${root}test-results/e2e`,
  forbidOnly: true,
  // No retries: a flake is a bug. One at a time: each spec starts a gateway, an application and a browser, on two cores.
  retries: 0,
  workers: 1,
  // Waiting for long costs nothing while tests are green.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: `${root}test-results/e2e.json` }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      // Chromium's own sandbox does not work for root, which build machines often are.
      chromiumSandbox: !asRoot,
      args: [
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        // A microphone that beeps, for voice messages; whether it may be used is the context's.
        '--use-fake-device-for-media-stream',
      ],
    },
  },
  projects: [{ name: 'chromium' }, { name: 'electron' }],
});
