import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SearchHit } from '../../../shared/contract/rows.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { Team } from '../../../shared/domain/team.ts';
import { DAY } from '../../../shared/domain/time.ts';
import {
  contactOf,
  conversationOf,
  label,
  me,
  messageOf,
  noteOf,
  openBench,
  outgoingOf,
  sendCommand,
  session,
  snapshotAt,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { search } from './search.ts';

/** Noon where the test runs: `before:` and `after:` mean days there. */
const NOW = new Date(2026, 10, 20, 12).getTime();
const dayBefore = (days: number): string => new Date(NOW - days * DAY).toLocaleDateString('sv-SE');

function hits(bench: Bench, text: string, conversationId: string | null = null): SearchHit[] {
  return search(bench.db, { text, conversationId, limit: 50, now: NOW }).hits;
}

const snippets = (bench: Bench, text: string): string[] =>
  hits(bench, text)
    .map((hit) => hit.snippet)
    .toSorted();

const marked = (hit: SearchHit | undefined): string[] =>
  hit === undefined ? [] : hit.highlights.map(([from, to]) => hit.snippet.slice(from, to));

function filled(): Bench {
  const bench = openBench();
  const conversation = conversationOf({ labelIds: [label.id] });
  const media = {
    id: 'm1',
    mimeType: 'application/pdf',
    size: 1,
    sha256: null,
    fileName: 'Rechnung-März.pdf',
  };
  synchronised(
    bench,
    conversation,
    [
      messageOf(conversation, 'Hello, is the Café open today?', { sentAt: NOW - 5 * DAY }),
      outgoingOf(conversation, 'The cafe opens at nine', { sentAt: NOW - 4 * DAY }),
      messageOf(conversation, '我喜欢你们的咖啡馆', { sentAt: NOW - 3 * DAY }),
      messageOf(conversation, '', {
        sentAt: NOW - 2 * DAY,
        content: { kind: 'document', media, caption: null },
      }),
      messageOf(conversation, 'gone words', { sentAt: NOW - DAY, deletedAt: NOW, deletedBy: 'contact' }),
    ],
    {
      notes: [noteOf(conversation, 'cafe regular, be nice', { createdAt: NOW - DAY })],
      contact: { name: 'Zoë Müller', phone: '+491512345678', fields: { city: 'Köln' } },
    },
  );
  return bench;
}

/** Everything is asked twice: while nothing is in the index yet, and when all of it is. */
function both(check: (bench: Bench) => void): void {
  using bench = filled();
  check(bench);
  expect(bench.write.maintain({ budgetMs: 60_000 })).toEqual({ more: false });
  expect(bench.db.get`SELECT count(*) AS n FROM messages, index_state WHERE seq > high OR seq < low`).toEqual(
    { n: 0 },
  );
  check(bench);
}

test('words, accents, prefixes, phrases', () =>
  both((bench) => {
    expect(snippets(bench, 'CAFE')).toEqual([
      'Hello, is the Café open today?',
      'The cafe opens at nine',
      'cafe regular, be nice',
    ]);
    expect(snippets(bench, 'caf ope')).toEqual([]);
    expect(snippets(bench, 'cafe ope')).toEqual(['Hello, is the Café open today?', 'The cafe opens at nine']);
    expect(snippets(bench, '"cafe open"')).toEqual(['Hello, is the Café open today?']);
    expect(snippets(bench, 'cafe -nine -regular')).toEqual(['Hello, is the Café open today?']);
    expect(snippets(bench, 'gone')).toEqual([]);
  }));

test('hits are marked where they stand, newest first', () =>
  both((bench) => {
    const found = hits(bench, 'cafe');
    expect(found.map((hit) => hit.at)).toEqual(found.map((hit) => hit.at).toSorted((a, b) => b - a));
    expect(found.map(marked)).toEqual([['cafe'], ['cafe'], ['Café']]);
    expect(marked(hits(bench, 'cafe ope').at(-1))).toEqual(['Café', 'open']);
  }));

test('file names, contacts and their fields', () =>
  both((bench) => {
    expect(hits(bench, 'marz')[0]).toMatchObject({ type: 'message', snippet: 'Rechnung-März.pdf' });
    expect(hits(bench, 'zoe')[0]).toMatchObject({ type: 'contact', contactName: 'Zoë Müller' });
    expect(hits(bench, 'koln')[0]).toMatchObject({ type: 'contact' });
    expect(hits(bench, '+491512')[0]).toMatchObject({ type: 'contact' });
  }));

test('scripts without spaces', () =>
  both((bench) => {
    for (const text of ['咖啡', '喜欢你们', '馆', '我喜欢你们的咖啡馆']) {
      expect(snippets(bench, text)).toEqual(['我喜欢你们的咖啡馆']);
    }
    expect(snippets(bench, '欢喜')).toEqual([]);
    expect(marked(hits(bench, '咖啡')[0])).toEqual(['咖啡']);
  }));

test('operators', () =>
  both((bench) => {
    expect(snippets(bench, 'from:me cafe')).toEqual(['The cafe opens at nine', 'cafe regular, be nice']);
    expect(snippets(bench, 'from:ines is:sent')).toEqual(['The cafe opens at nine']);
    expect(snippets(bench, 'from:customer cafe')).toEqual(['Hello, is the Café open today?']);
    expect(snippets(bench, 'is:note')).toEqual(['cafe regular, be nice']);
    expect(snippets(bench, 'has:file')).toEqual(['Rechnung-März.pdf']);
    expect(snippets(bench, 'has:image')).toEqual([]);
    expect(snippets(bench, 'in:sales nine')).toEqual(['The cafe opens at nine']);
    expect(snippets(bench, 'in:urgent nine')).toEqual(['The cafe opens at nine']);
    expect(snippets(bench, 'in:nowhere nine')).toEqual([]);
    expect(snippets(bench, 'is:open nine')).toEqual(['The cafe opens at nine']);
    expect(snippets(bench, 'is:closed nine')).toEqual([]);
    expect(snippets(bench, `after:${dayBefore(5)} cafe`)).toContain('The cafe opens at nine');
    expect(snippets(bench, `before:${dayBefore(4)} cafe`)).toEqual(['Hello, is the Café open today?']);
    expect(snippets(bench, 'is:nonsense cafe')).toEqual([]);
  }));

test('operators about the conversation, and what only some messages have', () => {
  using bench = openBench();
  const team: Team = { id: 'team-1', name: 'Billing', memberIds: [], deleted: false, rev: 1 };
  const mine = conversationOf({ assigneeId: me.id, labelIds: [label.id], unread: 1 });
  const closed = conversationOf({ status: 'closed' });
  const queued = conversationOf({ teamId: team.id });
  const items = [mine, closed, queued].map((conversation) => ({
    conversation,
    contact: contactOf({ id: conversation.contactId }),
    messages: [],
  }));
  bench.write.saveSession(session);
  bench.write.applySnapshot({ ...snapshotAt(10), teams: [team] });
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
  const failed: Message['delivery'] = { status: 'failed', at: NOW, attempt: 1, error: null };
  const messages = [
    messageOf(mine, 'word mine https://example.com/x', { sentAt: NOW - 400 * DAY }),
    outgoingOf(closed, 'word closed', { sentAt: NOW - 3 * DAY, delivery: failed }),
    messageOf(queued, 'word queued', { sentAt: NOW - 2 * DAY }),
    outgoingOf(queued, 'word sent. Then more', { sentAt: NOW - DAY }),
  ];
  bench.write.applyPage({
    type: 'history',
    page: {
      asOf: 10,
      messages,
      notes: [noteOf(mine, 'word note', { mentions: [me.id], createdAt: NOW })],
      next: null,
    },
  });
  const ask = (): void => {
    expect(snippets(bench, 'label:urgent word')).toEqual(['word mine https://example.com/x', 'word note']);
    expect(snippets(bench, 'label:nothing word')).toEqual([]);
    expect(snippets(bench, 'assignee:me word is:note')).toEqual(['word note']);
    expect(snippets(bench, 'assignee:ines is:note')).toEqual(['word note']);
    expect(snippets(bench, 'assignee:billing word')).toEqual(['word queued', 'word sent. Then more']);
    expect(snippets(bench, 'assignee:nobody is:closed')).toEqual(['word closed']);
    expect(snippets(bench, 'is:failed')).toEqual(['word closed']);
    expect(snippets(bench, 'is:mine word')).toEqual(snippets(bench, 'assignee:me word'));
    expect(snippets(bench, 'is:unassigned word')).toEqual(snippets(bench, 'assignee:nobody word'));
    expect(snippets(bench, 'is:mine word')).not.toEqual([]);
    expect(snippets(bench, 'is:unread has:link')).toEqual(['word mine https://example.com/x']);
    expect(snippets(bench, 'is:mentioned has:note')).toEqual(['word note']);
    expect(snippets(bench, 'is:snoozed word')).toEqual([]);
    expect(snippets(bench, `before:${dayBefore(300)}`)).toEqual(['word mine https://example.com/x']);
    expect(hits(bench, 'word closed')[0]).toMatchObject({ conversationId: closed.id, id: messages[1]!.id });
  };
  ask();
  bench.write.maintain({ budgetMs: 60_000 });
  ask();
});

test('within one conversation nothing of another is found', () => {
  using bench = openBench();
  const one = conversationOf();
  const two = conversationOf();
  bench.write.applySnapshot(snapshotAt(10));
  const created = [one, two].map((conversation, index) => ({
    seq: 11 + index,
    at: 1,
    type: 'message.created',
    data: {
      message: messageOf(conversation, 'same words', { rev: 11 + index }),
      conversation: { ...conversation, rev: 11 + index },
    },
  }));
  bench.write.applyBatch({ from: 10, to: 12, head: 12, events: created });
  for (let round = 0; round < 2; round += 1) {
    expect(hits(bench, 'words')).toHaveLength(2);
    expect(hits(bench, 'words', two.id).map((hit) => hit.conversationId)).toEqual([two.id]);
    expect(hits(bench, 'words', 'unknown')).toEqual([]);
    bench.write.maintain({ budgetMs: 60_000 });
  }
});

test('an edit and a message that was thrown away are followed by the index', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const message = messageOf(conversation, 'alpha', { rev: 5 });
  synchronised(bench, conversation, [message]);
  const command = sendCommand(conversation, 'gamma');
  bench.write.enqueue({ command, me: me.id, now: NOW });
  bench.write.maintain({ budgetMs: 60_000 });
  expect(snippets(bench, 'gamma')).toEqual(['gamma']);
  const edit = {
    messageId: message.id,
    conversationId: conversation.id,
    content: { kind: 'text', body: 'beta' },
    editedAt: 2,
  };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'message.edited', data: edit }],
  });
  bench.write.discardMessage({ conversationId: conversation.id, messageId: command.data.messageId });
  expect(snippets(bench, 'alpha')).toEqual([]);
  expect(snippets(bench, 'beta')).toEqual(['beta']);
  expect(snippets(bench, 'gamma')).toEqual([]);
});

