import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { createPolicySigner } from '../../../gateway/store/policy-signer.ts';
import type { Ready } from '../../../electron/app/context.ts';
import { logTo } from '../../../electron/app/log.ts';
import { createPromises, originOf, type Rules } from '../../../electron/app/promises/promises.ts';
import { fingerprint, signatureState } from '../../../electron/app/promises/signature.ts';

const NOW = 5_000;
const GATEWAY = 'https://gateway.example';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-promises-'));
});
afterEach(async () => {
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
  await rm(folder, { recursive: true, force: true });
});

const sign = createPolicySigner(':memory:', () => 'workspace');
const other = createPolicySigner(':memory:', () => 'workspace');
function profile(version: number, days: number): Omit<PolicyProfile, 'signature'> {
  return { ...WASMS, version, rev: version, effectiveAt: 0, messageLogDays: { value: days, source: 'x' } };
}
function rulesOf(...versions: PolicyProfile[]): Rules {
  return {
    policy: versions.at(-1) ?? null,
    versions,
    workspace: null,
    holds: [],
    breaches: [],
    termination: null,
  };
}
async function start(rules: Rules) {
  const ready = {
    session: { workspace: { id: 'workspace', name: 'x' }, gateway: GATEWAY },
    cache: { read: { rules: async () => rules } },
  } as unknown as Ready;
  const promises = createPromises({
    file: path.join(folder, 'gateways.json'),
    write: (file, content) => writeFile(file, content),
    ready: () => ready,
    log: logTo({ write: () => undefined }),
    now: () => NOW,
  });
  await promises.load();
  return { promises, ready };
}

test('a signature is about this profile, of this workspace, by this key', () => {
  const signed = sign(1, profile(1, 90));
  const key = signed.signature?.publicKey ?? '';
  expect(signatureState(signed, 'workspace', null)).toBe('signed');
  expect(signatureState(signed, 'workspace', key)).toBe('signed');
  expect(signatureState(other(1, profile(1, 90)), 'workspace', key)).toBe('other_key');
  expect(signatureState(signed, 'another workspace', key)).toBe('invalid');
  expect(signatureState({ ...signed, messageLogDays: { value: 900, source: 'x' } }, 'workspace', key)).toBe(
    'invalid',
  );
  expect(signatureState({ ...profile(1, 90) }, 'workspace', key)).toBe('unsigned');
  const broken = { publicKey: 'x', payload: '{', value: '' };
  expect(signatureState({ ...profile(1, 90), signature: broken }, 'workspace', null)).toBe('invalid');
  expect(fingerprint(key)).toMatch(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/u);
});

test('a profile of a newer gateway, with fields that are not known here, is believed', () => {
  const signed = sign(1, { ...profile(1, 90), hovercraft: 'eels' } as Omit<PolicyProfile, 'signature'>);
  expect(signatureState(signed, 'workspace', null)).toBe('signed');
});

test('X-2 the first key is remembered over a restart; another one is believed only when somebody says so', async () => {
  const first = sign(1, profile(1, 90));
  const before = await start(rulesOf(first));
  await before.promises.follow(before.ready, NOW);
  const stranger = other(1, profile(2, 3_650));
  const rules = rulesOf(first, stranger);
  const { promises } = await start(rules);
  expect(promises.judge(rules, NOW)).toMatchObject({
    policy: { version: 1, messageLogDays: { value: 90 } },
    doubt: { version: 2, signature: 'other_key' },
    key: { publicKey: first.signature?.publicKey, since: NOW },
    offered: stranger.signature?.publicKey,
  });
  // Also when only the stranger's is left here: the key outlives the cache.
  expect(promises.judge(rulesOf(stranger), NOW).doubt).toEqual({ version: 2, signature: 'other_key' });
  await promises.trust(stranger.signature?.publicKey ?? '');
  expect(promises.judge(rules, NOW)).toMatchObject({
    policy: { version: 2, messageLogDays: { value: 3_650 } },
    doubt: null,
  });
});

test('R004-6: the floor that was promised at an address holds before its profile is read again', async () => {
  const rules = rulesOf(sign(1, profile(1, 90)));
  const { promises, ready } = await start(rules);
  promises.connecting(GATEWAY);
  expect(tls.DEFAULT_MIN_VERSION).toBe('TLSv1.2');
  expect(await promises.follow(ready, NOW)).toBe(true);
  expect(tls.DEFAULT_MIN_VERSION).toBe('TLSv1.3');
  expect(JSON.parse(await readFile(path.join(folder, 'gateways.json'), 'utf8'))).toMatchObject({
    floors: { [GATEWAY]: '1.3' },
  });
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
  const again = await start(rules);
  again.promises.connecting('gateway.example/');
  expect(tls.DEFAULT_MIN_VERSION).toBe('TLSv1.3');
  // Somewhere else nothing is known yet.
  again.promises.connecting('https://elsewhere.example');
  expect(tls.DEFAULT_MIN_VERSION).toBe('TLSv1.2');
  expect(originOf('no address at all')).toBeNull();
});
