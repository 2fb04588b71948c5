import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuthErrorKind } from '../../shared/protocol/errors.ts';
import { shown } from './connection-state.ts';
import type { Connection, ConnectionEvent, Context, Effect } from './connection-state.ts';
import { HELLO_TIMEOUT, transition } from './connection.ts';

const context: Context = { now: 10_000, random: () => 0, tokensFresh: true, ours: 1 };

/** Runs events through the transition function; answers the last state and the effects of the last event. */
function after(
  events: ConnectionEvent[],
  changes: Partial<Context> = {},
  from: Connection = { state: 'idle' },
): { state: Connection; effects: Effect['type'][] } {
  let state = from;
  let effects: Effect[] = [];
  for (const event of events)
    ({ next: state, effects } = transition(state, event, { ...context, ...changes }));
  return { state, effects: effects.map((effect) => effect.type) };
}

const hello: ConnectionEvent = { type: 'hello', protocol: 1 };
const online: Connection = { state: 'online' };
const connecting: Connection = { state: 'connecting', attempt: 2, since: 5, refreshed: false };

test('start opens a socket when the token is fresh and refreshes it first when not', () => {
  expect(after([{ type: 'start' }])).toEqual({
    state: { state: 'connecting', attempt: 0, since: null, refreshed: false },
    effects: ['timer', 'open'],
  });
  expect(after([{ type: 'start' }], { tokensFresh: false })).toEqual({
    state: { state: 'refreshing', attempt: 0, since: null },
    effects: ['timer', 'refresh'],
  });
});

test('hello begins the work, and the work decides when it is online', () => {
  const begun = after([{ type: 'start' }, hello]);
  expect(begun.state).toMatchObject({ state: 'catching_up', stage: 'events' });
  expect(begun.effects).toContain('begin');
  expect(after([{ type: 'caught_up' }], {}, begun.state).state).toEqual({ state: 'online' });
});

test('no hello in time is a failure like any other', () => {
  const { state, effects } = after([{ type: 'start' }, { type: 'due' }]);
  expect(state).toEqual({ state: 'waiting', since: 10_000, retryAt: 10_500, attempt: 1 });
  expect(effects).toEqual(['close', 'timer']);
  expect(HELLO_TIMEOUT).toBeGreaterThan(5_000);
});

test('failures in a row keep the time since when and count up; being online clears both', () => {
  const first = after([{ type: 'refused', kind: null, theirs: null }], {}, connecting).state;
  expect(first).toMatchObject({ state: 'waiting', since: 5, attempt: 3 });
  const again = after([{ type: 'due' }], { now: 20_000 }, first).state;
  expect(again).toMatchObject({ state: 'connecting', attempt: 3, since: 5 });
  expect(after([{ type: 'lost', cause: 'lost' }], {}, online).state).toMatchObject({
    since: 10_000,
    attempt: 1,
  });
});

test('a gateway that breaks at every start is not hammered, one that gets something done is', () => {
  const start: Connection = { state: 'catching_up', stage: 'events', done: 0, total: 9, attempt: 4 };
  expect(after([{ type: 'lost', cause: 'lost' }], {}, start).state).toMatchObject({ attempt: 5 });
  expect(after([{ type: 'lost', cause: 'lost' }], {}, { ...start, done: 3 }).state).toMatchObject({
    attempt: 1,
  });
  // A failure of ours counts on even when something was done before it.
  expect(after([{ type: 'lost', cause: 'failed' }], {}, { ...start, done: 3 }).state).toMatchObject({
    attempt: 5,
  });
});

test('an expired token is refreshed once; refused right after that, it waits instead of refreshing in a loop', () => {
  const expired: ConnectionEvent = { type: 'refused', kind: 'session_expired', theirs: null };
  const refreshing = after([expired], {}, connecting);
  expect(refreshing).toMatchObject({
    state: { state: 'refreshing' },
    effects: ['close', 'timer', 'refresh'],
  });
  const renewed = after([{ type: 'tokens' }], {}, refreshing.state).state;
  expect(renewed).toMatchObject({ state: 'connecting', refreshed: true });
  expect(after([expired], {}, renewed).state).toMatchObject({ state: 'waiting' });
});

test.each(['session_expired', 'device_revoked', 'user_disabled'] as const)(
  '%s as the answer to a refresh signs out; an unreachable gateway does not',
  (kind) => {
    const refreshing: Connection = { state: 'refreshing', attempt: 0, since: null };
    expect(after([{ type: 'refresh_failed', kind }], {}, refreshing)).toEqual({
      state: { state: 'signed_out', reason: kind },
      effects: ['close', 'timer', 'signed_out'],
    });
    expect(after([{ type: 'refresh_failed', kind: null }], {}, refreshing).state.state).toBe('waiting');
    // The same while online, when the refresh was ahead of time.
    expect(after([{ type: 'refresh_failed', kind }], {}, online).state.state).toBe('signed_out');
    expect(after([{ type: 'refresh_failed', kind: null }], {}, online).state.state).toBe('online');
  },
);

