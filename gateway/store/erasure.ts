/**
 * Taking a person out of everything: records, conversations, files, the ledger, merges, payloads of providers, and the events of the log, whose
 * numbers stay. What remains is ids without contents. One transaction; files and the database's free space follow after it (`scrubs`).
 */
import { createHmac } from 'node:crypto';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactMerge } from '../../shared/domain/merge.ts';
import { CLUSTER } from './consents.ts';
import type { Contacts } from './contacts.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { Rights } from './rights.ts';

type State = { state: string };

/** Stands in the list of scrubs for the free space of the database file. */
const FREE_SPACE = '';

/** Bytes that are written anew in well under a second. */
const SMALL = 64 * 1024 * 1024;

/** Tables whose rows belong to one conversation. Children first, because of the foreign keys. */
const OF_CONVERSATION = [
  'DELETE FROM status_reports WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?)',
  'DELETE FROM reactions WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?)',
  'DELETE FROM outbound WHERE conversation_id = ?',
  'DELETE FROM messages WHERE conversation_id = ?',
  'DELETE FROM notes WHERE conversation_id = ?',
  'DELETE FROM activities WHERE conversation_id = ?',
  'DELETE FROM library WHERE pinned_id = ?',
  'DELETE FROM media_uses WHERE conversation_id = ?',
  // What its commands changed, for taking back: reasons and notes may be among it.
  'UPDATE commands SET undo = NULL WHERE undo IS NOT NULL AND instr(undo, ?) > 0',
  'DELETE FROM conversations WHERE id = ?',
];

export type Erasure = ReturnType<typeof createErasure>;

