/** What the company writes about its contacts by hand: one person's edit, a bulk edit, a stretch of an import; deleting; writing first. */
import type { ChannelKind } from '../../../shared/domain/channel.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Contact, ContactChange, Identity, Provenance } from '../../../shared/domain/contact.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import { freshContact } from '../../store/contacts.ts';
import type { ContactWrite } from '../../store/contacts.ts';
import { canSeeChannel } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { patched } from './contact-patch.ts';
import type { PatchRules } from './contact-patch.ts';

/** A person in sight: a record that was merged is no person any more. */
export function visiblePerson({ store, viewer }: CommandContext, id: string): Contact {
  const contact = store.contacts.get(viewer.ws, id);
  if (contact === null || !store.sight.seesContact(viewer, id)) throw new Refusal('not_found', 'contact');
  if (contact.mergedInto !== null) throw new Refusal('conflict', 'the contact was merged');
  return contact;
}

/** All or nothing, with one event. A change that changes nothing is left out; `create` of what is there already is a change. */
export function changeContacts(context: CommandContext, data: DataOf<'contacts.change'>): number | null {
  const { store, viewer, now } = context;
  const source = data.importId === null ? 'agent' : 'import';
  const from: Provenance = { source, by: viewer.userId, at: now };
  const rules = rulesOf(context);
  const writes = new Map<string, ContactWrite>();
  const taken = new Set<string>();
  for (const change of data.changes) {
    const known = writes.get(change.contactId) ?? startOf(context, change);
    const contact = patched(known.contact, change.patch, from, rules);
    writes.set(change.contactId, withIdentity(context, known, contact, taken));
  }
  const different = [...writes.values()].filter(({ contact, isNew }) => {
    return isNew || JSON.stringify(contact) !== store.contacts.state(viewer.ws, contact.id);
  });
  return store.contacts.writeAll(viewer.ws, different, now);
}

function startOf(context: CommandContext, { contactId, create, patch }: ContactChange): ContactWrite {
  const { store, viewer, now } = context;
  const known = store.contacts.get(viewer.ws, contactId);
  if (known !== null || !create) return { contact: visiblePerson(context, contactId), isNew: false };
  // Of another workspace, or erased: it does not come back.
  if (store.contacts.exists(contactId)) throw new Refusal('conflict', 'the contact id is taken');
  if (patch.name === undefined) throw new Refusal('invalid', 'name');
  const contact = freshContact({ id: contactId, name: patch.name, identities: [] }, now);
  return { contact, isNew: true, createdBy: viewer.userId };
}

/** Fields and labels of the workspace, each looked up once per command. */
function rulesOf({ store, viewer }: CommandContext): PatchRules {
  const fields = new Map<string, ContactField | null>();
  const labels = new Map<string, Label | null>();
  return {
    field(id) {
      if (!fields.has(id)) {
        const row = store.fields.get(id);
        fields.set(id, row !== null && row.ws === viewer.ws ? row.field : null);
      }
      return fields.get(id) ?? null;
    },
    label(id) {
      if (!labels.has(id)) labels.set(id, store.catalogue.label(viewer.ws, id));
      return labels.get(id) ?? null;
    },
  };
}

/**
 * The number of a contact whom no channel has told about is the WhatsApp identity, so that its owner is known when they write; unless somebody
 * has it: then the two are offered as duplicates. What the channels told stays as it is.
 */
