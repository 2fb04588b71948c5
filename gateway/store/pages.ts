/**
 * First sync and history. A page is put together from stored JSON, without parsing it, in one synchronous stretch: so its `asOf` is
 * the head of the log at that moment. Keyset pagination on (time, id), newest first.
 */
import type { Db } from './database.ts';
import type { Catalogue } from './catalogue.ts';
import type { Channels } from './channels.ts';
import type { Log } from './log.ts';
import type { People } from './people.ts';
import { cursorOf } from './page-cursor.ts';
import type { Place } from './page-cursor.ts';
import { canSeeChannel, canSeeConversation, seesEverything } from './visibility.ts';
import type { Viewer } from './visibility.ts';

/** Newest messages that come with each of the first conversations of the first page: enough to read without a further call. */
const FIRST_MESSAGES = 20;
const FIRST_CONVERSATIONS = 100;
const LATER_MESSAGES = 1;
/** A page ends early when it has this many characters. */
const MAX_PAGE_CHARS = 6_000_000;
/** An agent who sees little of a long history gets short pages rather than a gateway that stands still: rows looked at per page. */
const MAX_SCAN = 10_000;

type HistoryRow = { id: string; at: number; state: string };
type SeenRow = HistoryRow & { channel_id: string; assignee_id: string | null };
type ConversationRow = SeenRow & { contact: string };

export type Pages = ReturnType<typeof createPages>;

