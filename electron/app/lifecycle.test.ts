import { chmod, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AppState } from '../../shared/contract/state.ts';
import type { StartGateway } from './signed-in.ts';
import { TOKENS, type World, maya, signIn, startWorld, workspace } from '../../test/support/fake-parts.ts';

let world: World;
afterEach(() => world.close());

const call = (name: string, input: unknown = {}) => world.application.call(name, input);
const state = (): AppState => world.application.state();
const phases = () =>
  world.told.filter(({ event }) => event === 'app.state').map(({ data }) => (data as AppState).phase);
const asMaya = { gateway: 'http://127.0.0.1:9', email: 'maya@test.example', password: 'x', totp: null };

test('the first start asks how the key is kept, then who signs in, then is ready', async () => {
  world = await startWorld({ keyAnswer: null });
  expect(state()).toMatchObject({
    phase: 'key_choice',
    options: [{ mode: 'passphrase' }, { mode: 'file', weak: true }],
  });
  expect(await call('key.create', { mode: 'file', passphrase: null })).toEqual({ ok: true, value: {} });
  expect(state()).toMatchObject({ phase: 'signed_out', reason: null, unsent: 0 });
  await signIn(world);
  expect(state()).toMatchObject({
    phase: 'ready',
    me: maya,
    workspace,
    keyWarning: 'plain_key_file',
    recovered: null,
  });
  expect(phases()).toEqual(['key_choice', 'starting', 'signed_out', 'ready']);
  expect(world.done).toContain('sync.start');
});

test('a passphrase: locked at the next start, wrong words refused, right ones open', async () => {
  world = await startWorld({ keyAnswer: null });
  const weak = await call('key.create', { mode: 'passphrase', passphrase: 'password12' });
  expect(weak).toMatchObject({ ok: false, error: { kind: 'weak_passphrase' } });
  await call('key.create', { mode: 'passphrase', passphrase: 'seven herons over the weir' });
  await world.restart();
  expect(state()).toMatchObject({ phase: 'locked', mode: 'passphrase' });
  const wrong = await call('key.unlock', { passphrase: 'seven storks over the weir' });
  expect(wrong).toMatchObject({ ok: false, error: { kind: 'wrong_passphrase' } });
  expect(state()).toMatchObject({ phase: 'locked', mode: 'passphrase' });
  await call('key.unlock', { passphrase: 'seven herons over the weir' });
  expect(state().phase).toBe('signed_out');
});

test('signed in before: ready at once, offline or not, at the gateway of this start', async () => {
  world = await startWorld();
  await signIn(world);
  await world.restart({ gateway: Promise.resolve({ url: 'http://127.0.0.1:10', prefill: null }) });
  expect(state()).toMatchObject({ phase: 'ready', gateway: 'http://127.0.0.1:10' });
  expect(world.held.session?.gateway).toBe('http://127.0.0.1:10');
});

test.skipIf(process.platform === 'win32')(
  'an exposed key file: told with what is at stake, and tried again',
  async () => {
    world = await startWorld();
    await signIn(world);
    world.held.unsent = 3;
    world.sync?.onChanges({
      conversations: [],
      contacts: [],
      lists: false,
      directory: false,
      outbox: true,
      library: false,
      people: false,
      everything: false,
    });
    await expect.poll(() => readFile(path.join(world.folder, 'cache', 'unsent'), 'utf8')).toBe('3\n');
    await chmod(path.join(world.folder, 'keys', 'key'), 0o644);
    await world.restart();
    expect(state()).toMatchObject({ phase: 'key_problem', problem: 'exposed_key_file', unsent: 3 });
    await call('key.resolve', { action: 'retry' });
    expect(state().phase).toBe('key_problem');
    await chmod(path.join(world.folder, 'keys', 'key'), 0o600);
    await call('key.resolve', { action: 'retry' });
    expect(state().phase).toBe('ready');
  },
);

