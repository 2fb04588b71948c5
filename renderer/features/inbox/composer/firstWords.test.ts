import { expect, test } from 'vitest';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { ConsentEntry } from '../../../../shared/domain/consent.ts';
import { lackingConsent } from './firstWords.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

function detail(windowHours: number | null, lastInboundAt: number | null): ConversationDetail {
  return {
    conversation: { windowEndsAt: null, lastInboundAt },
    channel: { kind: 'whatsapp', capabilities: { windowHours } },
  } as unknown as ConversationDetail;
}

const entry = (state: 'given' | 'withdrawn', purpose: 'service' | 'marketing'): ConsentEntry => ({
  id: 'e',
  contactId: 'k',
  purpose,
  channelKind: null,
  state,
  at: NOW - HOUR,
  method: 'spoken',
  source: 'Call',
  recordedBy: 'u',
  recordedAt: NOW - HOUR,
  rev: 1,
});

test('an answer within the window asks for nothing', () => {
  expect(lackingConsent(detail(24, NOW - HOUR), 'service', [], NOW)).toBeNull();
});

test('who writes first needs consent for what it is about', () => {
  expect(lackingConsent(detail(24, null), 'service', [], NOW)).toBe('service');
  expect(lackingConsent(detail(24, NOW - 30 * HOUR), 'service', [entry('given', 'service')], NOW)).toBeNull();
  expect(lackingConsent(detail(24, null), 'marketing', [entry('given', 'service')], NOW)).toBe('marketing');
  expect(lackingConsent(detail(24, null), 'service', [entry('withdrawn', 'service')], NOW)).toBe('service');
});

test('where there is no window, somebody who has ever written is being answered', () => {
  expect(lackingConsent(detail(null, NOW - 900 * HOUR), 'service', [], NOW)).toBeNull();
  expect(lackingConsent(detail(null, null), 'service', [], NOW)).toBe('service');
});
