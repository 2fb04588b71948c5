import { Buffer } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GraphStandIn } from '../../../test/support/graph-stand-in.ts';
import { startGraphStandIn } from '../../../test/support/graph-stand-in.ts';
import type { Channel } from '../../../shared/domain/channel.ts';
import type { Identity } from '../../../shared/domain/contact.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { createWhatsAppCloud } from './provider.ts';
import type { WhatsAppCloud } from './provider.ts';

const NUMBER = '1122334455667';
const channel = { id: 'channel-1' } as Channel;
const to: Identity = {
  channelKind: 'whatsapp',
  externalId: '972987654321',
  parentExternalId: null,
  phone: '+972987654321',
  username: null,
};
const media = { id: 'file-1', mimeType: 'image/png', size: 3, sha256: null, fileName: 'lamp.png' };

let graph: GraphStandIn;
let provider: WhatsAppCloud;
let waits: number[];

beforeEach(async () => {
  graph = await startGraphStandIn();
  waits = [];
  provider = createWhatsAppCloud(
    {
      routing: {
        channelOfNumber: () => channel.id,
        channelsOfAccount: () => [channel.id],
        numberOfChannel: (id) => (id === channel.id ? NUMBER : null),
      },
      ingest: () => {},
      report: () => {},
      file: async (id) =>
        id === 'file-1' ? { bytes: new Uint8Array([1, 2, 3]), mimeType: 'image/png', fileName: 'x' } : null,
      accessToken: () => 'token-1',
    },
    {
      graphBaseUrl: graph.baseUrl,
      appSecret: 'secret',
      verifyToken: 'verify',
      graph: {
        now: () => 1_700_000_000_000,
        random: () => 0,
        sleep: async (ms) => {
          waits.push(ms);
        },
      },
    },
  );
});

afterEach(async () => {
  await provider.close();
  await graph.close();
});

function send(content: MessageContent, options: { quoted?: string; to?: Identity } = {}) {
  return provider.send({
    channel,
    to: options.to ?? to,
    message: { content } as Message,
    quotedProviderId: options.quoted ?? null,
    idempotencyKey: 'key-1',
  });
}

const sentBody = () => graph.requests.at(-1)?.body.toString('utf8');

