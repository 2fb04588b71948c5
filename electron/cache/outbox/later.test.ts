import { expect, test } from 'vitest';
import type { ConversationRow, OutboxItem } from '../../../shared/contract/rows.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import { HOUR, SECOND } from '../../../shared/domain/time.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import {
  conversationOf,
  me,
  messageOf,
  noteOf,
  openBench,
  outgoingOf,
  parsed,
  sendCommand,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readConversation } from '../read/conversation.ts';
import { expandThread } from '../read/expand-thread.ts';
import { readConversations } from '../read/inbox.ts';
import { readOutboxItems } from '../read/outbox.ts';
import { readSendFacts } from '../read/send-facts.ts';
import { readThread } from '../read/thread.ts';
import type { PackedThread } from '../read/thread.ts';
import { readOutboxDue } from './line.ts';

const NOW = 10_000;

function write(bench: Bench, command: Command, now = NOW, sendAt: number | null = null): Command {
  bench.write.enqueue({ command, me: me.id, now, sendAt });
  while (bench.write.showKept());
  return command;
}

const close = (conversation: Conversation): Command => ({
  id: newId(),
  type: 'conversation.status',
  data: { conversationId: conversation.id, status: 'closed', snoozedUntil: null, reason: null },
});

const dueIds = (bench: Bench, now: number): string[] =>
  readOutboxDue(bench.db, { now, limit: 9 }).due.map((one) => one.command.id);

const items = (bench: Bench, now = NOW): OutboxItem[] => readOutboxItems(bench.db, { now });

function row(bench: Bench): ConversationRow | undefined {
  return parsed<{ rows: ConversationRow[] }>(
    readConversations(bench.db, { view: { kind: 'all' }, me: me.id, now: NOW, after: null, limit: 5 }),
  ).rows[0];
}

test('a message that can be taken back is waited for, and what was done after it does not overtake it', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const reply = write(bench, sendCommand(conversation, 'bye'), NOW, NOW + 5 * SECOND);
  const closing = write(bench, close(conversation), NOW + 1);
  expect(readOutboxDue(bench.db, { now: NOW + SECOND, limit: 9 })).toMatchObject({
    due: [],
    nextAt: NOW + 5 * SECOND,
  });
  expect(dueIds(bench, NOW + 5 * SECOND)).toEqual([reply.id]);
  bench.write.markSending({ ids: [reply.id] });
  expect(dueIds(bench, NOW + 5 * SECOND)).toEqual([]);
  bench.write.settle([{ id: reply.id, outcome: 'acked', seq: 11 }]);
  expect(dueIds(bench, NOW + 5 * SECOND)).toEqual([closing.id]);
});

test('one for later holds nothing back, changes no list, stands below what comes meanwhile, and keeps its turn', () => {
  using bench = openBench();
  const conversation = conversationOf({ status: 'open', waitingSince: 5, activeAt: 9_000 });
  synchronised(bench, conversation, [messageOf(conversation, 'hello', { sentAt: 9_000 })]);
  const later = write(bench, sendCommand(conversation, 'tomorrow'), NOW, NOW + HOUR);
  const soon = write(bench, sendCommand(conversation, 'soon'), NOW + 1, NOW + HOUR / 2);
  expect(row(bench)).toMatchObject({ conversation: { waitingSince: 5, activeAt: 9_000 }, unsent: 2 });
  expect(readOutboxDue(bench.db, { now: NOW + 2, limit: 9 })).toMatchObject({
    due: [],
    nextAt: NOW + HOUR / 2,
  });
  const now = write(bench, sendCommand(conversation, 'now'), NOW + 2);
  expect(dueIds(bench, NOW + 2)).toEqual([now.id]);
  const page = expandThread(
    parsed<PackedThread>(
      readThread(bench.db, { conversationId: conversation.id, before: null, limit: 9, now: NOW + 2 }),
    ),
  );
  expect(page.items.map((item) => (item.type === 'activity' ? null : (item.outbox?.state ?? null)))).toEqual([
    null,
    'waiting',
    'scheduled',
    'scheduled',
  ]);
  // Everything was offline for two hours: the order is that in which each was due.
  const late = write(bench, sendCommand(conversation, 'much later'), NOW + 2 * HOUR);
  const order: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const [head] = dueIds(bench, NOW + 2 * HOUR);
    order.push(head ?? '');
    bench.write.markSending({ ids: [head ?? ''] });
    bench.write.settle([{ id: head ?? '', outcome: 'acked', seq: 900 }]);
  }
  expect(order).toEqual([now.id, soon.id, later.id, late.id]);
});

