/**
 * Two records made one, and one made two again. A merge hides the loser's record and moves its identities and conversations; all of that is
 * known by its home, so undoing moves back exactly what belongs there, also what was learned or begun since.
 */
import type { Contact } from '../../shared/domain/contact.ts';
import { newId } from '../../shared/domain/id.ts';
import type { ContactMerge } from '../../shared/domain/merge.ts';
import { mergedContact } from '../../shared/domain/merging.ts';
import { CLUSTER } from './consents.ts';
import type { Consents } from './consents.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import { rewind } from './merge-history.ts';

type State = { state: string };
export type MergeRow = { ws: number; merge: ContactMerge };

export type Merges = ReturnType<typeof createMerges>;

export function createMerges(
  db: Db,
  parts: { log: Log; contacts: Contacts; conversations: Conversations; consents: Consents },
) {
  const { log, contacts, conversations, consents } = parts;
  const byId = db.prepare<State & { ws: number }>('SELECT ws, state FROM merges WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO merges (id, ws, winner_id, loser_id, first_seq, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const save = db.prepare('UPDATE merges SET undone = ?, last_seq = ?, state = ? WHERE id = ?');
  const holding = db.prepare<State>(
    `${CLUSTER} SELECT state FROM merges WHERE undone = 0 AND winner_id IN (SELECT id FROM cluster) ORDER BY first_seq`,
  );
  const records = db.prepare<State>(
    `${CLUSTER} SELECT c.state FROM contacts c JOIN cluster ON c.id = cluster.id`,
  );
  const apart = db.prepare('SELECT 1 FROM kept_apart WHERE ws = ? AND first_id = ? AND second_id = ?');
  const putApart = db.prepare('INSERT OR IGNORE INTO kept_apart (ws, first_id, second_id) VALUES (?, ?, ?)');
  const dropApart = db.prepare('DELETE FROM kept_apart WHERE ws = ? AND first_id = ? AND second_id = ?');
  const allApart = db.prepare<{ firstId: string; secondId: string }>(
    'SELECT first_id AS firstId, second_id AS secondId FROM kept_apart WHERE ws = ?',
  );

  function append(ws: number, merge: ContactMerge, at: number): { seq: number; state: string } {
    let state = '';
    const seq = log.append(ws, at, 'contact.merged', { contactId: merge.winner.id }, (number) => {
      state = JSON.stringify({ ...merge, rev: number } satisfies ContactMerge);
      return `{"merge":${state}}`;
    });
    return { seq, state };
  }

  function keepApart(ws: number, one: string, other: string, is: boolean, at: number): number | null {
    const [firstId = one, secondId = other] = [one, other].toSorted();
    const { changes } = (is ? putApart : dropApart).run(ws, firstId, secondId);
    if (changes === 0) return null;
    const data = JSON.stringify({ firstId, secondId, apart: is });
    return log.append(ws, at, 'contacts.kept_apart', { contactId: firstId }, () => data);
  }

  function moveConversations(ws: number, moves: { id: string; to: string }[], at: number): number | null {
    let last: number | null = null;
    for (const { id, to } of moves) {
      const conversation = conversations.get(ws, id);
      if (conversation === null) throw new Error('no such conversation');
      last = conversations.change(ws, conversation, { contactId: to }, at)?.rev ?? last;
    }
    return last;
  }

  return {
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): MergeRow | null {
      const row = byId.get(id);
      return row === undefined ? null : { ws: row.ws, merge: JSON.parse(row.state) as ContactMerge };
    },
    /** The merges that hold now, of these people, as stored JSON. */
    statesOf(contactIds: readonly string[]): string[] {
      return contactIds.length === 0 ? [] : holding.all(JSON.stringify(contactIds)).map((row) => row.state);
    },
    isKeptApart(ws: number, one: string, other: string): boolean {
      const [firstId = one, secondId = other] = [one, other].toSorted();
      return apart.get(ws, firstId, secondId) !== undefined;
    },
    /** Null when it was so already. */
    keepApart,
    keptApart(ws: number): { firstId: string; secondId: string }[] {
      return allApart.all(ws);
    },
    /** Puts the loser's record into the winner's. Returns the number of the last event. */
    merge(
      ws: number,
      { winner, loser, ...fields }: Pick<ContactMerge, 'id' | 'winner' | 'loser' | 'choices' | 'mergedBy'>,
      at: number,
    ): number {
      return db.tx(() => {
        const moved = conversations.ofContact(loser.id).map(({ id }) => id);
        const earlier = holding.all(JSON.stringify([winner.id, loser.id])).map((row) => row.state);
        const merge: ContactMerge = {
          ...fields,
          winner,
          loser,
          conversationIds: moved,
          mergedAt: at,
          undoneAt: null,
          rev: 0,
        };
        const { seq, state } = append(ws, merge, at);
        insert.run(merge.id, ws, winner.id, loser.id, seq, state);
        contacts.moveIdentities(loser.id, winner.id);
        contacts.save(ws, { ...loser, mergedInto: winner.id }, at);
        contacts.save(ws, mergedContact(merge), at);
        // Who saw one of the two sees the whole person now: with what was said and merged before.
        for (const before of earlier) {
          log.append(ws, at, 'contact.merged', { contactId: winner.id }, () => `{"merge":${before}}`);
        }
        consents.tell(ws, winner.id, at);
        moveConversations(
          ws,
          moved.map((id) => ({ id, to: winner.id })),
          at,
        );
        return log.ends(ws).head;
      });
    },
    /** Undoes a merge that holds. Returns the number of the last event. */
    unmerge(ws: number, target: ContactMerge, at: number): number {
      return db.tx(() => {
        const rootId = rootOf(ws, target.winner.id);
        const all = holding.all(JSON.stringify([rootId])).map((row) => JSON.parse(row.state) as ContactMerge);
        const place = all.findIndex((merge) => merge.id === target.id);
        const before = new Map(
          records.all(JSON.stringify([rootId])).map((row) => {
            const contact = JSON.parse(row.state) as Contact;
            return [contact.id, contact];
          }),
        );
        const homes = contacts.homesOf(rootId);
        const { contacts: after, redone, losers } = rewind(before, target, all.slice(place + 1), homes);
        const loserId = target.loser.id;
        const loser = after.get(loserId);
        if (loser === undefined) throw new Error('a merge without its record');

        const undone = append(ws, { ...target, undoneAt: at }, at);
        for (const merge of redone) save.run(0, null, append(ws, merge, at).state, merge.id);
        for (const identity of loser.identities) {
          const home = homes.get(`${identity.channelKind}:${identity.externalId}`);
          const own = home !== undefined && losers.has(home) ? home : loserId;
          contacts.setIdentity(ws, identity, loserId, own);
        }
        // Told also when nothing is different: who does not hear of the person again does not see them any more.
        const concerned = new Set([rootId, target.winner.id, loserId]);
        for (const contact of after.values()) {
          if (concerned.has(contact.id)) contacts.tell(ws, contact, at);
          else contacts.save(ws, contact, at);
        }
        // To who had lost them with the event above and sees them now, with their ledger.
        consents.tell(ws, rootId, at);
        // Numbers grow, so the last event of all is the highest.
        let last = log.ends(ws).head;
        save.run(1, last, undone.state, target.id);
        const moves = conversations
          .allOf(rootId)
          .filter(({ home }) => losers.has(home))
          .map(({ conversation }) => ({ id: conversation.id, to: loserId }));
        last = moveConversations(ws, moves, at) ?? last;
        last = sayAgain(ws, target, before, loserId, at) ?? last;
        // What merged by itself would do so again with the next message.
        if (target.mergedBy === null) last = keepApart(ws, target.winner.id, loserId, true, at) ?? last;
        return last;
      });
    },
  };

  function rootOf(ws: number, id: string): string {
    const into = contacts.get(ws, id)?.mergedInto ?? null;
    return into === null ? id : rootOf(ws, into);
  }

  /** A withdrawal since the merge was said by one of two people, and nobody can tell by whom: it holds for both. */
  function sayAgain(
    ws: number,
    target: ContactMerge,
    records: ReadonlyMap<string, Contact>,
    loserId: string,
    at: number,
  ): number | null {
    const path = new Set<string>();
    for (let id: string | null = target.winner.id; id !== null; id = records.get(id)?.mergedInto ?? null) {
      path.add(id);
    }
    const known = consents.of(target.winner.id).concat(consents.of(rootOf(ws, target.winner.id)));
    const since = new Map(
      known
        .filter((entry) => path.has(entry.contactId) && entry.recordedAt >= target.mergedAt)
        .filter((entry) => entry.state === 'withdrawn')
        .map((entry) => [entry.id, entry]),
    );
    let last: number | null = null;
    for (const { rev: _rev, ...entry } of since.values()) {
      last = consents.record(ws, { ...entry, id: newId(at), contactId: loserId }, at);
    }
    return last;
  }
}
