/** What an agent sends over a WhatsApp channel, as Meta's Graph API (a local stand-in) gets it, and what comes back as events. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signatureOf } from '../../gateway/providers/whatsapp-cloud/signature.ts';
import { newId } from '../../shared/domain/id.ts';
import type { MessageContent, MediaRef } from '../../shared/domain/message-content.ts';
import { startGraphStandIn } from '../support/graph-stand-in.ts';
import type { GraphStandIn } from '../support/graph-stand-in.ts';
import { channelFields, startKit } from '../support/gateway-kit.ts';
import type { Desktop, Kit, WireEvent } from '../support/gateway-kit.ts';

const NUMBER = '1122334455667';
const CUSTOMER = '972987654321';
const SECRET = 'the app secret';
let graph: GraphStandIn;
let kit: Kit;
let desktop: Desktop;
let conversationId: string;

beforeEach(async () => {
  graph = await startGraphStandIn();
  kit = await startKit({ graphBaseUrl: graph.baseUrl, webhookSecret: SECRET });
  const channel = kit.gateway.store.channels.create(kit.ws, {
    ...channelFields('WhatsApp', NUMBER, 24),
    provider: 'whatsapp-cloud',
    config: { accessToken: 'token of the channel' },
  });
  conversationId = kit.inbound(CUSTOMER, 'hello', { channelId: channel.id, providerId: 'wamid.question' });
  desktop = await kit.connect(kit.owner);
  await desktop.subscribe(kit.gateway.store.log.ends(kit.ws).head);
});

afterEach(async () => {
  await kit.close();
  await graph.close();
});

async function send(content: MessageContent, quotedMessageId: string | null = null): Promise<string> {
  const messageId = newId();
  const ack = await desktop.command('message.send', { conversationId, messageId, content, quotedMessageId });
  expect(ack.ok).toBe(true);
  return messageId;
}

type Told = { status: string; error: { kind: string; code: number | null } | null };
const deliveryOf = (event: WireEvent) => event.data['delivery'] as unknown as Told;
const status = (messageId: string, wanted: string) =>
  desktop.event((event) => event.data['messageId'] === messageId && deliveryOf(event)?.status === wanted);

/** Without contacts, as an early status may be. */
async function webhook(statuses: object[]): Promise<void> {
  const value = { metadata: { phone_number_id: NUMBER }, statuses };
  const body = JSON.stringify({ entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
  const headers = { 'x-hub-signature-256': signatureOf(body, SECRET) };
  expect((await kit.http('POST', '/v1/webhooks/whatsapp', { body, headers })).status).toBe(200);
}

const bodyOf = (index: number) =>
  JSON.parse(graph.requests[index]?.body.toString('utf8') ?? 'null') as Record<string, unknown>;

test('an answer goes out with the token, quotes the question, and its ticks turn', async () => {
  const { store } = kit.gateway;
  const question = store.db
    .prepare<{ id: string }>("SELECT id FROM messages WHERE provider_id = 'wamid.question'")
    .get();
  const id = await send({ kind: 'text', body: 'Hi!' }, question?.id);
  await status(id, 'sent');
  expect(graph.requests[0]?.path).toBe(`/v24.0/${NUMBER}/messages`);
  expect(graph.requests[0]?.headers['authorization']).toBe('Bearer token of the channel');
  expect(graph.requests[0]?.body.toString('utf8')).toBe(
    `{"messaging_product":"whatsapp","recipient_type":"individual","to":"${CUSTOMER}","context":{"message_id":"wamid.question"},` +
      `"type":"text","text":{"preview_url":false,"body":"Hi!"},"biz_opaque_callback_data":"${id}.1"}`,
  );
  await webhook([{ id: 'wamid.stand-in-1', status: 'read', timestamp: '1790000009' }]);
  await status(id, 'read');
  await webhook([{ id: 'wamid.stand-in-1', status: 'delivered', timestamp: '1790000005' }]);
  expect(store.messages.get(id)?.message.delivery).toMatchObject({ status: 'read' });
});

test('three messages go out one after the other, in order', async () => {
  graph.answer(`/${NUMBER}/messages`, { status: 503, body: {} });
  const ids = [];
  for (const body of ['one', 'two', 'three']) ids.push(await send({ kind: 'text', body }));
  for (const id of ids) await status(id, 'sent');
  const sent = graph.requests.map((_, index) => (bodyOf(index)['text'] as { body: string }).body);
  expect(sent).toEqual(['one', 'one', 'two', 'three']);
});

test('a refusal fails the message with a reason from our closed set', async () => {
  graph.answer(`/${NUMBER}/messages`, {
    status: 400,
    body: {
      error: {
        code: 131047,
        message: '(#131047) Re-engagement message',
        error_data: { details: 'Too late' },
      },
    },
  });
  const id = await send({ kind: 'text', body: 'late' });
  const event = await status(id, 'failed');
  expect(deliveryOf(event).error).toEqual({
    kind: 'window_closed',
    code: 131047,
    title: 'Re-engagement message',
    details: 'Too late',
  });
});

test('an answer that got lost: the message is not sent again, and the webhook tells that it arrived', async () => {
  graph.answer(`/${NUMBER}/messages`, { drop: true });
  const id = await send({ kind: 'text', body: 'once' });
  await status(id, 'failed');
  await webhook([
    {
      id: 'wamid.unheard',
      status: 'delivered',
      timestamp: '1790000005',
      biz_opaque_callback_data: `${id}.1`,
    },
  ]);
  await status(id, 'delivered');
  await webhook([{ id: 'wamid.unheard', status: 'read', timestamp: '1790000009' }]);
  await status(id, 'read');
  expect(graph.requests).toHaveLength(1);
});

test('a key of somebody else, or of no message, binds nothing', async () => {
  await webhook([
    { id: 'wamid.x', status: 'read', timestamp: '1790000005', biz_opaque_callback_data: 'no-such-message.1' },
    { id: 'wamid.y', status: 'read', timestamp: '1790000005', biz_opaque_callback_data: 'campaign 7' },
  ]);
  const other = kit.gateway.store.db
    .prepare<{ n: number }>("SELECT count(*) AS n FROM messages WHERE direction = 'out'")
    .get();
  expect(other?.n).toBe(0);
});

test('a file is uploaded to Meta and sent by its id', async () => {
  const bytes = new Uint8Array([137, 80, 78, 71]);
  const uploaded = await kit.http('POST', '/v1/media', {
    token: desktop.signIn.tokens.accessToken,
    body: bytes,
    headers: {
      'content-type': 'image/png',
      'x-file-name': 'lamp.png',
      'x-content-sha256': createHash('sha256').update(bytes).digest('hex'),
    },
  });
  expect(uploaded.status).toBe(201);
  const id = await send({ kind: 'image', media: uploaded.body as MediaRef, caption: 'The lamp' });
  await status(id, 'sent');
  expect(graph.requests.map(({ path }) => path)).toEqual([
    `/v24.0/${NUMBER}/media`,
    `/v24.0/${NUMBER}/messages`,
  ]);
  expect(bodyOf(1)['image']).toEqual({ id: 'media-1', caption: 'The lamp' });
});

test('reading tells Meta, a reaction reaches the customer', async () => {
  const { store } = kit.gateway;
  const question = store.db
    .prepare<{ id: string }>("SELECT id FROM messages WHERE provider_id = 'wamid.question'")
    .get()!;
  await desktop.command('conversation.read', { conversationId, upTo: question.id });
  await desktop.command('message.react', { conversationId, messageId: question.id, emoji: '👍' });
  await expect.poll(() => graph.requests.length).toBe(2);
  expect(bodyOf(0)).toEqual({ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.question' });
  expect(bodyOf(1)).toMatchObject({
    type: 'reaction',
    reaction: { message_id: 'wamid.question', emoji: '👍' },
  });
});

test("a customer's file is fetched from Meta when somebody looks at it", async () => {
  const media = { id: 'meta-7', mimeType: 'image/jpeg', size: null, sha256: null, fileName: null };
  const { store } = kit.gateway;
  const channel = store.channels.find('whatsapp-cloud', NUMBER)!.channel;
  kit.inbound(CUSTOMER, '', { channelId: channel.id, content: { kind: 'image', media, caption: null } });
  const event = await desktop.event(({ type }) => type === 'message.created');
  const { content } = event.data['message'] as unknown as { content: { media: MediaRef } };
  graph.answer('/meta-7', { status: 200, body: { url: `${graph.origin}/file`, mime_type: 'image/jpeg' } });
  graph.answer('/file', { status: 200, bytes: new Uint8Array([1, 2, 3]) });
  const answer = await fetch(`${kit.gateway.url}/v1/media/${content.media.id}`, {
    headers: { authorization: `Bearer ${desktop.signIn.tokens.accessToken}` },
  });
  expect(answer.status).toBe(200);
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3]);
});

test('a template with named placeholders goes out with the names, and what is said is kept', async () => {
  const { store } = kit.gateway;
  const { channelId } = store.conversations.get(kit.ws, conversationId)!;
  const template = store.catalogue.saveTemplate(kit.ws, {
    channelId,
    name: 'order_update',
    language: 'en_US',
    category: 'utility',
    state: 'approved',
    quality: 'green',
    header: { type: 'text', text: 'Order {{order_id}}' },
    body: 'Hi {{first_name}}, order {{order_id}} is on its way',
    footer: null,
    buttons: [],
    reason: null,
  });
  const id = await send({
    kind: 'template',
    templateId: template.id,
    name: template.name,
    language: template.language,
    header: 'Order 7',
    body: 'Hi Ada, order 7 is on its way',
    footer: null,
    buttons: [],
    variables: { header: ['7'], body: ['Ada', '7'], buttons: [] },
  });
  await status(id, 'sent');
  expect(graph.requests[0]?.body.toString('utf8')).toBe(
    `{"messaging_product":"whatsapp","recipient_type":"individual","to":"${CUSTOMER}","type":"template",` +
      '"template":{"name":"order_update","language":{"code":"en_US"},"components":[' +
      '{"type":"header","parameters":[{"type":"text","parameter_name":"order_id","text":"7"}]},' +
      '{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"},' +
      '{"type":"text","parameter_name":"order_id","text":"7"}]}]},' +
      `"biz_opaque_callback_data":"${id}.1"}`,
  );
  expect(store.messages.get(id)?.message.content).toMatchObject({
    variables: { body: ['Ada', '7'], names: { header: ['order_id'], body: ['first_name', 'order_id'] } },
  });
});
