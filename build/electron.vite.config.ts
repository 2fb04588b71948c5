import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import page from './vite.config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Programs that the main process starts: the source's path -> the name of the built file beside entry.js. */
const programs = {
  entry: 'electron/main/entry.ts',
  writer: 'electron/cache/worker/writer.ts',
  reader: 'electron/cache/worker/reader.ts',
  gateway: 'gateway/cli.ts',
};

/**
 * The source names its worker threads and child processes by `new URL('./worker/writer.ts', import.meta.url)`, which plain Node runs as
 * it is. In the bundle the same program is a built file beside it.
 */
function builtPrograms(): Plugin {
  return {
    name: 'parley-built-programs',
    transform(code, id) {
      const file = id.split('?')[0] ?? id;
      if (!code.includes('import.meta.url')) return null;
      let changed = false;
      const result = code.replace(
        /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1\s*,\s*import\.meta\.url\s*\)/g,
        (whole, _quote, relative: string) => {
          const target = path.relative(root, path.resolve(path.dirname(file), relative));
          const name = Object.entries(programs).find(([, source]) => path.normalize(source) === target)?.[0];
          if (name === undefined) return whole;
          changed = true;
          return `new URL('./${name}.js', import.meta.url)`;
        },
      );
      return changed ? { code: result, map: null } : null;
    },
  };
}

const inputs = Object.fromEntries(
  Object.entries(programs)
    .map(([name, source]) => [name, path.join(root, source)] as const)
    .filter(([, file]) => existsSync(file)),
);

export default defineConfig({
  main: {
    root,
    plugins: [builtPrograms()],
    build: {
      outDir: path.join(root, 'out/main'),
      rollupOptions: {
        input: inputs,
        // One flat folder: the addresses that builtPrograms() writes hold from a chunk too.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    root,
    build: {
      outDir: path.join(root, 'out/preload'),
      // A sandboxed preload can require nothing but electron, and must be CommonJS in one file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: path.join(root, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    build: {
      ...page.build,
      rollupOptions: { input: path.join(root, 'renderer/index.html') },
    },
  },
});
