/** Turns a parsed query into an expression of the index. Only folded words and our own tokens get in, each in quotes. */
import type { QueryTerm, SearchQuery } from '../../../shared/text/query.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { foldWord } from '../../../shared/text/fold.ts';
import type { ReadableDb } from '../sql.ts';
import { readSession } from '../store/session.ts';
import { tokens } from './document.ts';
import { foldWords, isNamed } from './names.ts';
import { HELD, STATUSES, scopeOf } from './scope.ts';

/**
 * `needed`: for each group, one of its tokens; `excluded`: none of any. `match` says the same and the words to the index; null when only
 * rows can tell. `impossible`: nothing can fit. `scope`: the conversations that it may be in, as they are now; null: any. `failed`: only
 * what did not get through.
 */
export type Compiled = {
  match: string | null;
  needed: string[][];
  excluded: string[][];
  impossible: boolean;
  scope: ReadonlySet<number> | null;
  failed: boolean;
};

/** A name may fit many conversations; more than this many are not looked for. */
const MOST_NAMED = 200;
const KINDS = new Set([
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'template',
  'order',
  'note',
  'link',
]);
const FILES = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];
const OF_CONVERSATIONS = new Set([...STATUSES, ...HELD.keys(), 'unread', 'failed', 'mentioned']);
/** What our side wrote. */
const OURS = [tokens.outgoing, tokens.kind('note')];
const CONTACT = new Set(['contact', 'customer', 'kunde', 'them']);

export function compileQuery(
  db: ReadableDb,
  query: SearchQuery,
  conversation: number | null,
  now: number,
): Compiled {
  const needed: string[][] = [];
  const excluded: string[][] = [];
  if (conversation !== null) needed.push([tokens.conversation(conversation)]);
  for (const name of query.from) {
    const from = fromWhom(db, name);
    if (from === 'contact') excluded.push(OURS);
    else needed.push(from);
  }
  for (const name of query.in) needed.push(placesNamed(db, name));
  for (const what of query.has) needed.push(kindsCalled(what));
  for (const what of query.is) {
    if (OF_CONVERSATIONS.has(what)) continue;
    else if (what === 'received' || what === 'in') excluded.push(OURS);
    else if (what === 'sent' || what === 'out') needed.push([tokens.outgoing]);
    else needed.push(what === 'note' ? [tokens.kind('note')] : []);
  }
  const scope = scopeOf(db, query);
  // A few conversations are asked of the index; of many, each hit is asked whether it is in one of them.
  if (scope !== null && scope.size <= MOST_NAMED) needed.push([...scope].map(tokens.conversation));
  const days = daysBetween(query.after, query.before, now);
  if (days !== null) needed.push(days);
  const impossible = needed.some((group) => group.length === 0);
  return {
    match: impossible ? null : expression(query, needed, excluded),
    needed,
    excluded,
    impossible,
    scope,
    failed: query.is.includes('failed'),
  };
}

function expression(query: SearchQuery, needed: string[][], excluded: string[][]): string | null {
  const inMeta = (group: readonly string[]): string => `{meta} : (${group.map(quoted).join(' OR ')})`;
  const inBody = (negated: boolean): string[] =>
    query.terms.filter((term) => term.negated === negated).map((term) => `{body} : ${phrase(term)}`);
  const positive = [...inBody(false), ...needed.map(inMeta)];
  const negative = [...inBody(true), ...excluded.map(inMeta)];
  // An expression cannot only say what must not be.
  if (positive.length === 0) return null;
  const all = positive.join(' AND ');
  return negative.length === 0 ? all : `(${all}) NOT (${negative.join(' OR ')})`;
}

/** An expression for the index of contacts, or null when the query asks for more than words. */
export function compileContactQuery(query: SearchQuery): string | null {
  const { from, label, assignee, is, has } = query;
  if ([from, query.in, label, assignee, is, has].some((list) => list.length > 0)) return null;
  if (query.before !== null || query.after !== null) return null;
  const needed = query.terms.filter((term) => !term.negated).map(phrase);
  const excluded = query.terms.filter((term) => term.negated).map(phrase);
  if (needed.length === 0) return null;
  const positive = needed.join(' AND ');
  return excluded.length === 0 ? positive : `(${positive}) NOT (${excluded.join(' OR ')})`;
}