function withIdentity(
  { store, viewer }: CommandContext,
  known: ContactWrite,
  after: Contact,
  taken: Set<string>,
): ContactWrite {
  if (known.contact.phone === after.phone) return { ...known, contact: after };
  const typed = known.isNew ? new Set<string>() : store.contacts.byHand(after.id);
  if (known.byHand != null) typed.add(keyOf(known.byHand));
  const stale = after.identities.filter((identity) => typed.has(keyOf(identity)));
  const identities = after.identities.filter((identity) => !typed.has(keyOf(identity)));
  if (!known.isNew && store.conversations.ofContact(after.id).length > 0) return { ...known, contact: after };
  for (const identity of stale) store.contacts.unclaim(viewer.ws, identity);
  if (after.phone === null || identities.some(({ channelKind }) => channelKind === 'whatsapp')) {
    return { ...known, contact: { ...after, identities }, byHand: null };
  }
  const identity = identityOf(after.phone, 'whatsapp');
  const key = keyOf(identity);
  const free = !taken.has(key) && store.contacts.homeOf(viewer.ws, identity) === null;
  if (free) taken.add(key);
  const contact = { ...after, identities: free ? [...identities, identity] : identities };
  return { ...known, contact, byHand: free ? identity : null };
}

function keyOf({ channelKind, externalId }: Identity): string {
  return `${channelKind}:${externalId}`;
}

/** How WhatsApp, and the carriers of SMS, name the owner of a number: its digits (Meta, "Webhooks", `wa_id`). */
function identityOf(phone: string, channelKind: ChannelKind): Identity {
  return { channelKind, externalId: phone.slice(1), parentExternalId: null, phone, username: null };
}

export function deleteContacts(context: CommandContext, data: DataOf<'contacts.delete'>): number | null {
  const { store, viewer, now } = context;
  const people = [...new Set(data.contactIds)].map((id) => visiblePerson(context, id));
  const writes = people
    .filter((contact) => contact.deleted !== data.deleted)
    .map((contact) => ({ contact: { ...contact, deleted: data.deleted }, isNew: false }));
  return store.contacts.writeAll(viewer.ws, writes, now);
}

/** A conversation of the company's initiative: it is the starter's, and empty until the first message. */
export function startConversation(context: CommandContext, data: DataOf<'conversation.start'>): number {
  const { store, viewer, now } = context;
  const contact = visiblePerson(context, data.contactId);
  if (contact.blocked) throw new Refusal('blocked');
  if (contact.restriction !== null) throw new Refusal('restricted');
  const row = store.channels.get(data.channelId);
  if (row === null || row.ws !== viewer.ws || !canSeeChannel(viewer, data.channelId)) {
    throw new Refusal('not_found', 'channel');
  }
  if (store.conversations.find(contact.id, data.channelId) !== null) {
    throw new Refusal('conflict', 'there is a conversation already');
  }
  if (
    store.conversations.get(viewer.ws, data.conversationId) !== null ||
    store.erasure.isGone(data.conversationId)
  ) {
    throw new Refusal('conflict', 'the conversation id is taken');
  }
  const reachable = withAddress(context, contact, row.channel.kind);
  const identity = store.contacts.addressFor(reachable, row.channel.kind, null);
  const homeId = identity === null ? null : store.contacts.homeOf(viewer.ws, identity);
  // Whoever comes to see the contact by this conversation has to be told of it.
  store.contacts.tell(viewer.ws, reachable, now);
  store.consents.tell(viewer.ws, contact.id, now);
  const { conversationId: id, channelId, contactId } = data;
  const fields = { id, channelId, contactId, assigneeId: viewer.userId };
  const fresh = store.conversations.create(viewer.ws, fields, now, homeId ?? contactId);
  return store.conversations.announce(viewer.ws, fresh, now).rev;
}

/** The contact with an identity on this kind of channel; made from a number, unless that is somebody else's. */
function withAddress({ store, viewer }: CommandContext, contact: Contact, kind: ChannelKind): Contact {
  if (contact.identities.some(({ channelKind }) => channelKind === kind)) return contact;
  for (const phone of [contact.phone, ...contact.phones]) {
    if (phone === null) continue;
    const identity = identityOf(phone, kind);
    if (store.contacts.claim(viewer.ws, identity, contact.id, contact.id, true)) {
      return { ...contact, identities: [...contact.identities, identity] };
    }
  }
  throw new Refusal('unsupported', 'the contact has no address on this channel');
}