test('a revoked device and a disabled user are signed out, by refusal or by goodbye', () => {
  for (const kind of ['device_revoked', 'user_disabled'] as const) {
    for (const from of [connecting, online]) {
      expect(after([{ type: 'goodbye', kind }], {}, from).state).toEqual({
        state: 'signed_out',
        reason: kind,
      });
    }
    expect(after([{ type: 'refused', kind, theirs: null }], {}, connecting).state.state).toBe('signed_out');
  }
});

test('another protocol stops without a timer; only a person or a wake-up tries again', () => {
  const refused = after([{ type: 'refused', kind: 'protocol_mismatch', theirs: 7 }], {}, connecting).state;
  expect(refused).toEqual({ state: 'mismatch', ours: 1, theirs: 7 });
  expect(after([{ type: 'hello', protocol: 7 }], {}, connecting).state).toEqual(refused);
  expect(after([{ type: 'due' }, { type: 'lost', cause: 'lost' }], {}, refused).state).toBe(refused);
  expect(after([{ type: 'retry_now' }], {}, refused).state.state).toBe('connecting');
});

test('sleep closes, waking up connects at once', () => {
  const asleep = after([{ type: 'suspend' }], {}, online);
  expect(asleep).toEqual({ state: { state: 'suspended', since: 10_000 }, effects: ['close', 'timer'] });
  expect(after([{ type: 'due' }], {}, asleep.state).state).toBe(asleep.state);
  expect(after([{ type: 'resume' }], {}, asleep.state)).toMatchObject({
    state: { state: 'connecting', attempt: 0, since: 10_000 },
    effects: ['timer', 'open'],
  });
  // Without a suspend before it (the clock jumped), the old socket is dropped first.
  expect(after([{ type: 'resume' }], {}, online).effects).toEqual(['close', 'timer', 'open']);
});

test('retry now cuts the wait short and starts the back-off anew', () => {
  const waiting: Connection = { state: 'waiting', since: 1, retryAt: 99_999, attempt: 9 };
  expect(after([{ type: 'retry_now' }], {}, waiting).state).toMatchObject({
    state: 'connecting',
    attempt: 0,
  });
});

test('whatever happens: signed out and stopped are quiet, and every waiting has a timer', () => {
  const kind = fc.option(fc.constantFrom(...AuthErrorKind.options), { nil: null });
  const event: fc.Arbitrary<ConnectionEvent> = fc.oneof(
    fc.constantFrom<ConnectionEvent>(
      { type: 'start' },
      { type: 'stop' },
      { type: 'tokens' },
      hello,
      { type: 'caught_up' },
      { type: 'due' },
      { type: 'retry_now' },
      { type: 'suspend' },
      { type: 'resume' },
      { type: 'progress', stage: 'history', done: 1, total: 2 },
    ),
    kind.map((value): ConnectionEvent => ({ type: 'refresh_failed', kind: value })),
    kind.map((value): ConnectionEvent => ({ type: 'refused', kind: value, theirs: null })),
    kind.map((value): ConnectionEvent => ({ type: 'goodbye', kind: value })),
    fc
      .constantFrom('lost', 'busy', 'failed', 'restart')
      .map((cause): ConnectionEvent => ({ type: 'lost', cause })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, tokensFresh) => {
      let state: Connection = { state: 'idle' };
      let open = false;
      let timer = false;
      for (const one of events) {
        const { next, effects } = transition(state, one, { ...context, tokensFresh });
        for (const effect of effects) {
          if (effect.type === 'open') {
            expect(open).toBe(false);
            open = true;
          }
          if (effect.type === 'close') open = false;
          if (effect.type === 'timer') timer = effect.at !== null;
          if (effect.type === 'begin') expect(open).toBe(true);
        }
        if (state.state === 'signed_out' && one.type !== 'stop') expect(next).toBe(state);
        if (next.state === 'waiting') expect(timer).toBe(true);
        if (['idle', 'waiting', 'suspended', 'signed_out', 'mismatch'].includes(next.state))
          expect(open).toBe(false);
        if (['connecting', 'catching_up', 'online'].includes(next.state)) expect(open).toBe(true);
        expect(() => shown(next)).not.toThrow();
        state = next;
      }
    }),
  );
});
