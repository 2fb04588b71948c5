/**
 * First sync and history. A page is put together from stored JSON, without parsing it, in one synchronous stretch: so its `asOf` is
 * the head of the log at that moment. Keyset pagination on (time, id), newest first.
 */
import type { Db } from './database.ts';
import type { Catalogue } from './catalogue.ts';
import type { Channels } from './channels.ts';
import type { createContactFields } from './contact-fields.ts';
import type { createContactPages } from './contact-pages.ts';
import type { Log } from './log.ts';
import type { Library } from './library.ts';
import type { Merges } from './merges.ts';
import type { People } from './people.ts';
import type { Rights } from './rights.ts';
import type { createRules } from './rules.ts';
import type { Sight } from './sight.ts';
import type { Teams } from './teams.ts';
import type { createTerminations } from './terminations.ts';
import { cursorOf } from './page-cursor.ts';
import type { Place } from './page-cursor.ts';
import { canSeeChannel, canSeeConversation, seesEverything } from './visibility.ts';
import type { Audience, Viewer } from './visibility.ts';

/** A page ends early when it has this many characters. */
export const MAX_PAGE_CHARS = 6_000_000;
/** An agent who sees little of a long history gets short pages rather than a gateway that stands still: rows looked at per page. */
export const MAX_SCAN = 10_000;

type HistoryRow = { id: string; at: number; state: string };
/** Rows found; `end` is the last place looked at, null when there is nothing behind it. */
type Looked = { rows: HistoryRow[]; end: Place | null };
type SeenRow = HistoryRow & Audience;
/** What comes along with the messages of a stretch of time. */
type Beside = 'notes' | 'activities';

