/**
 * Every recorded WhatsApp payload of ../shared/data, posted to a real gateway over real HTTP, and what a desktop gets to see of it.
 * Recorded payloads name several numbers; those of the data folder's other numbers are posted twice: as they are (nobody has the
 * number) and with our number in them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatureOf } from '../../gateway/providers/whatsapp-cloud/signature.ts';
import { startGateway } from '../../gateway/server/gateway.ts';
import type { Message } from '../../shared/domain/message.ts';
import { parseEvent } from '../../shared/protocol/events.ts';
import type { DomainEvent } from '../../shared/protocol/events.ts';
import type { Desktop, Kit } from '../support/gateway-kit.ts';
import {
  folder,
  NUMBER,
  SECRET,
  recorded,
  payloadOf,
  readdressed,
  startHere,
  post,
  eventsOf,
  created,
  head,
} from '../support/recorded-webhooks.ts';

describe.skipIf(!existsSync(folder))('recorded payloads (skipped without ../shared/data)', () => {
  let kit: Kit;
  let desktop: Desktop;
  const events = (file: string, name: string) => eventsOf(kit, desktop, readdressed(payloadOf(file, name)));
  const oneMessage = async (file: string, name: string): Promise<Message> => {
    const messages = created(await events(file, name));
    expect(messages).toHaveLength(1);
    return messages[0]!;
  };

  beforeAll(async () => {
    ({ kit, desktop } = await startHere());
  });
  afterAll(async () => {
    await kit.close();
  });

  test.each([
    ['text', { kind: 'text', body: 'Body Text' }],
    ['image', { kind: 'image', caption: null, media: { mimeType: 'image/jpeg' } }],
    ['video', { kind: 'video', caption: 'caption' }],
    ['document', { kind: 'document', caption: 'caption', media: { fileName: 'filename.pdf' } }],
    ['audio', { kind: 'audio' }],
    ['voice', { kind: 'voice' }],
    ['static_sticker', { kind: 'sticker', animated: false }],
    ['animated_sticker', { kind: 'sticker', animated: true }],
    ['current_location', { kind: 'location', latitude: 12.25089, longitude: 43.90539, name: null }],
    ['chosen_location', { kind: 'location', name: 'Facebook HQ' }],
    [
      'contacts',
      { kind: 'contacts', cards: [{ name: 'Chandler Bing' }, { name: 'Monica' }, { name: 'Rachel Green' }] },
    ],
    [
      'order',
      {
        kind: 'order',
        catalogId: '354160437058781',
        items: [{ productId: 'HAMBURGER', quantity: 3 }, {}, {}],
      },
    ],
    ['unsupported', { kind: 'unknown', type: 'unsupported' }],
    ['unsupported_with_type', { kind: 'unknown', type: 'pool' }],
    ['reply', { kind: 'text', body: 'replied text' }],
    ['forwarded', { kind: 'text', body: 'forwarded text' }],
    ['forwarded_many_times', { kind: 'text', body: 'text forwarded many times' }],
    [
      'interactive_message_with_err',
      { kind: 'unknown', type: 'interactive', detail: 'Unsupported webhook payload' },
    ],
    ['referral', { kind: 'text', body: 'BODY' }],
  ])('message %s', async (name, content) => {
    const message = await oneMessage('message', name);
    expect(message).toMatchObject({ direction: 'in', author: { type: 'contact' }, delivery: null, content });
  });

  test.each([
    ['callback_button', 'button', { source: 'button', title: 'title', id: 'callback_data' }],
    ['callback_button', 'quick_reply', { source: 'quick_reply', title: 'title' }],
    ['callback_button', 'quick_reply_without_context', { source: 'quick_reply', title: 'title' }],
    ['callback_selection', 'callback', { source: 'list', title: 'title', description: null }],
    ['callback_selection', 'description', { source: 'list', title: 'title', description: 'description' }],
    ['flow_completion', 'completion', { source: 'flow', title: 'Sent' }],
    ['flow_completion', 'without_flow_token', { source: 'flow', id: null }],
  ])('answer %s %s', async (file, name, content) => {
    expect((await oneMessage(file, name)).content).toMatchObject({ kind: 'answer', ...content });
  });

  test('the same file twice, once with a link to it, is one message', async () => {
    expect(created(await events('message', 'media_with_url'))).toEqual([]);
  });

  test('quotes, forwards and referrals come along; an unknown kind leads to its payload', async () => {
    const all = created(desktop.events().map((raw) => (parseEvent(raw) as { event: DomainEvent }).event));
    const said = (body: string) =>
      all.find(({ content }) => content.kind === 'text' && content.body === body)!;
    expect(said('replied text').quote).toMatchObject({ providerId: 'wamid.xyzxyz==' });
    expect(said('forwarded text').forwarded).toBe('once');
    expect(said('text forwarded many times').forwarded).toBe('many');
    expect(said('BODY').referral).toMatchObject({ headline: 'AD_TITLE', sourceUrl: 'AD_OR_POST_FB_URL' });
    const unknown = all.find(({ content }) => content.kind === 'unknown' && content.type === 'pool')!;
    const { rawId } = unknown.content as { rawId: string };
    expect(kit.gateway.store.raw.get(rawId)?.body).toContain('"pool"');
  });

  test('all of them are one contact, known by number and by user id, in one conversation', () => {
    const { store } = kit.gateway;
    const byNumber = store.contacts.find(kit.ws, 'whatsapp', '972987654321')!;
    const byUserId = store.contacts.find(kit.ws, 'whatsapp', 'US.13491208655302741918')!;
    expect(byUserId.id).toBe(byNumber.id);
    expect(byNumber).toMatchObject({ name: 'Test Name', phone: '+972987654321' });
    expect(byNumber.identities.at(-1)).toMatchObject({
      externalId: '972987654321',
      parentExternalId: 'US.ENT.11815799212886844830',
    });
  });

  test('the same person without a number reaches the same conversation', async () => {
    const text = JSON.stringify(payloadOf('message', 'text'))
      .replaceAll('"wa_id":"972987654321",', '')
      .replace('"from":"972987654321"', '"from_user_id":"US.13491208655302741918"')
      .replace('Body Text', 'from a hidden number');
    const [message] = created(await eventsOf(kit, desktop, JSON.parse(text)));
    const contact = kit.gateway.store.contacts.find(kit.ws, 'whatsapp', '972987654321')!;
    const conversation = kit.gateway.store.conversations.find(contact.id, message!.channelId)!;
    expect(message?.conversationId).toBe(conversation.id);
  });

  test('reactions come and go', async () => {
    const conversation = kit.inbound('972987654321', 'react to me', {
      channelId: channelId(),
      providerId: 'wamid.yzxyzx=',
    });
    const reactions = async (name: string) =>
      (await events('message', name)).flatMap((event) =>
        event.type === 'message.reaction' ? [event.data.emoji] : [],
      );
    expect(await reactions('reaction')).toEqual(['😮']);
    expect(await reactions('unreaction_empty')).toEqual([null]);
    expect(await reactions('unreaction_no_emoji')).toEqual([]);
    expect(conversation).toBeTruthy();
  });

  test('statuses move the ticks of what we sent; a failure says why', async () => {
    const [echo] = created(await eventsOf(kit, desktop, echoOf('wamid.xyzxyz', 'hello from the shop')));
    expect(echo).toMatchObject({ direction: 'out', author: { type: 'phone' } });
    const deliveries = async (name: string) =>
      (await events('message_status', name)).flatMap((event) =>
        event.type === 'message.status'
          ? [[event.data.delivery.status, event.data.delivery.error?.kind ?? null]]
          : [],
      );
    expect(await deliveries('delivered')).toEqual([['delivered', null]]);
    expect(await deliveries('failed')).toEqual([]);
    expect(await deliveries('read')).toEqual([['read', null]]);
    expect(await deliveries('sent')).toEqual([]);
    expect(await deliveries('with_tracker')).toEqual([]);
    expect(await deliveries('played')).toEqual([['played', null]]);
    expect(await deliveries('group')).toEqual([]);
    const [second] = created(await eventsOf(kit, desktop, echoOf('wamid.second', 'another')));
    const failure = JSON.parse(
      JSON.stringify(readdressed(payloadOf('message_status', 'failed'))).replace(
        'wamid.xyzxyz',
        'wamid.second',
      ),
    ) as unknown;
    const [failed] = await eventsOf(kit, desktop, failure);
    expect(failed).toMatchObject({
      type: 'message.status',
      data: {
        messageId: second?.id,
        delivery: { status: 'failed', error: { kind: 'experiment', code: 130472 } },
      },
    });
  });

  test('echoes: what was written on the phone, corrected and taken back there', async () => {
    const text = await oneMessage('outgoing_message', 'text');
    expect(text).toMatchObject({
      direction: 'out',
      author: { type: 'phone' },
      content: { body: 'Test message' },
    });
    await eventsOf(kit, desktop, echoOf('wamid.zzzzzz', 'Tetx was edited'));
    const [edited] = await events('outgoing_message', 'edit');
    expect(edited).toMatchObject({
      type: 'message.edited',
      data: { content: { kind: 'text', body: 'Text was edited' } },
    });
    const deleted = await events('outgoing_message', 'delete');
    expect(deleted).toMatchObject([{ type: 'message.deleted', data: { deletedBy: 'business' } }]);
  });

  test('an edit of a message that was never seen is not lost', async () => {
    const message = await oneMessage('edited_message', 'image');
    expect(message.content).toMatchObject({ kind: 'image', caption: 'Updated image caption' });
    expect(await events('edited_message', 'image')).toEqual([]);
  });

  test('a customer takes a message back', async () => {
    kit.inbound('972987654321', 'oops', {
      channelId: channelId(),
      providerId: '<ORIGINAL_WHATSAPP_MESSAGE_ID>',
    });
    expect(await events('deleted_message', 'revoke')).toMatchObject([
      { type: 'message.deleted', data: { deletedBy: 'contact' } },
    ]);
  });

  test('calls', async () => {
    expect((await oneMessage('call_connect', 'user_initiated')).content).toMatchObject({
      kind: 'call',
      state: 'ringing',
    });
    expect(await oneMessage('call_connect', 'business_initiated')).toMatchObject({
      direction: 'out',
      content: { kind: 'call', state: 'connected' },
    });
    expect((await oneMessage('call_status', 'call_status')).content).toMatchObject({
      kind: 'call',
      state: 'ringing',
    });
    expect((await oneMessage('call_terminate', 'call_terminate')).content).toMatchObject({
      kind: 'call',
      state: 'ended',
      durationMs: 120_000,
    });
    for (const name of ['accept', 'reject']) {
      const { content } = await oneMessage('call_permission_update', name);
      expect(content).toMatchObject({ kind: 'system', event: 'call_permission' });
    }
  });

  test('marketing: resumed, signed up, and (in the same form) stopped', async () => {
    const consents = async (payload: unknown) =>
      (await eventsOf(kit, desktop, payload)).flatMap((event) =>
        event.type === 'contact.changed' ? [event.data.contact.consent.state] : [],
      );
    const resume = readdressed(payloadOf('user_marketing_preferences', 'resume'));
    expect(await consents(resume)).toContain('opted_in');
    const later = JSON.stringify(resume)
      .replace('"value":"resume"', '"value":"stop"')
      .replace('1731705721', '1731705799');
    expect(await consents(JSON.parse(later))).toEqual(['opted_out']);
    // An older word does not overrule a newer one.
    expect(await consents(readdressed(payloadOf('user_marketing_preferences', 'signup')))).toEqual([]);
  });

  test('a new number is the same contact; a new security number is told in the thread', async () => {
    const identity = await oneMessage('system', 'identity_change');
    expect(identity.content).toMatchObject({ kind: 'system', event: 'identity_changed' });
    const changed = await oneMessage('system', 'phone_number_change');
    expect(changed.conversationId).toBe(identity.conversationId);
    const { store } = kit.gateway;
    expect(store.contacts.find(kit.ws, 'whatsapp', '972912345678')?.id).toBe(
      store.contacts.find(kit.ws, 'whatsapp', '972987654321')?.id,
    );
  });

  test('templates', async () => {
    const templates = async (file: string, name: string) =>
      (await events(file, name)).flatMap((event) =>
        event.type === 'template.changed' ? [event.data.template] : [],
      );
    expect(await templates('template_status_update', 'approved')).toMatchObject([
      { name: 'order_confirmation', language: 'en_US', state: 'approved', category: 'utility' },
    ]);
    expect(await templates('template_status_update', 'rejected')).toMatchObject([
      { name: 'abandoned_cart', state: 'rejected', reason: 'INVALID_FORMAT' },
    ]);
    expect(await templates('template_category_update', 'marketing')).toMatchObject([
      { name: 'my_message_template', language: 'he', category: 'marketing' },
    ]);
    expect(await templates('template_quality_update', 'yellow')).toMatchObject([
      { name: 'welcome_template', quality: 'yellow' },
    ]);
    expect(await templates('template_components_update', 'element')).toMatchObject([
      { name: 'my_message_template', category: 'marketing', body: 'Hi {{1}}! Welcome to our service.' },
    ]);
    expect(await templates('template_components_update', 'element.all')).toMatchObject([
      {
        name: 'order_confirmation',
        state: 'approved',
        header: { type: 'text', text: 'Your order is confirmed!' },
        buttons: [{ type: 'phone' }, { type: 'url' }],
      },
    ]);
  });

  test('the account: what touches the number changes its health, the rest is kept', async () => {
    const states: (string | null)[] = [];
    for (const { name } of recorded('account_update')) {
      const [event] = await events('account_update', name);
      states.push(event?.type === 'channel.changed' ? event.data.channel.health.state : null);
    }
    const told = states.filter((state) => state !== null);
    expect(told).toEqual([
      'disconnected',
      'restricted',
      'restricted',
      'connected',
      'disconnected',
      'disconnected',
      'connected',
    ]);
  });

  test('a redelivery of everything changes nothing', async () => {
    const before = head(kit);
    const messages = countMessages(kit);
    for (const { payload } of recorded()) {
      expect(await post(kit, readdressed(payload))).toBe(200);
    }
    expect(countMessages(kit)).toBe(messages);
    const since = kit.gateway.store.db
      .prepare<{ type: string }>('SELECT type FROM log WHERE seq > ?')
      .all(before)
      .map(({ type }) => type);
    expect(since).toEqual([]);
  });

  function channelId(): string {
    return kit.gateway.store.channels.find('whatsapp-cloud', NUMBER)!.channel.id;
  }
});

describe.skipIf(!existsSync(folder))(
  'recorded payloads for the demo workspace (skipped without ../shared/data)',
  () => {
    test('as they came: those of our number arrive, those of others are kept and reported', async () => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'parley-webhooks-'));
      const gateway = await startGateway({ dataDir, seed: 'demo', webhookSecret: SECRET });
      try {
        for (const { payload } of recorded()) {
          const body = JSON.stringify(payload);
          const response = await fetch(gateway.webhookUrl, {
            method: 'POST',
            body,
            headers: { 'x-hub-signature-256': signatureOf(body, SECRET) },
          });
          expect(response.status).toBe(200);
        }
        const unrouted = gateway.store.raw.notices().map(({ address }) => address);
        expect(new Set(unrouted)).toEqual(
          new Set([
            '743897493242',
            '5483758353',
            '37489742',
            '106540352242922',
            '?BUSINESS_PHONE_NUMBER_ID?',
          ]),
        );
        const { ws } = gateway.store.people.workspaces()[0]!;
        const contact = gateway.store.contacts.find(ws, 'whatsapp', '972987654321')!;
        const channel = gateway.store.channels.find('whatsapp-cloud', NUMBER)!;
        const conversation = gateway.store.conversations.find(contact.id, channel.channel.id)!;
        const arrived = gateway.store.db
          .prepare<{ n: number }>('SELECT count(*) AS n FROM messages WHERE conversation_id = ?')
          .get(conversation.id);
        expect(arrived?.n).toBeGreaterThan(30);
      } finally {
        await gateway.close();
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
  },
);

function echoOf(id: string, body: string): unknown {
  const echo = {
    from: '972123456789',
    to: '972987654321',
    id,
    timestamp: '1689380000',
    type: 'text',
    text: { body },
  };
  const value = { metadata: { phone_number_id: NUMBER }, message_echoes: [echo] };
  return { entry: [{ id: '1', changes: [{ field: 'smb_message_echoes', value }] }] };
}

function countMessages(kit: Kit): number {
  return kit.gateway.store.db.prepare<{ n: number }>('SELECT count(*) AS n FROM messages').get()?.n ?? 0;
}
