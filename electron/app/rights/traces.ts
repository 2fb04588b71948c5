/** What a person can be found by: looked for in the raw bytes after an erasure (../raw-scan.ts). */
import type { Contact } from '../../../shared/domain/contact.ts';

/** Shorter words are found in any noise. Characters. */
const SHORTEST = 5;
/** Needles at most: names, numbers, addresses, and the beginnings of messages. */
const MOST = 200;

/** The strings of a person. `texts`: what was written with them. */
export function tracesOf(contact: Contact, texts: readonly string[]): string[] {
  const known = [
    contact.name,
    contact.company,
    contact.note,
    contact.email,
    ...contact.emails,
    ...[contact.phone, ...contact.phones].flatMap((phone) => (phone === null ? [] : [phone, phone.slice(1)])),
    ...contact.identities.flatMap((one) => [one.externalId, one.parentExternalId, one.phone, one.username]),
    ...Object.values(contact.fields),
    ...texts.map((text) => text.slice(0, 60)),
  ];
  const long = known.filter((text): text is string => text !== null && text.trim().length >= SHORTEST);
  return [...new Set(long)].slice(0, MOST);
}
