/** Which conversations a view lets through, as parameters of one statement over one index, and the same asked of a single row. */
import type { View } from '../../../shared/contract/rows.ts';
import { NO_FILTER } from '../../../shared/domain/conversation-filter.ts';
import type { ConversationFilter, ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { LibraryItem } from '../../../shared/domain/library.ts';
import type { Team } from '../../../shared/domain/team.ts';
import type { ReadableDb } from '../sql.ts';

/** `queues`: JSON list of the teams whose unassigned conversations are shown too; null: does not matter. Lists are JSON. */
export type Conditions = {
  statuses: string;
  channels: string | null;
  labels: string | null;
  assignee: 'any' | 'is' | 'nobody' | 'somebody' | 'team';
  assigneeId: string | null;
  queues: string | null;
  unread: number | null;
  failed: number | null;
  draft: number | null;
  mentioned: number | null;
  windowFrom: number | null;
  windowTo: number | null;
  waitingBefore: number | null;
};

/** What the index of triage holds of one conversation. */
export type Facts = {
  ref: number;
  id: string;
  status: string;
  activeAt: number;
  channelId: string;
  assigneeId: string | null;
  teamId: string | null;
  unread: number;
  failed: number;
  mentioned: number;
  waitingSince: number | null;
  windowEnd: number | null;
  draft: number;
  /** JSON list. */
  labels: string;
};

/** Orders what has no waiting time or open window behind what has, by last activity; above every time there is. */
export const LAST = 4_000_000_000_000_000;

const ALL = '["open","snoozed","closed"]';

/** Null: a saved view that is not (or no longer) here lets nothing through. */
export function conditionsOf(
  db: ReadableDb,
  view: View,
  { me, now }: { me: string; now: number },
): Conditions | null {
  switch (view.kind) {
    case 'mine':
      return conditionsOfFilter({ ...NO_FILTER, status: ['open'], assignee: 'me' }, me, now);
    case 'unassigned': {
      const conditions = conditionsOfFilter({ ...NO_FILTER, status: ['open'], assignee: 'nobody' }, me, now);
      return { ...conditions, queues: queuesOf(db, me) };
    }
    case 'all':
      return conditionsOfFilter({ ...NO_FILTER, status: ['open'] }, me, now);
    case 'mentions':
      return conditionsOfFilter({ ...NO_FILTER, status: ['open', 'snoozed'], mentioned: true }, me, now);
    case 'snoozed':
    case 'closed':
      return conditionsOfFilter({ ...NO_FILTER, status: [view.kind] }, me, now);
    case 'channel':
      return conditionsOfFilter({ ...NO_FILTER, status: ['open'], channelIds: [view.id] }, me, now);
    case 'label':
      return conditionsOfFilter({ ...NO_FILTER, status: ['open'], labelIds: [view.id] }, me, now);
    case 'saved': {
      const saved = savedView(db, view.id);
      return saved === null ? null : conditionsOfFilter(saved.filter, me, now);
    }
    case 'filter':
      return conditionsOfFilter(view.filter, me, now);
  }
}

export function savedView(
  db: ReadableDb,
  id: string,
): { filter: ConversationFilter; sort: ConversationSort } | null {
  const row = db.get<{ json: string }>`SELECT json FROM library WHERE id = ${id} AND deleted = 0`;
  if (row === undefined) return null;
  const { content } = JSON.parse(row.json) as LibraryItem;
  return content.kind === 'saved_view' ? content : null;
}

export function conditionsOfFilter(filter: ConversationFilter, me: string, now: number): Conditions {
  const { windowClosingMinutes, waitingMinutes } = filter;
  return {
    statuses: filter.status.length === 0 ? ALL : JSON.stringify(filter.status),
    channels: filter.channelIds.length === 0 ? null : JSON.stringify(filter.channelIds),
    labels: filter.labelIds.length === 0 ? null : JSON.stringify(filter.labelIds),
    ...assigneeOf(filter.assignee, me),
    queues: null,
    unread: flag(filter.unread),
    failed: flag(filter.failed),
    draft: flag(filter.draft),
    mentioned: flag(filter.mentioned),
    windowFrom: windowClosingMinutes === null ? null : now,
    windowTo: windowClosingMinutes === null ? null : now + windowClosingMinutes * MINUTE,
    waitingBefore: waitingMinutes === null ? null : now - waitingMinutes * MINUTE,
  };
}

/** Teams whose unassigned conversations this person takes care of: one's own; a supervisor's and an owner's are all. */
export function queuesOf(db: ReadableDb, me: string): string | null {
  const role = db.get<{ role: string }>`
    SELECT json ->> 'role' AS role FROM directory WHERE kind = 'user' AND id = ${me}`?.role;
  if (role === 'owner' || role === 'supervisor') return null;
  const teams = db.all<{ json: string }>`SELECT json FROM directory WHERE kind = 'team'`;
  const mine = teams
    .map((row) => JSON.parse(row.json) as Team)
    .filter((team) => !team.deleted && team.memberIds.includes(me));
  return JSON.stringify(mine.map((team) => team.id));
}

/** The same question as the statement's, of one row: for the few that are pinned. */
export function fits(facts: Facts, conditions: Conditions): boolean {
  const inList = (list: string | null, value: string | null): boolean =>
    list === null || (JSON.parse(list) as (string | null)[]).includes(value);
  const is = (wanted: number | null, value: boolean): boolean => wanted === null || (wanted === 1) === value;
  const { assignee, assigneeId, windowFrom, windowTo, waitingBefore } = conditions;
  return (
    inList(conditions.statuses, facts.status) &&
    inList(conditions.channels, facts.channelId) &&
    (conditions.labels === null ||
      (JSON.parse(facts.labels) as string[]).some((id) => inList(conditions.labels, id))) &&
    (assignee === 'any' ||
      (assignee === 'is' && facts.assigneeId === assigneeId) ||
      (assignee === 'nobody' && facts.assigneeId === null) ||
      (assignee === 'somebody' && facts.assigneeId !== null) ||
      (assignee === 'team' && facts.teamId === assigneeId)) &&
    (facts.teamId === null || inList(conditions.queues, facts.teamId)) &&
    is(conditions.unread, facts.unread > 0) &&
    is(conditions.failed, facts.failed > 0) &&
    is(conditions.draft, facts.draft > 0) &&
    is(conditions.mentioned, facts.mentioned > 0) &&
    (windowFrom === null ||
      (facts.windowEnd !== null && facts.windowEnd > windowFrom && facts.windowEnd <= (windowTo ?? 0))) &&
    (waitingBefore === null || (facts.waitingSince !== null && facts.waitingSince < waitingBefore))
  );
}

/** What the order goes by, smallest first. */
export function keyOf(facts: Facts, sort: ConversationSort, now: number): number {
  const { activeAt, waitingSince, windowEnd } = facts;
  if (sort === 'oldest') return activeAt;
  if (sort === 'waiting' && waitingSince !== null) return waitingSince;
  if (sort === 'window' && windowEnd !== null && windowEnd > now) return windowEnd;
  return LAST - activeAt;
}

function assigneeOf(
  wanted: ConversationFilter['assignee'],
  me: string,
): Pick<Conditions, 'assignee' | 'assigneeId'> {
  if (wanted === null) return { assignee: 'any', assigneeId: null };
  if (wanted === 'me') return { assignee: 'is', assigneeId: me };
  if (wanted === 'nobody' || wanted === 'somebody') return { assignee: wanted, assigneeId: null };
  if ('userId' in wanted) return { assignee: 'is', assigneeId: wanted.userId };
  return { assignee: 'team', assigneeId: wanted.teamId };
}

function flag(wanted: boolean | null): number | null {
  return wanted === null ? null : Number(wanted);
}