test('a lost key: start over sets the old files aside and deletes nothing', async () => {
  world = await startWorld();
  await rm(path.join(world.folder, 'keys', 'key'));
  await world.restart({ keyAnswer: null });
  expect(state()).toMatchObject({ phase: 'key_problem', problem: 'missing_key' });
  expect(await call('key.resolve', { action: 'accept_weak' })).toMatchObject({
    ok: false,
    error: { kind: 'forbidden' },
  });
  expect(await call('key.create', { mode: 'file', passphrase: null })).toMatchObject({
    error: { kind: 'not_ready' },
  });
  await call('key.resolve', { action: 'start_over' });
  expect(state().phase).toBe('key_choice');
  expect(await readdir(path.join(world.folder, 'keys'))).toEqual([expect.stringMatching(/^aside-/)]);
  expect(await readdir(path.join(world.folder, 'cache'))).toEqual([expect.stringMatching(/^aside-/)]);
});

test('a damaged cache: a screen, a rebuild on demand, and what it saved', async () => {
  world = await startWorld();
  await signIn(world);
  world.refuseToOpen = 'damaged';
  await world.restart();
  expect(state()).toMatchObject({
    phase: 'cache_problem',
    problem: 'damaged',
    file: 'parley.db',
    recoverable: true,
    unsent: 0,
  });
  await call('app.recover', { action: 'retry' });
  expect(state().phase).toBe('cache_problem');
  expect(world.done).not.toContain('recover');
  await call('app.recover', { action: 'rebuild' });
  expect(state()).toMatchObject({
    phase: 'ready',
    recovered: { outbox: 2, drafts: 1, setAside: 'parley.db.aside' },
  });
});

test.each(['read_only', 'disk_full', 'in_use'] as const)(
  '%s: nothing to rebuild, only to try again',
  async (problem) => {
    world = await startWorld();
    world.refuseToOpen = problem;
    await world.restart();
    expect(state()).toMatchObject({ phase: 'cache_problem', problem, recoverable: false });
    expect(await call('app.recover', { action: 'rebuild' })).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    });
    world.refuseToOpen = null;
    await call('app.recover', { action: 'retry' });
    expect(state().phase).toBe('signed_out');
  },
);

test('a cache that breaks while it is open: sync stops first, then the screen', async () => {
  world = await startWorld();
  await signIn(world);
  world.done.length = 0;
  world.breakCache('disk_full');
  await expect.poll(() => state().phase).toBe('cache_problem');
  expect(world.done).toEqual(['sync.stop', 'cache.close']);
  expect(await call('inbox.views')).toMatchObject({ ok: false, error: { kind: 'not_ready' } });
});

test.each([
  ['invalid_credentials', { kind: 'sign_in_refused', auth: 'invalid_credentials' }],
  ['totp_required', { kind: 'sign_in_refused', auth: 'totp_required' }],
  ['rate_limited', { kind: 'sign_in_refused', auth: 'rate_limited' }],
  ['unreachable', { kind: 'offline' }],
  ['insecure', { kind: 'sign_in_refused', auth: 'invalid' }],
] as const)('sign-in refused because of %s', async (kind, error) => {
  world = await startWorld();
  world.refuseToSignIn = kind;
  expect(await call('session.signIn', asMaya)).toMatchObject({ ok: false, error });
  expect(state().phase).toBe('signed_out');
});

test('signing out asks about unsent messages, then forgets everything', async () => {
  world = await startWorld();
  await signIn(world);
  world.held.unsent = 2;
  expect(await call('session.signOut', { discardUnsent: false })).toMatchObject({
    error: { kind: 'forbidden' },
  });
  expect(state().phase).toBe('ready');
  expect(await call('session.signOut', { discardUnsent: true })).toEqual({ ok: true, value: {} });
  expect(state()).toMatchObject({ phase: 'signed_out', reason: null, unsent: 0 });
  expect(world.done).toEqual(expect.arrayContaining(['sync.stop', 'gateway.signOut', 'clear']));
});

