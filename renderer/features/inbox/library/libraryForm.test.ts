import { expect, test } from 'vitest';
import {
  assignKey,
  assignOf,
  hasSteps,
  NEW_MACRO,
  NEW_REPLY,
  replyProblems,
  tidyFolder,
  tidyMacro,
  tidyReply,
} from './libraryForm.ts';

const reply = { ...NEW_REPLY, shortcut: 'hello', title: 'Hello', body: 'Hi {{contact.name}}' };

test('a complete reply has no problems', () => {
  expect(replyProblems(reply, new Set(['other']))).toEqual({});
  expect(replyProblems({ ...reply, shortcut: 'grüße_1-a' }, new Set())).toEqual({});
});

test('each problem at its field', () => {
  expect(replyProblems(NEW_REPLY, new Set())).toEqual({
    shortcut: 'missing',
    title: 'missing',
    body: 'missing',
  });
  expect(replyProblems({ ...reply, shortcut: 'two words' }, new Set())).toEqual({ shortcut: 'bad' });
  expect(replyProblems({ ...reply, shortcut: 'Hello' }, new Set(['hello']))).toEqual({ shortcut: 'taken' });
});

test('saved without spaces around', () => {
  expect(tidyFolder(' Shipping / Delays//')).toBe('Shipping/Delays');
  expect(tidyReply({ ...reply, title: ' Hello ', folder: '/' })).toMatchObject({
    title: 'Hello',
    folder: '',
  });
  expect(tidyMacro({ ...NEW_MACRO, reply: '  ' }).reply).toBeNull();
});

test('a macro needs a step', () => {
  expect(hasSteps(NEW_MACRO)).toBe(false);
  expect(hasSteps({ ...NEW_MACRO, reply: ' ' })).toBe(false);
  expect(hasSteps({ ...NEW_MACRO, status: 'closed' })).toBe(true);
});

test('whom it assigns to, there and back', () => {
  for (const assign of ['me', 'queue', null, { userId: 'u1' }, { teamId: 't1' }] as const) {
    expect(assignOf(assignKey(assign))).toEqual(assign);
  }
});
