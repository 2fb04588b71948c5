import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { maya, workspace } from '../../../test/support/fake-parts.ts';
import type { AuditLine } from '../context.ts';
import { changedNames, createAuditWatch } from './watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watching() {
  const lines: AuditLine[] = [];
  let settings = DEFAULT_SETTINGS;
  const watch = createAuditWatch({
    note: (line) => void lines.push(line),
    settings: () => settings,
    me: () => 'maya',
  });
  const call = (name: string, input: unknown, value: unknown = {}) =>
    watch.after(name, input, { ok: true, value }, watch.before());
  return { lines, watch, call, change: (next: typeof settings) => (settings = next) };
}

test('a search is one line with its hits, never its words', () => {
  const { lines, call } = watching();
  for (const text of ['d', 'di', 'diagnosis']) {
    call('search.query', { text }, { hits: [{}, {}] });
    vi.advanceTimersByTime(300);
  }
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(2_000);
  // The page reads it again when a message comes in.
  call('search.query', { text: 'diagnosis' }, { hits: [{}, {}, {}] });
  vi.advanceTimersByTime(2_000);
  expect(lines).toEqual([{ action: 'search.messages', subjects: [], counts: { hits: 2 }, reason: null }]);
  expect(JSON.stringify(lines)).not.toContain('diag');
  call('contacts.list', { query: '' }, { total: 9 });
  call('contacts.list', { query: 'ana' }, { total: 1 });
  vi.advanceTimersByTime(2_000);
  expect(lines.slice(1).map(({ action, counts }) => [action, counts])).toEqual([
    ['search.contacts', { hits: 1 }],
  ]);
});

test('signing in and out, unlocking and failing to are lines', () => {
  const { lines, watch, call } = watching();
  const refuse = (name: string, kind: 'wrong_passphrase' | 'sign_in_refused') =>
    watch.after(
      name,
      {},
      {
        ok: false,
        error: { kind, message: 'x', ...(kind === 'sign_in_refused' ? { auth: 'invalid' } : {}) },
      },
      watch.before(),
    );
  refuse('key.unlock', 'wrong_passphrase');
  call('key.unlock', { passphrase: 'secret words' });
  refuse('session.signIn', 'sign_in_refused');
  call('session.signIn', { password: 'secret words', email: 'maya@test.example' });
  call('session.signOut', { discardUnsent: false });
  expect(lines.map(({ action }) => action)).toEqual([
    'key.unlock.failed',
    'key.unlock',
    'session.signIn.failed',
    'session.signIn',
    'session.signOut',
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret|example/u);
  const ready = {
    phase: 'ready',
    me: maya,
    workspace,
    gateway: 'x',
    keyWarning: null,
    recovered: null,
  } as const;
  watch.phase(ready);
  watch.phase({ phase: 'signed_out', prefill: null, gateway: null, reason: 'device_revoked', unsent: 0 });
  expect(lines.at(-1)).toMatchObject({ action: 'session.ended', actorId: 'maya', reason: 'device_revoked' });
});

test('a conversation is a line each time that it is opened', () => {
  const { lines, call } = watching();
  for (const conversationId of ['a', 'a', null, 'a', 'b'])
    call('connection.signal', { type: 'viewing', conversationId });
  call('connection.signal', { type: 'typing', conversationId: 'c', typing: true });
  expect(lines.map(({ subjects }) => subjects)).toEqual([['a'], ['a'], ['b']]);
});

test('changed settings are told by name, without values', () => {
  const after = {
    ...DEFAULT_SETTINGS,
    theme: 'dark' as const,
    notifications: { ...DEFAULT_SETTINGS.notifications, sound: false },
  };
  expect(changedNames(DEFAULT_SETTINGS, after)).toEqual(['theme', 'notifications.sound']);
  const { lines, watch, change } = watching();
  const before = watch.before();
  change(after);
  watch.after('settings.save', after, { ok: true, value: {} }, before);
  expect(lines).toMatchObject([{ action: 'settings.change', subjects: ['theme', 'notifications.sound'] }]);
});
