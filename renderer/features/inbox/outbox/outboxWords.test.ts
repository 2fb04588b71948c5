import { expect, test } from 'vitest';
import type { OutboxChange, OutboxItem, OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { Label, User } from '../../../../shared/domain/workspace.ts';
import { changeWords, choicesOf, editableText, withText } from './outboxWords.ts';

function item(status: Partial<OutboxStatus>, patch: Partial<OutboxItem> = {}): OutboxItem {
  return {
    status: {
      id: 'o',
      state: 'waiting',
      sendAt: null,
      attempts: 0,
      nextAttemptAt: null,
      error: null,
      ...status,
    },
    type: 'message.send',
    messageId: 'm',
    conversationId: 'c',
    contactName: 'Sam',
    text: 'hi',
    content: { kind: 'text', body: 'hi' },
    change: null,
    createdAt: 1,
    ...patch,
  };
}

test('what is under way can only be watched', () => {
  expect(choicesOf(item({ state: 'sending' }))).toEqual({ edit: false, discard: false, send: null });
  expect(choicesOf(item({ state: 'sent' }))).toEqual({ edit: false, discard: false, send: null });
});

test('a scheduled one can go now, a held one again, one held for people anyway', () => {
  expect(choicesOf(item({ state: 'scheduled', sendAt: 9 })).send).toBe('now');
  expect(choicesOf(item({ state: 'held', error: 'window_closed' })).send).toBe('again');
  expect(choicesOf(item({ state: 'held', error: 'unseen' })).send).toBe('anyway');
  expect(choicesOf(item({ state: 'held', error: 'reassigned' })).send).toBe('anyway');
  expect(choicesOf(item({})).send).toBeNull();
  expect(choicesOf(item({ nextAttemptAt: 9 })).send).toBe('now');
});

test('what is no message has no choices; a template cannot be reworded', () => {
  expect(choicesOf(item({}, { messageId: null }))).toEqual({ edit: false, discard: false, send: null });
  expect(choicesOf(item({}, { content: { kind: 'system', event: 'other', text: '' } })).edit).toBe(false);
});

test('text and captions are edited, nothing else changes', () => {
  const media = { id: 'f', mimeType: 'image/png', size: 1, sha256: null, fileName: null };
  expect(editableText({ kind: 'image', media, caption: null })).toBe('');
  expect(withText({ kind: 'image', media, caption: 'a' }, '')).toEqual({
    kind: 'image',
    media,
    caption: null,
  });
  expect(withText({ kind: 'text', body: 'a' }, 'b')).toEqual({ kind: 'text', body: 'b' });
});

test('a change is said in words', () => {
  const sara = { id: 'sara', name: 'Sara Lind' } as User;
  const vip = { id: 'vip', name: 'VIP' } as Label;
  const lookup = {
    users: new Map([[sara.id, sara]]),
    teams: new Map(),
    channels: new Map(),
    labels: new Map([[vip.id, vip]]),
  };
  const words = (change: OutboxChange): string => changeWords(change, { lookup, meId: 'me', now: 0 });
  expect(words({ type: 'assign', assigneeId: 'sara', teamId: null })).toBe('Assigned to Sara Lind');
  expect(words({ type: 'assign', assigneeId: 'me', teamId: null })).toBe('Taken by you');
  expect(words({ type: 'assign', assigneeId: null, teamId: null })).toBe('Back to the queue');
  expect(words({ type: 'status', status: 'closed', snoozedUntil: null })).toBe('Closed');
  expect(words({ type: 'labels', labelIds: ['vip', 'gone'] })).toBe('Labels: VIP');
  expect(words({ type: 'react', emoji: null })).toBe('Reaction taken back');
});
