import { expect, test } from 'vitest';
import type { HoldScope } from './legal-hold.ts';
import { heldTargets, holdsOn, holdState, LegalHold } from './legal-hold.ts';

const hold = (id: string, scope: HoldScope, releasedAt: number | null = null) =>
  LegalHold.parse({ id, scope, reason: 'case 17', by: 'u', at: 10, reviewAt: 20, releasedAt });
const everything = hold('a', { kind: 'all' });
const conversation = hold('b', { kind: 'conversation', conversationId: 'c1' });
const contact = hold('c', { kind: 'contact', contactId: 'p1' });
const gone = hold('d', { kind: 'all' }, 15);

test('X-1 a hold needs a reason and a review that lies ahead', () => {
  const given = { ...everything, reason: '  ' };
  expect(LegalHold.safeParse(given).success).toBe(false);
  expect(LegalHold.safeParse({ ...everything, reviewAt: 10 }).success).toBe(false);
});

test('X-1 a hold does not end by itself: after its review date it is due, and still holds', () => {
  expect(holdState(everything, 19)).toBe('active');
  expect(holdState(everything, 20)).toBe('review_due');
  expect(holdState(gone, 19)).toBe('released');
  expect(holdsOn([everything], { class: 'log', conversationId: null, contactId: null })).toEqual([
    everything,
  ]);
});

test('a hold reaches what belongs to its conversation or contact, in every class that does', () => {
  const holds = [conversation, contact, gone];
  for (const name of ['content', 'log', 'media', 'notes'] as const) {
    expect(holdsOn(holds, { class: name, conversationId: 'c1', contactId: 'p2' })).toEqual([conversation]);
    expect(holdsOn(holds, { class: name, conversationId: 'c2', contactId: 'p1' })).toEqual([contact]);
  }
});

test('exports and audit are held only by a hold on everything', () => {
  const exported = { class: 'exports' as const, conversationId: 'c1', contactId: 'p1' };
  expect(holdsOn([conversation, contact], exported)).toEqual([]);
  expect(holdsOn([everything], exported)).toEqual([everything]);
});

test('a purge of many rows gets each held target once', () => {
  expect(heldTargets([conversation, contact, conversation, gone])).toEqual({
    all: false,
    conversationIds: ['c1'],
    contactIds: ['p1'],
  });
  expect(heldTargets([everything]).all).toBe(true);
});
