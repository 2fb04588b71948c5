import { expect, test } from 'vitest';
import type { MediaRef, MessageContent } from '../../../shared/domain/message-content.ts';
import {
  conversationOf,
  draftOf,
  me,
  openBench,
  outgoingOf,
  sendCommand,
  synchronised,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { readConversation } from '../read/conversation.ts';
import { readDiscardedFiles, readMedia, readMediaKey } from '../read/media.ts';

const key = Uint8Array.from({ length: 32 }, (_, index) => index);
const mediaOf = (id: string): MediaRef => ({
  id,
  mimeType: 'image/png',
  size: 9,
  sha256: 'aa',
  fileName: `${id}.png`,
});
const image = (id: string): MessageContent => ({ kind: 'image', media: mediaOf(id), caption: null });

function stage(bench: Bench, id: string, now = 1): void {
  bench.write.stageMedia({ media: mediaOf(id), file: `file-${id}`, key, size: 9, sha256: 'aa', now });
}

test('a staged file is found like any other; when its message is at the gateway it is the message’s', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  stage(bench, 'f');
  expect(readMedia(bench.db, { id: 'f' })).toMatchObject({
    messageId: null,
    state: 'staged',
    file: 'file-f',
  });
  expect(readMediaKey(bench.db, { id: 'f' })).toEqual({ file: 'file-f', key, size: 9, sha256: 'aa' });
  const command = sendCommand(conversation, '');
  command.data.content = image('f');
  bench.write.enqueue({ command, me: me.id, now: 5 });
  bench.write.showKept();
  const { messageId } = command.data;
  expect(readMedia(bench.db, { id: 'f' })).toMatchObject({ messageId, state: 'staged' });
  expect(bench.write.discardStaged({ id: 'f' })).toBe(false);
  bench.write.mediaUploaded({ id: 'f' });
  expect(readMedia(bench.db, { id: 'f' })).toMatchObject({ messageId, state: 'local' });
  const message = outgoingOf(conversation, '', { id: messageId, content: image('f'), rev: 11 });
  const data = { message, conversation: { ...conversation, rev: 11 } };
  const events = [{ seq: 11, at: 1, type: 'message.created', data }];
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events });
  expect(readMedia(bench.db, { id: 'f' })).toMatchObject({ messageId, state: 'local', file: 'file-f' });
  expect(readMediaKey(bench.db, { id: 'f' })).toEqual({ file: 'file-f', key, size: 9, sha256: 'aa' });
  expect(bench.db.get`SELECT count(*) AS n FROM staged_media`).toEqual({ n: 0 });
  expect(readDiscardedFiles(bench.db)).toEqual([]);
});

test('a message that is thrown away leaves its file for the composer; sweeping takes what nobody has', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  for (const id of ['sent', 'drafted', 'forgotten']) stage(bench, id);
  stage(bench, 'new', 500);
  const command = sendCommand(conversation, '');
  command.data.content = image('sent');
  bench.write.enqueue({ command, me: me.id, now: 5 });
  bench.write.showKept();
  const draft = draftOf('', { attachments: [{ media: mediaOf('drafted'), caption: 'c' }] });
  bench.write.saveDraft({ conversationId: conversation.id, draft, now: 5 });
  expect(readConversation(bench.db, { id: conversation.id })?.draft).toEqual(draft);
  expect(bench.write.sweepStaged({ before: 100 })).toBe(1);
  expect(readDiscardedFiles(bench.db)).toEqual(['file-forgotten']);
  const target = { conversationId: conversation.id, messageId: command.data.messageId };
  expect(bench.write.discardMessage(target)).toMatchObject({ content: image('sent') });
  expect(readMedia(bench.db, { id: 'sent' })).toMatchObject({ messageId: null, state: 'staged' });
  expect(bench.write.discardStaged({ id: 'sent' })).toBe(true);
  expect(readMediaKey(bench.db, { id: 'sent' })).toBeNull();
});

test('a withdrawn conversation takes the draft and its files along; the files of unsent messages stay', () => {
  using bench = openBench();
  const conversation = conversationOf();
  synchronised(bench, conversation, []);
  for (const id of ['sent', 'drafted']) stage(bench, id);
  const command = sendCommand(conversation, '');
  command.data.content = image('sent');
  bench.write.enqueue({ command, me: me.id, now: 5 });
  const draft = draftOf('half', { attachments: [{ media: mediaOf('drafted'), caption: '' }] });
  bench.write.saveDraft({ conversationId: conversation.id, draft, now: 5 });
  const event = { seq: 11, at: 1, type: 'conversation.withdrawn', data: { conversationId: conversation.id } };
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events: [event] });
  expect(readDiscardedFiles(bench.db)).toEqual(['file-drafted']);
  expect(readMedia(bench.db, { id: 'drafted' })).toBeNull();
  expect(readMediaKey(bench.db, { id: 'sent' })).not.toBeNull();
  const target = { conversationId: conversation.id, messageId: command.data.messageId };
  expect(bench.write.discardMessage(target)).toMatchObject({ content: image('sent') });
  bench.write.clear({ discardUnsent: true });
  expect(readDiscardedFiles(bench.db).toSorted()).toEqual(['file-drafted', 'file-sent']);
});
