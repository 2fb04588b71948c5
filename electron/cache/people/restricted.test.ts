import { expect, test } from 'vitest';
import {
  contactOf,
  conversationOf,
  me,
  messageOf,
  openBench,
  parsed,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import { readConversations } from '../read/inbox.ts';
import { search } from '../search/search.ts';
import { readContactTimeline } from './read-person.ts';

const NOW = 5_000;

test('what was written with a restricted person is not found and not previewed, stays stored, and comes back', () => {
  using bench = openBench();
  const last = {
    id: 'm',
    kind: 'text',
    text: 'secret words',
    direction: 'in',
    status: null,
    at: 1_000,
  } as const;
  const conversation = conversationOf({ lastMessage: last });
  const contact = contactOf({ id: conversation.contactId, name: 'Restricted Rita' });
  synchronised(bench, conversation, [messageOf(conversation, 'secret words')], { contact });
  let seq = 10;
  const changed = (restriction: object | null) => {
    seq += 1;
    const data = { contact: { ...contact, restriction, rev: seq } };
    bench.write.applyBatch({
      from: seq - 1,
      to: seq,
      head: seq,
      events: [{ seq, at: seq, type: 'contact.changed', data }],
    });
  };
  const hits = () =>
    search(bench.db, { text: 'secret', conversationId: null, limit: 5, now: NOW }).hits.length;
  const people = () =>
    search(bench.db, { text: 'rita', conversationId: null, limit: 5, now: NOW }).hits.length;
  const preview = () => {
    const ask = {
      view: { kind: 'all' },
      sort: 'newest',
      me: me.id,
      now: NOW,
      after: null,
      limit: 5,
    } as const;
    const { rows } = parsed<{ rows: { conversation: { lastMessage: { text: string } } }[] }>(
      readConversations(bench.db, ask),
    );
    return rows[0]?.conversation.lastMessage.text;
  };
  for (const indexed of [false, true]) {
    if (indexed) bench.write.maintain({ budgetMs: 60_000 });
    expect([hits(), people(), preview()]).toEqual([1, 1, 'secret words']);
    changed({ since: 1, reason: 'asked', requestId: null });
    expect([hits(), people(), preview()]).toEqual([0, 0, '']);
    expect(
      readContactTimeline(bench.db, { contactId: contact.id, before: null, limit: 5 }).items,
    ).toHaveLength(1);
    changed(null);
  }
  expect([hits(), people(), preview()]).toEqual([1, 1, 'secret words']);
});
