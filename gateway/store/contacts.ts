/** End customers and their identities. The key of an identity is (workspace, channel kind, external id). */
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import { newId } from '../../shared/domain/id.ts';
import type { ChannelKind } from '../../shared/domain/channel.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };

export type Contacts = ReturnType<typeof createContacts>;

export function createContacts(db: Db, log: Log) {
  const byId = db.prepare<State>('SELECT state FROM contacts WHERE id = ? AND ws = ?');
  const byIdentity = db.prepare<State>(
    `SELECT c.state FROM identities i JOIN contacts c ON c.id = i.contact_id
     WHERE i.ws = ? AND i.channel_kind = ? AND i.external_id = ?`,
  );
  const anywhere = db.prepare('SELECT 1 FROM contacts WHERE id = ?');
  const insert = db.prepare('INSERT INTO contacts (id, ws, state) VALUES (?, ?, ?)');
  const setMaker = db.prepare('UPDATE contacts SET created_by = ? WHERE id = ?');
  const save = db.prepare('UPDATE contacts SET state = ? WHERE id = ?');
  const insertIdentity = db.prepare(
    'INSERT OR IGNORE INTO identities (ws, channel_kind, external_id, contact_id) VALUES (?, ?, ?, ?)',
  );

  function write(ws: number, contact: Contact, isNew: boolean, at: number): Contact {
    return db.tx(() => {
      const next = { ...contact };
      let state = '';
      log.append(ws, at, 'contact.changed', { contactId: contact.id }, (seq) => {
        next.rev = seq;
        state = JSON.stringify(next);
        return `{"contact":${state}}`;
      });
      if (isNew) insert.run(next.id, ws, state);
      else save.run(state, next.id);
      for (const identity of next.identities) {
        insertIdentity.run(ws, identity.channelKind, identity.externalId, next.id);
      }
      return next;
    });
  }

  function find(ws: number, channelKind: ChannelKind, externalId: string): Contact | null {
    const row = byIdentity.get(ws, channelKind, externalId);
    return row === undefined ? null : (JSON.parse(row.state) as Contact);
  }

  return {
    get(ws: number, id: string): Contact | null {
      const row = byId.get(id, ws);
      return row === undefined ? null : (JSON.parse(row.state) as Contact);
    },
    state(ws: number, id: string): string | null {
      return byId.get(id, ws)?.state ?? null;
    },
    /** Whether this id is taken, in any workspace. */
    exists(id: string): boolean {
      return anywhere.get(id) !== undefined;
    },
    find,
    /** `createdBy`: the user who made it by hand; nobody else sees it before it has a conversation. */
    create(
      ws: number,
      fields: Partial<Omit<Contact, 'rev'>> & { name: string; identities: Identity[]; createdBy?: string },
      at: number = Date.now(),
    ): Contact {
      const phone = fields.identities.find((identity) => identity.phone !== null)?.phone ?? null;
      const fresh: Contact = {
        id: fields.id ?? newId(),
        name: fields.name,
        phone: fields.phone ?? phone,
        email: fields.email ?? null,
        language: fields.language ?? null,
        fields: fields.fields ?? {},
        labelIds: fields.labelIds ?? [],
        consent: fields.consent ?? { state: 'unknown', at: null, source: null },
        blocked: fields.blocked ?? false,
        identities: fields.identities,
        createdAt: fields.createdAt ?? at,
        rev: 0,
      };
      return db.tx(() => {
        const made = write(ws, fresh, true, at);
        if (fields.createdBy !== undefined) setMaker.run(fields.createdBy, made.id);
        return made;
      });
    },
    /** Tells the contact again, unchanged, under a new number. */
    tell(ws: number, contact: Contact, at: number): Contact {
      return write(ws, contact, false, at);
    },
    /** Writes the contact when it differs from what is stored. Returns the stored one. */
    save(ws: number, contact: Contact, at: number): Contact {
      const row = byId.get(contact.id, ws);
      if (row === undefined) throw new Error('no such contact');
      const before = JSON.parse(row.state) as Contact;
      if (JSON.stringify({ ...contact, rev: before.rev }) === row.state) return before;
      return write(ws, contact, false, at);
    },
  };
}

/** The identity to write to on a kind of channel: the one learned last. */
export function identityFor(contact: Contact, channelKind: ChannelKind): Identity | null {
  return contact.identities.findLast((identity) => identity.channelKind === channelKind) ?? null;
}
