import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationAction } from '../../shared/contract/actions.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Macro } from '../../shared/domain/library.ts';
import { conversationOf } from '../../test/support/domain.ts';
import type { ConversationStanding } from '../cache/api.ts';
import { stepsOf } from './actions.ts';
import { macroSteps } from './macro.ts';
import type { Intent } from './undo.ts';

const plain = conversationOf({
  lastMessage: { id: 'm', kind: 'text', text: '', direction: 'in', status: null, at: 1 },
});
const standing = (
  changes: Partial<Conversation> = {},
  pinId: string | null = null,
): ConversationStanding => ({
  conversation: { ...plain, ...changes },
  pinId,
});

/** What a command does, by the protocol: the model against which undo is checked. */
function after({ conversation, pinId }: ConversationStanding, { type, data }: Intent): ConversationStanding {
  const changed = (changes: Partial<Conversation>) => ({
    pinId,
    conversation: { ...conversation, ...changes },
  });
  switch (type) {
    case 'conversation.assign':
      return changed({ assigneeId: data.assigneeId, teamId: data.teamId ?? null });
    case 'conversation.status':
      return changed({
        status: data.status,
        snoozedUntil: data.snoozedUntil,
        closeReason: data.status === 'closed' ? (data.reason ?? null) : null,
      });
    case 'conversation.labels':
      return changed({ labelIds: data.labelIds });
    case 'conversation.read':
      return changed({ unread: 0 });
    case 'conversation.unread':
      return changed({ unread: Math.max(1, conversation.unread) });
    case 'conversation.undo':
      return changed(data.restore as Partial<Conversation>);
    case 'library.save':
      return { conversation, pinId: data.itemId };
    case 'library.delete':
      return { conversation, pinId: null };
    default:
      throw new Error(`not an action: ${type}`);
  }
}

const id = fc.constantFrom('a', 'b', 'c');
const idOrNull = fc.option(id, { nil: null });
const anyStanding = fc
  .record({
    status: fc.constantFrom('open' as const, 'snoozed' as const, 'closed' as const),
    until: fc.option(fc.nat(100), { nil: null }),
    reason: fc.option(fc.constantFrom('spam', 'done'), { nil: null }),
    assigneeId: idOrNull,
    teamId: idOrNull,
    labelIds: fc.uniqueArray(id),
    unread: fc.nat(9),
    pinId: idOrNull,
  })
  .map(({ status, until, reason, pinId, ...rest }) =>
    standing(
      {
        ...rest,
        status,
        snoozedUntil: status === 'snoozed' ? until : null,
        closeReason: status === 'closed' ? reason : null,
      },
      pinId,
    ),
  );
const anyAction: fc.Arbitrary<ConversationAction> = fc.oneof(
  fc.record({
    type: fc.constant('assign' as const),
    assigneeId: idOrNull,
    teamId: idOrNull,
    note: fc.option(fc.constant('please'), { nil: null }),
  }),
  fc.record({
    type: fc.constant('status' as const),
    status: fc.constantFrom('open' as const, 'snoozed' as const, 'closed' as const),
    snoozedUntil: fc.option(fc.nat(100), { nil: null }),
    reason: fc.option(fc.constantFrom('spam', 'done'), { nil: null }),
  }),
  fc.record({ type: fc.constant('labels' as const), add: fc.uniqueArray(id), remove: fc.uniqueArray(id) }),
  fc.record({ type: fc.constantFrom('read' as const, 'unread' as const) }),
  fc.record({ type: fc.constant('pin' as const), pinned: fc.boolean() }),
);

/** Whether it is pinned counts, not by which item. */
const seen = ({ conversation, pinId }: ConversationStanding) => ({ ...conversation, pinned: pinId !== null });

test('what an action did, its way back undoes: the exact state', () => {
  fc.assert(
    fc.property(anyStanding, anyAction, (before, action) => {
      const steps = stepsOf(action, before);
      let state = before;
      for (const { intent } of steps) state = after(state, intent);
      for (const { inverse } of steps.toReversed())
        if (inverse !== null) state = after(state, inverse('command'));
      expect(seen(state)).toEqual(seen(before));
    }),
  );
});

test('an action done twice does nothing the second time, unless it says something', () => {
  fc.assert(
    fc.property(anyStanding, anyAction, (before, action) => {
      let state = before;
      for (const { intent } of stepsOf(action, before)) state = after(state, intent);
      const says = action.type === 'assign' && action.note !== null;
      expect(stepsOf(action, state)).toHaveLength(says ? 1 : 0);
    }),
  );
});

const macro: Macro = {
  kind: 'macro',
  title: 'Done',
  reply: 'Thank you, {{contact.first_name}}!',
  addLabelIds: ['a'],
  removeLabelIds: ['b'],
  assign: 'me',
  status: 'closed',
};
const subject = { contactName: 'Ana Souza', agentName: 'Maya', channelName: 'Shop' };
const types = (steps: readonly { intent: Intent }[]) => steps.map(({ intent }) => intent.type);

test('a macro replies first, with its variables filled, then labels, assigns and closes', () => {
  const steps = macroSteps(macro, standing({ labelIds: ['b'], teamId: 't' }), {
    me: 'me',
    subject,
    sendAt: 7,
  });
  expect(steps.map(({ intent }) => [intent.type, intent.data])).toMatchObject([
    ['message.send', { content: { kind: 'text', body: 'Thank you, Ana!' } }],
    ['conversation.labels', { labelIds: ['a'] }],
    ['conversation.assign', { assigneeId: 'me', teamId: 't' }],
    ['conversation.status', { status: 'closed' }],
  ]);
  expect(steps[0]).toMatchObject({ sendAt: 7, inverse: null });
});

test('a macro leaves out what is so already, but closes again what its reply reopens', () => {
  const run = { me: 'me', subject, sendAt: null };
  const done = standing({ labelIds: ['a'], assigneeId: 'me', status: 'closed' });
  expect(types(macroSteps(macro, done, run))).toEqual(['message.send', 'conversation.status']);
  expect(types(macroSteps({ ...macro, reply: null }, done, run))).toEqual([]);
  expect(types(macroSteps(macro, done, { ...run, subject: null }))).toEqual([]);
  const toTeam: Macro = { ...macro, reply: null, assign: { teamId: 't' }, status: null };
  expect(macroSteps(toTeam, done, run)[0]?.intent.data).toMatchObject({ assigneeId: null, teamId: 't' });
});