test('newest first also across what came with conversations and the history behind', () => {
  using bench = openBench();
  const busy = conversationOf({ activeAt: 1_000 });
  const quiet = conversationOf({ activeAt: 10 });
  bench.write.applySnapshot(snapshotAt(10));
  const item = (conversation: typeof busy, sentAt: number) => ({
    conversation,
    contact: contactOf({ id: conversation.contactId }),
    messages: [messageOf(conversation, `word ${sentAt}`, { sentAt })],
  });
  bench.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [item(busy, 1_000), item(quiet, 10)], next: null },
  });
  const history = [900, 800, 5].map((sentAt) => messageOf(busy, `word ${sentAt}`, { sentAt }));
  bench.write.applyPage({ type: 'history', page: { asOf: 10, messages: history, notes: [], next: null } });
  bench.write.maintain({ budgetMs: 60_000 });
  const found = search(bench.db, { text: 'word', conversationId: null, limit: 3, now: NOW }).hits;
  expect(found.map((hit) => hit.at)).toEqual([1_000, 900, 800]);
});

test('what was searched is told', () => {
  using bench = filled();
  expect(search(bench.db, { text: 'cafe', conversationId: null, limit: 5, now: NOW })).toMatchObject({
    searched: 5,
    total: 5,
    complete: true,
  });
});

test('no text throws, and the index finds the same as a look at every message', () => {
  const pieces = fc.constantFrom(
    'cafe',
    'open',
    '"',
    '*',
    '(',
    ')',
    ' OR ',
    ' NEAR(',
    '-',
    '^',
    ':',
    'from:',
    'is:',
    '我喜',
    '{body}',
    "'",
    ';',
    '\0',
    'before:2026',
    '馆',
    'NOT ',
    '+',
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );
  using scanned = filled();
  using indexed = filled();
  indexed.write.maintain({ budgetMs: 60_000 });
  fc.assert(
    fc.property(texts, (text) => {
      expect(snippets(indexed, text)).toEqual(snippets(scanned, text));
    }),
    { numRuns: 400 },
  );
});
