/** Who a row is about: somebody who is here, or somebody further up in the same file. */
import { ChannelKind } from '../../../shared/domain/channel.ts';
import type { Contact, ContactPatch } from '../../../shared/domain/contact.ts';
import { phoneKey } from '../../../shared/text/phone.ts';
import type { CacheReader } from '../../cache/api.ts';
import type { ImportRow } from '../../transfer/contact.ts';

/** What a row can be recognised by. Phones in E.164. */
export type RowKeys = {
  id: string | null;
  identities: { channelKind: ChannelKind; externalId: string }[];
  phones: string[];
  emails: string[];
};

export function keysOf(row: ImportRow, patch: ContactPatch): RowKeys {
  return {
    id: row.id,
    identities: row.identities.flatMap(({ channelKind: given, externalId }) => {
      const channelKind = ChannelKind.safeParse(given).data;
      return channelKind === undefined ? [] : [{ channelKind, externalId }];
    }),
    phones: [patch.phone, ...(patch.phones ?? [])].flatMap((phone) => phone ?? []),
    emails: [patch.email, ...(patch.emails ?? [])].flatMap((email) => email ?? []),
  };
}

/** The people of a stretch of rows, asked for at once. Answers the one whom the strongest key names: id, identity, number, address. */
export async function knownOf(
  read: Pick<CacheReader, 'knownContacts' | 'contactsById'>,
  rows: readonly RowKeys[],
): Promise<(keys: RowKeys) => Contact | null> {
  const { phones, emails, identities } = await read.knownContacts({
    phones: rows.flatMap((row) => row.phones),
    emails: rows.flatMap((row) => row.emails),
    identities: rows.flatMap((row) => row.identities),
  });
  const named = new Set(rows.flatMap(({ id }) => id ?? []));
  for (const found of [phones, emails, identities]) {
    for (const [id] of Object.values(found)) if (id !== undefined) named.add(id);
  }
  const people = new Map<string, Contact>();
  if (named.size > 0) {
    for (const contact of await read.contactsById({ ids: [...named] })) {
      if (!contact.deleted && contact.mergedInto === null) people.set(contact.id, contact);
    }
  }
  return (keys) => {
    const ids = [
      keys.id,
      ...keys.identities.map((one) => identities[`${one.channelKind}:${one.externalId}`]?.[0]),
      ...keys.phones.map((phone) => phones[phone]?.[0]),
      ...keys.emails.map((email) => emails[email]?.[0]),
    ];
    for (const id of ids) {
      const contact = id == null ? undefined : people.get(id);
      if (contact !== undefined) return contact;
    }
    return null;
  };
}

/** Remembers what the rows of a file can be recognised by. */
export type Seen = { lineOf(keys: RowKeys): number | null; add(keys: RowKeys, line: number): void };

export function createSeen(): Seen {
  const lines = new Map<string, number>();
  return {
    lineOf(keys) {
      for (const key of spelled(keys)) {
        const line = lines.get(key);
        if (line !== undefined) return line;
      }
      return null;
    },
    add(keys, line) {
      for (const key of spelled(keys)) if (!lines.has(key)) lines.set(key, line);
    },
  };
}

function* spelled({ id, identities, phones, emails }: RowKeys): Generator<string> {
  if (id !== null) yield `id:${id}`;
  for (const one of identities) yield `identity:${one.channelKind}:${one.externalId}`;
  for (const phone of phones) yield `phone:${phoneKey(phone)}`;
  for (const email of emails) yield `email:${email}`;
}