export function createPages(
  db: Db,
  parts: {
    log: Log;
    people: People;
    channels: Channels;
    catalogue: Catalogue;
    teams: Teams;
    library: Library;
    contactPages: ReturnType<typeof createContactPages>;
    fields: ReturnType<typeof createContactFields>;
    merges: Merges;
    rights: Rights;
    rules: ReturnType<typeof createRules>;
    terminations: ReturnType<typeof createTerminations>;
    sight: Sight;
  },
) {
  const { log, people, channels, catalogue, teams, library, contactPages } = parts;
  const { fields, merges, rights, rules, terminations, sight } = parts;
  const audience = 'c.channel_id AS channelId, c.assignee_id AS assigneeId, c.team_id AS teamId';
  const totals = db.prepare<Audience & { conversations: number; messages: number }>(
    `SELECT ${audience}, count(*) AS conversations, sum(c.message_count) AS messages
     FROM conversations c WHERE c.ws = ? GROUP BY c.channel_id, c.assignee_id, c.team_id`,
  );
  const allMessages = db.prepare<HistoryRow>(
    `SELECT id, sent_at AS at, state FROM messages WHERE ws = ? AND (sent_at, id) < (?, ?)
     ORDER BY sent_at DESC, id DESC LIMIT ?`,
  );
  const seenMessages = db.prepare<SeenRow>(
    `SELECT m.id, m.sent_at AS at, m.state, ${audience}
     FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.ws = ? AND (m.sent_at, m.id) < (?, ?) ORDER BY m.sent_at DESC, m.id DESC`,
  );
  const messagesOf = db.prepare<HistoryRow>(
    `SELECT id, sent_at AS at, state FROM messages WHERE conversation_id = ? AND (sent_at, id) < (?, ?)
     ORDER BY sent_at DESC, id DESC LIMIT ?`,
  );
  const besides = {
    notes: besidesOf('notes', 'created_at'),
    activities: besidesOf('activities', 'at'),
  };

  /** Notes and activities are few, so they are read by the time of the messages they come with. */
  function besidesOf(table: Beside, time: 'created_at' | 'at') {
    return {
      seen: db.prepare<SeenRow>(
        `SELECT b.id, b.${time} AS at, b.state, ${audience}
         FROM ${table} b JOIN conversations c ON c.id = b.conversation_id
         WHERE b.ws = ? AND (b.${time}, b.id) < (?, ?) AND b.${time} >= ?
         ORDER BY b.${time} DESC, b.id DESC LIMIT ?`,
      ),
      of: db.prepare<HistoryRow>(
        `SELECT id, ${time} AS at, state FROM ${table} WHERE conversation_id = ? AND (${time}, id) < (?, ?) AND ${time} >= ?
         ORDER BY ${time} DESC, id DESC LIMIT ?`,
      ),
    };
  }

  /** What an agent may see of the newest messages before `from`. */
  function visibleMessages(viewer: Viewer, from: Place, limit: number): Looked {
    const rows: HistoryRow[] = [];
    let looked = 0;
    for (const row of seenMessages.iterate(viewer.ws, from.at, from.id)) {
      looked += 1;
      if (canSeeConversation(viewer, row)) rows.push(row);
      if (rows.length >= limit || looked >= MAX_SCAN) return { rows, end: { at: row.at, id: row.id } };
    }
    return { rows, end: null };
  }

  /** Puts a page together: the notes and activities of the same stretch of time come along with the messages. */
  function history(
    head: number,
    limit: number,
    messages: Looked,
    beside: (kind: Beside, downTo: number) => Looked,
  ): string {
    const downTo = messages.end?.at ?? 0;
    const lists = [messages, beside('notes', downTo), beside('activities', downTo)];
    // Where one of the lists was not read to its end, the page ends too.
    const stop = lists.reduce<Place | null>((newest, list) => newerOf(newest, list.end), null);
    const rows = lists.map((list) => rowsDownTo(list.rows, stop));
    const merged = mergeNewestFirst(rows, limit);
    const next = merged.cut ? merged.last : stop;
    const cursor = next === null ? 'null' : JSON.stringify(cursorOf(next));
    const [said = '', notes = '', activities = ''] = merged.taken.map((states) => states.join(','));
    return `{"asOf":${head},"messages":[${said}],"notes":[${notes}],"activities":[${activities}],"next":${cursor}}`;
  }

  return {
    /** `Snapshot` as JSON. */
    snapshot(viewer: Viewer): string {
      const { head } = log.ends(viewer.ws);
      const workspace = people.workspace(viewer.ws);
      let conversations = 0;
      let messages = 0;
      for (const row of totals.all(viewer.ws)) {
        if (!canSeeConversation(viewer, row)) continue;
        conversations += row.conversations;
        messages += row.messages;
      }
      const seen = channels.list(viewer.ws).filter((row) => canSeeChannel(viewer, row.channel.id));
      const templates = catalogue
        .templateStates(viewer.ws)
        .filter((row) => canSeeChannel(viewer, row.channelId))
        .map((row) => row.state);
      const apart = merges
        .keptApart(viewer.ws)
        .filter((pair) => seesEverything(viewer) || sight.seesContact(viewer, pair.firstId));
      const me = JSON.stringify(people.user(viewer.userId));
      return (
        `{"asOf":${head},"workspace":${JSON.stringify({ id: workspace.id, name: workspace.name })},"me":${me},` +
        `"users":[${people.userStates(viewer.ws).join(',')}],` +
        `"channels":${JSON.stringify(seen.map((row) => row.channel))},` +
        `"teams":[${teams.states(viewer.ws).join(',')}],` +
        `"library":[${library.statesFor(viewer.ws, viewer.userId).join(',')}],` +
        `"fields":[${fields.states(viewer.ws).join(',')}],"rights":[${rights.statesFor(viewer).join(',')}],` +
        `"keptApart":${JSON.stringify(apart)},` +
        `"labels":[${catalogue.labelStates(viewer.ws).join(',')}],"templates":[${templates.join(',')}],` +
        `"policy":${catalogue.policyState(viewer.ws)},"retention":${JSON.stringify(rules.retention(viewer.ws))},` +
        `"holds":[${rules.holdStates(viewer.ws).join(',')}],"breaches":[${rules.breachStates(viewer.ws).join(',')}],` +
        `"termination":${JSON.stringify(terminations.get(viewer.ws))},"totals":${JSON.stringify({ conversations, messages, contacts: contactPages.count(viewer) })}}`
      );
    },
    /** `HistoryPage` of everything that the viewer sees, as JSON. */
    history(viewer: Viewer, from: Place, limit: number): string {
      const { head } = log.ends(viewer.ws);
      const messages = seesEverything(viewer)
        ? whole(allMessages.all(viewer.ws, from.at, from.id, limit), limit)
        : visibleMessages(viewer, from, limit);
      return history(head, limit, messages, (kind, downTo) => {
        const rows = besides[kind].seen.all(viewer.ws, from.at, from.id, downTo, limit);
        return { rows: rows.filter((row) => canSeeConversation(viewer, row)), end: whole(rows, limit).end };
      });
    },
    /** `HistoryPage` of one conversation, as JSON. The caller has checked that the viewer sees it. */
    conversationHistory(ws: number, conversationId: string, from: Place, limit: number): string {
      const { head } = log.ends(ws);
      const messages = whole(messagesOf.all(conversationId, from.at, from.id, limit), limit);
      return history(head, limit, messages, (kind, downTo) =>
        whole(besides[kind].of.all(conversationId, from.at, from.id, downTo, limit), limit),
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
function rowsDownTo(rows: HistoryRow[], stop: Place | null): HistoryRow[] {
  return stop === null ? rows : rows.filter((row) => !isAfter(stop, row));
}

/** Merges lists that are newest first, up to `limit` rows and the size of a page. `cut`: something was left out. */
function mergeNewestFirst(
  lists: readonly HistoryRow[][],
  limit: number,
): { taken: string[][]; last: Place | null; cut: boolean } {
  const taken: string[][] = lists.map(() => []);
  let last: Place | null = null;
  let count = 0;
  let size = 0;
  while (count < limit && size < MAX_PAGE_CHARS) {
    let newest: { list: number; row: HistoryRow } | null = null;
    for (const [list, rows] of lists.entries()) {
      const row = rows[taken[list]?.length ?? 0];
      if (row !== undefined && (newest === null || isAfter(row, newest.row))) newest = { list, row };
    }
    if (newest === null) break;
    taken[newest.list]?.push(newest.row.state);
    last = newest.row;
    count += 1;
    size += newest.row.state.length;
  }
  return { taken, last, cut: lists.some((rows, list) => (taken[list]?.length ?? 0) < rows.length) };
}
