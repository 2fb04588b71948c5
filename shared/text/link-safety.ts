/**
 * Which addresses may be opened, and what has to be shown before. Everything that a stranger wrote is a guess about where it
 * leads: names that could be taken for others are shown in their ASCII form, as browsers do.
 */
import { decodeLabel } from './punycode.ts';

// Controls, spaces, zero-width characters, bidi overrides and isolates, the backslash that browsers read as a slash.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Z}\\\u{115f}\u{1160}\u{3164}\u{ffa0}]|\u{34f}/u;
const MAILBOX = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,253}$/u;
const MAIL_FIELDS = new Set(['subject', 'body']);
const TEL = /^tel:\+?\d{3,15}$/iu;

/**
 * The normalised address when it may be opened (after asking), else null. Allowed: http and https with a host and without user
 * name or password, mailto with one mailbox (and subject or body at most), tel with digits.
 */
export function safeLink(url: string): string | null {
  if (url.length > 8192 || FORBIDDEN.test(url)) return null;
  if (/^tel:/iu.test(url)) return TEL.test(url) ? url.toLowerCase() : null;
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  switch (parsed.protocol) {
    case 'http:':
    case 'https:': {
      const written = /^https?:\/\/([^/?#]*)/iu.exec(url)?.[1];
      // Also the empty user name of "https://@host", and an escaped host: whoever writes those hides something.
      if (written === undefined || written === '' || /[@%]/u.test(written)) return null;
      return parsed.hostname === '' || parsed.username !== '' || parsed.password !== '' ? null : parsed.href;
    }
    case 'mailto:':
      return isPlainMail(parsed) ? parsed.href : null;
    default:
      return null;
  }
}

function isPlainMail(url: URL): boolean {
  const fields = [...url.searchParams].map(([name]) => name.toLowerCase());
  if (fields.some((name) => !MAIL_FIELDS.has(name))) return false;
  try {
    return MAILBOX.test(decodeURIComponent(url.pathname));
  } catch {
    // A broken escape: not an address that anybody meant.
    return false;
  }
}

/**
 * `shown` must be shown before opening: host and port of a web address, the mailbox, or the number. `ascii` is the same as the
 * network sees it. `disguised`: the name mixes scripts or can be taken for another one, so `shown` is the ASCII form.
 */
export type LinkHost = { shown: string; ascii: string; disguised: boolean };

/** What to show before opening an address, or null when it may not be opened at all. */
export function linkHost(url: string): LinkHost | null {
  const safe = safeLink(url);
  const parsed = safe === null ? null : URL.parse(safe);
  if (parsed === null) return null;
  if (parsed.protocol === 'tel:') return plain(parsed.pathname);
  const [local, domain] =
    parsed.protocol === 'mailto:' ? splitMailbox(decodeURIComponent(parsed.pathname)) : ['', parsed.host];
  const ascii = parsed.protocol === 'mailto:' ? asciiHost(domain) : domain;
  if (ascii === null) return null;
  const letters = lettersOf(ascii);
  const disguised = letters === null;
  return { shown: local + (letters ?? ascii), ascii: local + ascii, disguised };
}

function plain(text: string): LinkHost {
  return { shown: text, ascii: text, disguised: false };
}

function splitMailbox(address: string): [string, string] {
  const at = address.lastIndexOf('@') + 1;
  return [address.slice(0, at), address.slice(at)];
}

function asciiHost(host: string): string | null {
  return URL.parse(`https://${host}`)?.host ?? null;
}

/** The host in its own letters, or null when it must stay in ASCII. */
function lettersOf(host: string): string | null {
  const labels = host.split('.');
  const tld = decodeLabel(labels.at(-1) ?? '') ?? labels.at(-1) ?? '';
  const decoded: string[] = [];
  for (const label of labels) {
    if (!label.startsWith('xn--')) {
      decoded.push(label);
      continue;
    }
    const letters = decodeLabel(label);
    if (letters === null || !isHonest(letters, tld)) return null;
    decoded.push(letters);
  }
  return decoded.join('.');
}

// One script per label, or the sets that one language writes together (UTS 39, "highly restrictive", without Latin mixes).
const ONE_SCRIPT: readonly RegExp[] = [
  /^[\p{Script=Latin}\p{Mn}\d-]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\u3005\d-]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}\d-]+$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}\d-]+$/u,
  ...[
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Devanagari',
    'Bengali',
    'Tamil',
    'Telugu',
    'Thai',
    'Armenian',
    'Georgian',
  ].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{Mn}\\d-]+$`, 'u')),
];
// Letters of other scripts that look like Latin ones; a label of these alone reads as a Latin word.
const LOOKS_LATIN = /^[асԁеһіјӏорԛѕԝхуъЬҽпгѵѡүґεικνορτυχαηω\d-]+$/iu;
// Latin letters hardly told from plain ones: dotless i, turned and hooked letters, the click and stroke letters.
const ODD_LATIN = /[ıȷɑɡɩɪʟɴʀʏᴀ-ᴢꜰꜱƖǀǃʻʼˈˊḷṃṇạẹịọụ]/u;

function isHonest(label: string, tld: string): boolean {
  if (!ONE_SCRIPT.some((pattern) => pattern.test(label))) return false;
  if (ODD_LATIN.test(label)) return false;
  // A Cyrillic or Greek look-alike is believed only under an ending of its own script, as Chromium does.
  return !LOOKS_LATIN.test(label) || /^[\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(tld);
}
