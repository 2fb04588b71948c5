/** How a message or note goes into the index: its words, and one token for each thing that an operator can ask about. */
import type { Contact } from '../../../shared/domain/contact.ts';
import { indexText } from '../../../shared/text/fold.ts';
import { findLinks } from '../../../shared/text/links.ts';
import type { IndexedDocument } from '../store/messages.ts';

/**
 * Raise when `body`, `meta`, `indexText` or how shards are made change: the index is then built anew, because entries are removed by their
 * exact text. What is said of a contact has its own number: PEOPLE_VERSION.
 */
export const INDEX_VERSION = 4;

export type IndexEntry = { body: string; meta: string };

/** The entry of a document, or null when there is nothing to find in it. */
export function entryOf(document: IndexedDocument): IndexEntry | null {
  if (document.text === '' && document.kind === null) return null;
  return { body: indexText(document.text), meta: metaOf(document) };
}

/** The tokens of a document that are no words, separated by spaces. */
export function metaOf(document: IndexedDocument): string {
  let meta = `${tokens.conversation(document.conversation)} ${timeOf(document.at)} ${tokens.channel(document.channelId)}`;
  if (document.outgoing) meta += ` ${tokens.outgoing}`;
  if (document.author !== null) meta += ` ${tokens.author(document.author)}`;
  if (document.kind !== null) meta += ` ${tokens.kind(document.kind)}`;
  if (hasLink(document.text)) meta += ` ${tokens.kind('link')}`;
  return meta;
}

/** A dot or colon inside of a word, as every link has: most texts have none, and looking closely costs more than all the rest. */
const LIKE_LINK = /[^\s.]\.[\p{L}\p{N}]|:\/\//u;

function hasLink(text: string): boolean {
  return LIKE_LINK.test(text) && findLinks(text).some(({ kind }) => kind !== 'phone');
}

/** The tokens of the `meta` column. Plain letters and digits, so that they need no quoting anywhere. */
export const tokens = {
  outgoing: 'do',
  conversation: (ref: number): string => `c${ref}`,
  channel: (id: string): string => `h${plain(id)}`,
  author: (id: string): string => `a${plain(id)}`,
  kind: (kind: string): string => `k${kind}`,
  /** Year and month in UTC, for example m202611. */
  month: (at: number): string => `m${monthOf(new Date(at))}`,
  /** Year, month and day in UTC, for example y20261120. */
  day: (at: number): string => `y${dayOf(new Date(at))}`,
};

/** Both tokens of a time, made from one date: it is asked for every row. */
function timeOf(at: number): string {
  const date = new Date(at);
  return `m${monthOf(date)} y${dayOf(date)}`;
}

function monthOf(date: Date): number {
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}

function dayOf(date: Date): number {
  return monthOf(date) * 100 + date.getUTCDate();
}

const CHOICES = /^[0-9a-f]{8}-[0-9a-f-]{27}(?:,[0-9a-f-]{36})*$/u;

/** What a contact can be found by; '' for one that is shown nowhere. */
export function contactText(contact: Contact): string {
  if (contact.deleted || contact.mergedInto !== null) return '';
  const identities = contact.identities.flatMap(({ username, phone, externalId }) => [
    username,
    phone,
    externalId,
  ]);
  const { name, company, phone, phones, email, emails } = contact;
  // The ids of choices are no words.
  const values = Object.values(contact.fields).filter((value) => !CHOICES.test(value));
  const parts = [name, company, phone, ...phones, email, ...emails, ...values, ...identities];
  return [...new Set(parts.filter((part) => part !== null && part !== ''))].join(' \n ');
}

function plain(id: string): string {
  if (/^[0-9a-f-]+$/u.test(id)) return id.replaceAll('-', '');
  return `x${Buffer.from(id).toString('hex')}`;
}
