/** Conversations: the state of each, and the event that every change of it leaves in the log. */
import { newId } from '../../shared/domain/id.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Db } from './database.ts';
import { activitiesOf } from './activity-of.ts';
import type { Doer } from './activity-of.ts';
import type { Activities } from './activities.ts';
import { scopeOf } from './log.ts';
import type { Log } from './log.ts';
import type { Audience } from './visibility.ts';

type State = { state: string };

export type Conversations = ReturnType<typeof createConversations>;

export function createConversations(db: Db, log: Log, activities: Activities) {
  const byId = db.prepare<State>('SELECT state FROM conversations WHERE id = ? AND ws = ?');
  const byContact = db.prepare<State>(
    'SELECT state FROM conversations WHERE contact_id = ? AND channel_id = ? ORDER BY active_at DESC LIMIT 1',
  );
  const byHome = db.prepare<State>('SELECT state FROM conversations WHERE home_id = ? AND channel_id = ?');
  const homeOf = db.prepare<{ home: string }>('SELECT home_id AS home FROM conversations WHERE id = ?');
  const setHome = db.prepare('UPDATE conversations SET home_id = ? WHERE id = ?');
  const statesOf = db.prepare<State & { home: string }>(
    'SELECT state, home_id AS home FROM conversations WHERE contact_id = ? ORDER BY id',
  );
  const ofContact = db.prepare<Audience & { id: string }>(
    'SELECT id, channel_id AS channelId, assignee_id AS assigneeId, team_id AS teamId FROM conversations WHERE contact_id = ?',
  );
  const ofTeam = db.prepare<State>('SELECT state FROM conversations WHERE team_id = ? ORDER BY id LIMIT ?');
  const insert = db.prepare(
    `INSERT INTO conversations (id, ws, channel_id, contact_id, home_id, assignee_id, team_id, snoozed_until, active_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const save = db.prepare(
    'UPDATE conversations SET contact_id = ?, assignee_id = ?, team_id = ?, snoozed_until = ?, active_at = ?, state = ? WHERE id = ?',
  );
  const count = db.prepare('UPDATE conversations SET message_count = message_count + ? WHERE id = ?');
  const due = db.prepare<State & { ws: number }>(
    'SELECT ws, state FROM conversations WHERE snoozed_until <= ? ORDER BY snoozed_until LIMIT 200',
  );
  const nextDue = db.prepare<{ at: number | null }>(
    'SELECT min(snoozed_until) AS at FROM conversations WHERE snoozed_until IS NOT NULL',
  );

  function store(conversation: Conversation): string {
    const state = JSON.stringify(conversation);
    const { id, contactId, assigneeId, teamId, snoozedUntil, activeAt } = conversation;
    save.run(contactId, assigneeId, teamId, snoozedUntil, activeAt, state, id);
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
      log.append(ws, at, 'conversation.changed', scopeOf(after, before), (seq) => {
        after.rev = seq;
        return `{"conversation":${JSON.stringify(after)}}`;
      });
      store(after);
      return after;
    });
  }

  /**
   * A change that somebody made: the state, and a line of the timeline for each thing that is different. Answers the number of the
   * last event; null when nothing was different.
   */
  function apply(
    ws: number,
    before: Conversation,
    fields: Partial<Conversation>,
    by: Doer,
    at: number,
  ): number | null {
    return db.tx(() => {
      const after = change(ws, before, fields, at);
      if (after === null) return null;
      return activities.addAll(ws, after, activitiesOf(before, after, by), at) ?? after.rev;
    });
  }

  return {
    apply,
    get(ws: number, id: string): Conversation | null {
      const row = byId.get(id, ws);
      return row === undefined ? null : (JSON.parse(row.state) as Conversation);
    },
    /** The one talked in last, when the contact has several on the channel. */
    find(contactId: string, channelId: string): Conversation | null {
      const row = byContact.get(contactId, channelId);
      return row === undefined ? null : (JSON.parse(row.state) as Conversation);
    },
    /** The conversation on a channel of a record as it was before any merge: two that came together stay two. */
    findHome(homeId: string, channelId: string): Conversation | null {
      const row = byHome.get(homeId, channelId);
      return row === undefined ? null : (JSON.parse(row.state) as Conversation);
    },
    homeOf(id: string): string | null {
      return homeOf.get(id)?.home ?? null;
    },
    setHome(id: string, homeId: string): void {
      setHome.run(homeId, id);
    },
    /** All conversations of a person, each with its home. */
    allOf(contactId: string): { conversation: Conversation; home: string }[] {
      return statesOf.all(contactId).map((row) => ({
        conversation: JSON.parse(row.state) as Conversation,
        home: row.home,
      }));
    },
    /** Where a contact is talked to: for deciding who may see the contact. */
    ofContact(contactId: string): (Audience & { id: string })[] {
      return ofContact.all(contactId);
    },
    /** Up to `limit` conversations that this team has. */
    ofTeam(teamId: string, limit: number): Conversation[] {
      return ofTeam.all(teamId, limit).map((row) => JSON.parse(row.state) as Conversation);
    },
    /**
     * A new, open conversation. No event by itself: the event of its first message carries it (or `announce` does). `homeId`: the record to
     * which the identity in it belonged before any merge; left out: the contact itself.
     */
    create(
      ws: number,
      fields: Partial<Omit<Conversation, 'rev'>> & { channelId: string; contactId: string },
      at: number,
      homeId: string = fields.contactId,
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
        homeId,
        fresh.assigneeId,
        fresh.teamId,
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
        log.append(ws, at, 'conversation.changed', scopeOf(after), (seq) => {
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
        const by = { actorId: null, note: null };
        apply(row.ws, conversation, { status: 'open', snoozedUntil: null }, by, now);
      }
      return rows.length;
    },
    /** When the next snooze ends, or null. */
    nextSnoozeEnd(): number | null {
      return nextDue.get()?.at ?? null;
    },
  };
}