function phrase(term: QueryTerm): string {
  return `"${term.tokens.join(' ')}"${term.prefix ? ' *' : ''}`;
}

function kindsCalled(what: string): string[] {
  if (what === 'file' || what === 'attachment' || what === 'media') return FILES.map(tokens.kind);
  return KINDS.has(what) ? [tokens.kind(what)] : [];
}

function quoted(token: string): string {
  return `"${token}"`;
}

/** Tokens of the users with that name, or of the conversations with such a contact; `contact` for the customers' side as a whole. */
function fromWhom(db: ReadableDb, name: string): string[] | 'contact' {
  const wanted = foldWord(name);
  if (CONTACT.has(wanted)) return 'contact';
  if (wanted === 'me') {
    const me = readSession(db)?.me.id;
    return me === undefined ? [] : [tokens.author(me)];
  }
  const users = db.all<{ id: string; name: string }>`
    SELECT id, json ->> 'name' AS name FROM directory WHERE kind = 'user'`;
  const authors = users.filter((user) => isNamed(user.name, name)).map((user) => tokens.author(user.id));
  return [...authors, ...conversationsOf(db, name)];
}

/** Tokens of channels with that name, of conversations with that label, or with such a contact. */
function placesNamed(db: ReadableDb, name: string): string[] {
  const things = db.all<{ kind: string; id: string; name: string }>`
    SELECT kind, id, json ->> 'name' AS name FROM directory WHERE kind IN ('channel', 'label')`;
  const named = things.filter((thing) => isNamed(thing.name, name));
  const labelled = named
    .filter((thing) => thing.kind === 'label')
    .flatMap((label) =>
      db.all<{ ref: number }>`
        SELECT c.ref FROM conversation_labels l JOIN conversations c ON c.id = l.id
        WHERE l.label_id = ${label.id} LIMIT ${MOST_NAMED}`.map(({ ref }) => tokens.conversation(ref)),
    );
  const channels = named.filter((thing) => thing.kind === 'channel').map((thing) => tokens.channel(thing.id));
  return [...channels, ...labelled, ...conversationsOf(db, name)];
}

function conversationsOf(db: ReadableDb, name: string): string[] {
  const words = foldWords(name);
  if (words.length === 0) return [];
  const match = words.map((word) => `"${word}" *`).join(' AND ');
  return db.all<{ ref: number }>`
      SELECT c.ref FROM contact_index i JOIN contacts k ON k.ref = i.rowid JOIN conversations c ON c.contact_id = k.id
      WHERE contact_index MATCH ${match} LIMIT ${MOST_NAMED}`.map(({ ref }) => tokens.conversation(ref));
}

/** No message is older than the oldest of the providers' services. */
const OLDEST = Date.UTC(2009, 0, 1);
/** Messages with a wrong clock may lie ahead; those for later do. */
const YEAR = 366 * DAY;

/**
 * Tokens of the days that a range touches, whole months as one; null when no range is given. Days are UTC's, so that the first and the last
 * may hold some more than was asked for: the hits' own times decide.
 */
function daysBetween(after: number | null, before: number | null, now: number): string[] | null {
  if (after === null && before === null) return null;
  const end = Math.min(before ?? now + YEAR, now + YEAR);
  const found: string[] = [];
  let day = startOfDay(Math.max(after ?? OLDEST, OLDEST));
  while (day < end) {
    const nextMonth = monthAfter(day);
    if (new Date(day).getUTCDate() === 1 && nextMonth <= end) {
      found.push(tokens.month(day));
      day = nextMonth;
    } else {
      found.push(tokens.day(day));
      day += DAY;
    }
  }
  return found;
}

function startOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

function monthAfter(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
