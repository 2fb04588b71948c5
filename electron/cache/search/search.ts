/**
 * Search: contacts by name, messages and notes newest first. What the index does not have yet is scanned, so a result is complete
 * whatever the indexer is doing; how much was looked at is part of the answer.
 */
import type { SearchHit, SearchResult } from '../../../shared/contract/rows.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { isEmptyQuery, parseQuery } from '../../../shared/text/query.ts';
import type { SearchQuery } from '../../../shared/text/query.ts';
import { restrictedConversations } from '../people/restricted.ts';
import type { ReadableDb } from '../sql.ts';
import { findConversation } from '../store/conversations.ts';
import { readTotal } from '../store/counters.ts';
import { compileContactQuery, compileQuery } from './compile.ts';
import type { Compiled } from './compile.ts';
import { contactText, entryOf, metaOf } from './document.ts';
import { candidateOf, stretches, walkAll, walkConversation, walkWaiting } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { ShardReader } from './shards.ts';
import type { SequenceRange } from './shards.ts';
import { matches, snippetOf } from './match.ts';

/** Hits that are looked at before a filter that the index cannot answer (`is:open`, exact days) gives up. */
const MOST_WALKED = 5_000;
/** Rows outside of the index that one search scans. */
const MOST_SCANNED = 20_000;
const MOST_CONTACTS = 20;
/** A conversation of so many rows is looked through without the index. */
const SMALL_CONVERSATION = 300;

export type SearchInput = { text: string; conversationId: string | null; limit: number; now: number };

export function search(db: ReadableDb, input: SearchInput, shards = new ShardReader(db)): SearchResult {
  const total = readTotal(db, 'messages');
  const complete = isComplete(db);
  const nothing: SearchResult = { hits: [], searched: total, total, complete };
  const query = parseQuery(input.text, -new Date(input.now).getTimezoneOffset());
  if (isEmptyQuery(query)) return nothing;
  const owner = input.conversationId === null ? null : findConversation(db, input.conversationId);
  if (owner === undefined) return nothing;
  const compiled = compileQuery(db, query, owner?.ref ?? null, input.now);
  if (compiled.impossible) return nothing;
  const fits = filterOf(query, compiled, restrictedConversations(db).refs);
  const { hits, unscanned } = findMessages(
    db,
    shards,
    query,
    compiled,
    owner?.ref ?? null,
    fits,
    input.limit,
  );
  const contacts =
    input.conversationId === null ? findContacts(db, query, Math.min(MOST_CONTACTS, input.limit)) : [];
  return {
    hits: [...contacts, ...hits].slice(0, input.limit),
    searched: Math.max(0, total - unscanned),
    total,
    complete,
  };
}

type Filter = (candidate: Candidate) => boolean;

function findMessages(
  db: ReadableDb,
  shards: ShardReader,
  query: SearchQuery,
  compiled: Compiled,
  conversation: number | null,
  fits: Filter,
  limit: number,
): { hits: SearchHit[]; unscanned: number } {
  const found: Candidate[] = [];
  const small = conversation === null ? null : walkConversation(db, conversation, SMALL_CONVERSATION);
  const waiting = small === null ? walkWaiting(db, MOST_SCANNED) : { seqs: small, left: 0 };
  for (const seq of waiting.seqs) {
    const candidate = candidateOf(db, seq);
    if (candidate === null || (conversation !== null && candidate.ref !== conversation)) continue;
    if (fits(candidate) && fitsItself(candidate, query, compiled)) found.push(candidate);
  }
  let { left } = waiting;
  if (small === null) {
    const seen = new Set(waiting.seqs);
    for (const stretch of stretches(db)) {
      const part = findIn(stretch, { db, shards, query, compiled, fits, limit, seen });
      found.push(...part.found);
      left += part.left;
    }
  }
  const newest = found.toSorted((a, b) => b.at - a.at).slice(0, limit);
  return { hits: newest.map((candidate) => hitOf(candidate, query)), unscanned: left };
}

