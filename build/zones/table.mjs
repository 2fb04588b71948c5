// Who may import what: the design's table as data, read by check-imports. The most specific folder that holds a file decides.
//
// packages: npm packages (subpaths included). '*' is any.
// node:     whether node:* modules may be imported.
// folders:  folders of ours, with all below; 'folder/*' is only the files directly in it (its entry points).
// typesOf:  folders of which only types may be imported: the instances are handed in by the composition roots.
// A zone whose own folder ends in '/*' is for the files directly in it, a '?' stands for any one name.
// A folder may always import from itself. Tests beside the source may also import what `besideTests` lists.

/**
 * @typedef {object} Zone
 * @property {string} folder
 * @property {string[]} packages
 * @property {boolean} [node]
 * @property {string[]} folders
 * @property {string[]} [typesOf]
 */

const page = [
  'react',
  'react-dom',
  'zustand',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-virtual',
  'lucide-react',
  'react-i18next',
  'zod',
];

/** @type {Zone[]} */
export const zones = [
  { folder: 'shared', packages: ['zod', 'libphonenumber-js'], folders: [] },

  {
    folder: 'electron/app',
    packages: ['zod', 'pino', 'yazl'],
    node: true,
    folders: ['shared', 'electron/transfer'],
    typesOf: ['electron/cache', 'electron/sync', 'electron/keys'],
  },
  {
    folder: 'electron/sync',
    packages: ['zod', 'pino', 'socket.io-client'],
    node: true,
    folders: ['shared'],
    typesOf: ['electron/app', 'electron/cache', 'electron/keys'],
  },
  {
    folder: 'electron/keys',
    packages: ['zod', 'pino', 'hash-wasm'],
    node: true,
    folders: ['shared'],
    typesOf: ['electron/app'],
  },
  { folder: 'electron/transfer', packages: ['zod', 'csv-parse'], node: true, folders: ['shared'] },
  { folder: 'electron/cache', packages: ['better-sqlite3', 'zod', 'pino'], node: true, folders: ['shared'] },

  // The two composition roots: they make the instances and hand them to electron/app.
  {
    folder: 'electron/main',
    packages: ['electron', 'zod', 'pino'],
    node: true,
    folders: ['electron/app', 'electron/cache/*', 'electron/sync/*', 'electron/keys/*', 'shared/contract'],
  },
  {
    folder: 'electron/loopback',
    packages: ['ws', 'zod', 'pino'],
    node: true,
    folders: ['electron/app', 'electron/cache/*', 'electron/sync/*', 'electron/keys/*', 'shared/contract'],
  },
  { folder: 'electron/preload', packages: ['electron', 'zod'], folders: ['electron/app', 'shared/contract'] },

  // The page's entries: main.tsx, and dev.tsx which shows it over a bridge in memory.
  { folder: 'renderer/*', packages: page, folders: ['renderer', 'shared'] },
  {
    folder: 'renderer/app',
    packages: [...page, 'i18next', '@fontsource-variable/inter'],
    folders: ['renderer/features', 'renderer/ui', 'renderer/lib', 'renderer/i18n', 'shared'],
  },
  // 'renderer/features/?' stands for each feature: a feature may import itself and never another one.
  {
    folder: 'renderer/features/?',
    packages: page,
    folders: ['renderer/ui', 'renderer/lib', 'renderer/i18n', 'shared'],
  },
  { folder: 'renderer/lib', packages: page, folders: ['renderer/i18n', 'shared'] },
  {
    folder: 'renderer/ui',
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      '@tanstack/react-virtual',
      'lucide-react',
      '@fontsource-variable/inter',
    ],
    folders: [],
  },
  { folder: 'renderer/i18n', packages: ['i18next', 'react-i18next'], folders: ['shared'] },

  {
    folder: 'gateway',
    packages: [
      'better-sqlite3',
      'fastify',
      'socket.io',
      'socket.io-parser',
      'zod',
      'pino',
      'hash-wasm',
      'otpauth',
      '@faker-js/faker',
      'libphonenumber-js',
    ],
    node: true,
    folders: ['shared/protocol', 'shared/domain', 'shared/policies', 'shared/text'],
  },

  { folder: 'build', packages: ['*'], node: true, folders: [] },
  { folder: 'test', packages: ['*'], node: true, folders: ['*'] },
];

/** What a `name.test.ts` beside its source may import on top of its zone. */
export const besideTests = { packages: ['vitest', 'fast-check'], node: true, folders: ['test/support'] };
