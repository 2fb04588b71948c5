/**
 * End customers and their identities. The key of an identity is (workspace, channel kind, external id); `home` is the record that it belonged
 * to before any merge. A record that was merged is kept, hidden: `mergedInto` names the person it went into.
 */
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import { newId } from '../../shared/domain/id.ts';
import type { ChannelKind } from '../../shared/domain/channel.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };

/** A record to write. `isNew`: there is no row of it yet. `byHand`: the one of its identities that was only typed in. */
export type ContactWrite = { contact: Contact; isNew: boolean; createdBy?: string; byHand?: Identity | null };

export type Contacts = ReturnType<typeof createContacts>;

export function createContacts(db: Db, log: Log) {
  const byId = db.prepare<State>('SELECT state FROM contacts WHERE id = ? AND ws = ?');
  const byIdentity = db.prepare<State & { home: string }>(
    `SELECT c.state, i.home_id AS home FROM identities i JOIN contacts c ON c.id = i.contact_id
     WHERE i.ws = ? AND i.channel_kind = ? AND i.external_id = ?`,
  );
  const anywhere = db.prepare(
    'SELECT 1 FROM contacts WHERE id = ? UNION ALL SELECT 1 FROM erased WHERE id = ?',
  );
  const insert = db.prepare(
    'INSERT INTO contacts (id, ws, merged_into, created_by, state) VALUES (?, ?, ?, ?, ?)',
  );
  const save = db.prepare('UPDATE contacts SET merged_into = ?, state = ? WHERE id = ?');
  const insertIdentity = db.prepare(
    `INSERT OR IGNORE INTO identities (ws, channel_kind, external_id, contact_id, home_id, by_hand)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const moveIdentities = db.prepare('UPDATE identities SET contact_id = ? WHERE contact_id = ?');
  const setIdentity = db.prepare(
    `UPDATE identities SET contact_id = ?, home_id = ? WHERE ws = ? AND channel_kind = ? AND external_id = ?`,
  );
  const dropIdentity = db.prepare(
    'DELETE FROM identities WHERE ws = ? AND channel_kind = ? AND external_id = ? AND by_hand = 1',
  );
  const heardOf = db.prepare(
    'UPDATE identities SET by_hand = 0 WHERE ws = ? AND channel_kind = ? AND external_id = ? AND by_hand = 1',
  );
  const homes = db.prepare<{ kind: ChannelKind; externalId: string; home: string; byHand: 0 | 1 }>(
    `SELECT channel_kind AS kind, external_id AS externalId, home_id AS home, by_hand AS byHand
     FROM identities WHERE contact_id = ?`,
  );

  function put(ws: number, { contact, isNew, createdBy, byHand }: ContactWrite, state: string): void {
    if (isNew) insert.run(contact.id, ws, contact.mergedInto, createdBy ?? null, state);
    else save.run(contact.mergedInto, state, contact.id);
    if (contact.mergedInto !== null) return;
    for (const { channelKind, externalId } of contact.identities) {
      const typed = byHand?.channelKind === channelKind && byHand.externalId === externalId;
      insertIdentity.run(ws, channelKind, externalId, contact.id, contact.id, typed ? 1 : 0);
    }
  }

  function write(ws: number, one: ContactWrite, at: number): Contact {
    return db.tx(() => {
      const next = { ...one.contact, updatedAt: at };
      let state = '';
      log.append(ws, at, 'contact.changed', { contactId: next.id }, (seq) => {
        next.rev = seq;
        state = JSON.stringify(next);
        return `{"contact":${state}}`;
      });
      put(ws, { ...one, contact: next }, state);
      return next;
    });
  }

  function find(ws: number, channelKind: ChannelKind, externalId: string): Contact | null {
    const row = byIdentity.get(ws, channelKind, externalId);
    return row === undefined ? null : (JSON.parse(row.state) as Contact);
  }

  function get(ws: number, id: string): Contact | null {
    const row = byId.get(id, ws);
    return row === undefined ? null : (JSON.parse(row.state) as Contact);
  }

  return {
    get,
    state(ws: number, id: string): string | null {
      return byId.get(id, ws)?.state ?? null;
    },
    /** Whether this id is taken, in any workspace, also by somebody who was erased. */
    exists(id: string): boolean {
      return anywhere.get(id, id) !== undefined;
    },
    find,
    /** The record to which an identity belonged before any merge; null when nobody has it. */
    homeOf(
      ws: number,
      { channelKind, externalId }: Pick<Identity, 'channelKind' | 'externalId'>,
    ): string | null {
      return byIdentity.get(ws, channelKind, externalId)?.home ?? null;
    },
    /** The homes of all identities of a person, by `kind:externalId`. */
    homesOf(contactId: string): Map<string, string> {
      return new Map(homes.all(contactId).map((row) => [`${row.kind}:${row.externalId}`, row.home]));
    },
    /** Those of a person's identities that were only typed in, by `kind:externalId`. */
    byHand(contactId: string): Set<string> {
      const typed = homes.all(contactId).filter((row) => row.byHand === 1);
      return new Set(typed.map((row) => `${row.kind}:${row.externalId}`));
    },
    /** `createdBy`: the user who made it by hand; nobody else sees it before it has a conversation. */
    create(
      ws: number,
      fields: Partial<Omit<Contact, 'rev'>> & { name: string; identities: Identity[]; createdBy?: string },
      at: number = Date.now(),
    ): Contact {
      const { createdBy, ...given } = fields;
      const contact = freshContact(given, at);
      return write(ws, { contact, isNew: true, ...(createdBy !== undefined && { createdBy }) }, at);
    },
    /** Tells the contact again, unchanged, under a new number. */
    tell(ws: number, contact: Contact, at: number): Contact {
      return write(ws, { contact, isNew: false }, at);
    },
    /** Writes the contact when it differs from what is stored. Returns the stored one. */
    save(ws: number, contact: Contact, at: number): Contact {
      const row = byId.get(contact.id, ws);
      if (row === undefined) throw new Error('no such contact');
      const before = JSON.parse(row.state) as Contact;
      if (JSON.stringify({ ...contact, rev: before.rev, updatedAt: before.updatedAt }) === row.state)
        return before;
      return write(ws, { contact, isNew: false }, at);
    },
    /** Writes many with one event (one alone with its own kind of event). The caller has left out what is not different. */
    writeAll(ws: number, writes: readonly ContactWrite[], at: number): number | null {
      const [first] = writes;
      if (first === undefined) return null;
      if (writes.length === 1) return write(ws, first, at).rev;
      return db.tx(() => {
        const states: string[] = [];
        const seq = log.append(ws, at, 'contacts.changed', {}, (number) => {
          for (const { contact } of writes) {
            states.push(JSON.stringify({ ...contact, updatedAt: at, rev: number }));
          }
          return `{"contacts":[${states.join(',')}]}`;
        });
        writes.forEach((one, index) => put(ws, one, states[index] ?? ''));
        return seq;
      });
    },
    /** Gives an identity that nobody has to a person. `byHand`: it was only typed in. False when somebody has it. */
    claim(ws: number, identity: Identity, contactId: string, homeId: string, byHand: boolean): boolean {
      const { channelKind, externalId } = identity;
      return insertIdentity.run(ws, channelKind, externalId, contactId, homeId, byHand ? 1 : 0).changes === 1;
    },
    /** Takes back an identity that was only typed in. */
    unclaim(ws: number, identity: Identity): void {
      dropIdentity.run(ws, identity.channelKind, identity.externalId);
    },
    /** Somebody has written from this identity: it is theirs, whoever had typed it in. */
    heardOf(ws: number, identity: Identity): void {
      heardOf.run(ws, identity.channelKind, identity.externalId);
    },
    /** All identities of one record go to another; their homes stay. */
    moveIdentities(fromId: string, toId: string): void {
      moveIdentities.run(toId, fromId);
    },
    setIdentity(ws: number, identity: Identity, contactId: string, homeId: string): void {
      setIdentity.run(contactId, homeId, ws, identity.channelKind, identity.externalId);
    },
    /** The identity to write to in a conversation: the one learned last of those that belonged to its home. */
    addressFor(contact: Contact, channelKind: ChannelKind, homeId: string | null): Identity | null {
      const usable = contact.identities.filter((identity) => identity.channelKind === channelKind);
      if (usable.length < 2 || homeId === null) return usable.at(-1) ?? null;
      const home = new Map(
        homes
          .all(contact.id)
          .filter((row) => row.kind === channelKind)
          .map((row) => [row.externalId, row.home]),
      );
      return usable.findLast(({ externalId }) => home.get(externalId) === homeId) ?? usable.at(-1) ?? null;
    },
  };
}

/** A record of which only some things are known. The phone number of its identities is its number. */
export function freshContact(
  fields: Partial<Omit<Contact, 'rev'>> & { name: string; identities: Identity[] },
  at: number,
): Contact {
  const phone = fields.identities.find((identity) => identity.phone !== null)?.phone ?? null;
  return {
    id: fields.id ?? newId(),
    name: fields.name,
    company: fields.company ?? null,
    phone: fields.phone ?? phone,
    phones: fields.phones ?? [],
    email: fields.email ?? null,
    emails: fields.emails ?? [],
    language: fields.language ?? null,
    timeZone: fields.timeZone ?? null,
    fields: fields.fields ?? {},
    labelIds: fields.labelIds ?? [],
    note: fields.note ?? '',
    consent: fields.consent ?? { state: 'unknown', at: null, source: null },
    blocked: fields.blocked ?? false,
    restriction: fields.restriction ?? null,
    identities: fields.identities,
    provenance: fields.provenance ?? {},
    mergedInto: fields.mergedInto ?? null,
    deleted: fields.deleted ?? false,
    createdAt: fields.createdAt ?? at,
    updatedAt: at,
    rev: 0,
  };
}
