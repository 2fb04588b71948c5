/** What is over its time leaves everything: rows, index, journal, free pages; looked for in the plain bytes of every page. */
import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { addCalendarDays } from '../../../shared/domain/calendar.ts';
import { cutoffAt } from '../../../shared/domain/retention-cutoff.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import {
  contactOf,
  conversationOf,
  messageOf,
  noteOf,
  openBench,
  outgoingOf,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { plainPages } from '../../../test/support/plain-pages.ts';
import { search } from '../search/search.ts';
import { readDump } from '../read/diagnostics.ts';
import { readOutline, readPreview, readSamples } from './outline.ts';
import { readReceipts, readRunning } from './purge.ts';
import { readKept } from './kept.ts';
import type { Cutoffs, Held, PurgePlan } from './types.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const NOBODY: Held = { all: false, conversationIds: [], contactIds: [] };
const NEVER: Cutoffs = { content: null, log: null, media: null, notes: null, exports: null, audit: null };

function planOf(cutoffs: Partial<Cutoffs>, fields: Partial<PurgePlan> = {}): PurgePlan {
  return {
    id: newId(),
    reason: 'manual',
    now: NOW,
    mode: 'delete',
    cutoffs: { ...NEVER, ...cutoffs },
    held: NOBODY,
    drop: [],
    before: 0,
    ...fields,
  };
}

function run(bench: Bench, plan: PurgePlan, budgetMs = 50): number {
  bench.write.startPurge(plan);
  return finish(bench, budgetMs);
}

function finish(bench: Bench, budgetMs = 50): number {
  let steps = 1;
  while ((bench.write.purgeStep({ budgetMs }) as { more: boolean }).more) steps += 1;
  return steps;
}

function bytesOf(bench: Bench): string {
  return plainPages(bench.db);
}

/** `count` days of one message each, the newest an hour old. */
function days(conversation: ReturnType<typeof conversationOf>, count: number, word: string) {
  return Array.from({ length: count }, (_, day) =>
    messageOf(conversation, '', {
      id: newId(NOW - HOUR - day * DAY),
      sentAt: NOW - HOUR - day * DAY,
      content: { kind: 'text', body: `${word}${day}z` },
    }),
  );
}

function everything(bench: Bench): void {
  while ((bench.write.maintain({ budgetMs: 100 }) as { more: boolean }).more);
}

test.each(['with the index', 'shard dropped'] as const)(
  'R004-1: at day 90 and a moment nothing of a message is in any page, the index included (%s)',
  (how) => {
    using bench = openBench();
    const messages = days(conversationOf(), 120, 'quagword');
    const conversation = conversationOf({ id: messages[0]!.conversationId });
    synchronised(bench, conversation, messages.slice(how === 'shard dropped' ? 92 : 0));
    everything(bench);
    const cutoffs: Cutoffs = {
      ...NEVER,
      log: NOW - 90 * DAY,
      content: NOW - 90 * DAY,
      media: NOW - 90 * DAY,
    };
    const { drop } = readOutline(bench.db, { cutoffs, held: NOBODY });
    expect(drop.length).toBe(how === 'shard dropped' ? 1 : 0);
    run(bench, planOf(cutoffs, { drop }));
    const bytes = bytesOf(bench);
    for (let day = 90; day < 120; day += 1) expect(bytes).not.toContain(`quagword${day}z`);
    if (how === 'with the index') {
      for (let day = 0; day < 89; day += 1) expect(bytes).toContain(`quagword${day}z`);
      expect(
        search(bench.db, { text: 'quagword3z', conversationId: null, limit: 9, now: NOW }).hits,
      ).toHaveLength(1);
    }
    expect(search(bench.db, { text: 'quagword95', conversationId: null, limit: 9, now: NOW }).hits).toEqual(
      [],
    );
  },
);

