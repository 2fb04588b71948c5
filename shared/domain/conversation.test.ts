import { expect, test } from 'vitest';
import { windowOf } from './conversation.ts';
import { HOUR } from './time.ts';

test('a channel without a window has none, whatever the conversation says', () => {
  expect(windowOf({ windowEndsAt: 5, lastInboundAt: 1 }, { windowHours: null })).toBeNull();
});

test('the end that the gateway gives is taken as it is', () => {
  expect(windowOf({ windowEndsAt: 5, lastInboundAt: 1 }, { windowHours: 24 })).toEqual({
    endsAt: 5,
    estimated: false,
  });
});

test('without it the end is the last inbound message plus the window, and says that it is estimated', () => {
  expect(windowOf({ windowEndsAt: null, lastInboundAt: 1000 }, { windowHours: 24 })).toEqual({
    endsAt: 1000 + 24 * HOUR,
    estimated: true,
  });
});

test('where the customer never wrote the window is closed', () => {
  expect(windowOf({ windowEndsAt: null, lastInboundAt: null }, { windowHours: 24 })?.endsAt).toBe(0);
});
