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

/** A page ends early when it has this many characters. */
export const MAX_PAGE_CHARS = 6_000_000;
/** An agent who sees little of a long history gets short pages rather than a gateway that stands still: rows looked at per page. */
export const MAX_SCAN = 10_000;

type HistoryRow = { id: string; at: number; state: string };
/** Rows found; `end` is the last place looked at, null when there is nothing behind it. */
type Looked = { rows: HistoryRow[]; end: Place | null };
type SeenRow = HistoryRow & { channel_id: string; assignee_id: string | null };

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

  /** What an agent may see of the newest messages before `from`. */
  function visibleMessages(viewer: Viewer, from: Place, limit: number): Looked {
    const rows: HistoryRow[] = [];
    let looked = 0;
    for (const row of seenMessages.iterate(viewer.ws, from.at, from.id)) {
      looked += 1;
      if (canSeeConversation(viewer, row.channel_id, row.assignee_id)) rows.push(row);
      if (rows.length >= limit || looked >= MAX_SCAN) return { rows, end: { at: row.at, id: row.id } };
    }
    return { rows, end: null };
  }

  /** Puts a page together. Notes are few: those of the same stretch of time come along with the messages. */
  function history(
    head: number,
    limit: number,
    messages: Looked,
    notesDownTo: (at: number) => Looked,
  ): string {
    const notes = notesDownTo(messages.end?.at ?? 0);
    // Where one of the two lists was not read to its end, the page ends too.
    const stop = newerOf(messages.end, notes.end);
    const merged = mergeNewestFirst(downTo(messages.rows, stop), downTo(notes.rows, stop), limit);
    const next = merged.cut ? merged.last : stop;
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
    /** `HistoryPage` of everything that the viewer sees, as JSON. */
    history(viewer: Viewer, from: Place, limit: number): string {
      const { head } = log.ends(viewer.ws);
      const messages = seesEverything(viewer)
        ? whole(allMessages.all(viewer.ws, from.at, from.id, limit), limit)
        : visibleMessages(viewer, from, limit);
      return history(head, limit, messages, (at) => {
        const notes = seenNotes.all(viewer.ws, from.at, from.id, at, limit);
        const { end } = whole(notes, limit);
        return {
          rows: notes.filter((row) => canSeeConversation(viewer, row.channel_id, row.assignee_id)),
          end,
        };
      });
    },
    /** `HistoryPage` of one conversation, as JSON. The caller has checked that the viewer sees it. */
    conversationHistory(ws: number, conversationId: string, from: Place, limit: number): string {
      const { head } = log.ends(ws);
      const messages = whole(messagesOf.all(conversationId, from.at, from.id, limit), limit);
      return history(head, limit, messages, (at) =>
        whole(notesOf.all(conversationId, from.at, from.id, at, limit), limit),
      );
    },
  };
}

function whole(rows: HistoryRow[], limit: number): Looked {
  const last = rows.at(-1);
  return { rows, end: rows.length < limit || last === undefined ? null : last };
}

/** True when `a` comes before `b` in a page, that is, is newer. */
function isAfter(a: Place, b: Place): boolean {
  return a.at !== b.at ? a.at > b.at : a.id > b.id;
}

function newerOf(a: Place | null, b: Place | null): Place | null {
  if (a === null || b === null) return a ?? b;
  return isAfter(a, b) ? a : b;
}

/** The rows down to and including `stop`. */
function downTo(rows: HistoryRow[], stop: Place | null): HistoryRow[] {
  return stop === null ? rows : rows.filter((row) => !isAfter(stop, row));
}

/** Merges two lists that are newest first, up to `limit` rows and the size of a page. `cut`: something was left out. */
function mergeNewestFirst(
  messages: HistoryRow[],
  notes: HistoryRow[],
  limit: number,
): { messages: string[]; notes: string[]; last: Place | null; cut: boolean } {
  const taken = { messages: [] as string[], notes: [] as string[], last: null as Place | null };
  let size = 0;
  while (taken.messages.length + taken.notes.length < limit && size < MAX_PAGE_CHARS) {
    const message = messages[taken.messages.length];
    const note = notes[taken.notes.length];
    if (message !== undefined && (note === undefined || isAfter(message, note))) {
      taken.messages.push(message.state);
      taken.last = message;
      size += message.state.length;
    } else if (note === undefined) break;
    else {
      taken.notes.push(note.state);
      taken.last = note;
      size += note.state.length;
    }
  }
  const cut = taken.messages.length < messages.length || taken.notes.length < notes.length;
  return { ...taken, cut };
}
