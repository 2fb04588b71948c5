import { expect, test } from 'vitest';
import type { ImportJob } from '../../../shared/contract/imports.ts';
import type { ThreadPage } from '../../../shared/contract/rows.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { GatewayError } from '../../../shared/protocol/errors.ts';
import {
  draftOf,
  conversationOf,
  me,
  openBench,
  outgoingOf,
  messageOf,
  parsed,
  sendCommand,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readDump } from '../read/diagnostics.ts';
import { expandThread } from '../read/expand-thread.ts';
import type { PackedThread } from '../read/thread.ts';
import { readThread } from '../read/thread.ts';
import { readOutboxDue, readUnsent, readUnsentWork } from './line.ts';

const refused: GatewayError = { kind: 'window_closed', retry: 'never', afterMs: null, message: 'closed' };

function put(bench: Bench, command: Command, now = 2_000): Command {
  bench.write.enqueue({ command, me: me.id, now });
  bench.write.showKept();
  return command;
}

function thread(bench: Bench, conversation: Conversation): ThreadPage {
  const input = { conversationId: conversation.id, before: null, limit: 50 };
  return expandThread(parsed<PackedThread>(readThread(bench.db, input)));
}

const due = (bench: Bench, now = 10_000): string[] =>
  readOutboxDue(bench.db, { now, limit: 50 }).due.map(({ command }) => command.id);
const shown = (bench: Bench): Conversation => readDump(bench.db).conversations[0]!;

test('a message is in the thread, in the list and in the line as soon as it is written', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const question = messageOf(conversation, 'a question');
  synchronised(bench, conversation, [question]);
  const command = sendCommand(conversation, 'the answer');
  put(bench, { ...command, data: { ...command.data, quotedMessageId: question.id } });
  const [, item] = thread(bench, conversation).items;
  expect(item).toMatchObject({
    type: 'message',
    message: {
      id: command.data.messageId,
      delivery: { status: 'queued', attempt: 1 },
      quote: { messageId: question.id, text: 'a question' },
      author: { type: 'user', userId: me.id },
    },
    outbox: { id: command.id, state: 'waiting', attempts: 0 },
  });
  expect(shown(bench)).toMatchObject({
    activeAt: 2_000,
    lastMessage: { text: 'the answer', status: 'queued' },
  });
  expect(due(bench)).toEqual([command.id]);
});

test('what was kept is shown after a crash that came before it could be', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = sendCommand(conversation, 'kept');
  bench.write.enqueue({ command, me: me.id, now: 2_000 });
  expect(thread(bench, conversation).items).toEqual([]);
  // Any later transaction shows it, as the first one of a new process does.
  bench.write.saveDraft({ conversationId: conversation.id, draft: draftOf('x'), now: 1 });
  expect(thread(bench, conversation).items).toHaveLength(1);
});

test('first in, first out in one conversation; another is not held back', () => {
  using bench = openBench();
  const one = conversationOf();
  synchronised(bench, one, []);
  const two = conversationOf();
  const created = {
    seq: 11,
    at: 1,
    type: 'conversation.changed',
    data: { conversation: { ...two, rev: 11 } },
  };
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events: [created] });
  const first = put(bench, sendCommand(one, '1'));
  const second = put(bench, sendCommand(one, '2'));
  const other = put(bench, sendCommand(two, '3'));
  expect(due(bench)).toEqual([first.id, other.id]);
  bench.write.markSending({ ids: [first.id] });
  expect(due(bench)).toEqual([other.id]);
  bench.write.settle([{ id: first.id, outcome: 'again', retryAt: 20_000, error: null }]);
  expect(due(bench)).toEqual([other.id]);
  expect(readOutboxDue(bench.db, { now: 10_000, limit: 5 }).nextAt).toBe(20_000);
  expect(due(bench, 20_000)).toEqual([first.id, other.id]);
  // A held one steps out of the line.
  bench.write.settle([{ id: first.id, outcome: 'refused', error: refused }]);
  expect(due(bench)).toEqual([second.id, other.id]);
});