test('R004-1: the cut-off follows the days on which clocks change, by the reading that deletes first', () => {
  // In Berlin the clocks went back on 25 October 2026 at 3:00.
  const now = Date.UTC(2026, 9, 26, 11);
  const cutoff = cutoffAt(2, now, 'Europe/Berlin')!;
  expect(cutoff).toBe(Math.max(now - 2 * DAY, addCalendarDays(now, -2, 'Europe/Berlin', 'later')));
  using bench = openBench();
  const conversation = conversationOf();
  const at = (sentAt: number, body: string) =>
    messageOf(conversation, '', { sentAt, content: { kind: 'text', body } });
  synchronised(bench, conversation, [
    at(cutoff - 1, 'goes'),
    at(cutoff, 'stays'),
    at(cutoff + HOUR, 'stays too'),
  ]);
  run(bench, planOf({ log: cutoff, content: cutoff }, { now }));
  expect(
    readDump(bench.db)
      .messages.map(({ sentAt }) => sentAt - cutoff)
      .toSorted((a, b) => a - b),
  ).toEqual([0, HOUR]);
});

test('R002-1: anonymised rows keep time, direction and status, and nothing that leads to a person', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const out = outgoingOf(conversation, '', {
    sentAt: NOW - 100 * DAY,
    content: { kind: 'text', body: 'quagwordout' },
    delivery: { status: 'read', at: NOW - 99 * DAY, attempt: 1, error: null },
  });
  const inbound = messageOf(conversation, '', {
    sentAt: NOW - 95 * DAY,
    content: { kind: 'text', body: 'quagwordin' },
  });
  synchronised(bench, conversation, [out, inbound]);
  everything(bench);
  run(bench, planOf({ log: NOW - 90 * DAY, content: NOW - 90 * DAY }, { mode: 'anonymise' }));
  expect(bench.db.all`SELECT at, direction, status FROM anonymous_log ORDER BY at`).toEqual([
    { at: out.sentAt, direction: 'out', status: 'read' },
    { at: inbound.sentAt, direction: 'in', status: null },
  ]);
  const bytes = bytesOf(bench);
  for (const word of ['quagwordout', 'quagwordin', out.id, inbound.id]) expect(bytes).not.toContain(word);
});

test('S004: content goes before the log: time, direction and status stay, the text nowhere', () => {
  using bench = openBench();
  const conversation = conversationOf({
    lastMessage: {
      id: newId(),
      kind: 'text',
      text: 'quagwordlast',
      direction: 'in',
      status: null,
      at: NOW - 40 * DAY,
    },
  });
  const old = messageOf(conversation, '', {
    sentAt: NOW - 40 * DAY,
    content: { kind: 'text', body: 'quagwordold' },
  });
  const answer = messageOf(conversation, '', {
    sentAt: NOW - DAY,
    content: { kind: 'text', body: 'still here' },
    quote: { messageId: old.id, providerId: null, kind: 'text', text: 'quagwordquote' },
  });
  synchronised(bench, conversation, [old, answer]);
  everything(bench);
  run(bench, planOf({ log: NOW - 90 * DAY, content: NOW - 30 * DAY }));
  const { messages, conversations } = readDump(bench.db);
  expect(messages.find(({ id }) => id === old.id)).toMatchObject({
    sentAt: old.sentAt,
    direction: 'in',
    content: { kind: 'unknown', type: 'expired' },
  });
  expect(messages.find(({ id }) => id === answer.id)?.quote).toMatchObject({ messageId: old.id, text: null });
  expect(conversations[0]?.lastMessage).toMatchObject({ text: '', at: NOW - 40 * DAY });
  const bytes = bytesOf(bench);
  for (const word of ['quagwordold', 'quagwordlast', 'quagwordquote']) expect(bytes).not.toContain(word);
});

test('X-1: a legal hold on a conversation, a person or everything keeps what is over its time, and the preview counts it', () => {
  const cutoffs: Cutoffs = { ...NEVER, log: NOW - 90 * DAY, content: NOW - 90 * DAY };
  const conversation = conversationOf();
  const messages = days(conversation, 100, 'held');
  for (const held of [
    { ...NOBODY, all: true },
    { ...NOBODY, conversationIds: [conversation.id] },
    { ...NOBODY, contactIds: [conversation.contactId] },
  ]) {
    using bench = openBench();
    synchronised(bench, conversation, messages);
    everything(bench);
    expect(readPreview(bench.db, { cutoffs, held })).toMatchObject({ messages: 0, held: 10 });
    expect(readOutline(bench.db, { cutoffs, held }).drop).toEqual([]);
    run(bench, planOf(cutoffs, { held }));
    expect(readDump(bench.db).messages).toHaveLength(100);
  }
});

