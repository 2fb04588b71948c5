/** Which commands may be sent now: the first of each line, so that one stuck conversation never holds back another. */
import type { ImportState } from '../../../shared/contract/imports.ts';
import type { UnsentWork } from '../../../shared/contract/state.ts';
import type { NextSendTime, OutboxDue } from '../api.ts';
import type { ReadableDb } from '../sql.ts';
import { PEOPLE, UNDO_TIME, WRITTEN_TYPES, commandOf } from '../store/outbox-row.ts';

type Place = {
  n: number;
  lane: string;
  type: string;
  state: 'waiting' | 'sending';
  nextAt: number | null;
  sendAt: number | null;
  createdAt: number;
};

/**
 * Held commands have stepped out of the line; acked ones (`sent`) hold nothing back. A message that can still be taken back keeps its
 * place and is waited for (what comes after it, such as closing, must not overtake it). One that was written for later stands aside until
 * its time and then goes before what was written after that time.
 */
export function readOutboxDue(db: ReadableDb, { now, limit }: { now: number; limit: number }): OutboxDue {
  const places = db.all<Place>`
    SELECT n, conversation_id AS lane, type, state, next_at AS nextAt, send_at AS sendAt, created_at AS createdAt
    FROM outbox WHERE state IN ('waiting', 'sending') ORDER BY n`;
  const heads = new Map<string, Place>();
  /** The oldest about contacts that the gateway has not taken: who is written to must be there, and have agreed, before. */
  const people = places.find(({ lane }) => lane === PEOPLE);
  const busy = new Set<string>();
  let nextAt: number | null = null;
  const wakeAt = (at: number): void => {
    nextAt = nextAt === null ? at : Math.min(nextAt, at);
  };
  for (const place of places) {
    if (place.state === 'sending') busy.add(place.lane);
    else if (isLater(place) && (place.sendAt ?? 0) > now) wakeAt(place.sendAt ?? 0);
    else {
      const head = heads.get(place.lane);
      if (head === undefined || goesBefore(place, head)) heads.set(place.lane, place);
    }
  }
  const due: OutboxDue['due'] = [];
  const consents = consentsPending(db, places);
  const waits = (place: Place): boolean => {
    if (place.type === 'conversation.start') return people !== undefined && people.n < place.n;
    return (
      place.type === 'message.send' &&
      consents.some(({ n, conversations }) => n < place.n && conversations.has(place.lane))
    );
  };
  const ready = [...heads.values()]
    .filter((place) => !busy.has(place.lane) && !waits(place))
    .sort((a, b) => a.n - b.n);
  for (const { n, nextAt: retryAt, sendAt } of ready) {
    const at = Math.max(retryAt ?? 0, sendAt ?? 0);
    if (at > now) wakeAt(at);
    else if (due.length < limit) {
      const row = db.get<{
        command: string;
        attempts: number;
      }>`SELECT command, attempts FROM outbox WHERE n = ${n}`;
      if (row !== undefined) due.push({ command: commandOf(row), attempts: row.attempts });
    }
  }
  return { due, nextAt, unsent: readUnsent(db) };
}

/** Entries of the ledger that are still to be sent, and the conversations with those people. */
function consentsPending(
  db: ReadableDb,
  places: readonly Place[],
): { n: number; conversations: Set<string> }[] {
  return places
    .filter(({ type }) => type === 'consent.record')
    .map(({ n }) => {
      const rows = db.all<{ id: string }>`
        SELECT c.id FROM outbox o JOIN conversations c ON c.contact_id = o.command ->> '$.data.entry.contactId' WHERE o.n = ${n}`;
      return { n, conversations: new Set(rows.map(({ id }) => id)) };
    });
}

function isLater({ sendAt, createdAt }: Place): boolean {
  return sendAt !== null && sendAt - createdAt > UNDO_TIME;
}

/** Only what was written for later has another place than the order of writing; both times are those of this machine's clock. */
function goesBefore(place: Place, head: Place): boolean {
  if (!isLater(place) && !isLater(head)) return false;
  return dueTime(place) < dueTime(head);
}

function dueTime(place: Place): number {
  return isLater(place) ? (place.sendAt ?? 0) : place.createdAt;
}

/** Messages and notes that the gateway does not have: what would be lost with this file. */
export function readUnsent(db: ReadableDb): number {
  const row = db.get<{ n: number }>`
    SELECT count(*) AS n FROM outbox
    WHERE state <> 'sent' AND type IN (SELECT value FROM json_each(${JSON.stringify(WRITTEN_TYPES)}))`;
  return row?.n ?? 0;
}

/** An import in one of these has something in it that nobody else has. */
const UNFINISHED: readonly ImportState[] = [
  'reading',
  'mapping',
  'checking',
  'checked',
  'running',
  'undoing',
];

/** What signing out would lose. How far somebody has read is nothing that anybody did. */
export function readUnsentWork(db: ReadableDb): UnsentWork {
  const written = JSON.stringify(WRITTEN_TYPES);
  const row = db.get<{ changes: number | null }>`
    SELECT sum(CASE type WHEN 'contacts.change' THEN json_array_length(command, '$.data.changes')
      WHEN 'contacts.delete' THEN json_array_length(command, '$.data.contactIds') ELSE 1 END) AS changes FROM outbox
    WHERE state <> 'sent' AND type <> 'conversation.read' AND type NOT IN (SELECT value FROM json_each(${written}))`;
  const jobs = db.get<{ n: number }>`
    SELECT count(*) AS n FROM imports WHERE state IN (SELECT value FROM json_each(${JSON.stringify(UNFINISHED)}))`;
  return { messages: readUnsent(db), changes: row?.changes ?? 0, imports: jobs?.n ?? 0 };
}

/** The next time at which a message that was written for later is due, and whose they are; null: there is none. */
export function readNextSendTime(db: ReadableDb, { now }: { now: number }): NextSendTime | null {
  const rows = db.all<{ at: number; lane: string }>`
    SELECT DISTINCT send_at AS at, conversation_id AS lane FROM outbox
    WHERE state = 'waiting' AND send_at =
      (SELECT min(send_at) FROM outbox WHERE state = 'waiting' AND send_at > ${now})`;
  const [first] = rows;
  return first === undefined ? null : { at: first.at, conversationIds: rows.map(({ lane }) => lane) };
}
