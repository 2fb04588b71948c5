/**
 * Teams and who is in them. When somebody joins or leaves, the conversations of the team come into or go out of that person's sight:
 * each with an event of its own for that person alone.
 */
import { newId } from '../../shared/domain/id.ts';
import type { Team } from '../../shared/domain/team.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { People } from './people.ts';
import { canSeeConversation } from './visibility.ts';

/** With more conversations than this, a new first sync is less work than telling each. */
const MAX_TOLD = 1_000;

type State = { state: string };

export type Teams = ReturnType<typeof createTeams>;

export function createTeams(db: Db, log: Log, parts: { people: People; conversations: Conversations }) {
  const { people, conversations } = parts;
  const byId = db.prepare<State>('SELECT state FROM teams WHERE id = ? AND ws = ?');
  const ofWorkspace = db.prepare<State>('SELECT state FROM teams WHERE ws = ? ORDER BY id');
  const put = db.prepare(
    'INSERT INTO teams (id, ws, state) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
  );
  const join = db.prepare('INSERT INTO team_members (team_id, user_id, since) VALUES (?, ?, ?)');
  const leave = db.prepare('DELETE FROM team_members WHERE team_id = ? AND user_id = ?');

  const joined = db.prepare<{ since: number }>(
    'SELECT since FROM team_members WHERE team_id = ? AND user_id = ?',
  );

  /**
   * What somebody who leaves may have seen by the team. What it passed on meanwhile is told as well: a desktop that was away reads
   * that stretch of the log when it is no stretch of a member any more.
   */
  function seenByTeam(ws: number, teamId: string, since: number): Conversation[] {
    const talks = conversations.ofTeam(teamId, MAX_TOLD + 1);
    for (const id of log.passedOnBy(ws, teamId, since, MAX_TOLD + 1)) {
      const talk = talks.some((one) => one.id === id) ? null : conversations.get(ws, id);
      if (talk !== null) talks.push(talk);
    }
    return talks;
  }

  /** Moves one person in or out and tells that person what has come or gone. */
  function move(ws: number, teamId: string, userId: string, joins: boolean, since: number, at: number): void {
    const before = people.viewer(userId);
    const memberSince = joined.get(teamId, userId)?.since ?? since;
    if (joins) join.run(teamId, userId, since);
    else leave.run(teamId, userId);
    const after = people.viewer(userId);
    if (before === null || after === null || after.role !== 'agent') return;
    const talks = joins ? conversations.ofTeam(teamId, MAX_TOLD + 1) : seenByTeam(ws, teamId, memberSince);
    if (talks.length > MAX_TOLD) {
      log.append(ws, at, 'access.changed', { addressee: userId }, () => JSON.stringify({ userId }));
      return;
    }
    for (const talk of talks) {
      const sees = canSeeConversation(after, talk);
      if (joins ? !sees || canSeeConversation(before, talk) : sees) continue;
      const scope = { conversationId: talk.id, channelId: talk.channelId, addressee: userId };
      // What a grant carries is put in when it is sent, as of then.
      if (joins) log.append(ws, at, 'conversation.granted', scope, () => '{}');
      else {
        const data = JSON.stringify({ conversationId: talk.id, contactId: talk.contactId });
        log.append(ws, at, 'conversation.withdrawn', scope, () => data);
      }
    }
  }

  /** What a team had that is no more goes on with its assignee, or to everybody's queue. */
  function release(ws: number, teamId: string, at: number): void {
    for (;;) {
      const talks = conversations.ofTeam(teamId, MAX_TOLD);
      if (talks.length === 0) return;
      for (const talk of talks) {
        conversations.apply(ws, talk, { teamId: null }, { actorId: null, note: null }, at);
      }
    }
  }

  function get(ws: number, id: string): Team | null {
    const row = byId.get(id, ws);
    return row === undefined ? null : (JSON.parse(row.state) as Team);
  }

  return {
    get,
    states(ws: number): string[] {
      return ofWorkspace.all(ws).map((row) => row.state);
    },
    /** Makes or changes a team. One that is deleted has no members and no conversations. Throws for users of other workspaces. */
    save(
      ws: number,
      fields: { id?: string; name: string; memberIds: readonly string[]; deleted?: boolean },
      at: number = Date.now(),
    ): Team {
      return db.tx(() => {
        const id = fields.id ?? newId();
        const deleted = fields.deleted ?? false;
        const memberIds = deleted ? [] : [...new Set(fields.memberIds)];
        const ours = new Set(people.users(ws).map((user) => user.id));
        if (memberIds.some((member) => !ours.has(member))) throw new Error('not a user of this workspace');
        const before = get(ws, id)?.memberIds ?? [];
        let state = '';
        const seq = log.append(ws, at, 'team.changed', {}, (number) => {
          state = JSON.stringify({ id, name: fields.name, memberIds, deleted, rev: number } satisfies Team);
          return `{"team":${state}}`;
        });
        put.run(id, ws, state);
        for (const user of before.filter((member) => !memberIds.includes(member)))
          move(ws, id, user, false, seq, at);
        for (const user of memberIds.filter((member) => !before.includes(member)))
          move(ws, id, user, true, seq, at);
        if (deleted) release(ws, id, at);
        return JSON.parse(state) as Team;
      });
    },
  };
}
