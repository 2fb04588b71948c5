/** What Parley is made with, and under which licence; a test compares it with package.json. */
export const LICENCES: ReadonlyArray<{
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}> = [
  { name: '@faker-js/faker', version: '10.6.0', licence: 'MIT' },
  { name: '@fontsource-variable/inter', version: '5.3.0', licence: 'OFL-1.1' },
  { name: '@tanstack/react-query', version: '5.108.0', licence: 'MIT' },
  { name: '@tanstack/react-router', version: '1.170.46', licence: 'MIT' },
  { name: '@tanstack/react-virtual', version: '3.14.26', licence: 'MIT' },
  { name: 'better-sqlite3', version: '13.0.3', licence: 'MIT' },
  { name: 'csv-parse', version: '7.0.3', licence: 'MIT' },
  { name: 'fastify', version: '5.12.8', licence: 'MIT' },
  { name: 'hash-wasm', version: '4.13.0', licence: 'MIT' },
  { name: 'i18next', version: '27.1.2', licence: 'MIT' },
  { name: 'libphonenumber-js', version: '1.13.16', licence: 'MIT' },
  { name: 'lucide-react', version: '1.73.0', licence: 'ISC' },
  { name: 'otpauth', version: '9.5.2', licence: 'MIT' },
  { name: 'pino', version: '10.4.0', licence: 'MIT' },
  { name: 'react', version: '19.3.1', licence: 'MIT' },
  { name: 'react-aria-components', version: '1.22.1', licence: 'Apache-2.0' },
  { name: 'react-dom', version: '19.3.1', licence: 'MIT' },
  { name: 'socket.io', version: '4.8.4', licence: 'MIT' },
  { name: 'socket.io-client', version: '4.8.4', licence: 'MIT' },
  { name: 'socket.io-parser', version: '4.2.7', licence: 'MIT' },
  { name: 'ws', version: '8.23.0', licence: 'MIT' },
  { name: 'yazl', version: '3.3.1', licence: 'MIT' },
  { name: 'zod', version: '4.6.7', licence: 'MIT' },
  { name: 'zustand', version: '5.1.0', licence: 'MIT' },
];