test('discarding gives back what was written and leaves everything as it was', () => {
  using bench = openBench();
  const conversation = conversationOf({
    status: 'snoozed',
    snoozedUntil: 50_000,
    waitingSince: 5,
    assigneeId: null,
  });
  synchronised(bench, conversation, []);
  const before = readConversation(bench.db, { id: conversation.id });
  const command = sendCommand(conversation, 'oops');
  write(bench, command, NOW, NOW + 5 * SECOND);
  // A reply opens it again and makes it the writer's, as the gateway will.
  expect(readConversation(bench.db, { id: conversation.id })?.conversation).toMatchObject({
    status: 'open',
    snoozedUntil: null,
    assigneeId: me.id,
    waitingSince: null,
  });
  const { messageId } = command.data;
  expect(bench.write.discardMessage({ conversationId: conversation.id, messageId })).toMatchObject({
    content: { kind: 'text', body: 'oops' },
  });
  expect(readConversation(bench.db, { id: conversation.id })).toEqual(before);
  expect(items(bench)).toEqual([]);
  expect(bench.write.discardMessage({ conversationId: conversation.id, messageId })).toBeNull();
});

test('a held message steps out of the line, says why, and is counted; it can be revised or sent anyway', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = sendCommand(conversation, 'hello');
  command.data.seenRev = 7;
  const { messageId } = command.data;
  write(bench, command);
  const next = write(bench, sendCommand(conversation, 'and more'), NOW + 1);
  bench.write.hold({ id: command.id, reason: 'reassigned' });
  expect(dueIds(bench, NOW + 1)).toEqual([next.id]);
  expect(items(bench)[0]).toMatchObject({ status: { state: 'held', error: 'reassigned' }, text: 'hello' });
  expect(row(bench)).toMatchObject({ failed: 1, unsent: 1 });
  const content: MessageContent = { kind: 'text', body: 'hello again' };
  const target = { conversationId: conversation.id, messageId };
  bench.write.reviseMessage({ ...target, content, sendAt: NOW + 9, commandId: 'c2', now: NOW });
  expect(items(bench)[0]).toMatchObject({ status: { id: 'c2', state: 'scheduled', error: null }, content });
  expect(readThreadTexts(bench, conversation)).toContain('hello again');
  expect(readSendFacts(bench.db, { ids: ['c2'] })[0]?.assigneeIdWhenWritten).toBeNull();
  bench.write.hold({ id: 'c2', reason: 'unseen' });
  bench.write.retryMessage({ ...target, commandId: 'c3', anyway: true, now: NOW });
  expect(readOutboxDue(bench.db, { now: NOW, limit: 1 }).due[0]?.command).toMatchObject({
    id: 'c3',
    data: { seenRev: null },
  });
  expect(readSendFacts(bench.db, { ids: ['c3'] })[0]).not.toHaveProperty('assigneeIdWhenWritten');
  bench.write.markSending({ ids: ['c3'] });
  expect(() =>
    bench.write.reviseMessage({ ...target, content, sendAt: null, commandId: 'c4', now: NOW }),
  ).toThrow(/under way/u);
});

