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
};

/** Owners and supervisors see their whole workspace. */
export function seesEverything(viewer: Viewer): boolean {
  return viewer.role !== 'agent';
}

export function canSeeChannel(viewer: Viewer, channelId: string): boolean {
  return seesEverything(viewer) || viewer.channelIds === null || viewer.channelIds.has(channelId);
}

export function canSeeConversation(viewer: Viewer, channelId: string, assigneeId: string | null): boolean {
  if (seesEverything(viewer)) return true;
  if (!canSeeChannel(viewer, channelId)) return false;
  return viewer.agentVisibility === 'all' || assigneeId === null || assigneeId === viewer.userId;
}
