/** Conversations: the state of each, and the event that every change of it leaves in the log. */
import { newId } from '../../shared/domain/id.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };

export type Conversations = ReturnType<typeof createConversations>;

export function createConversations(db: Db, log: Log) {
  const byId = db.prepare<State>('SELECT state FROM conversations WHERE id = ? AND ws = ?');
  const byContact = db.prepare<State>(
    'SELECT state FROM conversations WHERE contact_id = ? AND channel_id = ?',
  );
  const ofContact = db.prepare<{ id: string; channel_id: string; assignee_id: string | null }>(
    'SELECT id, channel_id, assignee_id FROM conversations WHERE contact_id = ?',
  );
  const insert = db.prepare(
    `INSERT INTO conversations (id, ws, channel_id, contact_id, assignee_id, snoozed_until, active_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const save = db.prepare(
    'UPDATE conversations SET assignee_id = ?, snoozed_until = ?, active_at = ?, state = ? WHERE id = ?',
  );
  const count = db.prepare('UPDATE conversations SET message_count = message_count + ? WHERE id = ?');
  const due = db.prepare<State & { ws: number }>(
    'SELECT ws, state FROM conversations WHERE snoozed_until <= ? ORDER BY snoozed_until LIMIT 200',
  );
  const nextDue = db.prepare<{ at: number | null }>('SELECT min(snoozed_until) AS at FROM conversations');

  function store(conversation: Conversation): string {
    const state = JSON.stringify(conversation);
    const { id, assigneeId, snoozedUntil, activeAt } = conversation;
    save.run(assigneeId, snoozedUntil, activeAt, state, id);
    return state;
  }

  function change(
    ws: number,
    before: Conversation,
    fields: Partial<Conversation>,
    at: number,
  ): Conversation | null {
    const after: Conversation = { ...before, ...fields };
    if (JSON.stringify(after) === JSON.stringify(before)) return null;
    return db.tx(() => {
      const scope = {
        conversationId: after.id,
        channelId: after.channelId,
        contactId: after.contactId,
        before: before.assigneeId,
        after: after.assigneeId,
      };
      log.append(ws, at, 'conversation.changed', scope, (seq) => {
        after.rev = seq;
        return `{"conversation":${JSON.stringify(after)}}`;
      });
      store(after);
      return after;
    });
  }

  return {
    get(ws: number, id: string): Conversation | null {
      const row = byId.get(id, ws);
      return row === undefined ? null : (JSON.parse(row.state) as Conversation);
    },
    find(contactId: string, channelId: string): Conversation | null {
      const row = byContact.get(contactId, channelId);
      return row === undefined ? null : (JSON.parse(row.state) as Conversation);
    },
    /** Where a contact is talked to: for deciding who may see the contact. */
    ofContact(contactId: string): { id: string; channelId: string; assigneeId: string | null }[] {
      return ofContact
        .all(contactId)
        .map((row) => ({ id: row.id, channelId: row.channel_id, assigneeId: row.assignee_id }));
    },
    /** A new, open conversation. No event by itself: the event of its first message carries it (or `announce` does). */
    create(
      ws: number,
      fields: Partial<Omit<Conversation, 'rev'>> & { channelId: string; contactId: string },
      at: number,
    ): Conversation {
      const fresh: Conversation = {
        id: newId(),
        status: 'open',
        snoozedUntil: null,
        closeReason: null,
        assigneeId: null,
        teamId: null,
        labelIds: [],
        unread: 0,
        waitingSince: null,
        lastInboundAt: null,
        windowEndsAt: null,
        lastMessage: null,
        activeAt: at,
        createdAt: at,
        ...fields,
        rev: 0,
      };
      insert.run(
        fresh.id,
        ws,
        fresh.channelId,
        fresh.contactId,
        fresh.assigneeId,
        fresh.snoozedUntil,
        fresh.activeAt,
        JSON.stringify(fresh),
      );
      return fresh;
    },
    /** Appends `conversation.changed` with the state as it is: for a conversation that begins without a message. */
    announce(ws: number, conversation: Conversation, at: number): Conversation {
      return db.tx(() => {
        const after = { ...conversation };
        const scope = {
          conversationId: after.id,
          channelId: after.channelId,
          contactId: after.contactId,
          before: after.assigneeId,
          after: after.assigneeId,
        };
        log.append(ws, at, 'conversation.changed', scope, (seq) => {
          after.rev = seq;
          return `{"conversation":${JSON.stringify(after)}}`;
        });
        store(after);
        return after;
      });
    },
    /** Changes some fields, with the event. Null when nothing is different: then nothing is written. */
    change,
    /** Writes a state whose event somebody else has appended (`rev` is its number). Returns the JSON. */
    store,
    addCount(id: string, messages: number): void {
      count.run(messages, id);
    },
    /** Opens what was snoozed until `now` or earlier. Returns how many. */
    wakeSnoozed(now: number): number {
      const rows = due.all(now);
      for (const row of rows) {
        const conversation = JSON.parse(row.state) as Conversation;
        change(row.ws, conversation, { status: 'open', snoozedUntil: null }, now);
      }
      return rows.length;
    },
    /** When the next snooze ends, or null. */
    nextSnoozeEnd(): number | null {
      return nextDue.get()?.at ?? null;
    },
  };
}