test('the preview says what would go and what stays', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, days(conversation, 100, 'some'));
  const cutoffs: Cutoffs = { ...NEVER, log: NOW - 90 * DAY, content: NOW - 50 * DAY };
  const preview = readPreview(bench.db, { cutoffs, held: NOBODY });
  expect(preview).toMatchObject({
    messages: 10,
    blanked: 40,
    conversations: 1,
    held: 0,
    oldestStays: NOW - HOUR - 89 * DAY,
  });
  expect(preview.bytes).toBeGreaterThan(1_000);
  expect(readSamples(bench.db, { cutoffs, held: NOBODY, limit: 5 }).length).toBe(0);
});

test('what comes late and is older than the cut-off is not stored again', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const messages = days(conversation, 100, 'late');
  synchronised(bench, conversation, messages);
  run(bench, planOf({ log: NOW - 90 * DAY, content: NOW - 60 * DAY, notes: NOW - 60 * DAY }));
  expect(readDump(bench.db).messages).toHaveLength(90);
  const note = noteOf(conversation, 'a note', { createdAt: NOW - 70 * DAY });
  bench.write.applyPage({
    type: 'conversation',
    request: { conversationId: conversation.id, cursor: null, limit: 200 },
    page: {
      asOf: 10,
      messages: messages.map((message) => ({ ...message, rev: message.rev + 1 })),
      notes: [note],
      next: null,
    },
  });
  const seventy = messages[70]!;
  bench.write.applyBatch({
    from: 10,
    to: 12,
    head: 12,
    events: [
      {
        seq: 11,
        at: NOW,
        type: 'message.created',
        data: {
          message: { ...messages[95]!, id: newId(), rev: 11 },
          conversation: { ...conversation, rev: 11 },
        },
      },
      {
        seq: 12,
        at: NOW,
        type: 'message.edited',
        data: {
          messageId: seventy.id,
          conversationId: conversation.id,
          content: { kind: 'text', body: 'quagagain' },
          editedAt: NOW,
        },
      },
    ],
  });
  const dump = readDump(bench.db);
  expect(dump.messages).toHaveLength(90);
  expect(dump.notes).toEqual([]);
  const bytes = bytesOf(bench);
  for (const word of ['late70z', 'late95z', 'quagagain']) expect(bytes).not.toContain(word);
});

test('small steps: it goes on where it was after the writer began anew, and ends in a receipt', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const messages = days(conversation, 1_500, 'step');
  synchronised(bench, conversation, messages, {
    notes: [noteOf(conversation, 'a note', { createdAt: NOW - 200 * DAY })],
  });
  everything(bench);
  const plan = planOf({ log: NOW - 90 * DAY, content: NOW - 90 * DAY, notes: NOW - 90 * DAY });
  bench.write.startPurge(plan);
  bench.write.purgeStep({ budgetMs: 0 });
  bench.write.purgeStep({ budgetMs: 0 });
  const half = readDump(bench.db).messages.length;
  expect(half).toBeGreaterThan(90);
  expect(half).toBeLessThan(1_500);
  expect(() => bench.write.startPurge(planOf({}))).toThrow(expect.objectContaining({ kind: 'conflict' }));
  bench.restartWriter();
  finish(bench, 0);
  expect(readDump(bench.db).messages).toHaveLength(90);
  expect(readRunning(bench.db)?.counts).toMatchObject({ messages: 1_410, notes: 1 });
  bench.write.finishPurge({
    id: plan.id,
    reason: plan.reason,
    startedAt: NOW,
    finishedAt: NOW,
    mode: 'delete',
    cutoffs: plan.cutoffs,
    counts: readRunning(bench.db)!.counts,
    before: 2,
    after: 1,
    scan: null,
    backupsUntil: null,
  });
  expect(readRunning(bench.db)).toBeNull();
  expect(readReceipts(bench.db)).toMatchObject([{ id: plan.id, counts: { messages: 1_410 } }]);
  // A clock that went back gains no time.
  bench.write.startPurge(planOf({}, { now: NOW - 400 * DAY }));
  expect(readKept(bench.db)?.at).toBe(NOW);
});

test('S004: contacts never go by age', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, days(conversation, 5, 'gone'), { contact: { name: 'Stays Here' } });
  run(bench, planOf({ log: NOW, content: NOW }));
  const { contacts, messages } = readDump(bench.db);
  expect(messages).toEqual([]);
  expect(contacts).toMatchObject([{ id: contactOf({ id: conversation.contactId }).id, name: 'Stays Here' }]);
});
