/** The way of a message through the gateway, over real HTTP and a real socket: sign in, first sync, receive, answer. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { CommandAck } from '../../../shared/protocol/commands.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { Hello, SignInResponse } from '../../../shared/protocol/session.ts';
import { ConversationPage, HistoryPage, Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await startKit();
});
afterEach(() => kit.close());

test('an agent signs in, gets the first sync, receives a message and answers it', async () => {
  kit.inbound('4915111', 'before the first sync');
  const desktop = await kit.connect(kit.maya);
  expect(SignInResponse.parse(desktop.signIn).user.id).toBe(kit.maya.id);
  expect(Hello.parse(desktop.hello).protocol).toBe(1);

  const snapshot = Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
  expect(snapshot.totals).toEqual({ conversations: 1, messages: 1, contacts: 0 });
  expect(snapshot.channels.map((channel) => channel.name)).toEqual(['Sales']);
  const conversations = ConversationPage.parse(
    (await desktop.request('sync.conversations', { cursor: null, limit: 50 })).value,
  );
  expect(conversations.items).toHaveLength(1);
  expect(conversations.next).toBeNull();
  const history = HistoryPage.parse(
    (await desktop.request('sync.history', { cursor: null, limit: 50 })).value,
  );
  expect(history.messages.map((message) => message.content)).toEqual([
    { kind: 'text', body: 'before the first sync' },
  ]);

  expect(await desktop.subscribe(snapshot.asOf)).toEqual({ ok: true, value: { head: snapshot.asOf } });
  const conversationId = kit.inbound('4915111', 'after it');
  const created = await desktop.event((event) => event.type === 'message.created');
  expect(parseEvent(created)).toMatchObject({ ok: true });
  expect(created.data).toMatchObject({ conversation: { id: conversationId, unread: 2, status: 'open' } });

  const messageId = newId();
  const ack = await desktop.command('message.send', {
    conversationId,
    messageId,
    content: { kind: 'text', body: 'an answer' },
    quotedMessageId: null,
  });
  expect(CommandAck.parse(ack)).toMatchObject({ ok: true });
  const status = await desktop.event((event) => event.type === 'message.status');
  expect(status.data).toMatchObject({ messageId, delivery: { status: 'sent', attempt: 1 } });
  for (const event of desktop.events()) expect(parseEvent(event)).toMatchObject({ ok: true });
  const batches = desktop.batches;
  expect(batches.slice(1).every((batch, index) => batch.from === batches[index]!.to)).toBe(true);
});