describe('the bytes of a request', () => {
  test('a text with a quote', async () => {
    const result = await send(
      { kind: 'text', body: 'Guten Tag! https://example.com' },
      { quoted: 'wamid.q' },
    );
    expect(result).toEqual({
      ok: true,
      providerId: 'wamid.stand-in-1',
      status: 'sent',
      at: 1_700_000_000_000,
    });
    const [request] = graph.requests;
    expect(request?.method).toBe('POST');
    expect(request?.path).toBe(`/v24.0/${NUMBER}/messages`);
    expect(request?.headers['authorization']).toBe('Bearer token-1');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(sentBody()).toBe(
      '{"messaging_product":"whatsapp","recipient_type":"individual","to":"972987654321",' +
        '"context":{"message_id":"wamid.q"},"type":"text",' +
        '"text":{"preview_url":false,"body":"Guten Tag! https://example.com"},"biz_opaque_callback_data":"key-1"}',
    );
  });

  test('a business-scoped user id goes into recipient, never into to', async () => {
    await send(
      { kind: 'text', body: 'x' },
      { to: { ...to, externalId: 'US.13491208655302741918', phone: null } },
    );
    expect(sentBody()).toBe(
      '{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.13491208655302741918",' +
        '"type":"text","text":{"preview_url":false,"body":"x"},"biz_opaque_callback_data":"key-1"}',
    );
  });

  test('an image is uploaded first and sent by id', async () => {
    await send({ kind: 'image', media, caption: 'The lamp' });
    const [upload] = graph.requests;
    expect(upload?.path).toBe(`/v24.0/${NUMBER}/media`);
    expect(upload?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/u);
    const form = upload?.body.toString('latin1') ?? '';
    expect(form).toContain('name="messaging_product"\r\n\r\nwhatsapp\r\n');
    expect(form).toContain('name="type"\r\n\r\nimage/png\r\n');
    expect(form).toContain(
      'name="file"; filename="lamp.png"\r\nContent-Type: image/png\r\n\r\n\x01\x02\x03\r\n',
    );
    expect(sentBody()).toBe(
      '{"messaging_product":"whatsapp","recipient_type":"individual","to":"972987654321","type":"image",' +
        '"image":{"id":"media-1","caption":"The lamp"},"biz_opaque_callback_data":"key-1"}',
    );
  });

  test('a document keeps its name, a voice message says that it is one', async () => {
    await send({ kind: 'document', media, caption: null });
    expect(sentBody()).toContain('"type":"document","document":{"id":"media-1","filename":"lamp.png"}');
    await send({ kind: 'voice', media });
    expect(sentBody()).toContain('"type":"audio","audio":{"id":"media-3","voice":true}');
  });

  test('a template with header, body and buttons', async () => {
    await send({
      kind: 'template',
      templateId: 't',
      name: 'order_update',
      language: 'en_US',
      header: 'Order 7',
      body: 'Hi Ada, order 7 is on its way',
      footer: null,
      buttons: [
        { type: 'reply', id: null, title: 'Stop', value: null },
        { type: 'url', id: null, title: 'Track', value: 'https://x.example/{{1}}' },
      ],
      variables: { header: ['7'], body: ['Ada', '7'], buttons: ['', 'T-7'] },
    });
    expect(sentBody()).toContain(
      '"type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[' +
        '{"type":"header","parameters":[{"type":"text","text":"7"}]},' +
        '{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"7"}]},' +
        '{"type":"button","index":"1","sub_type":"url","parameters":[{"type":"text","text":"T-7"}]}]}',
    );
  });

  test('a template whose placeholders have names says which value is whose, buttons aside', async () => {
    await send({
      kind: 'template',
      templateId: 't',
      name: 'order_update',
      language: 'en_US',
      header: 'Order 7',
      body: 'Hi Ada, order 7 is on its way',
      footer: null,
      buttons: [{ type: 'url', id: null, title: 'Track', value: 'https://x.example/{{1}}' }],
      variables: {
        header: ['7'],
        body: ['Ada', '7'],
        buttons: ['T-7'],
        names: { header: ['order_id'], body: ['first_name', 'order_id'] },
      },
    });
    expect(sentBody()).toContain(
      '"type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[' +
        '{"type":"header","parameters":[{"type":"text","parameter_name":"order_id","text":"7"}]},' +
        '{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"},' +
        '{"type":"text","parameter_name":"order_id","text":"7"}]},' +
        '{"type":"button","index":"0","sub_type":"url","parameters":[{"type":"text","text":"T-7"}]}]}',
    );
  });

  test('buttons and a list', async () => {
    await send({
      kind: 'buttons',
      header: null,
      body: 'Which?',
      footer: null,
      buttons: [{ type: 'reply', id: 'a', title: 'Oak', value: null }],
    });
    expect(sentBody()).toContain(
      '"type":"interactive","interactive":{"type":"button","body":{"text":"Which?"},' +
        '"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Oak"}}]}}',
    );
    await send({
      kind: 'list',
      header: 'Slots',
      body: 'When?',
      footer: null,
      button: 'Choose',
      sections: [{ title: 'Monday', rows: [{ id: 'm1', title: '9 to 12', description: null }] }],
    });
    expect(sentBody()).toContain(
      '"interactive":{"type":"list","header":{"type":"text","text":"Slots"},"body":{"text":"When?"},' +
        '"action":{"button":"Choose","sections":[{"title":"Monday","rows":[{"id":"m1","title":"9 to 12"}]}]}}',
    );
  });

  test('a reaction, one taken back, and a read receipt', async () => {
    await provider.react({ channel, to, providerId: 'wamid.m', emoji: '👍' });
    expect(sentBody()).toBe(
      '{"messaging_product":"whatsapp","recipient_type":"individual","to":"972987654321","type":"reaction",' +
        '"reaction":{"message_id":"wamid.m","emoji":"👍"}}',
    );
    await provider.react({ channel, to, providerId: 'wamid.m', emoji: null });
    expect(sentBody()).toContain('"emoji":""');
    await provider.markRead({ channel, providerId: 'wamid.m' });
    expect(sentBody()).toBe('{"messaging_product":"whatsapp","status":"read","message_id":"wamid.m"}');
  });
});

