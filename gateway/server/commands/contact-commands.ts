/** What the company writes about a contact by hand: from a card that a customer sent, or as a correction. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Identity } from '../../../shared/domain/contact.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';

export function saveContact(context: CommandContext, data: DataOf<'contact.save'>): number | null {
  const name = data.name.trim();
  if (name === '') throw new Refusal('invalid', 'name');
  const fields = { name, phone: phoneOf(data.phone), email: emailOf(data.email) };
  return data.create ? create(context, data.contactId, fields) : change(context, data.contactId, fields);
}

type Fields = { name: string; phone: string | null; email: string | null };

/** The number becomes an identity, so that its owner is known when they write; unless somebody has it already. */
function create({ store, viewer, now }: CommandContext, id: string, fields: Fields): number {
  if (store.contacts.exists(id)) throw new Refusal('conflict', 'the contact id is taken');
  const identity = fields.phone === null ? null : identityOf(fields.phone);
  const owner =
    identity === null ? null : store.contacts.find(viewer.ws, identity.channelKind, identity.externalId);
  // Of a contact that this user may not see, nothing is told: the new one goes without the identity.
  if (owner !== null && store.sight.seesContact(viewer, owner.id)) {
    throw new Refusal('conflict', 'a contact with this number exists');
  }
  const identities = identity === null || owner !== null ? [] : [identity];
  return store.contacts.create(viewer.ws, { id, ...fields, identities, createdBy: viewer.userId }, now).rev;
}

/** Identities stay as the providers told them: the phone number here is what the company wrote down. */
function change({ store, viewer, now }: CommandContext, id: string, fields: Fields): number | null {
  const contact = store.contacts.get(viewer.ws, id);
  if (contact === null || !store.sight.seesContact(viewer, id)) throw new Refusal('not_found');
  const saved = store.contacts.save(viewer.ws, { ...contact, ...fields }, now);
  return saved.rev === contact.rev ? null : saved.rev;
}

/** How WhatsApp names the owner of a number: its digits (Meta, "Webhooks", `wa_id`). */
function identityOf(phone: string): Identity {
  return {
    channelKind: 'whatsapp',
    externalId: phone.slice(1),
    parentExternalId: null,
    phone,
    username: null,
  };
}

/** E.164. A number without its country could be anybody's, so it is refused. */
function phoneOf(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  const parsed = parsePhoneNumberFromString(trimmed.replace(/^00/u, '+'));
  if (parsed === undefined || !parsed.isPossible()) throw new Refusal('invalid', 'phone');
  return parsed.number;
}

function emailOf(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  if (!/^[^\s@]+@[^\s@]+$/u.test(trimmed)) throw new Refusal('invalid', 'email');
  return trimmed;
}
