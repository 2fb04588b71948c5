/**
 * The self-check: every line is read from what is in use at this moment (the open file, the key's record, the rights on the disk, a
 * handshake with the gateway, the fuses in the program), never from what the program believes about itself.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import type { SecurityCheck } from '../../../shared/contract/security.ts';
import type { KeyMode } from '../../../shared/contract/state.ts';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { connectionProblem } from '../../../shared/domain/policy-clocks.ts';
import type { LockSettings } from '../../../shared/contract/settings.ts';
import type { Cache } from '../../cache/api.ts';
import type { RecoveryStanding } from '../../keys/key-ring.ts';
import { LOWEST } from '../tls-floor.ts';

export type SelfCheckOptions = {
  cache: Cache;
  key: { mode: KeyMode; backend: string | null; weak: boolean } | null;
  recovery: RecoveryStanding | null;
  lock: LockSettings;
  userDataDir: string;
  gateway: string | null;
  profile: Pick<PolicyProfile, 'minimumTls'>;
  kind: 'electron' | 'loopback';
  /** The program that runs. */
  executable: string;
};

const HANDSHAKE_PATIENCE = 5_000;
/** Files and folders that nobody else may read, and that exist only sometimes. */
const PRIVATE = [
  '',
  'keys',
  'keys/key',
  'keys/key.json',
  'cache',
  'cache/parley.db',
  'cache/parley.db-wal',
  'logs',
];

export async function selfCheck(options: SelfCheckOptions): Promise<SecurityCheck[]> {
  return [
    ...(await cipherChecks(options.cache)),
    keyCheck(options.key),
    recoveryCheck(options.recovery),
    await permissionCheck(options.userDataDir),
    await connectionCheck(options.gateway, options.profile),
    lockCheck(options.lock),
    await fuseCheck(options.kind, options.executable),
  ];
}

async function cipherChecks(cache: Cache): Promise<SecurityCheck[]> {
  const facts = await cache.cipherFacts();
  if (facts === null) return [{ subject: 'cipher', verdict: 'not_applicable', reason: 'memory', values: [] }];
  const strong = facts.cipher === 'sqlcipher' && facts.format === 4 && facts.plainHeader === 0;
  const leak = facts.tempStore !== 2 || facts.secureDelete !== 1;
  return [
    {
      subject: 'cipher',
      verdict: strong ? 'good' : 'bad',
      reason: strong ? 'aes256' : 'weak',
      values: [`${facts.cipher} ${facts.format} (AES-256-CBC)`, facts.library],
    },
    {
      subject: 'kdf',
      // The key is 32 random bytes that are given as they are: there is no word to guess in the file.
      verdict: facts.kdfAlgorithm === 'SHA512' ? 'good' : 'bad',
      reason: 'raw',
      values: [`PBKDF2-HMAC-${facts.kdfAlgorithm}, ${facts.kdfRounds}`],
    },
    {
      subject: 'pages',
      verdict: facts.hmac && facts.hmacAlgorithm === 'SHA512' && !leak ? 'good' : 'bad',
      reason: leak ? 'leak' : 'authenticated',
      values: [`HMAC-${facts.hmacAlgorithm}`],
    },
  ];
}

function keyCheck(key: SelfCheckOptions['key']): SecurityCheck {
  if (key === null) return { subject: 'key', verdict: 'unknown', reason: 'unknown', values: [] };
  const values = key.backend === null ? [] : [key.backend];
  if (key.mode === 'file') return { subject: 'key', verdict: 'bad', reason: 'file', values: ['keys/key'] };
  if (key.mode === 'passphrase')
    return { subject: 'key', verdict: 'good', reason: 'passphrase', values: ['Argon2id'] };
  return {
    subject: 'key',
    verdict: key.weak ? 'bad' : 'good',
    reason: key.weak ? 'weak' : 'keychain',
    values,
  };
}

function recoveryCheck(recovery: RecoveryStanding | null): SecurityCheck {
  if (recovery === null) return { subject: 'recovery', verdict: 'warning', reason: 'none', values: [] };
  const confirmed = recovery.confirmedAt !== null;
  return {
    subject: 'recovery',
    verdict: confirmed ? 'good' : 'warning',
    reason: confirmed ? 'confirmed' : 'unconfirmed',
    values: [],
  };
}

function lockCheck(lock: LockSettings): SecurityCheck {
  const byItself = lock.afterMinutes > 0 || lock.onScreenLock;
  return {
    subject: 'lock',
    verdict: byItself ? 'good' : 'warning',
    reason: byItself ? 'on' : 'off',
    values: [],
  };
}

