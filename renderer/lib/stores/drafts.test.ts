import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../shared/contract/rows.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { Drafts, EMPTY_DRAFT, isEmptyDraft } from './drafts.ts';

let saved: string[];
let fail: boolean;
let errors: unknown[];
let drafts: Drafts;

const text = (body: string): Draft => ({ ...EMPTY_DRAFT, text: body });
const file = (id: string, caption = ''): Draft['attachments'][number] => ({
  media: { id, mimeType: 'image/png', size: 1, sha256: null, fileName: null },
  caption,
});

beforeEach(() => {
  vi.useFakeTimers();
  saved = [];
  errors = [];
  fail = false;
  const bridge = {
    call: (_name: string, input: { conversationId: string; draft: Draft }) => {
      if (fail) return Promise.reject(new Error('disk full'));
      const files = input.draft.attachments.map(({ media, caption }) => `[${media.id} ${caption}]`).join('');
      saved.push(`${input.conversationId}:${input.draft.text}${files}`);
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
  drafts.change('a', { text: 'h' });
  drafts.change('a', { text: 'hi' });
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(saved).toEqual(['a:hi']);
  void drafts.flush('a');
  expect(saved).toEqual(['a:hi']);
});

test('each conversation keeps its own draft, and what was written beats what was saved', () => {
  expect(drafts.open('a', text('old')).text).toBe('old');
  drafts.change('a', { text: 'new' });
  drafts.open('b', null);
  drafts.change('b', { text: 'other' });
  expect(drafts.open('a', text('old')).text).toBe('new');
  void drafts.flushAll();
  expect(saved).toEqual(['a:new', 'b:other']);
});

test('files and their captions are part of a draft', () => {
  drafts.open('a', null);
  drafts.change('a', { attachments: [file('f1')] });
  void drafts.flush('a');
  drafts.change('a', { attachments: [file('f1', 'the roof')] });
  void drafts.flush('a');
  expect(saved).toEqual(['a:[f1 ]', 'a:[f1 the roof]']);
});

test('a quote alone is nothing to send', () => {
  expect(isEmptyDraft({ ...EMPTY_DRAFT, quotedMessageId: 'm' })).toBe(true);
  expect(isEmptyDraft(text(' \n'))).toBe(true);
  expect(isEmptyDraft({ ...EMPTY_DRAFT, attachments: [file('f1')] })).toBe(false);
});

test('sending clears the draft only once the message is safe', () => {
  drafts.open('a', text('old'));
  drafts.hold('a');
  vi.advanceTimersByTime(1_000);
  expect(saved).toEqual([]);
  drafts.sent('a');
  expect(saved).toEqual(['a:']);
  expect(drafts.open('a', text('old')).text).toBe('');
});

test('what was refused or taken back returns before what was written meanwhile', () => {
  drafts.open('a', null);
  drafts.change('a', { text: 'hello', quotedMessageId: 'm1', attachments: [file('f1')] });
  const before = drafts.get('a');
  drafts.hold('a');
  drafts.restore('a', before);
  expect(drafts.get('a')).toEqual(before);
  drafts.hold('a');
  drafts.change('a', { text: 'next', attachments: [file('f2')] });
  drafts.restore('a', before);
  expect(drafts.get('a')).toEqual({
    text: 'hello\nnext',
    quotedMessageId: 'm1',
    attachments: [file('f1'), file('f2')],
  });
});

test('listeners are told of every change until they stop', () => {
  const told = vi.fn<() => void>();
  const stop = drafts.subscribe(told);
  drafts.change('a', { text: 'x' });
  drafts.hold('a');
  expect(told).toHaveBeenCalledTimes(2);
  stop();
  drafts.change('a', { text: 'y' });
  expect(told).toHaveBeenCalledTimes(2);
});

test('a failed save is told and tried again', async () => {
  drafts.open('a', null);
  fail = true;
  drafts.change('a', { text: 'x' });
  void drafts.flush('a');
  await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 30_000 });
  fail = false;
  void drafts.flush('a');
  expect(saved).toEqual(['a:x']);
});
