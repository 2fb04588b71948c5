import { describe, expect, test } from 'vitest';
import type { Capabilities, Channel } from './channel.ts';
import type { ConsentEntry } from './consent.ts';
import type { MessageContent } from './message-content.ts';
import { checkSend, HOLD_REASONS } from './send-check.ts';
import type { SendCheck, SendVerdict } from './send-check.ts';
import type { Template } from './workspace.ts';

const NOW = 1_800_000_000_000;
const CAPABILITIES: Capabilities = {
  windowHours: 24,
  templates: true,
  qualityRating: true,
  reactions: true,
  quotes: true,
  readReceipts: true,
  textLimit: 10,
  uploads: { image: { mimeTypes: ['image/png'], maxBytes: 500 } },
};
const channel = (
  state: Channel['health']['state'],
  change: Partial<Capabilities> = {},
): SendCheck['channel'] => ({
  id: 'c',
  kind: 'whatsapp',
  capabilities: { ...CAPABILITIES, ...change },
  health: { state, quality: 'green', messagingLimit: null, detail: null, source: 'Meta' },
});
const contact = (blocked: boolean, state: 'unknown' | 'opted_out'): SendCheck['contact'] => ({
  blocked,
  consent: { state, at: null, source: null },
  restriction: null,
});
const conversation = (windowEndsAt: number, assigneeId: string | null = 'me'): SendCheck['conversation'] => ({
  windowEndsAt,
  lastInboundAt: null,
  assigneeId,
});
const text = (body: string): MessageContent => ({ kind: 'text', body });
const image = (size: number, mimeType = 'image/png', caption: string | null = null): MessageContent => ({
  kind: 'image',
  caption,
  media: { id: 'm', mimeType, size, sha256: null, fileName: null },
});
const TEMPLATE: Template = {
  id: 't',
  channelId: 'c',
  name: 'n',
  language: 'en',
  category: 'marketing',
  state: 'approved',
  quality: 'green',
  header: null,
  body: 'Hi',
  footer: null,
  buttons: [],
  reason: null,
  rev: 1,
};
const templateMessage: MessageContent = {
  kind: 'template',
  templateId: 't',
  name: 'n',
  language: 'en',
  header: null,
  body: 'Hi',
  footer: null,
  buttons: [],
  variables: { header: [], body: [], buttons: [] },
};
const consent = (purpose: ConsentEntry['purpose'], state: ConsentEntry['state'] = 'given'): ConsentEntry => ({
  id: purpose,
  contactId: 'k',
  purpose,
  channelKind: null,
  state,
  at: 1,
  method: 'web_form',
  source: '',
  recordedBy: null,
  recordedAt: 1,
  rev: 1,
});
const GOOD: SendCheck = {
  content: text('Hello'),
  conversation: conversation(NOW + 1),
  contact: contact(false, 'unknown'),
  consents: [],
  channel: channel('connected'),
  now: NOW,
  me: 'me',
};
const OPEN = conversation(NOW + 1);

test.each<[string, Partial<SendCheck>]>([
  ['text in the window', {}],
  ['a restricted channel', { channel: channel('restricted') }],
  ['a disconnected channel: the outbox waits', { channel: channel('disconnected') }],
  [
    'no window on this channel',
    {
      channel: channel('connected', { windowHours: null }),
      conversation: { ...conversation(0), lastInboundAt: 1 },
    },
  ],
  [
    'a template after the window',
    {
      content: templateMessage,
      template: TEMPLATE,
      conversation: conversation(0),
      consents: [consent('marketing')],
    },
  ],
  [
    'a service template to somebody who opted out',
    {
      content: templateMessage,
      template: { ...TEMPLATE, category: 'utility' },
      contact: contact(false, 'opted_out'),
    },
  ],
  ['text to somebody who opted out of marketing', { contact: contact(false, 'opted_out') }],
  ['text of exactly the limit', { content: text('0123456789') }],
  ['a file of exactly the limit', { content: image(500) }],
  ['seen up to the newest', { seenRev: 7, newestForeignRev: 7 }],
  ['nobody else wrote', { seenRev: 0 }],
  ['given to me meanwhile', { assigneeIdWhenWritten: 'other' }],
  ['back in the queue meanwhile', { assigneeIdWhenWritten: 'me', conversation: conversation(NOW + 1, null) }],
  [
    'still with the same colleague',
    { assigneeIdWhenWritten: 'other', conversation: conversation(NOW + 1, 'other') },
  ],
])('goes out: %s', (_name, change) => {
  expect(checkSend({ ...GOOD, ...change })).toEqual({ ok: true });
});