test('an acked command stays until its events are here', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = sendCommand(conversation, 'hello');
  put(bench, command);
  bench.write.markSending({ ids: [command.id] });
  bench.write.settle([{ id: command.id, outcome: 'acked', seq: 12 }]);
  expect(thread(bench, conversation).items[0]).toMatchObject({ outbox: { state: 'sent' } });
  expect(readUnsent(bench.db)).toBe(0);
  const message = outgoingOf(conversation, 'hello', { id: command.data.messageId, sentAt: 2_500, rev: 12 });
  const state = { ...conversation, activeAt: 2_500, rev: 12 };
  const outcome = bench.write.applyBatch({
    from: 10,
    to: 12,
    head: 12,
    events: [{ seq: 12, at: 2_500, type: 'message.created', data: { message, conversation: state } }],
  });
  expect(outcome.settled).toEqual([command.id]);
  expect(thread(bench, conversation).items).toEqual([{ type: 'message', message, outbox: null }]);
  expect(shown(bench)).toEqual(state);
});

test('an ack that comes after its events settles at once', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = put(bench, {
    id: newId(),
    type: 'conversation.unread',
    data: { conversationId: conversation.id },
  });
  expect(shown(bench).unread).toBe(1);
  bench.write.settle([{ id: command.id, outcome: 'acked', seq: 7 }]);
  expect(bench.db.all`SELECT id FROM outbox`).toEqual([]);
});

test('changes are shown over whatever the gateway says, until they are settled; refused ones are taken back', () => {
  using bench = openBench();
  const conversation = conversationOf({ unread: 3 });
  synchronised(bench, conversation, []);
  const data = { conversationId: conversation.id };
  put(bench, { id: newId(), type: 'conversation.read', data: { ...data, upTo: newId() } });
  const assign = put(bench, {
    id: newId(),
    type: 'conversation.assign',
    data: { ...data, assigneeId: me.id },
  });
  put(bench, { id: newId(), type: 'conversation.labels', data: { ...data, labelIds: ['l'] } });
  const status = { ...data, status: 'closed' as const, snoozedUntil: null };
  put(bench, { id: newId(), type: 'conversation.status', data: status });
  expect(shown(bench)).toMatchObject({ unread: 0, assigneeId: me.id, labelIds: ['l'], status: 'closed' });
  const news = { ...conversation, unread: 4, activeAt: 3_000, rev: 11 };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'conversation.changed', data: { conversation: news } }],
  });
  expect(shown(bench)).toMatchObject({ unread: 0, assigneeId: me.id, activeAt: 3_000, rev: 11 });
  bench.write.settle([{ id: assign.id, outcome: 'refused', error: { ...refused, kind: 'forbidden' } }]);
  expect(shown(bench).assigneeId).toBeNull();
  expect(bench.db.get`SELECT count(*) AS n FROM outbox WHERE state = 'held'`).toEqual({ n: 0 });
});

test('a refused message is held, goes again in its place under a new id, or is thrown away', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const first = sendCommand(conversation, 'first');
  const second = sendCommand(conversation, 'second');
  put(bench, first);
  put(bench, second, 2_001);
  const target = { conversationId: conversation.id, messageId: first.data.messageId };
  bench.write.settle([{ id: first.id, outcome: 'refused', error: refused }]);
  expect(thread(bench, conversation).items[0]).toMatchObject({
    outbox: { state: 'held', error: 'window_closed' },
  });
  const commandId = newId();
  bench.write.retryMessage({ ...target, commandId, now: 3_000 });
  expect(due(bench)).toEqual([commandId]);
  expect(readOutboxDue(bench.db, { now: 1, limit: 1 }).due[0]?.command).toEqual({ ...first, id: commandId });
  bench.write.markSending({ ids: [commandId] });
  expect(bench.write.discardMessage(target)).toBeNull();
  bench.write.settle([{ id: commandId, outcome: 'refused', error: refused }]);
  expect(bench.write.discardMessage(target)).not.toBeNull();
  expect(bench.write.discardMessage(target)).toBeNull();
  expect(thread(bench, conversation).items).toHaveLength(1);
  expect(due(bench)).toEqual([second.id]);
});

