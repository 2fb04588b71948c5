/** What becomes of the rows of a copy, decided in one place for the restore and for the preview of one. */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { mediaOf } from '../../../shared/domain/message-content.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { ErasedIds } from '../people/erased.ts';
import { EXPIRED, type Kept, KeptState } from '../retention/kept.ts';
import type { ReadableDb } from '../sql.ts';
import {
  type CopyFile,
  type Portion,
  type PortionRows,
  type RestoreReader,
  type Tally,
  VERDICTS,
  type Verdict,
} from './types.ts';

type Judged = { db: ReadableDb; kept: KeptState; erased: ErasedIds };

type Owner = { contactId: string };

export function noTally(): Tally {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Tally;
}

export function judgeContact(
  { db, erased }: Judged,
  { id, rev, mergedInto }: PortionRows['contacts'][number],
): Verdict {
  if (erased.has(id) || erased.has(mergedInto)) return 'left';
  const was = db.get<{ rev: number }>`SELECT rev FROM contacts WHERE id = ${id}`;
  return was === undefined ? 'away' : byRev(was.rev, rev);
}

/** The list of the gateway is whole before a restore begins: what is not in it was taken from this user since. */
export function judgeConversation({ db, erased }: Judged, { id, contactId, rev }: Conversation): Verdict {
  if (erased.has(id) || erased.has(contactId)) return 'left';
  const was = db.get<{ rev: number }>`SELECT rev FROM conversations WHERE id = ${id}`;
  return was === undefined ? 'away' : byRev(was.rev, rev);
}

export function judgeMessage({ db, kept, erased }: Judged, message: Message): Verdict {
  const owner = ownerOf(db, message.conversationId);
  if (owner === undefined) return 'away';
  // Sent by somebody who was erased, or naming them in a card.
  if (erased.size > 0 && erased.isNamedIn(JSON.stringify(message))) return 'left';
  const was = db.get<{ rev: number; owner: string }>`
    SELECT m.rev, c.id AS owner FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.id = ${message.id}`;
  if (was !== undefined && (was.rev >= message.rev || was.owner !== message.conversationId)) return 'left';
  const stored = kept.message(message, owner.contactId);
  if (stored === null) return 'over';
  if (was !== undefined) return 'renewed';
  return isExpired(stored) && !isExpired(message) ? 'blanked' : 'added';
}

export function judgeNote({ db, kept }: Judged, note: PortionRows['notes'][number]): Verdict {
  const owner = ownerOf(db, note.conversationId);
  if (owner === undefined) return 'away';
  const was = db.get<{ rev: number; owner: string }>`
    SELECT n.rev, c.id AS owner FROM notes n JOIN conversations c ON c.ref = n.conversation WHERE n.id = ${note.id}`;
  if (was !== undefined && (was.rev >= note.rev || was.owner !== note.conversationId)) return 'left';
  if (kept.isOver('notes', note.createdAt, note.conversationId, owner.contactId)) return 'over';
  return was === undefined ? 'added' : 'renewed';
}

export function judgeActivity(
  { db, kept }: Judged,
  { id, at, conversationId }: PortionRows['activities'][number],
): Verdict {
  const owner = ownerOf(db, conversationId);
  if (owner === undefined) return 'away';
  if (db.get`SELECT 1 FROM activities WHERE id = ${id}` !== undefined) return 'left';
  return kept.isOver('log', at, conversationId, owner.contactId) ? 'over' : 'added';
}

export function judgeConsent(
  { db, erased }: Judged,
  { id, contactId, rev }: PortionRows['consents'][number],
): Verdict {
  if (erased.has(contactId)) return 'left';
  if (db.get`SELECT 1 FROM contacts WHERE id = ${contactId}` === undefined) return 'away';
  const was = db.get<{ rev: number }>`SELECT rev FROM consents WHERE id = ${id}`;
  return was === undefined ? 'added' : byRev(was.rev, rev);
}

export function judgeDraft({ db }: Judged, { conversationId, text }: PortionRows['drafts'][number]): Verdict {
  if (ownerOf(db, conversationId) === undefined) return 'away';
  if (text === '') return 'left';
  return db.get`SELECT 1 FROM drafts WHERE conversation_id = ${conversationId}` === undefined
    ? 'added'
    : 'left';
}

/** `coming`: the ids of files whose messages are not here yet and will be. */
export function judgeFile(
  { db, kept }: Judged,
  { id, conversationId, at }: Pick<CopyFile, 'id' | 'conversationId' | 'at'>,
  coming: ReadonlySet<string> = NONE,
): Verdict {
  const owner = ownerOf(db, conversationId);
  if (owner === undefined) return 'away';
  if (kept.isOver('media', at, conversationId, owner.contactId)) return 'over';
  const row = db.get<{ file: string | null }>`SELECT file FROM media WHERE id = ${id}`;
  if (row === undefined) return coming.has(id) ? 'added' : 'left';
  return row.file === null ? 'added' : 'left';
}

/** The same without writing anything: what a restore of these portions, in their order, would do. */
export class Forecast {
  readonly #judged: Judged;
  readonly #coming = new Set<string>();

  constructor(db: ReadableDb, kept: Kept) {
    const state = new KeptState(db);
    state.set(kept);
    this.#judged = { db, kept: state, erased: new ErasedIds(db) };
  }

  look(portion: Portion): Tally {
    const tally = noTally();
    for (const verdict of this.#verdicts(portion)) tally[verdict] += 1;
    return tally;
  }

  /** The erased ones of a copy count from here on, as they do in a restore. */
  #verdicts(portion: Portion): Verdict[] {
    const judged = this.#judged;
    switch (portion.kind) {
      case 'erased':
        return portion.rows.map(({ id }) => {
          if (judged.erased.has(id)) return 'left';
          judged.erased.add(id);
          return 'added';
        });
      case 'contacts':
        return portion.rows.map((row) => judgeContact(judged, row));
      case 'conversations':
        return portion.rows.map((row) => judgeConversation(judged, row));
      case 'messages':
        return portion.rows.map((row) => {
          const verdict = judgeMessage(judged, row);
          const media = mediaOf(row.content);
          if (media !== null && (verdict === 'added' || verdict === 'renewed')) this.#coming.add(media.id);
          return verdict;
        });
      case 'notes':
        return portion.rows.map((row) => judgeNote(judged, row));
      case 'activities':
        return portion.rows.map((row) => judgeActivity(judged, row));
      case 'consents':
        return portion.rows.map((row) => judgeConsent(judged, row));
      case 'drafts':
        return portion.rows.map((row) => judgeDraft(judged, row));
      case 'files':
        return portion.rows.map((row) => judgeFile(judged, row, this.#coming));
    }
  }
}

export function judgeFiles(db: ReadableDb, rows: Parameters<RestoreReader['judgeFiles']>[0]): Verdict[] {
  const judged = { db, kept: new KeptState(db), erased: new ErasedIds(db) };
  return rows.map((row) => judgeFile(judged, row));
}

const NONE: ReadonlySet<string> = new Set();

function ownerOf(db: ReadableDb, conversationId: string): Owner | undefined {
  return db.get<Owner>`SELECT contact_id AS contactId FROM conversations WHERE id = ${conversationId}`;
}

function byRev(here: number, inCopy: number): Verdict {
  return here >= inCopy ? 'left' : 'renewed';
}

function isExpired({ content }: Message): boolean {
  return content.kind === 'unknown' && content.type === EXPIRED;
}
