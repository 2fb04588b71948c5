/** Contacts as vCard 4.0 (RFC 6350). What it has no property for goes into X-PARLEY properties, so that nothing is lost on the way back. */
import { inChunks } from './chunks.ts';
import type { ExportContact } from './contact.ts';
import { consentText, identityText } from './own-csv.ts';

export const PRODUCT = '-//Parley//Contacts 1//EN';
/** RFC 6350 section 3.2: a line should not be longer than 75 octets without its line break. */
const FOLD_OCTETS = 75;

export type VcardExport = { contacts: AsyncIterable<ExportContact> | Iterable<ExportContact> };

/** The file as chunks of text, to be written as UTF-8, without a byte order mark. Line breaks in texts become line feeds. */
export async function* writeVcard(out: VcardExport): AsyncGenerator<string, void, undefined> {
  yield* inChunks(cards(out));
}

async function* cards({ contacts }: VcardExport): AsyncGenerator<string, void, undefined> {
  for await (const contact of contacts) {
    yield linesOf(contact)
      .map((line) => `${fold(line)}\r\n`)
      .join('');
  }
}

function linesOf(contact: ExportContact): string[] {
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', `PRODID:${PRODUCT}`];
  const add = (name: string, value: string | null): void => {
    if (value !== null) lines.push(`${name}:${escapeText(value)}`);
  };
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(contact.id)) {
    lines.push(`UID:urn:uuid:${contact.id}`);
  } else add('UID;VALUE=text', contact.id);
  add('FN', contact.name);
  // ORG is structured: a semicolon in a company's name is escaped like any other.
  add('ORG', contact.company);
  for (const phone of contact.phones) {
    if (/^\+[0-9]+$/u.test(phone)) lines.push(`TEL;VALUE=uri:tel:${phone}`);
    else add('TEL;VALUE=text', phone);
  }
  for (const email of contact.emails) add('EMAIL', email);
  add('LANG', contact.language);
  add('TZ;VALUE=text', contact.timeZone);
  if (contact.labels.length > 0) lines.push(`CATEGORIES:${contact.labels.map(escapeText).join(',')}`);
  add('NOTE', contact.note);
  for (const [name, value] of Object.entries(contact.fields)) {
    add(`X-PARLEY-FIELD;X-NAME="${escapeParameter(name)}"`, value);
  }
  for (const identity of contact.identities) add('X-PARLEY-IDENTITY', identityText(identity));
  for (const consent of contact.consent) add('X-PARLEY-CONSENT', consentText(consent));
  lines.push(`X-PARLEY-BLOCKED:${contact.blocked ? 'yes' : 'no'}`);
  lines.push(`X-PARLEY-CREATED:${new Date(contact.createdAt).toISOString()}`);
  lines.push('END:VCARD');
  return lines;
}

/** RFC 6350 section 3.4. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[\\,;]/gu, '\\$&')
    .replaceAll('\n', '\\n');
}

/** RFC 6868: what may not stand in a parameter's value. */
function escapeParameter(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n');
}

/** Cuts a line so that none has more than 75 octets, its leading space counted, and no character is cut. */
export function fold(line: string): string {
  if (line.length <= FOLD_OCTETS / 3) return line;
  let folded = '';
  let octets = 0;
  for (const char of line) {
    const size = octetsOf(char);
    if (octets + size > FOLD_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += char;
    octets += size;
  }
  return folded;
}

function octetsOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