async function permissionCheck(userDataDir: string): Promise<SecurityCheck> {
  const subject = 'permissions';
  if (process.platform === 'win32')
    return { subject, verdict: 'not_applicable', reason: 'windows', values: [] };
  const open: string[] = [];
  const media = await readdir(path.join(userDataDir, 'media')).catch(() => []);
  for (const name of [...PRIVATE, ...media.map((file) => `media/${file}`)]) {
    const found = await stat(path.join(userDataDir, name)).catch(() => null);
    if (found === null) continue;
    const mine = process.getuid?.();
    // What lies in a folder that others may not enter needs no rights of its own, but the folders themselves do.
    const others = (found.mode & 0o022) !== 0;
    const secret = (name === '' || name.startsWith('keys')) && (found.mode & 0o077) !== 0 && name !== '';
    if (others || secret || (mine !== undefined && found.uid !== mine)) open.push(name === '' ? '.' : name);
  }
  return {
    subject,
    verdict: open.length === 0 ? 'good' : 'bad',
    reason: open.length === 0 ? 'private' : 'exposed',
    values: open,
  };
}

/** Null: nobody answered, or the handshake failed. Verifies the certificate as the connection itself does. */
export function tlsVersionOf(gateway: string): Promise<string | null> {
  const { hostname, port } = new URL(gateway);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(/[a-z]/iu.test(host) ? { servername: host } : {}),
      // Below what may be used: to tell what the gateway offers.
      minVersion: LOWEST,
    });
    const end = (version: string | null) => {
      socket.destroy();
      resolve(version);
    };
    socket.setTimeout(HANDSHAKE_PATIENCE, () => end(null));
    socket.once('secureConnect', () => end(socket.getProtocol()));
    socket.once('error', () => end(null));
  });
}

async function connectionCheck(
  gateway: string | null,
  profile: SelfCheckOptions['profile'],
): Promise<SecurityCheck> {
  const subject = 'connection';
  if (gateway === null) return { subject, verdict: 'unknown', reason: 'signed_out', values: [] };
  const plain = new URL(gateway).protocol === 'http:';
  const version = plain ? null : await tlsVersionOf(gateway);
  const problem = connectionProblem(profile, gateway, version);
  const values = [...(version === null ? [] : [version]), `≥ ${profile.minimumTls}`];
  if (problem === 'tls_unknown') return { subject, verdict: 'unknown', reason: 'unreachable', values };
  if (problem !== null) return { subject, verdict: 'bad', reason: problem, values };
  return { subject, verdict: 'good', reason: plain ? 'loopback' : 'tls', values: plain ? [] : values };
}

/**
 * Electron writes its fuses behind this sentence: one byte for the version of the list, one for its length, then '0', '1' or 'r' for each
 * (electronjs.org/docs/latest/tutorial/fuses). Wanted: the order of the list of version 1.
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES: readonly (readonly [name: string, wanted: '0' | '1'])[] = [
  ['RunAsNode', '0'],
  ['EnableCookieEncryption', '1'],
  ['EnableNodeOptionsEnvironmentVariable', '0'],
  ['EnableNodeCliInspectArguments', '0'],
  ['EnableEmbeddedAsarIntegrityValidation', '1'],
  ['OnlyLoadAppFromAsar', '1'],
];

/** Names of the fuses that are not as they should be; null: this program has none. */
export function wrongFuses(program: Buffer): string[] | null {
  const at = program.indexOf(SENTINEL);
  if (at === -1) return null;
  const start = at + SENTINEL.length;
  const length = program[start + 1] ?? 0;
  return FUSES.flatMap(([name, wanted], index) => {
    const state = index < length ? String.fromCharCode(program[start + 2 + index] ?? 0) : 'r';
    return state === wanted ? [] : [name];
  });
}

async function fuseCheck(kind: SelfCheckOptions['kind'], executable: string): Promise<SecurityCheck> {
  const subject = 'fuses';
  if (kind !== 'electron') return { subject, verdict: 'not_applicable', reason: 'browser', values: [] };
  const wrong = wrongFuses(await readFile(executable));
  if (wrong === null) return { subject, verdict: 'unknown', reason: 'unknown', values: [] };
  return {
    subject,
    verdict: wrong.length === 0 ? 'good' : 'bad',
    reason: wrong.length === 0 ? 'set' : 'unset',
    values: wrong,
  };
}
