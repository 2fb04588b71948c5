import { expect, test } from 'vitest';
import type { ThreadItem, ThreadPage } from '../../../shared/contract/rows.ts';
import type { Activity } from '../../../shared/domain/activity.ts';
import {
  conversationOf,
  me,
  messageOf,
  noteOf,
  openBench,
  parsed,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { expandThread } from './expand-thread.ts';
import { readThread, readThreadAround } from './thread.ts';
import type { PackedThread } from './thread.ts';

const conversation = conversationOf();
const messages = Array.from({ length: 30 }, (_, index) =>
  messageOf(conversation, `m${index}`, { sentAt: 1_000 + Math.floor(index / 3) * 10 }),
);
const notes = [noteOf(conversation, 'n', { createdAt: 1_045 })];
const activity: Activity = {
  id: 'act',
  conversationId: conversation.id,
  actorId: me.id,
  kind: 'assigned',
  from: null,
  to: me.id,
  note: 'please',
  at: 1_050,
  rev: 5,
};

function filled(): Bench {
  const bench = openBench();
  synchronised(bench, conversation, messages, { notes });
  const event = { seq: 11, at: 1, type: 'activity.created', data: { activity } };
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events: [event] });
  return bench;
}

const place = (item: ThreadItem): { at: number; id: string } => {
  if (item.type === 'message') return { at: item.message.sentAt, id: item.message.id };
  if (item.type === 'note') return { at: item.note.createdAt, id: item.note.id };
  return { at: item.activity.at, id: item.activity.id };
};
const all = [
  ...messages.map(({ id, sentAt }) => ({ at: sentAt, id })),
  { at: 1_045, id: notes[0]!.id },
  { at: 1_050, id: 'act' },
].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

const pageOf = (json: ReturnType<typeof readThreadAround>): ThreadPage =>
  expandThread(parsed<PackedThread>(json!));
const around = (bench: Bench, target: { messageId: string } | { at: number }, limit: number): ThreadPage =>
  pageOf(readThreadAround(bench.db, { conversationId: conversation.id, target, limit }));

test('a jump shows the target in the middle, and goes on in both directions to both ends', () => {
  using bench = filled();
  for (const limit of [1, 2, 5, 8]) {
    for (const target of [all[0]!, all[1]!, all[14]!, all[31]!]) {
      const first = around(bench, { messageId: target.id }, limit);
      // An activity is no target of its own.
      if (target.id === 'act') continue;
      expect(first.items.map(place)).toContainEqual(target);
      expect(first.items.length).toBeLessThanOrEqual(limit);
      const seen = first.items.map(place);
      for (let page = first; page.newer;) {
        page = pageOf(
          readThread(bench.db, { conversationId: conversation.id, before: null, after: seen.at(-1)!, limit }),
        );
        seen.push(...page.items.map(place));
      }
      for (let page = first; page.older === 'cache';) {
        page = pageOf(readThread(bench.db, { conversationId: conversation.id, before: seen[0]!, limit }));
        seen.unshift(...page.items.map(place));
        if (page.older !== 'cache') expect(page.older).toBe('none');
      }
      expect(seen).toEqual(all);
    }
  }
});

test('a jump to a time begins there; one that is not here is said so', () => {
  using bench = filled();
  const page = around(bench, { at: 1_050 }, 6);
  expect(page.items.filter((item) => place(item).at >= 1_050)).toHaveLength(3);
  expect(place(page.items[3]!).at).toBe(1_050);
  expect(page.newer).toBe(true);
  expect(around(bench, { at: 99_999 }, 6)).toMatchObject({ newer: false, older: 'cache' });
  const target = { messageId: 'unknown' };
  expect(readThreadAround(bench.db, { conversationId: conversation.id, target, limit: 5 })).toBeNull();
  const activities = page.items.filter((item) => item.type === 'activity');
  expect(
    [...activities, ...around(bench, { at: 1_050 }, 9).items.filter((item) => item.type === 'activity')].at(
      -1,
    ),
  ).toEqual({
    type: 'activity',
    activity,
  });
});

test('activities leave with their conversation', () => {
  using bench = filled();
  const event = { seq: 12, at: 1, type: 'conversation.withdrawn', data: { conversationId: conversation.id } };
  bench.write.applyBatch({ from: 11, to: 12, head: 12, events: [event] });
  expect(bench.db.get`SELECT count(*) AS n FROM activities`).toEqual({ n: 0 });
});