test.each(['changes', 'imports'] as const)(
  'signing out asks about %s that have not left this machine',
  async (kind) => {
    world = await startWorld();
    await signIn(world);
    world.held[kind] = 12;
    expect(await call('session.unsent')).toMatchObject({ ok: true, value: { messages: 0, [kind]: 12 } });
    expect(await call('session.signOut', { discardUnsent: false })).toMatchObject({
      error: { kind: 'forbidden' },
    });
    expect(state().phase).toBe('ready');
    expect(world.done).not.toContain('clear');
    expect(await call('session.signOut', { discardUnsent: true })).toEqual({ ok: true, value: {} });
  },
);

test('the gateway ends the session: the cache stays, and the next start does not show it', async () => {
  world = await startWorld();
  await signIn(world);
  world.held.unsent = 1;
  world.sync?.onSignedOut('device_revoked');
  await expect
    .poll(() => state())
    .toMatchObject({ phase: 'signed_out', reason: 'device_revoked', unsent: 1 });
  await world.restart();
  expect(state()).toMatchObject({ phase: 'signed_out', reason: 'session_expired', unsent: 1 });
  // The same person goes on where they were.
  await signIn(world);
  expect(state().phase).toBe('ready');
  expect(world.done).not.toContain('clear');
});

test('somebody else signs in: nothing of the one before is seen, and unsent messages are not theirs to send', async () => {
  world = await startWorld();
  await signIn(world);
  world.sync?.onSignedOut('session_expired');
  await expect.poll(() => state().phase).toBe('signed_out');
  world.user = { ...maya, id: 'tom', name: 'Tom' };
  world.held.unsent = 1;
  expect(await call('session.signIn', asMaya)).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
  expect(world.done).toContain('gateway.signOut');
  world.held.unsent = 0;
  await signIn(world);
  expect(world.done).toContain('clear');
  expect(state()).toMatchObject({ phase: 'ready', me: { id: 'tom' } });
});

test('another protocol is a screen that a retry can leave', async () => {
  world = await startWorld();
  await signIn(world);
  world.sync?.onConnection({ state: 'mismatch', ours: 1, theirs: 2 });
  expect(state()).toMatchObject({ phase: 'protocol_mismatch', ours: 1, theirs: 2 });
  expect(await call('inbox.views')).toMatchObject({ error: { kind: 'not_ready' } });
  expect(await call('connection.retry')).toMatchObject({ ok: true });
  world.sync?.onConnection({ state: 'connecting', attempt: 0 });
  expect(state().phase).toBe('ready');
});

test('what sync says reaches the page, with the number of unsent messages', async () => {
  world = await startWorld();
  await signIn(world);
  world.told.length = 0;
  world.held.unsent = 4;
  world.sync?.onConnection({ state: 'online' });
  world.sync?.onChanges({
    conversations: ['c'],
    contacts: [],
    lists: true,
    directory: false,
    outbox: true,
    library: false,
    people: false,
    everything: false,
  });
  world.sync?.onEphemeral({ type: 'presence', userId: 'tom', state: 'away' });
  await expect
    .poll(() => world.told.map(({ event }) => event))
    .toEqual(['connection', 'changed', 'ephemeral', 'connection']);
  expect(world.told.at(-1)?.data).toEqual({ connection: { state: 'online' }, unsent: 4 });
  expect(await call('connection.state')).toEqual({
    ok: true,
    value: { connection: { state: 'online' }, unsent: 4 },
  });
});