test('a failed message is sent once more as the next attempt; a refusal shows the failure again', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const failed = outgoingOf(conversation, 'hi', {
    delivery: {
      status: 'failed',
      at: 1_500,
      attempt: 1,
      error: { kind: 'unknown', code: 1, title: 't', details: null },
    },
  });
  synchronised(bench, conversation, [failed]);
  expect(bench.db.get`SELECT failed FROM conversation_rows`).toEqual({ failed: 1 });
  const commandId = newId();
  bench.write.retryMessage({ conversationId: conversation.id, messageId: failed.id, commandId, now: 3_000 });
  expect(thread(bench, conversation).items[0]).toMatchObject({
    message: { delivery: { status: 'queued', attempt: 2 } },
    outbox: { id: commandId },
  });
  expect(bench.db.get`SELECT failed, unsent FROM conversation_rows`).toEqual({ failed: 0, unsent: 1 });
  bench.write.settle([{ id: commandId, outcome: 'refused', error: refused }]);
  expect(readDump(bench.db).messages).toEqual([failed]);
  const good = () =>
    bench.write.retryMessage({
      conversationId: conversation.id,
      messageId: newId(),
      commandId: newId(),
      now: 1,
    });
  expect(good).toThrow(expect.objectContaining({ kind: 'not_found' }));
});

test('a reaction is shown at once and follows what the gateway says', () => {
  using bench = openBench();
  const conversation = conversationOf();
  const message = messageOf(conversation, 'hi', { rev: 5 });
  synchronised(bench, conversation, [message]);
  const data = { conversationId: conversation.id, messageId: message.id, emoji: '👍' };
  const command = put(bench, { id: newId(), type: 'message.react', data });
  const edit = {
    messageId: message.id,
    conversationId: conversation.id,
    content: { kind: 'text', body: 'hi!' },
    editedAt: 3_000,
  };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'message.edited', data: edit }],
  });
  expect(readDump(bench.db).messages[0]).toMatchObject({
    content: { body: 'hi!' },
    reactions: [{ by: me.id, emoji: '👍' }],
  });
  bench.write.settle([{ id: command.id, outcome: 'refused', error: refused }]);
  expect(readDump(bench.db).messages[0]).toMatchObject({ content: { body: 'hi!' }, reactions: [] });
});

test('what was under way waits again after a restart', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const command = put(bench, sendCommand(conversation, 'x'));
  bench.write.markSending({ ids: [command.id] });
  expect(due(bench)).toEqual([]);
  bench.write.resetSending();
  expect(due(bench)).toEqual([command.id]);
});

test('a command for a conversation that is not here is refused, the same id twice is one', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  expect(() => put(bench, sendCommand(conversationOf(), 'x'))).toThrow(
    expect.objectContaining({ kind: 'not_found' }),
  );
  const command = put(bench, sendCommand(conversation, 'y'));
  put(bench, command);
  expect(bench.db.get`SELECT count(*) AS n FROM outbox`).toEqual({ n: 1 });
});

test('a note is in the thread before the gateway has it', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  const noteId = newId();
  const data = { conversationId: conversation.id, noteId, body: 'call back', mentions: [] };
  put(bench, { id: newId(), type: 'note.add', data });
  expect(thread(bench, conversation).items).toMatchObject([
    { type: 'note', note: { id: noteId, body: 'call back', rev: 0 } },
  ]);
  const note = {
    id: noteId,
    conversationId: conversation.id,
    authorId: me.id,
    body: 'call back',
    mentions: [],
    createdAt: 2_100,
    rev: 11,
  };
  bench.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'note.created', data: { note } }],
  });
  expect(readDump(bench.db).notes).toEqual([note]);
});

test('what signing out would lose: messages, each changed contact, other changes, imports; not how far one has read', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  expect(readUnsentWork(bench.db)).toEqual({ messages: 0, changes: 0, imports: 0 });
  put(bench, sendCommand(conversation, 'hello'));
  const conversationId = conversation.id;
  put(bench, { id: newId(), type: 'conversation.read', data: { conversationId, upTo: newId() } } as Command);
  put(bench, {
    id: newId(),
    type: 'conversation.labels',
    data: { conversationId, labelIds: ['vip'] },
  } as Command);
  const changes = [newId(), newId()].map((contactId) => ({
    contactId,
    create: true,
    patch: { name: 'New' },
  }));
  const edit = put(bench, { id: newId(), type: 'contacts.change', data: { changes, importId: null } });
  bench.write.saveImport({ id: newId(), state: 'checked', startedAt: 1 } as ImportJob);
  bench.write.saveImport({ id: newId(), state: 'done', startedAt: 1 } as ImportJob);
  expect(readUnsentWork(bench.db)).toEqual({ messages: 1, changes: 3, imports: 1 });
  bench.write.settle([{ id: edit.id, outcome: 'acked', seq: 900 }]);
  expect(readUnsentWork(bench.db)).toEqual({ messages: 1, changes: 1, imports: 1 });
});
