/**
 * The log of a workspace: numbered from 1, without holes. `append` runs in the transaction of the change that it tells about, and
 * the number that it gives becomes the `rev` of what changed.
 */
import type { Deed } from '../../shared/protocol/errors.ts';
import type { EventType } from '../../shared/protocol/events.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Db } from './database.ts';
import type { Holder } from './visibility.ts';

/** What decides who may see an event. All null: everybody of the workspace. */
export type Scope = {
  conversationId?: string;
  channelId?: string;
  contactId?: string;
  /** Who had the conversation before and after the event; equal unless the event passes it on. */
  before?: Holder;
  after?: Holder;
  /** The only user who gets it. */
  addressee?: string;
};

export type LogRow = {
  seq: number;
  /** `erased`: of what stood there nothing is left but the number. */
  type: EventType | 'erased';
  conversation_id: string | null;
  channel_id: string | null;
  contact_id: string | null;
  assignee_before: string | null;
  assignee_after: string | null;
  team_before: string | null;
  team_after: string | null;
  addressee: string | null;
  /** Who has the conversation now. */
  assignee_now: string | null;
  team_now: string | null;
  /** With whom the conversation is. */
  contact_now: string | null;
  /** The whole event as it goes over the wire (JSON). */
  event: string;
};

/** The scope of an event about a conversation; `before`: the conversation as it was. */
export function scopeOf(conversation: Conversation, before: Holder = conversation): Scope {
  return {
    conversationId: conversation.id,
    channelId: conversation.channelId,
    contactId: conversation.contactId,
    before,
    after: conversation,
  };
}

export type Log = ReturnType<typeof createLog>;

export function createLog(db: Db) {
  const take = db.prepare<{ head: number }>(
    'UPDATE workspaces SET head = head + 1 WHERE num = ? RETURNING head',
  );
  const insert = db.prepare(
    `INSERT INTO log (ws, seq, type, conversation_id, channel_id, contact_id, assignee_before, assignee_after, team_before, team_after, addressee, event)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ends = db.prepare<{ head: number; floor: number }>(
    'SELECT head, floor FROM workspaces WHERE num = ?',
  );
  const after = db.prepare<LogRow>(
    `SELECT l.seq, l.type, l.conversation_id, l.channel_id, l.contact_id, l.assignee_before, l.assignee_after,
            l.team_before, l.team_after, l.addressee, c.assignee_id AS assignee_now, c.team_id AS team_now, c.contact_id AS contact_now, l.event
     FROM log l LEFT JOIN conversations c ON c.id = l.conversation_id
     WHERE l.ws = ? AND l.seq > ? ORDER BY l.seq LIMIT ?`,
  );
  const foreign = db.prepare<{ seq: number }>(
    `SELECT seq FROM log WHERE conversation_id = ? AND seq > ? AND type IN ('message.created', 'note.created')
       AND json_extract(event, '$.data.message.author.userId') IS NOT ?
       AND json_extract(event, '$.data.note.authorId') IS NOT ? LIMIT 1`,
  );
  const foreignDeeds = db.prepare<{ type: EventType; by: string | null; kind: string | null }>(
    `SELECT type,
       coalesce(json_extract(event, '$.data.message.author.userId'), json_extract(event, '$.data.note.authorId'),
         json_extract(event, '$.data.activity.actorId')) AS "by",
       coalesce(json_extract(event, '$.data.message.author.type'), json_extract(event, '$.data.activity.kind')) AS kind
     FROM log WHERE conversation_id = ? AND seq > ? AND addressee IS NULL
       AND type IN ('message.created', 'note.created', 'activity.created') ORDER BY seq`,
  );
  const passedOn = db.prepare<{ id: string }>(
    `SELECT DISTINCT conversation_id AS id FROM log
     WHERE ws = ? AND seq > ? AND team_before = ? AND team_after IS NOT team_before LIMIT ?`,
  );
  const forget = db.prepare('DELETE FROM log WHERE ws = ? AND seq <= ?');
  const raiseFloor = db.prepare('UPDATE workspaces SET floor = max(floor, ?) WHERE num = ?');

  return {
    /** Appends one event; `data` gets its number and answers the data as JSON. Returns the number. */
    append(ws: number, at: number, type: EventType, scope: Scope, data: (seq: number) => string): number {
      const row = take.get(ws);
      if (row === undefined) throw new Error('no such workspace');
      const seq = row.head;
      insert.run(
        ws,
        seq,
        type,
        scope.conversationId ?? null,
        scope.channelId ?? null,
        scope.contactId ?? null,
        scope.before?.assigneeId ?? null,
        scope.after?.assigneeId ?? null,
        scope.before?.teamId ?? null,
        scope.after?.teamId ?? null,
        scope.addressee ?? null,
        `{"seq":${seq},"at":${at},"type":"${type}","data":${data(seq)}}`,
      );
      db.touched(ws);
      return seq;
    },
    /** `head`: the newest number. `floor`: everything up to it is no longer in the log. */
    ends(ws: number): { head: number; floor: number } {
      const row = ends.get(ws);
      if (row === undefined) throw new Error('no such workspace');
      return row;
    },
    /**
     * Whether somebody other than this user wrote a message or a note in the conversation after `seq`. Late reports about older
     * messages raise those messages' `rev`, but are no news. Where the log no longer goes back that far, the answer is yes.
     */
    somebodyElseWrote(ws: number, conversationId: string, userId: string, seq: number): boolean {
      const row = ends.get(ws);
      if (row === undefined || seq < row.floor) return true;
      return foreign.get(conversationId, seq, userId, userId) !== undefined;
    },
    /**
     * What colleagues have done in the conversation after `seq`, an answer before all else; null: nothing. What customers and the gateway
     * itself do does not count. Where the log no longer goes back that far, somebody has `changed` it.
     */
    deedSince(ws: number, conversationId: string, userId: string, seq: number): Deed | null {
      const row = ends.get(ws);
      if (row === undefined || seq < row.floor) return { by: null, what: 'changed' };
      let first: Deed | null = null;
      for (const { type, by, kind } of foreignDeeds.iterate(conversationId, seq)) {
        if (by === userId || kind === 'contact' || kind === 'gateway') continue;
        if (type === 'message.created') return { by, what: 'answered' };
        if (type === 'activity.created' && by === null) continue;
        first ??= { by, what: type === 'note.created' ? 'noted' : isPassing(kind) ? 'passed_on' : 'changed' };
      }
      return first;
    },
    /** Up to `limit` conversations that this team had and passed on after `seq`. */
    passedOnBy(ws: number, teamId: string, seq: number, limit: number): string[] {
      return passedOn.all(ws, seq, teamId, limit).map(({ id }) => id);
    },
    /** Up to `limit` rows after `cursor`, lazily: the caller may stop early. Nothing may be written meanwhile. */
    after(ws: number, cursor: number, limit: number): IterableIterator<LogRow> {
      return after.iterate(ws, cursor, limit);
    },
    /** Forgets the log up to and including `seq`. Desktops further back start a new first sync. */
    prune(ws: number, seq: number): void {
      db.tx(() => {
        forget.run(ws, seq);
        raiseFloor.run(seq, ws);
      });
    },
  };
}

function isPassing(kind: string | null): boolean {
  return kind === 'assigned' || kind === 'taken_over' || kind === 'returned_to_queue';
}