describe('refusals', () => {
  const text: MessageContent = { kind: 'text', body: 'x' };
  const refusal = (code: number) => ({
    error: { message: `(#${code}) Words`, code, error_data: { details: 'More' } },
  });
  const path = `/${NUMBER}/messages`;

  test('a closed window is not tried again', async () => {
    graph.answer(path, { status: 400, body: refusal(131047) });
    expect(await send(text)).toEqual({
      ok: false,
      error: { kind: 'window_closed', code: 131047, title: 'Words', details: 'More' },
      retryAfterMs: null,
    });
    expect(graph.requests).toHaveLength(1);
  });

  test('429 waits as long as Retry-After says, then the message goes out once', async () => {
    graph.answer(path, { status: 429, headers: { 'retry-after': '7' }, body: refusal(130429) });
    expect(await send(text)).toMatchObject({ ok: true });
    expect(waits).toEqual([7000]);
    expect(graph.requests).toHaveLength(2);
    expect(graph.requests[0]?.body.equals(graph.requests[1]?.body ?? Buffer.alloc(0))).toBe(true);
  });

  test('a server that asks for more patience than we have gives the wait to the caller', async () => {
    graph.answer(path, { status: 429, headers: { 'retry-after': '600' }, body: refusal(80007) });
    expect(await send(text)).toMatchObject({
      ok: false,
      error: { kind: 'rate_limited' },
      retryAfterMs: 600_000,
    });
    expect(waits).toEqual([]);
  });

  test('5xx backs off and gives up after three tries', async () => {
    const down = { status: 503, body: 'no json of Meta' };
    graph.answer(path, down, down, down);
    expect(await send(text)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', code: null },
      retryAfterMs: 0,
    });
    expect(waits).toEqual([250, 500]);
    expect(graph.requests).toHaveLength(3);
  });

  test('a connection that breaks after the request is never retried: the message may have gone out', async () => {
    graph.answer(path, { drop: true });
    expect(await send(text)).toMatchObject({ ok: false, error: { kind: 'unavailable' }, retryAfterMs: null });
    expect(graph.requests).toHaveLength(1);
  });

  test('a server that is not there may be tried again', async () => {
    await graph.close();
    const result = await send(text);
    expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(result.ok ? null : result.retryAfterMs).not.toBeNull();
  });

  test('a kind that customers alone can send, and a file that is missing', async () => {
    expect(await send({ kind: 'system', event: 'other', text: 'x' })).toMatchObject({
      ok: false,
      retryAfterMs: null,
    });
    expect(await send({ kind: 'image', media: { ...media, id: 'gone' }, caption: null })).toMatchObject({
      ok: false,
      error: { kind: 'media_rejected' },
    });
    expect(graph.requests).toHaveLength(0);
  });
});

test('a file is looked up and downloaded with the token', async () => {
  graph.answer('/m-1', { status: 200, body: { url: `${graph.origin}/file/m-1`, mime_type: 'image/jpeg' } });
  graph.answer('/file/m-1', { status: 200, bytes: new Uint8Array([9, 8]) });
  const file = await provider.media({ channel, mediaId: 'm-1' });
  expect(file).toEqual({ bytes: new Uint8Array([9, 8]), mimeType: 'image/jpeg' });
  expect(graph.requests.map((request) => [request.path, request.headers['authorization']])).toEqual([
    ['/v24.0/m-1', 'Bearer token-1'],
    ['/file/m-1', 'Bearer token-1'],
  ]);
  graph.answer('/m-2', { status: 404, body: { error: { code: 100, message: 'gone' } } });
  expect(await provider.media({ channel, mediaId: 'm-2' })).toBeNull();
});
