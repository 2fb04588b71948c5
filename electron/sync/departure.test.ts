import { expect, test } from 'vitest';
import type { MediaRef, MessageContent } from '../../shared/domain/message-content.ts';
import type { DueCommand, MediaRecord, SendFacts } from '../cache/api.ts';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createDeparture } from './departure.ts';
import { GatewayHttpFailure } from './gateway-http.ts';
import { MediaFailure } from './media.ts';

const NOW = 1_000_000;
const picture: MediaRef = { id: 'f', mimeType: 'image/png', size: 9, sha256: 'x', fileName: 'a.png' };

function due(id: string, content: MessageContent, seenRev?: number): DueCommand {
  const data = { conversationId: `c-${id}`, messageId: `m-${id}`, content, quotedMessageId: null };
  return {
    command: { id, type: 'message.send', data: seenRev === undefined ? data : { ...data, seenRev } },
    attempts: 0,
  };
}
const text = (id: string, seenRev?: number) => due(id, { kind: 'text', body: 'hello' }, seenRev);
const image = (id: string) => due(id, { kind: 'image', media: picture, caption: null });

/** Everything in order: an open window, nobody else, nothing new. */
function facts(id: string, changes: object = {}): SendFacts {
  return {
    id,
    conversation: { windowEndsAt: NOW + 60_000, lastInboundAt: NOW, assigneeId: 'me' },
    contact: { blocked: false, consent: { state: 'unknown' }, restriction: null },
    consents: [],
    channel: {
      id: 'w',
      health: { state: 'connected' },
      capabilities: {
        windowHours: 24,
        templates: true,
        textLimit: 100,
        uploads: { image: { mimeTypes: ['image/png'], maxBytes: 100 } },
      },
    },
    template: null,
    newestForeignRev: 5,
    assigneeIdWhenWritten: 'me',
    ...changes,
  } as unknown as SendFacts;
}

function arrange() {
  const clock = createFakeClock();
  const known: SendFacts[] = [];
  const media = new Map<string, MediaRecord>();
  const uploads: string[] = [];
  let outcome: () => Promise<void> = async () => undefined;
  let ready = 0;
  const departure = createDeparture({
    cache: {
      read: {
        sendFacts: async ({ ids }: { ids: string[] }) => known.filter(({ id }) => ids.includes(id)),
        media: async ({ id }: { id: string }) => media.get(id) ?? null,
      },
    } as never,
    clock,
    random: () => 0,
    log: () => undefined,
    me: 'me',
    upload: (id) => {
      uploads.push(id);
      return outcome();
    },
    onReady: () => void (ready += 1),
  });
  const look = async (all: DueCommand[], { whole = true, now = NOW } = {}) => {
    const seen = await departure.look(all, { whole, now });
    return { go: seen.go.map(({ command }) => command.id), held: seen.held, wakeAt: seen.wakeAt };
  };
  return {
    clock,
    known,
    media,
    uploads,
    look,
    ready: () => ready,
    uploading(next: () => Promise<void>) {
      outcome = next;
    },
    staged: () => media.set('f', { media: picture, messageId: null, state: 'staged', file: 'x' }),
    there: () => media.set('f', { media: picture, messageId: null, state: 'local', file: 'x' }),
  };
}

test('what may go goes, and other commands are not looked at', async () => {
  const { known, look } = arrange();
  known.push(facts('a'));
  const read: DueCommand = {
    command: { id: 'r', type: 'conversation.unread', data: { conversationId: 'c' } },
    attempts: 0,
  };
  expect(await look([text('a', 5), read])).toEqual({ go: ['a', 'r'], held: [], wakeAt: null });
});