export function createErasure(db: Db, log: Log, contacts: Contacts, rights: Rights) {
  const secret = db.prepare<{ value: Buffer }>("SELECT value FROM secrets WHERE name = 'erased_facts'");
  const records = db.prepare<State>(
    `${CLUSTER} SELECT c.state FROM contacts c JOIN cluster ON c.id = cluster.id`,
  );
  const conversationsOf = db.prepare<{ id: string; channelId: string }>(
    'SELECT id, channel_id AS channelId FROM conversations WHERE contact_id = ?',
  );
  const messageIds = db.prepare<{
    id: string;
    channelId: string;
    providerId: string | null;
    dedupKey: string | null;
  }>(
    'SELECT id, channel_id AS channelId, provider_id AS providerId, dedup_key AS dedupKey FROM messages WHERE conversation_id = ?',
  );
  const usedFiles = db.prepare<{ id: string }>(
    `SELECT u.media_id AS id FROM media_uses u WHERE u.conversation_id = ?
       AND NOT EXISTS (SELECT 1 FROM media_uses o JOIN conversations c ON c.id = o.conversation_id
         WHERE o.media_id = u.media_id AND c.contact_id <> ?)`,
  );
  const dropFile = db.prepare('DELETE FROM media WHERE id = ?');
  const ofConversation = OF_CONVERSATION.map((sql) => db.prepare(sql));
  const dropEarly = db.prepare('DELETE FROM early_facts WHERE channel_id = ? AND provider_id = ?');
  const early = db.prepare<{ id: number; fact: string }>('SELECT id, fact FROM early_facts');
  const dropEarlyById = db.prepare('DELETE FROM early_facts WHERE id = ?');
  const markErased = db.prepare('INSERT OR IGNORE INTO erased (id, at) VALUES (?, ?)');
  const markFact = db.prepare('INSERT OR IGNORE INTO erased_facts (hash) VALUES (?)');
  const gone = db.prepare('SELECT 1 FROM erased WHERE id = ?');
  const factGone = db.prepare('SELECT 1 FROM erased_facts WHERE hash = ?');
  const markScrub = db.prepare('INSERT OR IGNORE INTO scrubs (media_id) VALUES (?)');
  const scrubs = db.prepare<{ id: string }>('SELECT media_id AS id FROM scrubs ORDER BY media_id DESC');
  const scrubbed = db.prepare('DELETE FROM scrubs WHERE media_id = ?');
  const mergesOf = db.prepare<State & { first_seq: number; last_seq: number | null }>(
    'SELECT state, first_seq, last_seq FROM merges WHERE winner_id = ? OR loser_id = ?',
  );
  // With whom these were ever one, over others too.
  const kin = db.prepare<{ id: string }>(
    `WITH RECURSIVE kin (id) AS (SELECT value FROM json_each(?) UNION
       SELECT CASE WHEN m.winner_id = kin.id THEN m.loser_id ELSE m.winner_id END
       FROM kin JOIN merges m ON m.winner_id = kin.id OR m.loser_id = kin.id)
     SELECT id FROM kin`,
  );
  const ofContact = [
    'DELETE FROM identities WHERE contact_id = ?',
    'DELETE FROM consents WHERE contact_id = ?',
    'DELETE FROM kept_apart WHERE first_id = ?',
    'DELETE FROM kept_apart WHERE second_id = ?',
    'DELETE FROM merges WHERE winner_id = ?',
    'DELETE FROM merges WHERE loser_id = ?',
    'DELETE FROM contacts WHERE id = ?',
  ].map((sql) => db.prepare(sql));

  // The row of the log stays with its number; of what it said nothing is left, and nobody gets it.
  const placeholder = `type = 'erased', conversation_id = NULL, channel_id = NULL, contact_id = NULL, assignee_before = NULL,
    assignee_after = NULL, team_before = NULL, team_after = NULL, addressee = NULL, event = ''`;
  const blankConversation = db.prepare(`UPDATE log SET ${placeholder} WHERE conversation_id = ?`);
  const blankContact = db.prepare(
    `UPDATE log SET ${placeholder} WHERE contact_id = ? AND conversation_id IS NULL`,
  );
  const blankOne = db.prepare(`UPDATE log SET ${placeholder} WHERE ws = ? AND seq = ?`);
  const between = db.prepare<{ seq: number; type: string; contact_id: string | null; event: string }>(
    `SELECT seq, type, contact_id, event FROM log WHERE ws = ? AND seq BETWEEN ? AND ?
       AND type IN ('contact.changed', 'contact.merged', 'contacts.changed')`,
  );
  const dropMergesBetween = db.prepare(
    'DELETE FROM merges WHERE undone = 1 AND (winner_id = ? OR loser_id = ?) AND first_seq BETWEEN ? AND ?',
  );
  const many = db.prepare<{ seq: number; event: string }>(
    `SELECT seq, event FROM log WHERE ws = ? AND type = 'contacts.changed' AND instr(event, ?) > 0`,
  );
  const holding = db.prepare<State & { winner: string }>(
    `SELECT state, winner_id AS winner FROM merges
     WHERE undone = 0 AND winner_id IN (SELECT value FROM json_each(?)) ORDER BY first_seq`,
  );
  const rewriteEvent = db.prepare('UPDATE log SET event = ? WHERE ws = ? AND seq = ?');

  const linkedPayloads = db.prepare<{ id: string }>(
    'SELECT raw_id AS id FROM raw_contacts WHERE contact_id = ?',
  );
  const payloadsWith = db.prepare<{ id: string }>('SELECT id FROM raw_payloads WHERE instr(body, ?) > 0');
  // The row stays for its hash: the same payload, delivered once more, is known and changes nothing.
  const emptyPayload = db.prepare("UPDATE raw_payloads SET body = '', applied = 1 WHERE id = ?");
  const unlinkPayloads = db.prepare('DELETE FROM raw_contacts WHERE contact_id = ?');
  const unlinkPayload = db.prepare('DELETE FROM raw_contacts WHERE raw_id = ?');

  let news = false;

  function hashOf(channelId: string, name: string): string {
    const row = secret.get();
    if (row === undefined) throw new Error('the gateway has lost a secret');
    return createHmac('sha256', row.value).update(`${channelId}\n${name}`).digest('hex');
  }

  function eraseConversation(conversationId: string, contactId: string): void {
    for (const { id, channelId, providerId, dedupKey } of messageIds.all(conversationId)) {
      markFact.run(hashOf(channelId, id));
      if (providerId !== null) {
        markFact.run(hashOf(channelId, providerId));
        dropEarly.run(channelId, providerId);
      }
      if (dedupKey !== null) markFact.run(hashOf(channelId, dedupKey));
    }
    const files = usedFiles.all(conversationId, contactId);
    for (const statement of ofConversation) statement.run(conversationId);
    for (const { id } of files) {
      markScrub.run(id);
      // A file that was used in two conversations of this person goes with the second.
      dropUnused(id);
    }
    blankConversation.run(conversationId);
  }

  const stillUsed = db.prepare('SELECT 1 FROM media_uses WHERE media_id = ?');
  function dropUnused(id: string): void {
    if (stillUsed.get(id) === undefined) dropFile.run(id);
  }

  /** Of an event about many, only this person goes. */
  function leaveOut(ws: number, ids: ReadonlySet<string>): void {
    for (const id of ids) {
      for (const { seq, event } of many.all(ws, id)) {
        const whole = JSON.parse(event) as { data: { contacts: Contact[] } };
        const contacts = whole.data.contacts.filter((contact) => !ids.has(contact.id));
        rewriteEvent.run(JSON.stringify({ ...whole, data: { contacts } }), ws, seq);
      }
    }
  }

  /**
   * While somebody was merged with this person, the other's record held this one's data: the events of that time go too, and so do merges of
   * that time that were undone.
   */
  function eraseShared(
    ws: number,
    row: { state: string; first_seq: number; last_seq: number | null },
    id: string,
    says: (json: string) => boolean,
  ): void {
    const merge = JSON.parse(row.state) as ContactMerge;
    const other = merge.winner.id === id ? merge.loser.id : merge.winner.id;
    const last = row.last_seq ?? Number.MAX_SAFE_INTEGER;
    for (const { seq, type, contact_id: contactId, event } of between.all(ws, row.first_seq, last)) {
      if (type !== 'contacts.changed') {
        if (contactId === other || says(event)) blankOne.run(ws, seq);
        continue;
      }
      if (!event.includes(other) && !says(event)) continue;
      const whole = JSON.parse(event) as { data: { contacts: Contact[] } };
      const contacts = whole.data.contacts.filter(
        (contact) => contact.id !== other && !says(JSON.stringify(contact)),
      );
      rewriteEvent.run(JSON.stringify({ ...whole, data: { contacts } }), ws, seq);
    }
    dropMergesBetween.run(other, other, row.first_seq, last);
  }

  function erasePayloads(ids: ReadonlySet<string>, needles: ReadonlySet<string>): void {
    const found = new Set<string>();
    for (const id of ids) for (const row of linkedPayloads.all(id)) found.add(row.id);
    for (const needle of needles) for (const row of payloadsWith.all(needle)) found.add(row.id);
    for (const id of found) {
      emptyPayload.run(id);
      unlinkPayload.run(id);
    }
    for (const id of ids) unlinkPayloads.run(id);
    for (const { id, fact } of early.all()) {
      if ([...needles].some((needle) => fact.includes(needle))) dropEarlyById.run(id);
    }
  }

  return {
    /** Erases the person that this record stands for (not one that was merged). Returns the number of the last event. */
    erase(ws: number, personId: string, requestId: string | null, at: number): number {
      return db.tx(() => {
        const people = records.all(JSON.stringify([personId])).map((row) => JSON.parse(row.state) as Contact);
        const ids = new Set(people.map((contact) => contact.id));
        const talks = conversationsOf.all(personId);
        const needles = new Set(people.flatMap(needlesOf));

        for (const { id } of talks) {
          markErased.run(id, at);
          eraseConversation(id, personId);
        }
        const words = [...needles, ...people.flatMap(({ email, emails }) => [email ?? '', ...emails])];
        const says = (json: string) => words.some((word) => word !== '' && json.includes(word));
        const others = kin
          .all(JSON.stringify([...ids]))
          .map(({ id }) => id)
          .filter((id) => !ids.has(id));
        for (const id of ids) {
          for (const row of mergesOf.all(id, id)) eraseShared(ws, row, id, says);
        }
        leaveOut(ws, ids);
        erasePayloads(ids, needles);
        for (const id of ids) {
          markErased.run(id, at);
          for (const statement of ofContact) statement.run(id);
          blankContact.run(id);
        }
        markScrub.run(FREE_SPACE);
        news = true;
        // What was taken out of the log about them is said once more, as it is now.
        const since = log.ends(ws).head;
        for (const id of others) {
          const contact = contacts.get(ws, id);
          if (contact !== null) contacts.tell(ws, contact, at);
        }
        for (const { state, winner } of holding.all(JSON.stringify(others))) {
          log.append(ws, at, 'contact.merged', { contactId: winner }, () => `{"merge":${state}}`);
        }
        let last = 0;
        for (const id of ids) {
          rights.emptyDetails(ws, id, at);
          const conversationIds = id === personId ? talks.map((talk) => talk.id) : [];
          const told = others.length === 0 ? undefined : { contactIds: others, since };
          const data = { contactId: id, conversationIds, requestId, erasedAt: at, told };
          last = log.append(ws, at, 'contact.erased', {}, () => JSON.stringify(data));
        }
        return last;
      });
    },
    /** Whether this is the id of somebody, or of a conversation, that was erased. */
    isGone(id: string): boolean {
      return gone.get(id) !== undefined;
    },
    /** Whether a provider tells about a message that was erased. `name`: its id, or the key of its redeliveries. */
    isErased(channelId: string, name: string): boolean {
      return factGone.get(hashOf(channelId, name)) !== undefined;
    },
    /** Whether somebody was erased since this was asked last. */
    hasNews(): boolean {
      const answer = news;
      news = false;
      return answer;
    },
    /** Files that are still to be removed for erasures. `rewrite`: the database's free space is to be emptied. */
    pending(): { files: string[]; rewrite: boolean } {
      const ids = scrubs.all().map((row) => row.id);
      return { files: ids.filter((id) => id !== FREE_SPACE), rewrite: ids.includes(FREE_SPACE) };
    },
    /** Says that a file is gone. */
    removed(id: string): void {
      scrubbed.run(id);
    },
    /** Whether writing the database anew is a matter of a moment. */
    isSmall(): boolean {
      return db.size() < SMALL;
    },
    emptyJournal(): void {
      db.emptyJournal();
    },
    /** Empties the free space of the database and its journal. Takes as long as writing the file anew, and nothing else goes on meanwhile. */
    rewrite(): void {
      db.rewrite();
      scrubbed.run(FREE_SPACE);
    },
  };
}

/** What names the person in a payload. Numbers as providers write them, without a plus. */
function needlesOf(contact: Contact): string[] {
  const phones = [contact.phone, ...contact.phones].map((phone) => phone?.replace(/^\+/u, '') ?? '');
  const ids = contact.identities.flatMap(({ externalId, parentExternalId, phone, username }) => [
    externalId,
    parentExternalId ?? '',
    phone?.replace(/^\+/u, '') ?? '',
    username ?? '',
  ]);
  // Shorter ones would be found in everything.
  return [...phones, ...ids].filter((needle) => needle.length >= 5);
}