function readThreadTexts(bench: Bench, conversation: Conversation): string[] {
  const page = expandThread(
    parsed<PackedThread>(readThread(bench.db, { conversationId: conversation.id, before: null, limit: 9 })),
  );
  return page.items.flatMap((item) =>
    item.type === 'message' && item.message.content.kind === 'text' ? [item.message.content.body] : [],
  );
}

test('what is asked before sending: what others wrote since, who had it then, and the gateway’s state', () => {
  using bench = openBench();
  const conversation = conversationOf({ assigneeId: null, lastInboundAt: 5, windowEndsAt: 77 });
  synchronised(bench, conversation, [messageOf(conversation, 'old', { rev: 4 })]);
  const command = sendCommand(conversation, 'hello');
  write(bench, command);
  const facts = () => readSendFacts(bench.db, { ids: [command.id] })[0];
  // What a page brought may have been seen: only what arrives is news.
  expect(facts()).toMatchObject({ newestForeignRev: null, assigneeIdWhenWritten: null, template: null });
  expect(facts()?.conversation).toEqual(conversation);
  const at = (seq: number, fields: Partial<Conversation>) => ({ ...conversation, ...fields, rev: seq });
  const taken = at(12, { assigneeId: 'colleague' });
  bench.write.applyBatch({
    from: 10,
    to: 14,
    head: 14,
    events: [
      {
        seq: 11,
        at: 1,
        type: 'message.created',
        data: { message: messageOf(conversation, 'new', { rev: 11 }), conversation: at(11, {}) },
      },
      { seq: 12, at: 1, type: 'conversation.changed', data: { conversation: taken } },
      { seq: 13, at: 1, type: 'note.created', data: { note: noteOf(conversation, 'mine', { rev: 13 }) } },
      {
        seq: 14,
        at: 1,
        type: 'message.created',
        data: {
          message: outgoingOf(conversation, 'mine', { rev: 14 }),
          conversation: at(14, { assigneeId: 'colleague' }),
        },
      },
    ],
  });
  expect(facts()).toMatchObject({ newestForeignRev: 11, assigneeIdWhenWritten: null });
  expect(facts()?.conversation.assigneeId).toBe('colleague');
  bench.write.applyBatch({
    from: 14,
    to: 15,
    head: 15,
    events: [
      {
        seq: 15,
        at: 1,
        type: 'note.created',
        data: { note: noteOf(conversation, 'theirs', { authorId: 'colleague', rev: 15 }) },
      },
    ],
  });
  expect(facts()?.newestForeignRev).toBe(15);
});

test('only what never left is withdrawn', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const first = write(bench, close(conversation));
  const second = write(bench, sendCommand(conversation, 'x'));
  bench.write.markSending({ ids: [first.id] });
  bench.write.resetSending();
  expect(bench.write.withdraw({ ids: [first.id, second.id, 'unknown'] }).withdrawn).toEqual([second.id]);
  expect(items(bench).map((item) => item.status.id)).toEqual([first.id]);
  expect(readThreadTexts(bench, conversation)).toEqual([]);
});

test('the outbox says what a change does, and nothing of what was only read', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const hello = messageOf(conversation, 'hello');
  synchronised(bench, conversation, [hello]);
  const conversationId = conversation.id;
  write(bench, { id: newId(), type: 'conversation.read', data: { conversationId, upTo: hello.id } });
  write(bench, {
    id: newId(),
    type: 'conversation.undo',
    data: { conversationId, commandId: newId(), restore: { unread: 0 } },
  });
  write(bench, close(conversation));
  write(bench, {
    id: newId(),
    type: 'message.react',
    data: { conversationId, messageId: hello.id, emoji: '👍' },
  });
  write(bench, sendCommand(conversation, 'bye'));
  expect(items(bench).map(({ type, change }) => [type, change])).toEqual([
    ['conversation.status', { type: 'status', status: 'closed', snoozedUntil: null }],
    ['message.react', { type: 'react', emoji: '👍' }],
    ['message.send', null],
  ]);
});
