import { expect, test } from 'vitest';
import { FlagError, parseFlags } from './flags.ts';

test('without flags: a window, the demo, the usual folder', () => {
  const flags = parseFlags([], { XDG_CONFIG_HOME: '/config', APPDATA: '/config' });
  expect(flags).toMatchObject({ window: true, json: false, gateway: null, seed: 'demo', keyAnswer: null });
  expect(flags.userDataDir).toMatch(/Parley$/);
});

test('all of them', () => {
  const args = [
    '--no-window',
    '--json',
    '--user-data',
    '/data',
    '--gateway=https://gw.example/',
    '--seed',
    'empty',
    '--policy',
    'wasms',
    '--key',
    'file',
  ];
  expect(parseFlags(args)).toEqual({
    window: false,
    json: true,
    help: false,
    userDataDir: '/data',
    gateway: 'https://gw.example',
    seed: 'empty',
    policy: 'wasms',
    keyAnswer: 'file',
  });
});

test.each([
  ['--nowindow'],
  ['--json=yes'],
  ['--seed', 'full'],
  ['--policy', 'none'],
  ['--key', 'keychain'],
  ['--gateway', 'gw.example'],
  ['--gateway', 'file:///etc/passwd'],
  ['--user-data', ''],
  ['--user-data'],
  ['stray'],
])('%s %s is refused', (...args) => {
  expect(() => parseFlags(args)).toThrow(FlagError);
});
