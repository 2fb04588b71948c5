import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import type { AppState } from '../../../shared/contract/state.ts';
import { certificate } from '../../../test/support/certificate.ts';
import { type World, plainShell, signIn, startWorld } from '../../../test/support/fake-parts.ts';
import type { Cache } from '../../cache/api.ts';
import { selfCheck, tlsVersionOf, wrongFuses } from './self-check.ts';
import type { PowerEvent, Shell } from '../shell.ts';
import { setFloor } from '../tls-floor.ts';

let world: World;
let power: (event: PowerEvent) => void = () => undefined;
let withdrawn = 0;
const shell: Shell = {
  ...plainShell,
  withdrawNotifications: () => void (withdrawn += 1),
  onPower(listener) {
    power = listener;
    return () => undefined;
  },
};

const call = (name: string, input: unknown = {}) => world.application.call(name, input);
const state = (): AppState => world.application.state();
const told = (event: string) => world.told.filter((each) => each.event === event).length;

describe('lock', () => {
  afterEach(() => world.close());

  test.each(['lock', 'suspend'] as const)(
    '%s: the page saves first, then everything is closed',
    async (event) => {
      world = await startWorld({ shell });
      await signIn(world);
      withdrawn = 0;
      power(event);
      await expect.poll(() => told('locking')).toBe(1);
      expect(state().phase).toBe('ready');
      expect(await call('draft.save', draft())).toMatchObject({ ok: true });
      expect(await call('key.lock')).toMatchObject({ ok: true });
      expect(state()).toEqual({
        phase: 'locked',
        mode: 'file',
        waitUntil: null,
        recovery: false,
        unread: null,
      });
      expect(withdrawn).toBeGreaterThan(0);
      expect(world.done.slice(-2)).toEqual(['sync.stop', 'cache.close']);
      expect(await call('inbox.views')).toMatchObject({ ok: false, error: { kind: 'not_ready' } });
      await call('key.unlock', { passphrase: null });
      expect(state().phase).toBe('ready');
    },
  );

  test('a page that hangs does not hold up the lock', async () => {
    world = await startWorld({ shell });
    await signIn(world);
    power('lock');
    await expect.poll(() => state().phase).toBe('locked');
  });

  test('not when the settings say so', async () => {
    world = await startWorld({ shell });
    await signIn(world);
    const lock = { afterMinutes: 0, onSleep: false, onScreenLock: false };
    await call('settings.save', { ...DEFAULT_SETTINGS, lock });
    power('suspend');
    power('lock');
    expect(told('locking')).toBe(0);
    expect(state().phase).toBe('ready');
  });
});

