/**
 * Finds web addresses, e-mail addresses and international telephone numbers in a text. A web address has http or https, or a
 * known top-level domain. Measured against the conformance cases of twitter-text; where we differ, test/contract/twitter-text.test.ts says why.
 * Linear in the length of the text: a hostile message must not hold up the page.
 */
import { safeLink } from './link-safety.ts';
import { isKnownTld } from './tlds.ts';

/** `text` is text.slice(start, end), UTF-16 units; `href` is what `safeLink` made of it, ready to open after asking. */
export type FoundLink = {
  kind: 'url' | 'email' | 'phone';
  text: string;
  start: number;
  end: number;
  href: string;
};

// What may begin: an address with a scheme, an e-mail address, a bare host, a number. In this order at the same place.
const CANDIDATE = new RegExp(
  [
    String.raw`(?<url>(?<![A-Za-z0-9@＠#＃$])https?:\/\/)`,
    String.raw`(?<email>(?<![\p{Script=Latin}\p{N}._%+@-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?@(?=[\p{L}\p{N}]))`,
    String.raw`(?<host>(?<![\p{Script=Latin}\p{M}\p{N}@＠#＃$/._-])(?=[\p{Script=Latin}\p{N}])[\p{Script=Latin}\p{M}\p{N}_-]{1,63}\.(?=[\p{Script=Latin}\p{N}]))`,
    String.raw`(?<phone>(?<![\p{L}\p{N}+])\+\(?[1-9])`,
  ].join('|'),
  'giu',
);
const HOST_WITH_SCHEME = /(?:[A-Za-z0-9_.-]|[^\p{ASCII}\p{P}\p{Z}\p{C}]){1,1012}/uy;
const BARE_HOST = /[\p{Script=Latin}\p{M}\p{N}_.-]{1,1012}/uy;
const IP6 = /\[[0-9a-f:.]{2,45}\]/iuy;
const IP4 = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
const PORT = /:\d{1,5}(?!\d)/y;
// Lengths are bounded so that a hostile text costs linear time.
// Everything that may stand in a path, query or fragment. En dash and the like are common in the addresses of encyclopaedias.
const TAIL = /(?:[\p{L}\p{M}\p{N}\p{So}!$%&'()*+,;=:@/?#_~|.[\]\u2010-\u2015-]){1,4096}/uy;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const UNSPACED_AFTER_WORD =
  /(?<=[\p{Script=Latin}\p{N}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
// ITU-T E.164: at most 15 digits, the country code first.
const PHONE = /\+\(?[1-9](?:[\s\u00a0()./-]{0,2}\d){6,14}(?!\d)/uy;

/** All links of a text in order, never overlapping. Numbers need their + and country code: an order number is no telephone. */
export function findLinks(text: string): FoundLink[] {
  const found: FoundLink[] = [];
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const { kind, end } = measure(text, match);
    const piece = text.slice(match.index, end);
    const href = end > match.index ? safeLink(hrefOf(kind, piece)) : null;
    if (href !== null) found.push({ kind, text: piece, start: match.index, end, href });
    // A refused address is passed over as a whole, so that no part of it is offered instead.
    CANDIDATE.lastIndex = Math.max(href === null ? passOver(text, match) : end, match.index + 1);
  }
  return found;
}

function measure(text: string, match: RegExpExecArray): { kind: FoundLink['kind']; end: number } {
  const after = match.index + match[0].length;
  if (match.groups?.['url'] !== undefined) return { kind: 'url', end: urlEnd(text, after) };
  if (match.groups?.['email'] !== undefined) return { kind: 'email', end: hostEnd(text, after, BARE_HOST) };
  if (match.groups?.['phone'] !== undefined) return { kind: 'phone', end: phoneEnd(text, match.index) };
  const end = hostEnd(text, match.index, BARE_HOST);
  return { kind: 'url', end: end <= match.index ? 0 : tailEnd(text, end) };
}

function hrefOf(kind: FoundLink['kind'], piece: string): string {
  if (kind === 'email') return `mailto:${piece}`;
  // The (0) of "+49 (0)30" is dialled inside the country only.
  if (kind === 'phone') return `tel:${piece.replace('(0)', '').replace(/[^+\d]/gu, '')}`;
  return /^https?:\/\//iu.test(piece) ? piece : `https://${piece}`;
}

function passOver(text: string, match: RegExpExecArray): number {
  const after = match.index + match[0].length;
  if (match.groups?.['host'] !== undefined) return stick(BARE_HOST, text, match.index);
  if (match.groups?.['url'] === undefined) return after;
  return stick(TAIL, text, stick(HOST_WITH_SCHEME, text, after));
}

function urlEnd(text: string, from: number): number {
  const ip6 = stick(IP6, text, from);
  const end = ip6 > from ? ip6 : hostEnd(text, from, HOST_WITH_SCHEME);
  return end <= from ? 0 : tailEnd(text, end);
}

/** Where the host that begins at `from` ends, or 0 when it is none. */
function hostEnd(text: string, from: number, pattern: RegExp): number {
  const run = text.slice(from, stick(pattern, text, from)).replace(/[.]+$/u, '');
  const next = text[from + run.length] ?? '';
  // "http://example.com!" is a host and an exclamation mark, "http://foo!bar.com" is nothing.
  if (next === '@' || (next === '!' && /[\p{L}\p{N}]/u.test(text[from + run.length + 1] ?? ''))) return 0;
  if (IP4.test(run)) return pattern === HOST_WITH_SCHEME ? from + run.length : 0;
  const labels = run.split('.');
  const last = labels.at(-1) ?? '';
  const known = isKnownTld(last);
  const glued = known ? null : gluedEnd(labels);
  if (glued !== null) return from + glued;
  if (!known && (pattern !== HOST_WITH_SCHEME || !looksLikeTld(last))) return 0;
  // "1.no", "10.am": a figure and the next sentence.
  if (pattern === BARE_HOST && !/\p{L}/u.test(labels.at(-2) ?? '')) return 0;
  // "two days.Is that": a forgotten space, which real dialogues have more often than names.
  if (pattern === BARE_HOST && /^[A-Z][a-z]+$/u.test(last) && !/^www$/iu.test(labels[0] ?? '')) return 0;
  return labels.length > 1 && isName(labels.slice(0, -1)) ? from + run.length : 0;
}

/** Length of the host before a word of another script that was written on without a space: "example.comだよね". */
function gluedEnd(labels: readonly string[]): number | null {
  for (let index = labels.length - 1; index > 0; index -= 1) {
    const tld = /^[A-Za-z]+(?=\P{ASCII})/u.exec(labels[index] ?? '')?.[0];
    const name = labels.slice(0, index);
    if (tld !== undefined && isKnownTld(tld) && isName(name)) return name.join('.').length + 1 + tld.length;
  }
  return null;
}

/** With a scheme an ending need not be known, but be of letters, either all ASCII or none. */
function looksLikeTld(label: string): boolean {
  // Without the flag i: with it, \P{ASCII} takes an s, which folds like the long one.
  return /^(?:[A-Za-z]{2,63}|(?:[^\P{L}\p{ASCII}]|\p{M}){2,63}|[xX][nN]--[A-Za-z0-9-]{2,59})$/u.test(label);
}

/** Labels before the top-level one: no hyphen or underscore at an end, no underscore in the registered name itself. */
function isName(labels: readonly string[]): boolean {
  return labels.every(
    (label, index) =>
      label !== '' &&
      label.length <= 63 &&
      !/^[-_]|[-_]$/u.test(label) &&
      !(index === labels.length - 1 && label.includes('_')),
  );
}

/** The end after port, path, query and fragment, without the punctuation of the sentence around it. */
function tailEnd(text: string, from: number): number {
  const port = stick(PORT, text, from);
  if (!/[/?#]/u.test(text[port] ?? '')) return port;
  const raw = text.slice(port, stick(TAIL, text, port));
  return port + trimmed(raw).length;
}

function trimmed(raw: string): string {
  let tail = raw;
  const glued = UNSPACED.test(tail) ? tail.search(UNSPACED_AFTER_WORD) : -1;
  if (glued !== -1) tail = tail.slice(0, glued);
  const possessive = tail.search(/'(?:s?$|s?[^\p{L}\p{N}])/u);
  if (possessive !== -1) tail = tail.slice(0, possessive);
  tail = balanced(tail);
  let end = tail.length;
  while (end > 0 && ".,!?;:'@*~…".includes(tail[end - 1] ?? '')) end -= 1;
  return tail.slice(0, end);
}

/** Cuts at the first bracket that has no partner: it belongs to the sentence, not to the address. */
function balanced(tail: string): string {
  const open: number[] = [];
  for (let index = 0; index < tail.length; index += 1) {
    const symbol = tail[index];
    if (symbol === '(' || symbol === '[') open.push(index);
    else if (symbol === ')' || symbol === ']') {
      const partner = open.pop();
      if (partner === undefined || tail[partner] !== (symbol === ')' ? '(' : '[')) {
        return tail.slice(0, Math.min(index, open[0] ?? index, partner ?? index));
      }
    }
  }
  return tail.slice(0, open[0] ?? tail.length);
}

function phoneEnd(text: string, from: number): number {
  return stick(PHONE, text, from);
}

/** Where a sticky pattern that begins at `from` ends; `from` itself when it does not match. */
function stick(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
