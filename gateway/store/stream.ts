/**
 * A stretch of the log as one user may see it (protocol README, sections 2.1 and 3): filtered by what was visible then and what is
 * visible now; a change that takes a conversation out of sight becomes `withdrawn`, one that brings it in becomes `granted`.
 */
import { MAX_BATCH_EVENTS } from '../../shared/protocol/socket.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactMerge } from '../../shared/domain/merge.ts';
import type { Consents } from './consents.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { Log, LogRow } from './log.ts';
import type { Merges } from './merges.ts';
import type { Sight } from './sight.ts';
import { canSeeChannel, canSeeConversation, seesEverything } from './visibility.ts';
import type { Viewer } from './visibility.ts';

/** A batch ends early when it has this many characters, so that what is held in memory for a slow desktop stays small. */
const MAX_BATCH_CHARS = 1_000_000;
/** Rows looked at for one batch: a user who sees few of them gets a nearly empty batch, and the event loop gets air. */
const MAX_BATCH_SCAN = 5_000;

/** `json` is an `EventBatch`. */
export type Stretch = { from: number; to: number; count: number; json: string };

export function createStream(parts: {
  log: Log;
  conversations: Conversations;
  contacts: Contacts;
  consents: Consents;
  merges: Merges;
  sight: Sight;
}) {
  const { log, conversations, contacts, consents, merges, sight } = parts;

  function frame(row: LogRow, type: string, data: string): string {
    const at = /"at":(\d+)/u.exec(row.event)?.[1] ?? '0';
    return `{"seq":${row.seq},"at":${at},"type":"${type}","data":${data}}`;
  }

  /** The newest state, not that of then: the desktop pulls the history that belongs to it now. */
  function granted(viewer: Viewer, row: LogRow): string | null {
    const { conversation_id: id } = row;
    const conversation = id === null ? null : conversations.get(viewer.ws, id);
    const contact = conversation === null ? null : contacts.state(viewer.ws, conversation.contactId);
    if (conversation === null || contact === null || !canSeeConversation(viewer, conversation)) return null;
    const ids = [conversation.contactId];
    const data =
      `{"conversation":${JSON.stringify(conversation)},"contact":${contact},` +
      `"consents":[${consents.statesOf(ids).join(',')}],"merges":[${merges.statesOf(ids).join(',')}]}`;
    return frame(row, 'conversation.granted', data);
  }

  /** Of many contacts, those that are in sight. */
  function someOf(viewer: Viewer, row: LogRow): string | null {
    const event = JSON.parse(row.event) as { data: { contacts: Contact[] } };
    const seen = event.data.contacts.filter(({ id }) => sight.seesContact(viewer, id));
    return seen.length === 0 ? null : frame(row, row.type, JSON.stringify({ contacts: seen }));
  }

  /** A merge is seen by who sees one of the two: also its undoing, by who then sees one alone. */
  function seesMerge(viewer: Viewer, row: LogRow): boolean {
    const { data } = JSON.parse(row.event) as { data: { merge: ContactMerge } };
    const { winner, loser } = data.merge;
    return sight.seesContact(viewer, winner.id) || sight.seesContact(viewer, loser.id);
  }

  /** The event as this viewer gets it, or null. */
  function shown(viewer: Viewer, row: LogRow): string | null {
    if (row.type === 'erased') return null;
    if (row.addressee !== null) {
      if (row.addressee !== viewer.userId) return null;
      return row.type === 'conversation.granted' ? granted(viewer, row) : row.event;
    }
    if (seesEverything(viewer)) return row.event;
    if (row.type === 'contacts.changed') return someOf(viewer, row);
    if (row.type === 'contact.merged') return seesMerge(viewer, row) ? row.event : null;
    if (row.conversation_id === null || row.channel_id === null) {
      if (row.contact_id !== null) return sight.seesContact(viewer, row.contact_id) ? row.event : null;
      return row.channel_id === null || canSeeChannel(viewer, row.channel_id) ? row.event : null;
    }
    const { channel_id: channelId, seq } = row;
    const then = { channelId, assigneeId: row.assignee_before, teamId: row.team_before };
    const since = { channelId, assigneeId: row.assignee_after, teamId: row.team_after };
    const before = canSeeConversation(viewer, then, seq);
    const after = canSeeConversation(viewer, since, seq);
    if (before && !after) {
      const gone = { conversationId: row.conversation_id, contactId: row.contact_now ?? undefined };
      return frame(row, 'conversation.withdrawn', JSON.stringify(gone));
    }
    const now = { channelId, assigneeId: row.assignee_now, teamId: row.team_now };
    if (!after || !canSeeConversation(viewer, now)) return null;
    return before ? row.event : granted(viewer, row);
  }

  return {
    /** The next stretch after `cursor`; null when there is nothing after it. */
    after(viewer: Viewer, cursor: number): Stretch | null {
      const { head } = log.ends(viewer.ws);
      if (cursor >= head) return null;
      const events: string[] = [];
      let to = cursor;
      let size = 0;
      for (const row of log.after(viewer.ws, cursor, MAX_BATCH_SCAN)) {
        to = row.seq;
        const event = shown(viewer, row);
        if (event === null) continue;
        events.push(event);
        size += event.length;
        if (events.length >= MAX_BATCH_EVENTS || size >= MAX_BATCH_CHARS) break;
      }
      const json = `{"from":${cursor},"to":${to},"head":${head},"events":[${events.join(',')}]}`;
      return { from: cursor, to, count: events.length, json };
    },
  };
}
