import { expect, test } from 'vitest';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import { windowWords } from './windowWords.ts';

const HOUR = 3_600_000;
const now = 1_800_000_000_000;
const channel = (windowHours: number | null): { capabilities: Capabilities } => ({
  capabilities: {
    windowHours,
    templates: false,
    qualityRating: false,
    reactions: false,
    quotes: false,
    readReceipts: false,
    textLimit: 1,
    uploads: {},
  },
});

test('a channel without a window says nothing', () => {
  expect(windowWords({ windowEndsAt: now, lastInboundAt: now }, channel(null), now)).toBeNull();
});

test('open, ending and closed', () => {
  expect(windowWords({ windowEndsAt: now + 5 * HOUR, lastInboundAt: now }, channel(24), now)).toMatchObject({
    state: 'open',
    short: '5 hr left',
  });
  expect(windowWords({ windowEndsAt: now + HOUR, lastInboundAt: now }, channel(24), now)?.state).toBe(
    'ending',
  );
  expect(windowWords({ windowEndsAt: now, lastInboundAt: now }, channel(24), now)?.state).toBe('closed');
});

test('an end that the gateway did not tell is called estimated', () => {
  expect(windowWords({ windowEndsAt: null, lastInboundAt: now - HOUR }, channel(24), now)?.title).toContain(
    'estimated',
  );
});
