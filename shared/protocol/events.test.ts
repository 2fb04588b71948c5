import { expect, test } from 'vitest';
import { parseCommand } from './commands.ts';
import { parseEvent } from './events.ts';

test('an event that fits is returned with its data checked', () => {
  const parsed = parseEvent({
    seq: 3,
    at: 1,
    type: 'conversation.withdrawn',
    data: { conversationId: 'c1', extra: 1 },
  });
  expect(parsed).toEqual({
    ok: true,
    event: { seq: 3, at: 1, type: 'conversation.withdrawn', data: { conversationId: 'c1' } },
  });
});

test('an unknown type is told apart from an invalid one, and both keep their number', () => {
  expect(parseEvent({ seq: 4, at: 1, type: 'poll.created', data: {} })).toMatchObject({
    ok: false,
    reason: 'unknown_type',
    seq: 4,
  });
  expect(parseEvent({ seq: 5, at: 1, type: 'conversation.withdrawn', data: {} })).toMatchObject({
    ok: false,
    reason: 'invalid',
    seq: 5,
  });
});

test('an object prototype name is no event type and no command', () => {
  expect(parseEvent({ seq: 6, at: 1, type: 'constructor', data: {} })).toMatchObject({
    ok: false,
    reason: 'unknown_type',
  });
  expect(parseCommand({ id: 'a', type: '__proto__', data: {} })).toMatchObject({ ok: false });
});

test('the issue of what does not fit names the place and never the value', () => {
  const parsed = parseEvent({
    seq: 7,
    at: 1,
    type: 'note.created',
    data: { note: { body: 'secret words' } },
  });
  expect(JSON.stringify(parsed)).not.toContain('secret');
});