describe('a lost device', () => {
  afterEach(() => world.close());

  test('R002-3: the session ends, it locks, and nobody goes on with the session afterwards', async () => {
    world = await startWorld();
    await signIn(world);
    const answer = await call('device.lost', { wipe: false });
    expect(answer).toMatchObject({ ok: true, value: { wiped: null, endedAt: expect.any(Number) as number } });
    expect(world.done).toContain('gateway.signOut');
    expect(state().phase).toBe('locked');
    expect(world.held.session?.tokens.refreshToken).toBe('');
    await call('key.unlock', { passphrase: null });
    expect(state()).toMatchObject({ phase: 'signed_out', reason: 'session_expired' });
    expect(await call('device.receipt')).toMatchObject({ value: { wiped: null } });
    await call('device.dismissReceipt');
    expect(await call('device.receipt')).toEqual({ ok: true, value: null });
  });

  test('R002-3: from the lock screen: the session ends as soon as it can be read', async () => {
    world = await startWorld();
    await signIn(world);
    await call('key.lock');
    const answer = await call('device.lost', { wipe: false });
    expect(answer).toMatchObject({ ok: true, value: { wiped: null, endedAt: null, wasOpen: false } });
    expect(world.done).not.toContain('gateway.signOut');
    expect(state().phase).toBe('locked');
    await call('key.unlock', { passphrase: null });
    expect(world.done).toContain('gateway.signOut');
    expect(state()).toMatchObject({ phase: 'signed_out', reason: 'session_expired' });
  });

  test('R002-3: from the lock screen everything can be wiped without the passphrase, and the next session is not ended', async () => {
    world = await startWorld({ keyAnswer: null });
    await call('key.create', { mode: 'passphrase', passphrase: 'seven herons over the weir' });
    await signIn(world);
    await call('key.lock');
    await writeFile(path.join(world.folder, 'cache', 'parley.db'), 'noise');
    const answer = await call('device.lost', { wipe: true });
    expect(answer).toMatchObject({ ok: true, value: { wiped: { left: [] }, endedAt: null } });
    expect(state().phase).toBe('key_choice');
    expect(await readdir(path.join(world.folder, 'keys'))).toEqual([]);
    expect(await readdir(world.folder)).not.toContain('lost.json');
  });

  test('R002-3: wiped, the key first, with a receipt; a wipe that was cut off is finished at the next start', async () => {
    world = await startWorld({ keyAnswer: null });
    await call('key.create', { mode: 'file', passphrase: null });
    await signIn(world);
    const old = await readFile(path.join(world.folder, 'keys', 'key'));
    await mkdir(path.join(world.folder, 'media'), { recursive: true });
    await writeFile(path.join(world.folder, 'media', 'one'), 'noise');
    await writeFile(path.join(world.folder, 'cache', 'parley.db'), 'noise');
    const answer = await call('device.lost', { wipe: true });
    expect(answer).toMatchObject({ ok: true, value: { wiped: { keys: 2, left: [] } } });
    expect(state().phase).toBe('key_choice');
    await expect(stat(path.join(world.folder, 'media'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(path.join(world.folder, 'keys'))).toEqual([]);

    await call('key.create', { mode: 'file', passphrase: null });
    const next = await readFile(path.join(world.folder, 'keys', 'key'));
    expect(next.equals(old)).toBe(false);
    await writeFile(path.join(world.folder, 'wipe.json'), '{"at":1}');
    await writeFile(path.join(world.folder, 'cache', 'parley.db'), 'noise');
    await world.restart();
    expect(state().phase).toBe('key_choice');
    await expect(stat(path.join(world.folder, 'wipe.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the self-check', () => {
  const facts = {
    cipher: 'sqlcipher',
    kdfRounds: 256_000,
    kdfAlgorithm: 'SHA512',
    hmac: true,
    hmacAlgorithm: 'SHA512',
    format: 4,
    plainHeader: 0,
    tempStore: 2,
    secureDelete: 1,
    library: 'test',
  } as const;
  const check = (cipher: object, gateway: string | null = null) =>
    selfCheck({
      cache: { cipherFacts: async () => ({ ...facts, ...cipher }) } as unknown as Cache,
      key: { mode: 'keychain', backend: 'kwallet6', weak: false },
      recovery: { createdAt: 1, confirmedAt: 2 },
      lock: DEFAULT_SETTINGS.lock,
      userDataDir: '/nonexistent',
      gateway,
      profile: { minimumTls: '1.3' },
      kind: 'loopback',
      executable: process.execPath,
    });
  const verdictOf = async (subject: string, cipher: object, gateway: string | null = null) =>
    (await check(cipher, gateway)).find((each) => each.subject === subject);

  test('says what it reads, not what it hopes for', async () => {
    expect(await verdictOf('cipher', {})).toMatchObject({ verdict: 'good' });
    expect(await verdictOf('cipher', { cipher: 'chacha20' })).toMatchObject({ verdict: 'bad' });
    expect(await verdictOf('cipher', { plainHeader: 32 })).toMatchObject({ verdict: 'bad' });
    expect(await verdictOf('pages', { hmac: false })).toMatchObject({ verdict: 'bad' });
    expect(await verdictOf('pages', { tempStore: 1 })).toMatchObject({ verdict: 'bad', reason: 'leak' });
    expect(await verdictOf('fuses', {})).toMatchObject({ verdict: 'not_applicable' });
    expect(await verdictOf('connection', {}, 'http://127.0.0.1:9')).toMatchObject({ reason: 'loopback' });
    expect(await verdictOf('connection', {}, 'http://gateway.example')).toMatchObject({ reason: 'plain' });
  });

  test('fuses as Electron writes them', () => {
    const program = (states: string) =>
      Buffer.concat([
        Buffer.from('noise dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
        Buffer.from([1, states.length]),
        Buffer.from(states),
      ]);
    expect(wrongFuses(program('010011'))).toEqual([]);
    expect(wrongFuses(program('110011'))).toEqual(['RunAsNode']);
    expect(wrongFuses(Buffer.from('no fuses'))).toBeNull();
  });
});

test('R004-6: a gateway that promises TLS 1.3 is refused below it, and the self-check names the version', async (context) => {
  let pair: { key: string; cert: string };
  try {
    pair = certificate();
  } catch {
    return context.skip('there is no openssl here to make a certificate with');
  }
  const before = tls.getCACertificates('default');
  const server = https.createServer({ ...pair, maxVersion: 'TLSv1.2' }, (_request, response) =>
    response.end('here'),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    tls.setDefaultCACertificates([...before, pair.cert]);
    expect(setFloor('1.2')).toBe(false);
    expect(await (await fetch(url, { headers: { connection: 'close' } })).text()).toBe('here');
    expect(setFloor('1.3')).toBe(true);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(await tlsVersionOf(url)).toBe('TLSv1.2');
    expect(setFloor('1.2')).toBe(false);
    expect(await (await fetch(url)).text()).toBe('here');
  } finally {
    tls.setDefaultCACertificates(before);
    server.closeAllConnections();
    server.close();
  }
});

function draft() {
  return {
    conversationId: '01890000-0000-7000-8000-000000000001',
    draft: { text: 'Dear', note: 'a note', quotedMessageId: null, attachments: [] },
  };
}