test('sending puts a command into the outbox and wakes sync; the answer names the message', async () => {
  world = await startWorld();
  await signIn(world);
  world.done.length = 0;
  const content = { kind: 'text', body: 'On its way.' };
  const input = { conversationId: 'c', content, quotedMessageId: null, sendAt: null, seenRev: null };
  const sent = await call('message.send', input);
  expect(sent).toMatchObject({
    ok: true,
    value: { messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
  });
  expect(world.done).toEqual(['enqueue', 'sync.kick']);
  await expect.poll(() => readFile(path.join(world.folder, 'cache', 'unsent'), 'utf8')).toBe('1\n');
});

test('closing stops in order: sync, then the cache', async () => {
  world = await startWorld();
  await signIn(world);
  world.done.length = 0;
  await world.application.close();
  expect(world.done).toEqual(['sync.stop', 'cache.close']);
});

test('diagnostics name the key mode and the version, and the session holds tokens only in the cache', async () => {
  world = await startWorld();
  await signIn(world);
  expect(await call('diagnostics.get')).toMatchObject({
    ok: true,
    value: { version: '1.2.3', protocol: 1, keyMode: 'file' },
  });
  expect(world.held.session?.tokens).toEqual(TOKENS);
  expect(JSON.stringify(world.told)).not.toContain(TOKENS.refreshToken);
  expect(world.logged.join('')).not.toContain('refresh');
});

test('key and cache do not wait for the gateway to start; only the sign-in does', async () => {
  world = await startWorld();
  await world.application.close();
  let ready: (gateway: StartGateway) => void = () => undefined;
  const gateway = new Promise<StartGateway>((resolve) => (ready = resolve));
  world.done.length = 0;
  const starting = world.restart({ gateway });
  await expect.poll(() => world.application.state().phase).toBe('starting');
  await expect.poll(() => world.done).toContain('cache.open');
  const prefill = { gateway: 'http://127.0.0.1:11', email: 'maya@test.example', password: 'x' };
  ready({ url: prefill.gateway, prefill });
  await starting;
  expect(state()).toMatchObject({ phase: 'signed_out', gateway: 'http://127.0.0.1:11', prefill });
});

test('closing does not wait for a gateway that never comes', async () => {
  world = await startWorld();
  await world.application.close();
  world.done.length = 0;
  const starting = world.restart({ gateway: new Promise(() => undefined) });
  const refused = starting.catch((error: unknown) => error);
  await expect.poll(() => world.done).toContain('cache.open');
  await world.application.close();
  expect(await refused).toMatchObject({ error: { kind: 'not_ready' } });
  expect(world.done).toEqual(['cache.open', 'cache.close']);
});

test('the threads of the cache load their code before the passphrase is typed, and end with the application', async () => {
  world = await startWorld({ keyAnswer: null });
  expect(world.threads).toEqual(['fill']);
  await call('key.create', { mode: 'passphrase', passphrase: 'seven herons over the weir' });
  // Once more for the file, which the sign-in opens.
  expect(world.threads).toEqual(['fill', 'open', 'fill']);
  world.threads.length = 0;
  await call('key.lock');
  expect(world.threads).toEqual(['fill']);
  await call('key.unlock', { passphrase: 'seven herons over the weir' });
  expect(world.threads.slice(0, 2)).toEqual(['fill', 'open']);
  await call('key.lock');
  await world.application.close();
  expect(world.threads.at(-1)).toBe('end');
});

test('nothing lies on the disk before the gateway has said that it may', async () => {
  world = await startWorld();
  expect(world.opened).toEqual([':memory:']);
  world.storage = 'off';
  await signIn(world);
  expect(world.opened).toEqual([':memory:']);
  expect(state().phase).toBe('ready');
  expect(await readdir(path.join(world.folder, 'cache'))).not.toContain('parley.db');
});

test('the file is opened once the sign-in has told that it may be, with what was written until then', async () => {
  world = await startWorld();
  world.storage = 'on';
  await signIn(world);
  expect(world.opened).toEqual([':memory:', 'parley.db']);
  const asked = world.done.filter((each) => /cache|adopt|saveSession/u.test(each));
  expect(asked.indexOf('adopt')).toBeLessThan(asked.indexOf('saveSession'));
  expect(state().phase).toBe('ready');
});