test.each([
  ['blocked', { contact: { blocked: true, consent: { state: 'unknown' } } }],
  ['window_closed', { conversation: { windowEndsAt: NOW, lastInboundAt: 1, assigneeId: 'me' } }],
  ['reassigned', { conversation: { windowEndsAt: NOW + 9, lastInboundAt: 1, assigneeId: 'somebody' } }],
  ['unseen', { newestForeignRev: 6 }],
  ['channel_suspended', { channel: { ...facts('x').channel, health: { state: 'suspended' } } }],
])('%s is held', async (reason, changes) => {
  const { known, look } = arrange();
  known.push(facts('a', changes), facts('b'));
  expect(await look([text('a', 5), text('b', 5)])).toMatchObject({ go: ['b'], held: [{ id: 'a', reason }] });
});

test('said to be sent anyway: neither who has it nor what came is asked, the window is', async () => {
  const { known, look } = arrange();
  const changed = { assigneeIdWhenWritten: undefined, newestForeignRev: 9 };
  const conversation = { windowEndsAt: NOW + 9, lastInboundAt: 1, assigneeId: 'somebody' };
  known.push(facts('a', { ...changed, conversation }));
  known.push(facts('b', { ...changed, conversation: { ...conversation, windowEndsAt: NOW } }));
  expect(await look([text('a'), text('b')])).toMatchObject({
    go: ['a'],
    held: [{ id: 'b', reason: 'window_closed' }],
  });
});

test('a template that is not here is held, one that is approved goes', async () => {
  const { known, look } = arrange();
  const template = { kind: 'template', name: 'hi', language: 'en' } as MessageContent;
  known.push(facts('a'));
  known.push(
    facts('b', {
      template: {
        channelId: 'w',
        state: 'approved',
        category: 'utility',
        header: null,
        body: '',
        buttons: [],
      },
    }),
  );
  expect(await look([due('a', template), due('b', template)])).toMatchObject({
    go: ['b'],
    held: [{ id: 'a', reason: 'template_not_approved' }],
  });
});

test('a conversation whose page is still to come is waited for; the gateway judges one that is not to come', async () => {
  const { look } = arrange();
  expect(await look([text('a')], { whole: false })).toEqual({ go: [], held: [], wakeAt: null });
  expect(await look([text('a')])).toMatchObject({ go: ['a'] });
});

test('a file goes ahead, once; its message when the file is there', async () => {
  const { known, look, staged, there, uploads, uploading, ready } = arrange();
  known.push(facts('a'));
  staged();
  let done = (): void => undefined;
  uploading(() => new Promise((resolve) => (done = resolve)));
  expect(await look([image('a')])).toEqual({ go: [], held: [], wakeAt: null });
  expect(await look([image('a')])).toEqual({ go: [], held: [], wakeAt: null });
  expect([uploads, ready()]).toEqual([['f'], 0]);
  there();
  done();
  await settle();
  expect(ready()).toBe(1);
  expect(await look([image('a')])).toMatchObject({ go: ['a'] });
});

test('a file that does not get through is tried again later, and one that is refused holds its message once', async () => {
  const { known, look, staged, uploads, uploading, clock } = arrange();
  known.push(facts('a'));
  staged();
  uploading(() => Promise.reject(new GatewayHttpFailure('unreachable', '')));
  await look([image('a')]);
  await settle();
  const again = await look([image('a')], { now: clock.now() });
  expect(again).toEqual({ go: [], held: [], wakeAt: clock.now() + 500 });
  expect(uploads).toHaveLength(1);
  uploading(() => Promise.reject(new GatewayHttpFailure('too_large', '')));
  await clock.advance(500);
  await look([image('a')], { now: clock.now() });
  await settle();
  expect(await look([image('a')], { now: clock.now() })).toMatchObject({
    held: [{ id: 'a', reason: 'too_large' }],
  });
  expect(uploads).toHaveLength(2);
  // Sent again by the user: tried anew.
  await look([image('a')], { now: clock.now() });
  expect(uploads).toHaveLength(3);
});

test('a file that has gone from this machine holds its message', async () => {
  const { known, look, uploading } = arrange();
  known.push(facts('a'));
  uploading(() => Promise.reject(new MediaFailure('unknown', '')));
  await look([image('a')]);
  await settle();
  expect(await look([image('a')])).toMatchObject({ held: [{ id: 'a', reason: 'not_found' }] });
});
