import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The page, the same for Electron and loopback. Everything is a file of its own under a strict CSP: nothing is inlined, no
 * polyfill is injected, fonts are bundled.
 */
export default defineConfig({
  root: `${root}renderer`,
  // Relative addresses: the page is served by the app protocol here and by 127.0.0.1 there.
  base: './',
  plugins: [react()],
  build: {
    outDir: `${root}out/renderer`,
    emptyOutDir: true,
    // Electron 45 and the Chromium of Debian stable are both newer.
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page is loaded from the disk, not from a network: one warning about size less.
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
});