test.each<[string, Partial<SendCheck>, object]>([
  ['blocked', { contact: contact(true, 'unknown') }, { reason: 'blocked' }],
  ['suspended', { channel: channel('suspended') }, { reason: 'channel_suspended' }],
  ['window ends now', { conversation: conversation(NOW) }, { reason: 'window_closed' }],
  ['never wrote', { conversation: { ...OPEN, windowEndsAt: null } }, { reason: 'window_closed' }],
  [
    'no templates here',
    { content: templateMessage, template: TEMPLATE, channel: channel('connected', { templates: false }) },
    { reason: 'unsupported', part: 'templates' },
  ],
  ['template gone', { content: templateMessage }, { reason: 'template_not_approved' }],
  [
    'template of another channel',
    { content: templateMessage, template: { ...TEMPLATE, channelId: 'x' } },
    { reason: 'template_not_approved' },
  ],
  [
    'template paused',
    { content: templateMessage, template: { ...TEMPLATE, state: 'paused' } },
    { reason: 'template_not_approved' },
  ],
  [
    'marketing after opting out',
    { content: templateMessage, template: TEMPLATE, contact: contact(false, 'opted_out') },
    { reason: 'opted_out' },
  ],
  ['long text', { content: text('01234567890') }, { reason: 'too_large', part: 'text', limit: 10 }],
  [
    'long caption',
    { content: image(1, 'image/png', '01234567890') },
    { reason: 'too_large', part: 'caption', limit: 10 },
  ],
  [
    'large file',
    { content: image(501) },
    { reason: 'too_large', part: 'file', limit: 500, file: { rule: 'size' } },
  ],
  [
    'wrong type',
    { content: image(1, 'image/gif') },
    { reason: 'unsupported', part: 'file', file: { rule: 'type' } },
  ],
  ['empty text', { content: text(' \n') }, { reason: 'unsupported', part: 'empty' }],
  [
    'a kind that only others say',
    { content: { kind: 'system', event: 'other', text: 'x' } },
    { reason: 'unsupported', part: 'kind' },
  ],
  ['unseen', { seenRev: 6, newestForeignRev: 7 }, { reason: 'unseen' }],
  [
    'given to a colleague meanwhile',
    { assigneeIdWhenWritten: 'me', conversation: conversation(NOW + 1, 'other') },
    { reason: 'reassigned' },
  ],
  [
    'taken from the queue meanwhile',
    { assigneeIdWhenWritten: null, conversation: conversation(NOW + 1, 'other') },
    { reason: 'reassigned' },
  ],
])('is held: %s', (_name, change, verdict) => {
  expect(checkSend({ ...GOOD, ...change })).toMatchObject({ ok: false, ...verdict });
});

describe('the first reason of several', () => {
  /** Everything wrong at once, and what puts each in order, reason by reason. */
  const free: [string, Partial<SendCheck>][] = [
    ['blocked', { contact: contact(false, 'unknown') }],
    ['channel_suspended', { channel: channel('connected') }],
    ['unsupported', { content: text('01234567890') }],
    ['window_closed', { conversation: conversation(NOW + 1, 'other') }],
    ['too_large', { content: text('Hello') }],
    ['reassigned', { assigneeIdWhenWritten: undefined }],
    ['unseen', { seenRev: undefined }],
  ];

  test('is always in the same order', () => {
    let check: SendCheck = {
      ...GOOD,
      content: image(1, 'image/gif'),
      contact: contact(true, 'opted_out'),
      channel: channel('suspended'),
      conversation: conversation(0, 'other'),
      assigneeIdWhenWritten: 'me',
      seenRev: 1,
      newestForeignRev: 2,
    };
    const reasons: string[] = [];
    for (const [reason, cure] of free) {
      expect(checkSend(check)).toMatchObject({ ok: false, reason });
      reasons.push(reason);
      check = { ...check, ...cure };
    }
    expect(checkSend(check)).toEqual({ ok: true });
    expect(HOLD_REASONS.filter((reason) => reasons.includes(reason))).toEqual(reasons);
  });
});

describe("a message of the company's own initiative", () => {
  const initiative: Partial<SendCheck> = {
    content: templateMessage,
    template: { ...TEMPLATE, category: 'utility' },
    conversation: conversation(0),
  };

  test.each<[string, Partial<SendCheck>, SendVerdict]>([
    ['without recorded consent', {}, { ok: false, reason: 'no_consent' }],
    ['with consent', { consents: [consent('service')] }, { ok: true }],
    [
      'with consent to something else',
      { consents: [consent('marketing')] },
      { ok: false, reason: 'no_consent' },
    ],
    [
      'with consent that was withdrawn',
      { consents: [consent('service', 'withdrawn')] },
      { ok: false, reason: 'no_consent' },
    ],
    ['with a reason for doing without', { override: 'A delivery that she asked about' }, { ok: true }],
    [
      'to somebody who may only be kept',
      {
        contact: { ...contact(false, 'unknown'), restriction: { since: 1, reason: 'r', requestId: null } },
        override: 'x',
      },
      { ok: false, reason: 'restricted' },
    ],
    ['within the window it is an answer', { conversation: OPEN }, { ok: true }],
    [
      'a text where there is no window and nobody has written',
      { content: text('Hello'), channel: channel('connected', { windowHours: null }) },
      { ok: false, reason: 'no_consent' },
    ],
  ])('%s', (_, change, verdict) => {
    expect(checkSend({ ...GOOD, ...initiative, ...change })).toEqual(verdict);
  });
});