/** The newest hits of one stretch; `left`: about how many rows were not looked at because too many before them did not fit. */
function findIn(
  stretch: SequenceRange,
  work: {
    db: ReadableDb;
    shards: ShardReader;
    query: SearchQuery;
    compiled: Compiled;
    fits: Filter;
    limit: number;
    seen: ReadonlySet<number>;
  },
): { found: Candidate[]; left: number } {
  const { db, shards, query, compiled, fits, limit, seen } = work;
  // Without an expression the rows are walked as they are, so each is asked like one that is not in the index.
  const rows = compiled.match === null ? walkAll(db, stretch) : shards.walk(compiled.match, stretch);
  const found: Candidate[] = [];
  let walked = 0;
  for (const seq of rows) {
    walked += 1;
    const candidate = seen.has(seq) ? null : candidateOf(db, seq);
    if (
      candidate !== null &&
      fits(candidate) &&
      (compiled.match !== null || fitsItself(candidate, query, compiled))
    ) {
      found.push(candidate);
    }
    if (found.length >= limit) break;
    if (walked >= MOST_WALKED) return { found, left: rowsBelow(db, seq, stretch.from) };
  }
  return { found, left: 0 };
}

/** Row numbers have few gaps, and counting a million of them would be felt. */
function rowsBelow(db: ReadableDb, seq: number, from: number): number {
  const first = db.get<{ seq: number | null }>`SELECT min(seq) AS seq FROM messages`?.seq ?? seq;
  return Math.max(0, seq - Math.max(from, first));
}

/** What the index answers for indexed rows, asked of the row itself. */
function fitsItself(candidate: Candidate, query: SearchQuery, compiled: Compiled): boolean {
  const document = candidate.document();
  if (entryOf(document) === null || !matches(document.text, query.terms)) return false;
  const meta = new Set(metaOf(document).split(' '));
  const has = (tokens: readonly string[]): boolean => tokens.some((token) => meta.has(token));
  return compiled.needed.every(has) && !compiled.excluded.some(has);
}

function filterOf(query: SearchQuery, compiled: Compiled, veiled: ReadonlySet<number>): Filter {
  return (candidate) =>
    !veiled.has(candidate.ref) &&
    (query.before === null || candidate.at < query.before) &&
    (query.after === null || candidate.at >= query.after) &&
    (compiled.scope === null || compiled.scope.has(candidate.ref)) &&
    (!compiled.failed || candidate.failed());
}

function hitOf(candidate: Candidate, query: SearchQuery): SearchHit {
  const { type, id, conversationId, contactName, at } = candidate;
  return { type, id, conversationId, contactName, at, ...snippetOf(candidate.document().text, query.terms) };
}

function findContacts(db: ReadableDb, query: SearchQuery, limit: number): SearchHit[] {
  const match = compileContactQuery(query);
  if (match === null) return [];
  const rows = db.all<{ json: string; conversationId: string | null }>`
    SELECT k.json, (SELECT id FROM conversations c WHERE c.contact_id = k.id ORDER BY active_at DESC LIMIT 1) AS conversationId
    FROM contact_index i JOIN contacts k ON k.ref = i.rowid
    WHERE contact_index MATCH ${match} AND k.restricted = 0 ORDER BY i.rowid DESC LIMIT ${limit}`;
  return rows.map(({ json, conversationId }) => {
    const contact = JSON.parse(json) as Contact;
    const named = snippetOf(contact.name, query.terms);
    const shown =
      named.highlights.length > 0
        ? named
        : snippetOf(contactText(contact).replaceAll('\n', '·'), query.terms);
    return {
      type: 'contact',
      id: contact.id,
      conversationId,
      contactName: contact.name,
      at: contact.createdAt,
      ...shown,
    };
  });
}

/** Whether the gateway has nothing that is not here. */
function isComplete(db: ReadableDb): boolean {
  const row = db.get<{ stage: string; incomplete: number }>`
    SELECT stage, EXISTS (SELECT 1 FROM conversations WHERE history = 'incomplete') AS incomplete FROM sync_state`;
  return row?.stage === 'done' && row.incomplete === 0;
}
