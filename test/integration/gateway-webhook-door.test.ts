/** The door for webhooks: who may post, what is no payload, what comes twice. Over real HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatureOf } from '../../gateway/providers/whatsapp-cloud/signature.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { NUMBER, SECRET, startHere, head } from '../support/recorded-webhooks.ts';

describe('the door', () => {
  let kit: Kit;
  beforeAll(async () => {
    ({ kit } = await startHere());
  });
  afterAll(async () => {
    await kit.close();
  });

  const send = (body: string, headers: Record<string, string>) =>
    kit.http('POST', '/v1/webhooks/whatsapp', {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const payload = JSON.stringify({
    entry: [
      {
        id: '1',
        changes: [
          { field: 'messages', value: { metadata: { phone_number_id: NUMBER }, messages: [textMessage()] } },
        ],
      },
    ],
  });

  test('a wrong or missing signature is 401 without a word, and nothing is kept', async () => {
    const before = head(kit);
    const forged = [
      {},
      { 'x-hub-signature-256': 'sha256=00' },
      { 'x-hub-signature-256': signatureOf(payload, 'guess') },
    ];
    for (const headers of forged) {
      const answer = await send(payload, headers);
      expect([answer.status, answer.body]).toEqual([401, '']);
    }
    expect(head(kit)).toBe(before);
  });

  test('malformed JSON is 400, 10 MB are 413, and the door stays open', async () => {
    expect((await send('{', { 'x-hub-signature-256': signatureOf('{', SECRET) })).status).toBe(400);
    const large = JSON.stringify('x'.repeat(10 * 1024 * 1024));
    const refused = await send(large, { 'x-hub-signature-256': signatureOf(large, SECRET) }).catch(() => ({
      status: 413,
    }));
    expect(refused.status).toBe(413);
    expect((await send(payload, { 'x-hub-signature-256': signatureOf(payload, SECRET) })).status).toBe(200);
  });

  test('hostile strings arrive as what they are: text', async () => {
    const hostile = [
      '\u0000',
      "'; DROP TABLE messages; --",
      '<img src=x onerror=alert(1)>',
      '\u202Egnp.exe',
      '𝕏'.repeat(4000),
      '\ud800',
    ];
    for (const [index, body] of hostile.entries()) {
      const text = JSON.stringify({
        entry: [
          {
            id: '1',
            changes: [
              {
                field: 'messages',
                value: {
                  metadata: { phone_number_id: NUMBER },
                  messages: [{ ...textMessage(), id: `wamid.h${index}`, text: { body } }],
                },
              },
            ],
          },
        ],
      });
      expect((await send(text, { 'x-hub-signature-256': signatureOf(text, SECRET) })).status).toBe(200);
    }
    expect(countMessages(kit)).toBe(hostile.length + 1);
  });

  test('the handshake', async () => {
    const query = (token: string) =>
      `/v1/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=77`;
    expect(await kit.http('GET', query('verify'))).toMatchObject({ status: 200, body: 77 });
    expect((await kit.http('GET', query('wrong'))).status).toBe(403);
  });
});

function textMessage() {
  return {
    id: 'wamid.door',
    from: '4915112345678',
    type: 'text',
    timestamp: '1790000000',
    text: { body: 'hello' },
  };
}

function countMessages(kit: Kit): number {
  return kit.gateway.store.db.prepare<{ n: number }>('SELECT count(*) AS n FROM messages').get()?.n ?? 0;
}
