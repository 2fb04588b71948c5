/** Who may see what (protocol README, section 3), as one rule that pages, the log, media and commands share. */
import type { Role } from '../../shared/domain/workspace.ts';

export type AgentVisibility = 'assigned_and_queue' | 'all';

/** A user as the rule sees one. Loaded afresh for every request, because role and channels change while sockets live. */
export type Viewer = {
  ws: number;
  userId: string;
  role: Role;
  /** Null: all channels. */
  channelIds: ReadonlySet<string> | null;
  agentVisibility: AgentVisibility;
  /** The teams of an agent, each with the number of the event with which the agent joined. */
  teams: ReadonlyMap<string, number>;
};

/** Who has a conversation: a person, a team, both (a member took it from the team), or nobody (the queue). */
export type Holder = { assigneeId: string | null; teamId: string | null };

/** What of a conversation decides who may see it. */
export type Audience = Holder & { channelId: string };

/** Owners and supervisors see their whole workspace. */
export function seesEverything(viewer: Viewer): boolean {
  return viewer.role !== 'agent';
}

export function canSeeChannel(viewer: Viewer, channelId: string): boolean {
  return seesEverything(viewer) || viewer.channelIds === null || viewer.channelIds.has(channelId);
}

/**
 * `seq`: the number of the log at which it was so; left out, it is now. A member sees of a team what happened after joining: what was
 * there before came with a grant.
 */
export function canSeeConversation(
  viewer: Viewer,
  audience: Audience,
  seq = Number.POSITIVE_INFINITY,
): boolean {
  if (seesEverything(viewer)) return true;
  const { channelId, assigneeId, teamId } = audience;
  if (!canSeeChannel(viewer, channelId)) return false;
  if (viewer.agentVisibility === 'all' || assigneeId === viewer.userId) return true;
  if (teamId === null) return assigneeId === null;
  const since = viewer.teams.get(teamId);
  return since !== undefined && since < seq;
}
