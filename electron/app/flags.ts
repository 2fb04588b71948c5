/** The command line, the same in Electron and loopback. Unknown flags are refused: a mistyped one must not silently do nothing. */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ReadyProfileKey, isReadyProfile } from '../../shared/policies/ready.ts';

export type Flags = {
  window: boolean;
  json: boolean;
  help: boolean;
  userDataDir: string;
  gateway: string | null;
  seed: 'demo' | 'empty';
  /** Whose promises the demo gateway makes; null: its own choice. */
  policy: ReadyProfileKey | null;
  keyAnswer: 'file' | null;
};

export const USAGE = `Parley

  --no-window       serve the page, open no window
  --json            print one JSON line when ready: {url, gatewayUrl, webhookUrl, webhookSecret, userDataDir}
  --user-data DIR   where cache, keys and the demo gateway's data are kept
  --gateway URL     use this gateway; no demo gateway is started
  --seed demo|empty what the demo gateway's workspace holds (demo)
  --policy NAME     promises that the demo gateway makes: onemsg, onemessage, onechat, unnamed, wasms or custom
  --key file        answer the question how to keep the key: in a file that only this user can read
  --help
`;

export const KNOWN_FLAGS = [
  '--no-window',
  '--json',
  '--help',
  '--user-data',
  '--gateway',
  '--seed',
  '--policy',
  '--key',
] as const;

/** A mistake on the command line, with what to tell the user. */
export class FlagError extends Error {}

export function parseFlags(args: string[], env: NodeJS.ProcessEnv = process.env): Flags {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        'no-window': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        'user-data': { type: 'string' },
        gateway: { type: 'string' },
        seed: { type: 'string', default: 'demo' },
        policy: { type: 'string' },
        key: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : 'unknown flag');
  }
  const { seed, key, gateway, policy } = values;
  if (seed !== 'demo' && seed !== 'empty') throw new FlagError('--seed is demo or empty');
  if (key !== undefined && key !== 'file') throw new FlagError('--key can only be file');
  if (policy !== undefined && !isReadyProfile(policy)) throw new FlagError('--policy is not a ready profile');
  const folder = values['user-data'];
  if (folder === '') throw new FlagError('--user-data needs a folder');
  return {
    window: !values['no-window'],
    json: values.json,
    help: values.help,
    userDataDir: path.resolve(folder ?? defaultUserData(env)),
    gateway: gateway === undefined ? null : addressOf(gateway),
    seed,
    policy: policy ?? null,
    keyAnswer: key ?? null,
  };
}

function addressOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new FlagError('--gateway needs an address that starts with http:// or https://');
  }
  return text.replace(/\/+$/, '');
}

/** The same folder that Electron uses for this application. */
function defaultUserData(env: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support/Parley');
  if (process.platform === 'win32')
    return path.join(env.APPDATA ?? path.join(home, 'AppData/Roaming'), 'Parley');
  return path.join(env.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'Parley');
}
