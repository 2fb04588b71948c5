import { expect, test } from 'vitest';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import type { Message } from '../../../../shared/domain/message.ts';
import { conversationOf, messageOf, noteOf } from '../../../../test/support/domain.ts';
import type { Row } from './rows.ts';
import { firstUnread, rowsOf } from './rows.ts';

const noon = new Date(2026, 4, 20, 12).getTime();
const MINUTE = 60_000;

const conversation = conversationOf();

function message(id: string, sentAt: number, patch: Partial<Message> = {}): ThreadItem {
  return { type: 'message', outbox: null, message: messageOf(conversation, id, { id, sentAt, ...patch }) };
}

const note = (id: string, createdAt: number): ThreadItem => ({
  type: 'note',
  outbox: null,
  note: noteOf(conversation, 'n', { id, createdAt }),
});

const out = (userId: string): Partial<Message> => ({ direction: 'out', author: { type: 'user', userId } });

function short(rows: Row[]): string[] {
  return rows.map((row) =>
    row.type === 'message'
      ? `${row.key}${row.first ? ' first' : ''}${row.last ? ' last' : ''}`
      : row.type === 'unread'
        ? `unread ${String(row.count)}`
        : row.type,
  );
}

test('one author within five minutes is one group', () => {
  const rows = rowsOf(
    [
      message('a', noon),
      message('b', noon + MINUTE),
      message('c', noon + 7 * MINUTE),
      message('d', noon + 8 * MINUTE, out('u')),
    ],
    null,
    false,
  );
  expect(short(rows)).toEqual(['day', 'a first', 'b last', 'c first last', 'd first last']);
});

test('two agents are two groups, and a note parts a group', () => {
  const rows = rowsOf(
    [
      message('a', noon, out('u')),
      message('b', noon, out('v')),
      note('n', noon),
      message('c', noon, out('v')),
    ],
    null,
    false,
  );
  expect(short(rows)).toEqual(['day', 'a first last', 'b first last', 'note', 'c first last']);
});

test('a day separator stands before the first message of each local day', () => {
  const midnight = new Date(2026, 4, 21).getTime();
  const rows = rowsOf(
    [message('a', midnight - 1), message('b', midnight), message('c', midnight + 1)],
    null,
    false,
  );
  expect(short(rows)).toEqual(['day', 'a first last', 'day', 'b first', 'c last']);
});

test('day keys stay apart even when history is out of order', () => {
  const rows = rowsOf([message('a', noon), message('b', noon - 86_400_000), message('c', noon)], null, false);
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
});

test('the unread marker parts the group and counts inbound messages only', () => {
  const entries = [message('a', noon), message('b', noon), message('c', noon, out('u')), message('d', noon)];
  expect(short(rowsOf(entries, 'b', false))).toEqual([
    'day',
    'a first last',
    'unread 2',
    'b first last',
    'c first last',
    'd first last',
  ]);
});

test('the first unread is found from the end', () => {
  const entries = [message('a', noon), message('b', noon), message('c', noon, out('u')), message('d', noon)];
  expect(firstUnread(entries, 2)).toBe('b');
  expect(firstUnread(entries, 0)).toBeNull();
  expect(firstUnread(entries, 9)).toBeNull();
});

test('putting history before the loaded part changes none of its rows', () => {
  const day = 86_400_000;
  const all = [
    message('a', noon - day),
    message('b', noon - day + MINUTE),
    message('c', noon),
    message('d', noon + MINUTE, out('u')),
    message('e', noon + 2 * MINUTE, out('u')),
  ];
  const whole = rowsOf(all, null, false);
  for (let from = 1; from < all.length; from += 1) {
    const part = rowsOf(all.slice(from), null, true);
    expect(part).toEqual(part.length === 0 ? [] : whole.slice(-part.length));
  }
});
