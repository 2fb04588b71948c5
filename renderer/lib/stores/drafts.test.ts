import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../bridge/bridge.ts';
import { Drafts } from './drafts.ts';

let saved: string[];
let fail: boolean;
let errors: unknown[];
let drafts: Drafts;

beforeEach(() => {
  vi.useFakeTimers();
  saved = [];
  errors = [];
  fail = false;
  const bridge = {
    call: (_name: string, input: { conversationId: string; text: string }) => {
      if (fail) return Promise.reject(new Error('disk full'));
      saved.push(`${input.conversationId}:${input.text}`);
      return Promise.resolve({});
    },
    on: () => () => undefined,
    onLink: () => () => undefined,
  } as unknown as Bridge;
  drafts = new Drafts(bridge, (error) => errors.push(error));
});
afterEach(() => {
  vi.useRealTimers();
});

test('typing is saved once, after a rest', () => {
  drafts.open('a', null);
  drafts.type('a', 'h');
  drafts.type('a', 'hi');
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(saved).toEqual(['a:hi']);
  drafts.flush('a');
  expect(saved).toEqual(['a:hi']);
});

test('each conversation keeps its own text, and what was typed beats what was saved', () => {
  expect(drafts.open('a', 'old')).toBe('old');
  drafts.type('a', 'new');
  drafts.open('b', null);
  drafts.type('b', 'other');
  expect(drafts.open('a', 'old')).toBe('new');
  drafts.flushAll();
  expect(saved).toEqual(['a:new', 'b:other']);
});

test('sending clears the draft only once the message is safe', () => {
  drafts.open('a', 'old');
  drafts.hold('a');
  vi.advanceTimersByTime(1_000);
  expect(saved).toEqual([]);
  drafts.sent('a');
  expect(saved).toEqual(['a:']);
  expect(drafts.open('a', 'old')).toBe('');
});

test('what was refused comes back, what was typed meanwhile wins', () => {
  drafts.open('a', null);
  drafts.type('a', 'hello');
  drafts.hold('a');
  drafts.restore('a', 'hello');
  expect(drafts.open('a', null)).toBe('hello');
  drafts.hold('a');
  drafts.type('a', 'next');
  drafts.restore('a', 'hello');
  expect(drafts.open('a', null)).toBe('next');
});

test('a failed save is told and tried again', async () => {
  drafts.open('a', null);
  fail = true;
  drafts.type('a', 'x');
  drafts.flush('a');
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  fail = false;
  drafts.flush('a');
  expect(saved).toEqual(['a:x']);
});
