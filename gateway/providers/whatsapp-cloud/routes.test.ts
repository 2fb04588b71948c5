import { Buffer } from 'node:buffer';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProviderFact, RawPayload } from '../provider.ts';
import { registerWebhook, WEBHOOK_PATH } from './routes.ts';
import type { WebhookReport } from './scope.ts';
import { signatureOf } from './signature.ts';

const secrets = { appSecret: 'app-secret', verifyToken: 'verify-me' };
let app: FastifyInstance;
let kept: { facts: ProviderFact[]; raw: RawPayload }[];
let reports: WebhookReport[];

beforeEach(async () => {
  kept = [];
  reports = [];
  app = fastify();
  registerWebhook(
    app,
    {
      routing: { channelOfNumber: (id) => (id === '100' ? 'sales' : null), channelsOfAccount: () => [] },
      ingest: (facts, raw) => {
        kept.push({ facts, raw });
      },
      report: (report) => {
        reports.push(report);
      },
      now: () => 1_800_000_000_000,
    },
    secrets,
  );
  await app.ready();
});

afterEach(async () => {
  await app.close();
});

function post(body: string | Buffer, headers: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url: WEBHOOK_PATH,
    payload: body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const signed = (body: string | Buffer) => ({ 'x-hub-signature-256': signatureOf(body, secrets.appSecret) });

function textPayload(number: string): string {
  // Spaces, an escape and non-ASCII, so that a signature over anything but the raw bytes would fail.
  return `{ "entry":[{"id":"w","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"${number}"},
    "messages":[{"id":"wamid.1","from":"4915112345678","type":"text","timestamp":"1790000000","text":{"body":"gr\\u00fcn Grüße"}}]}}]}] }`;
}

test('the handshake answers the challenge to the right token only', async () => {
  const query = (token: string) => ({
    'hub.mode': 'subscribe',
    'hub.verify_token': token,
    'hub.challenge': '1158201444',
  });
  const right = await app.inject({ url: WEBHOOK_PATH, query: query('verify-me') });
  expect([right.statusCode, right.body]).toEqual([200, '1158201444']);
  expect(right.headers['content-type']).toContain('text/plain');
  const wrong = await app.inject({ url: WEBHOOK_PATH, query: query('verify-m') });
  expect([wrong.statusCode, wrong.body]).toEqual([403, '']);
  expect((await app.inject({ url: WEBHOOK_PATH })).statusCode).toBe(403);
});

test('a signed payload is applied and kept as it came', async () => {
  const body = textPayload('100');
  const answer = await post(body, signed(body));
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
  expect(kept).toHaveLength(1);
  expect(kept[0]?.raw).toEqual({
    provider: 'whatsapp-cloud',
    body,
    receivedAt: 1_800_000_000_000,
    once: true,
  });
  expect(kept[0]?.facts).toMatchObject([{ type: 'message', content: { kind: 'text', body: 'grün Grüße' } }]);
});

test('a wrong, missing, doubled or oddly long signature says nothing and keeps nothing', async () => {
  const body = textPayload('100');
  const right = signatureOf(body, secrets.appSecret);
  const wrong = [
    {},
    { 'x-hub-signature-256': '' },
    { 'x-hub-signature-256': right.slice(0, -1) },
    { 'x-hub-signature-256': `${right}0` },
    { 'x-hub-signature-256': right.toUpperCase() },
    { 'x-hub-signature-256': right.slice('sha256='.length) },
    { 'x-hub-signature-256': signatureOf(body, 'another') },
    { 'x-hub-signature': right },
    { 'x-hub-signature-256': `sha256=${'ü'.repeat(64)}` },
  ];
  for (const headers of wrong) {
    const answer = await post(body, headers);
    expect([answer.statusCode, answer.body]).toEqual([401, '']);
  }
  const changed = await post(`${body} `, signed(body));
  expect(changed.statusCode).toBe(401);
  expect(kept).toEqual([]);
});

test('signed bytes that are no JSON are refused with 400', async () => {
  for (const body of ['', '{', 'null]', '[', Buffer.from([0xff, 0xfe, 0x00])]) {
    const answer = await post(body, signed(body));
    expect([answer.statusCode, answer.body]).toEqual([400, '']);
  }
  expect(kept).toEqual([]);
});

test('whatever else is signed is kept and answered with 200, however strange', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  for (const body of ['null', '1', '{}', '{"entry":[]}', '{"__proto__":{"entry":1}}', deep]) {
    const answer = await post(body, signed(body));
    expect(answer.statusCode).toBe(200);
  }
  expect(kept.map(({ facts }) => facts.length)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a number that no channel has is kept, reported, and answered with 200', async () => {
  const body = textPayload('999');
  const answer = await post(body, signed(body));
  expect(answer.statusCode).toBe(200);
  expect(kept).toEqual([
    { facts: [], raw: { provider: 'whatsapp-cloud', body, receivedAt: 1_800_000_000_000, once: true } },
  ]);
  expect(reports).toEqual([{ kind: 'unrouted_number', field: 'messages', detail: '999' }]);
});

test('10 MB are refused before they are looked at', async () => {
  const body = JSON.stringify({ filler: 'x'.repeat(10 * 1024 * 1024) });
  const answer = await post(body, signed(body));
  expect(answer.statusCode).toBe(413);
  expect(kept).toEqual([]);
});

test('the content type does not matter, the bytes do', async () => {
  const body = textPayload('100');
  const answer = await post(body, { ...signed(body), 'content-type': 'text/weird' });
  expect(answer.statusCode).toBe(200);
});
