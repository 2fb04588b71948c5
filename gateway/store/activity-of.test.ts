import { expect, test } from 'vitest';
import { activitiesOf } from './activity-of.ts';

const state = {
  assigneeId: null as string | null,
  teamId: null as string | null,
  status: 'open' as 'open' | 'snoozed' | 'closed',
  snoozedUntil: null as number | null,
  closeReason: null as string | null,
  labelIds: [] as string[],
};
const me = { actorId: 'me', note: null };

function deeds(before: Partial<typeof state>, after: Partial<typeof state>, by = me) {
  return activitiesOf({ ...state, ...before }, { ...state, ...after }, by).map(({ kind, from, to, note }) => [
    kind,
    from,
    to,
    note,
  ]);
}

test('nothing different is nothing done', () => {
  expect(deeds({ assigneeId: 'ann', labelIds: ['x'] }, { assigneeId: 'ann', labelIds: ['x'] })).toEqual([]);
});

test('passing on: to a person, to a team, back to the queue, taken over from somebody', () => {
  const said = { actorId: 'me', note: 'please' } as unknown as typeof me;
  expect(deeds({}, { assigneeId: 'ann' }, said)).toEqual([['assigned', null, 'ann', 'please']]);
  expect(deeds({}, { assigneeId: 'me' })).toEqual([['assigned', null, 'me', null]]);
  expect(deeds({ teamId: 't' }, { teamId: 't', assigneeId: 'me' })).toEqual([['assigned', 't', 'me', null]]);
  expect(deeds({ assigneeId: 'ann' }, { teamId: 't' })).toEqual([['assigned', 'ann', 't', null]]);
  expect(deeds({ assigneeId: 'ann', teamId: 't' }, { teamId: 't' })).toEqual([
    ['assigned', 'ann', 't', null],
  ]);
  expect(deeds({ assigneeId: 'ann' }, {})).toEqual([['returned_to_queue', 'ann', null, null]]);
  expect(deeds({ assigneeId: 'ann' }, { assigneeId: 'me' })).toEqual([['taken_over', 'ann', 'me', null]]);
  expect(deeds({ assigneeId: 'ann' }, { assigneeId: 'bob' })).toEqual([['assigned', 'ann', 'bob', null]]);
  expect(deeds({ assigneeId: 'me', teamId: 't' }, { assigneeId: 'me', teamId: 'u' })).toEqual([
    ['assigned', 't', 'u', null],
  ]);
});

test('status: the reason goes with closing; a new time is a new snooze; the rest is said once', () => {
  expect(deeds({}, { status: 'closed', closeReason: 'done' })).toEqual([
    ['closed', 'open', 'closed', 'done'],
  ]);
  expect(deeds({ status: 'closed', closeReason: 'done' }, { status: 'closed', closeReason: 'done' })).toEqual(
    [],
  );
  expect(deeds({ status: 'closed' }, {})).toEqual([['reopened', 'closed', 'open', null]]);
  expect(deeds({ status: 'snoozed', snoozedUntil: 1 }, { status: 'snoozed', snoozedUntil: 2 })).toEqual([
    ['snoozed', 'snoozed', 'snoozed', null],
  ]);
});

test('each label that came or went is one deed', () => {
  expect(deeds({ labelIds: ['a', 'b'] }, { labelIds: ['b', 'c', 'd'] })).toEqual([
    ['label_added', null, 'c', null],
    ['label_added', null, 'd', null],
    ['label_removed', 'a', null, null],
  ]);
});