export function createPages(
  db: Db,
  parts: { log: Log; people: People; channels: Channels; catalogue: Catalogue },
) {
  const { log, people, channels, catalogue } = parts;
  const totals = db.prepare<{
    channel_id: string;
    assignee_id: string | null;
    conversations: number;
    messages: number;
  }>(
    `SELECT channel_id, assignee_id, count(*) AS conversations, sum(message_count) AS messages
     FROM conversations WHERE ws = ? GROUP BY channel_id, assignee_id`,
  );
  const conversationRows = db.prepare<ConversationRow>(
    `SELECT c.id, c.active_at AS at, c.state, c.channel_id, c.assignee_id, k.state AS contact
     FROM conversations c JOIN contacts k ON k.id = c.contact_id
     WHERE c.ws = ? AND (c.active_at, c.id) < (?, ?) ORDER BY c.active_at DESC, c.id DESC`,
  );
  const newestMessages = db.prepare<{ state: string }>(
    'SELECT state FROM messages WHERE conversation_id = ? ORDER BY sent_at DESC, id DESC LIMIT ?',
  );
  const allMessages = db.prepare<HistoryRow>(
    `SELECT id, sent_at AS at, state FROM messages WHERE ws = ? AND (sent_at, id) < (?, ?)
     ORDER BY sent_at DESC, id DESC LIMIT ?`,
  );
  const seenMessages = db.prepare<SeenRow>(
    `SELECT m.id, m.sent_at AS at, m.state, c.channel_id, c.assignee_id
     FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.ws = ? AND (m.sent_at, m.id) < (?, ?) ORDER BY m.sent_at DESC, m.id DESC`,
  );
  const seenNotes = db.prepare<SeenRow>(
    `SELECT n.id, n.created_at AS at, n.state, c.channel_id, c.assignee_id
     FROM notes n JOIN conversations c ON c.id = n.conversation_id
     WHERE n.ws = ? AND (n.created_at, n.id) < (?, ?) AND n.created_at >= ?
     ORDER BY n.created_at DESC, n.id DESC LIMIT ?`,
  );
  const messagesOf = db.prepare<HistoryRow>(
    `SELECT id, sent_at AS at, state FROM messages WHERE conversation_id = ? AND (sent_at, id) < (?, ?)
     ORDER BY sent_at DESC, id DESC LIMIT ?`,
  );
  const notesOf = db.prepare<HistoryRow>(
    `SELECT id, created_at AS at, state FROM notes WHERE conversation_id = ? AND (created_at, id) < (?, ?) AND created_at >= ?
     ORDER BY created_at DESC, id DESC LIMIT ?`,
  );

  /** What an agent may see of the newest messages before `from`; `end` is the last place looked at, null at the very end. */
  function visibleMessages(
    viewer: Viewer,
    from: Place,
    limit: number,
  ): { rows: HistoryRow[]; end: Place | null } {
    const rows: HistoryRow[] = [];
    let looked = 0;
    for (const row of seenMessages.iterate(viewer.ws, from.at, from.id)) {
      looked += 1;
      if (canSeeConversation(viewer, row.channel_id, row.assignee_id)) rows.push(row);
      if (rows.length >= limit || looked >= MAX_SCAN) return { rows, end: { at: row.at, id: row.id } };
    }
    return { rows, end: null };
  }

  function history(
    head: number,
    limit: number,
    messages: { rows: HistoryRow[]; end: Place | null },
    notesDownTo: (at: number) => HistoryRow[],
  ): string {
    const { rows, end } = messages;
    // Notes are few: those of the same stretch of time come along, and the older of both ends the page.
    const notes = notesDownTo(end === null ? 0 : end.at).filter((note) => end === null || isAfter(note, end));
    const merged = mergeNewestFirst(rows, notes, limit);
    const cut = merged.messages.length < rows.length || merged.notes.length < notes.length;
    const next = cut || notes.length >= limit ? merged.last : end;
    const cursor = next === null ? 'null' : JSON.stringify(cursorOf(next));
    return `{"asOf":${head},"messages":[${merged.messages.join(',')}],"notes":[${merged.notes.join(',')}],"next":${cursor}}`;
  }

  return {
    /** `Snapshot` as JSON. */
    snapshot(viewer: Viewer): string {
      const { head } = log.ends(viewer.ws);
      const workspace = people.workspace(viewer.ws);
      let conversations = 0;
      let messages = 0;
      for (const row of totals.all(viewer.ws)) {
        if (!canSeeConversation(viewer, row.channel_id, row.assignee_id)) continue;
        conversations += row.conversations;
        messages += row.messages;
      }
      const seen = channels.list(viewer.ws).filter((row) => canSeeChannel(viewer, row.channel.id));
      const templates = catalogue
        .templateStates(viewer.ws)
        .filter((row) => canSeeChannel(viewer, row.channelId))
        .map((row) => row.state);
      const me = JSON.stringify(people.user(viewer.userId));
      return (
        `{"asOf":${head},"workspace":${JSON.stringify({ id: workspace.id, name: workspace.name })},"me":${me},` +
        `"users":[${people.userStates(viewer.ws).join(',')}],` +
        `"channels":${JSON.stringify(seen.map((row) => row.channel))},` +
        `"labels":[${catalogue.labelStates(viewer.ws).join(',')}],"templates":[${templates.join(',')}],` +
        `"policy":${catalogue.policyState(viewer.ws)},"totals":${JSON.stringify({ conversations, messages })}}`
      );
    },
    /** `ConversationPage` as JSON: newest first, each with its contact and its newest messages (oldest of them first). */
    conversations(viewer: Viewer, from: Place, limit: number): string {
      const { head } = log.ends(viewer.ws);
      const newest = from.at === Number.MAX_SAFE_INTEGER;
      const items: string[] = [];
      let size = 0;
      let next: Place | null = null;
      let looked = 0;
      for (const row of conversationRows.iterate(viewer.ws, from.at, from.id)) {
        looked += 1;
        if (canSeeConversation(viewer, row.channel_id, row.assignee_id)) {
          const wanted = newest && items.length < FIRST_CONVERSATIONS ? FIRST_MESSAGES : LATER_MESSAGES;
          const messages = newestMessages.all(row.id, wanted).map((message) => message.state);
          const item = `{"conversation":${row.state},"contact":${row.contact},"messages":[${messages.toReversed().join(',')}]}`;
          items.push(item);
          size += item.length;
        }
        if (items.length >= limit || size >= MAX_PAGE_CHARS || looked >= MAX_SCAN) {
          next = { at: row.at, id: row.id };
          break;
        }
      }
      const cursor = next === null ? 'null' : JSON.stringify(cursorOf(next));
      return `{"asOf":${head},"items":[${items.join(',')}],"next":${cursor}}`;
    },
    /** `HistoryPage` of everything that the viewer sees, as JSON. */
    history(viewer: Viewer, from: Place, limit: number): string {
      const { head } = log.ends(viewer.ws);
      const messages = seesEverything(viewer)
        ? whole(allMessages.all(viewer.ws, from.at, from.id, limit), limit)
        : visibleMessages(viewer, from, limit);
      return history(head, limit, messages, (at) =>
        seenNotes
          .all(viewer.ws, from.at, from.id, at, limit)
          .filter((row) => canSeeConversation(viewer, row.channel_id, row.assignee_id)),
      );
    },
    /** `HistoryPage` of one conversation, as JSON. The caller has checked that the viewer sees it. */
    conversationHistory(ws: number, conversationId: string, from: Place, limit: number): string {
      const { head } = log.ends(ws);
      const messages = whole(messagesOf.all(conversationId, from.at, from.id, limit), limit);
      return history(head, limit, messages, (at) => notesOf.all(conversationId, from.at, from.id, at, limit));
    },
  };
}

function whole(rows: HistoryRow[], limit: number): { rows: HistoryRow[]; end: Place | null } {
  const last = rows.at(-1);
  return { rows, end: rows.length < limit || last === undefined ? null : last };
}

/** True when `a` comes before `b` in a page, that is, is newer. */
function isAfter(a: Place, b: Place): boolean {
  return a.at !== b.at ? a.at > b.at : a.id > b.id;
}

/** Merges two lists that are newest first, up to `limit` rows and the size of a page. */
function mergeNewestFirst(
  messages: HistoryRow[],
  notes: HistoryRow[],
  limit: number,
): { messages: string[]; notes: string[]; last: Place | null } {
  const taken = { messages: [] as string[], notes: [] as string[], last: null as Place | null };
  let size = 0;
  while (taken.messages.length + taken.notes.length < limit && size < MAX_PAGE_CHARS) {
    const message = messages[taken.messages.length];
    const note = notes[taken.notes.length];
    if (message === undefined && note === undefined) break;
    if (message !== undefined && (note === undefined || isAfter(message, note))) {
      taken.messages.push(message.state);
      taken.last = message;
      size += message.state.length;
    } else if (note !== undefined) {
      taken.notes.push(note.state);
      taken.last = note;
      size += note.state.length;
    }
  }
  return taken;
}
