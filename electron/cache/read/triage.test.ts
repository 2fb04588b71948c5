import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationRow, ListCursor, View } from '../../../shared/contract/rows.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { windowOf } from '../../../shared/domain/conversation.ts';
import { NO_FILTER } from '../../../shared/domain/conversation-filter.ts';
import type { ConversationFilter, ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { LibraryContent, LibraryItem } from '../../../shared/domain/library.ts';
import type { Team } from '../../../shared/domain/team.ts';
import { HOUR, MINUTE } from '../../../shared/domain/time.ts';
import type { User } from '../../../shared/domain/workspace.ts';
import {
  channel,
  contactOf,
  conversationOf,
  draftOf,
  label,
  me,
  noteOf,
  openBench,
  parsed,
  session,
  snapshotAt,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { countFilter, readConversationIds, readConversations, readViews } from './inbox.ts';

const NOW = 100 * HOUR;
const team: Team = { id: 'team-mine', name: 'Billing', memberIds: [me.id], deleted: false, rev: 1 };
const other: Team = { id: 'team-other', name: 'Returns', memberIds: [], deleted: false, rev: 1 };
const sms = {
  ...channel,
  id: newId(),
  name: 'Text',
  capabilities: { ...channel.capabilities, windowHours: null },
};

const item = (content: LibraryContent, fields: Partial<LibraryItem> = {}): LibraryItem => ({
  id: newId(),
  scope: 'personal',
  ownerId: me.id,
  content,
  deleted: false,
  rev: 1,
  ...fields,
});

type Known = {
  conversation: Conversation;
  failed: boolean;
  draft: boolean;
  mentioned: boolean;
  pinned: boolean;
};

/** Forty conversations of which every attribute that can be asked about takes every value. */
function sample(): Known[] {
  return Array.from({ length: 40 }, (_, index) => ({
    conversation: conversationOf({
      channelId: index % 3 === 0 ? sms.id : channel.id,
      status: index % 5 === 0 ? 'closed' : index % 7 === 0 ? 'snoozed' : 'open',
      assigneeId: index % 3 === 0 ? me.id : index % 3 === 1 ? null : 'colleague',
      teamId: index % 4 === 0 ? team.id : index % 4 === 1 ? other.id : null,
      labelIds: index % 2 === 0 ? [label.id] : [],
      unread: index % 3,
      activeAt: NOW - Math.floor(index / 3) * MINUTE,
      waitingSince: index % 2 === 0 ? null : NOW - index * 7 * MINUTE,
      lastInboundAt: index % 6 === 0 ? null : NOW - index * HOUR,
      windowEndsAt: index % 8 === 1 ? NOW + 10 * MINUTE : null,
    }),
    failed: index % 6 === 2,
    draft: index % 9 === 1,
    mentioned: index % 4 === 3,
    pinned: index % 11 === 3,
  }));
}

function fill(bench: Bench, known: readonly Known[], user: User = me, views: LibraryItem[] = []): void {
  bench.write.saveSession({ ...session, me: user });
  const pins = known
    .filter((one) => one.pinned)
    .map(({ conversation }) => item({ kind: 'pin', conversationId: conversation.id }));
  bench.write.applySnapshot({
    ...snapshotAt(10),
    me: user,
    users: [user],
    channels: [channel, sms],
    teams: [team, other],
    library: [...pins, ...views],
  });
  const items = known.map(({ conversation }) => ({
    conversation,
    contact: contactOf({ id: conversation.contactId }),
    messages: [],
  }));
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
  const notes = known
    .filter((one) => one.mentioned)
    .map(({ conversation }) => noteOf(conversation, 'look', { mentions: [user.id] }));
  bench.write.applyPage({ type: 'history', page: { asOf: 10, messages: [], notes, next: null } });
  for (const one of known) {
    const { id } = one.conversation;
    if (one.draft) bench.write.saveDraft({ conversationId: id, draft: draftOf('half'), now: 1 });
    if (one.failed) bench.db.run`UPDATE conversations SET failed = 1 WHERE id = ${id}`;
  }
}

function listed(bench: Bench, view: View, sort: ConversationSort, limit: number): ConversationRow[] {
  const rows: ConversationRow[] = [];
  let after: ListCursor | null = null;
  do {
    const page: { rows: ConversationRow[]; next: ListCursor | null } = parsed(
      readConversations(bench.db, { view, sort, me: me.id, now: NOW, after, limit }),
    );
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

/** The rules once more, over plain objects. */
function passes({ conversation: c, ...one }: Known, f: ConversationFilter): boolean {
  const is = (wanted: boolean | null, value: boolean): boolean => wanted === null || wanted === value;
  const window = windowOf(c, (c.channelId === sms.id ? sms : channel).capabilities);
  const assignee =
    f.assignee === null ||
    (f.assignee === 'me' && c.assigneeId === me.id) ||
    (f.assignee === 'nobody' && c.assigneeId === null) ||
    (f.assignee === 'somebody' && c.assigneeId !== null) ||
    (typeof f.assignee === 'object' && 'userId' in f.assignee && c.assigneeId === f.assignee.userId) ||
    (typeof f.assignee === 'object' && 'teamId' in f.assignee && c.teamId === f.assignee.teamId);
  return (
    (f.status.length === 0 || f.status.includes(c.status)) &&
    (f.channelIds.length === 0 || f.channelIds.includes(c.channelId)) &&
    (f.labelIds.length === 0 || f.labelIds.some((id) => c.labelIds.includes(id))) &&
    assignee &&
    is(f.unread, c.unread > 0) &&
    is(f.failed, one.failed) &&
    is(f.draft, one.draft) &&
    is(f.mentioned, one.mentioned) &&
    (f.windowClosingMinutes === null ||
      (window !== null && window.endsAt > NOW && window.endsAt <= NOW + f.windowClosingMinutes * MINUTE)) &&
    (f.waitingMinutes === null ||
      (c.waitingSince !== null && c.waitingSince < NOW - f.waitingMinutes * MINUTE))
  );
}

/** What comes first; what has no such time comes after all that has one, newest first. */
function rank({ conversation: c }: Known, sort: ConversationSort): [number, number] {
  if (sort === 'oldest') return [0, c.activeAt];
  if (sort === 'waiting' && c.waitingSince !== null) return [0, c.waitingSince];
  const window = windowOf(c, (c.channelId === sms.id ? sms : channel).capabilities);
  if (sort === 'window' && window !== null && window.endsAt > NOW) return [0, window.endsAt];
  return [1, -c.activeAt];
}

const flag = fc.option(fc.boolean());
const filters: fc.Arbitrary<ConversationFilter> = fc.record({
  status: fc.subarray(['open', 'snoozed', 'closed'] as const).map((list) => [...list]),
  channelIds: fc.subarray([channel.id, sms.id]),
  labelIds: fc.subarray([label.id, 'unknown']),
  assignee: fc.option(
    fc.constantFrom<NonNullable<ConversationFilter['assignee']>>(
      'me',
      'nobody',
      'somebody',
      { userId: 'colleague' },
      { teamId: team.id },
    ),
  ),
  unread: flag,
  failed: flag,
  draft: flag,
  mentioned: flag,
  windowClosingMinutes: fc.option(fc.constantFrom(5, 30, 2000)),
  waitingMinutes: fc.option(fc.constantFrom(0, 60, 200)),
});

test('a filter lists and counts what it lets through, in every order, pinned ones first, page by page', () => {
  using bench = openBench();
  const known = sample();
  fill(bench, known);
  // Mostly little is asked, so that something is left to be in order.
  const few = fc
    .tuple(filters, fc.subarray(Object.keys(NO_FILTER) as (keyof ConversationFilter)[], { maxLength: 3 }))
    .map(([filter, keys]) => ({
      ...NO_FILTER,
      ...Object.fromEntries(keys.map((key) => [key, filter[key]])),
    }));
  fc.assert(
    fc.property(
      few,
      fc.constantFrom<ConversationSort>('newest', 'oldest', 'waiting', 'window'),
      fc.integer({ min: 1, max: 9 }),
      (filter, sort, limit) => {
        const expected = known.filter((one) => passes(one, filter));
        const order = (a: Known, b: Known): number => {
          const [one, two] = [rank(a, sort), rank(b, sort)];
          return one[0] - two[0] || one[1] - two[1] || (a.conversation.id < b.conversation.id ? -1 : 1);
        };
        const ids = [
          ...expected.filter((one) => one.pinned).toSorted(order),
          ...expected.filter((one) => !one.pinned).toSorted(order),
        ].map((one) => one.conversation.id);
        const view: View = { kind: 'filter', filter };
        expect(listed(bench, view, sort, limit).map((row) => row.conversation.id)).toEqual(ids);
        expect(readConversationIds(bench.db, { view, sort, me: me.id, now: NOW, limit: 5_000 })).toEqual(ids);
        expect(countFilter(bench.db, { filter, me: me.id, now: NOW })).toBe(ids.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('a list with an index of its own has pinned ones first too, and says what is pinned and mentioned', () => {
  using bench = openBench();
  const known = sample();
  fill(bench, known);
  const rows = listed(bench, { kind: 'all' }, 'newest', 4);
  const open = known.filter(({ conversation }) => conversation.status === 'open');
  expect(rows).toHaveLength(open.length);
  const pinned = open.filter((one) => one.pinned).length;
  expect(pinned).toBeGreaterThan(1);
  expect(rows.map((row) => row.pinned)).toEqual(rows.map((_, index) => index < pinned));
  for (const row of rows) {
    const one = known.find(({ conversation }) => conversation.id === row.conversation.id)!;
    expect(row.mentioned).toBe(one.mentioned);
    expect(row.draft).toBe(one.draft ? 'half' : null);
  }
});

test('mentions and saved views are counted, and follow what happens', () => {
  using bench = openBench();
  const known = sample();
  const saved = item({
    kind: 'saved_view',
    title: 'Late',
    filter: { ...NO_FILTER, unread: true, status: ['open'] },
    sort: 'waiting',
  });
  fill(bench, known, me, [saved]);
  const count = (kind: View['kind']) =>
    readViews(bench.db, { me: me.id, now: NOW }).find(({ view }) => view.kind === kind);
  const mentioned = known.filter((one) => one.mentioned && one.conversation.status !== 'closed');
  expect(count('mentions')).toMatchObject({
    total: mentioned.length,
    unread: mentioned.filter(({ conversation }) => conversation.unread > 0).length,
  });
  expect(listed(bench, { kind: 'mentions' }, 'newest', 50)).toHaveLength(mentioned.length);
  const late = known.filter(({ conversation }) => conversation.status === 'open' && conversation.unread > 0);
  expect(count('saved')).toMatchObject({ view: { kind: 'saved', id: saved.id }, total: late.length });
  const first = mentioned[0]!.conversation;
  const conversation: Conversation = { ...first, status: 'closed', rev: 11 };
  bench.write.applyBatch({
    from: 10,
    to: 12,
    head: 12,
    events: [
      { seq: 11, at: 1, type: 'conversation.changed', data: { conversation } },
      {
        seq: 12,
        at: 1,
        type: 'conversation.withdrawn',
        data: { conversationId: mentioned[1]!.conversation.id },
      },
    ],
  });
  expect(count('mentions')?.total).toBe(mentioned.length - 2);
});

test('the queue has what nobody took, of a team only for those who are in it and for supervisors', () => {
  const known = sample();
  for (const role of ['agent', 'supervisor'] as const) {
    using bench = openBench();
    fill(bench, known, { ...me, role });
    const queue = known.filter(
      ({ conversation: c }) =>
        c.status === 'open' && c.assigneeId === null && (role === 'supervisor' || c.teamId !== other.id),
    );
    const view: View = { kind: 'unassigned' };
    expect(new Set(listed(bench, view, 'newest', 3).map((row) => row.conversation.id))).toEqual(
      new Set(queue.map(({ conversation }) => conversation.id)),
    );
    expect(listed(bench, view, 'waiting', 3)).toHaveLength(queue.length);
    const counted = readViews(bench.db, { me: me.id, now: NOW }).find(
      (one) => one.view.kind === 'unassigned',
    );
    expect(counted?.total).toBe(queue.length);
  }
});

test('when a channel says another window, its conversations close at another time', () => {
  using bench = openBench();
  const conversation = conversationOf({ lastInboundAt: NOW - 2 * HOUR });
  fill(bench, [{ conversation, failed: false, draft: false, mentioned: false, pinned: false }]);
  const filter: ConversationFilter = { ...NO_FILTER, windowClosingMinutes: 60 };
  expect(countFilter(bench.db, { filter, me: me.id, now: NOW })).toBe(0);
  const changed = { ...channel, capabilities: { ...channel.capabilities, windowHours: 2.5 }, rev: 11 };
  const event = { seq: 11, at: 1, type: 'channel.changed', data: { channel: changed } };
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events: [event] });
  expect(countFilter(bench.db, { filter, me: me.id, now: NOW })).toBe(1);
});
