/** Who the providers' facts are about: new people, new identities of known ones, two who turn out to be one, and what they agreed to. */
import type { Contact, Identity, MarketingConsent } from '../../shared/domain/contact.ts';
import { newId } from '../../shared/domain/id.ts';
import { cleanName } from '../../shared/text/person-name.ts';
import type { Party, ProviderFact } from '../providers/provider.ts';
import type { ChannelRow } from './channels.ts';
import type { Consents } from './consents.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { Merges } from './merges.ts';

export function createIngestPeople(parts: {
  contacts: Contacts;
  conversations: Conversations;
  consents: Consents;
  merges: Merges;
}) {
  const { contacts, conversations, consents, merges } = parts;

  function contactOf(channel: ChannelRow, party: Party, at: number): Contact {
    const { identity } = party;
    const known = contacts.find(channel.ws, identity.channelKind, identity.externalId);
    if (known !== null) {
      contacts.heardOf(channel.ws, identity);
      // Whoever writes is there, also when somebody had deleted the record.
      return contacts.save(channel.ws, { ...learned(known, party), deleted: false }, at);
    }
    const name = nameOf(party);
    return contacts.create(channel.ws, { name, identities: [identity], createdAt: at }, at);
  }

  /**
   * The provider says that two people are one: then they are, unless somebody has said otherwise. The one with conversations keeps the record;
   * when the other has none, the thread goes on where it was.
   */
  function mergeByThemselves(ws: number, one: Contact, other: Contact, identity: Identity, at: number): void {
    const talks = (contact: Contact) => conversations.ofContact(contact.id).length > 0;
    const older = one.createdAt <= other.createdAt ? one : other;
    const winner = talks(one) === talks(other) ? older : talks(one) ? one : other;
    const loser = winner === one ? other : one;
    const alone = !talks(loser);
    merges.merge(ws, { id: newId(at), winner, loser, choices: {}, mergedBy: null }, at);
    const merged = contacts.get(ws, winner.id);
    if (merged === null) throw new Error('a merge without its winner');
    if (alone) for (const known of loser.identities) contacts.setIdentity(ws, known, winner.id, winner.id);
    // The one learned last is the one to write to.
    const isNewest = (known: Identity) =>
      known.channelKind === identity.channelKind && known.externalId === identity.externalId;
    const identities = [
      ...merged.identities.filter((known) => !isNewest(known)),
      ...merged.identities.filter(isNewest),
    ];
    contacts.save(ws, { ...merged, identities }, at);
  }

  /**
   * Both identities become one contact's; the last of a kind is the one to write to. Two contacts that exist become one when the provider says
   * that both are the same account (`same`); a number that changed hands may have been somebody else's, so there two stay two.
   */
  function applyIdentity(
    channel: ChannelRow,
    { previous, party, same }: Extract<ProviderFact, { type: 'identity' }>,
    at: number,
  ): void {
    const { identity } = party;
    const old = contacts.find(channel.ws, previous.channelKind, previous.externalId);
    const taken = contacts.find(channel.ws, identity.channelKind, identity.externalId);
    const two = taken !== null && old !== null && old.id !== taken.id;
    if (two && same === true && !merges.isKeptApart(channel.ws, old.id, taken.id)) {
      mergeByThemselves(channel.ws, old, taken, identity, at);
      return;
    }
    if (taken !== null) {
      const identities = old === null ? [previous, ...taken.identities] : taken.identities;
      contacts.save(channel.ws, learned({ ...taken, identities }, party), at);
      return;
    }
    if (old === null) {
      const name = nameOf(party);
      contacts.create(channel.ws, { name, identities: [previous, identity], createdAt: at }, at);
      return;
    }
    const phone = identity.phone ?? old.phone;
    const homeId = contacts.homeOf(channel.ws, previous) ?? old.id;
    contacts.claim(channel.ws, identity, old.id, homeId, false);
    contacts.save(channel.ws, { ...old, phone, identities: [...old.identities, identity] }, at);
  }

  /** What the provider says about marketing goes into the ledger, each statement once. */
  function applyConsent(
    channel: ChannelRow,
    contact: Contact,
    { state, at: said, source }: MarketingConsent,
    at: number,
  ): void {
    if (state === 'unknown') return;
    const entry = {
      contactId: contact.id,
      purpose: 'marketing' as const,
      channelKind: channel.channel.kind,
      state: state === 'opted_in' ? ('given' as const) : ('withdrawn' as const),
      at: said ?? at,
      method: 'provider' as const,
      source: (source ?? '').slice(0, 500),
    };
    const known = consents
      .of(contact.id)
      .some((line) => line.method === 'provider' && line.at === entry.at && line.state === entry.state);
    if (known) return;
    consents.record(channel.ws, { ...entry, id: newId(at), recordedBy: null, recordedAt: at }, at);
  }

  return {
    /** The contact of this party; a new one when nobody has the identity. */
    contactOf,
    applyIdentity,
    applyConsent,
  };
}

/** What somebody calls themselves; without a name, what they write from. */
function nameOf({ name, identity }: Party): string {
  const said = name === null ? '' : cleanName(name);
  return said === '' ? (identity.phone ?? identity.username ?? identity.externalId) : said;
}

/** The contact with what this party adds. A name that somebody gave is left; one that was only a number is replaced. */
function learned(contact: Contact, party: Party): Contact {
  const { identity } = party;
  const identities = contact.identities.map((known) =>
    known.channelKind === identity.channelKind && known.externalId === identity.externalId
      ? {
          ...known,
          parentExternalId: identity.parentExternalId ?? known.parentExternalId,
          phone: identity.phone ?? known.phone,
          username: identity.username ?? known.username,
        }
      : known,
  );
  const nameless = identities.some(
    (known) =>
      contact.name === known.phone || contact.name === known.username || contact.name === known.externalId,
  );
  return {
    ...contact,
    name: nameless && party.name !== null ? nameOf(party) : contact.name,
    phone: contact.phone ?? identity.phone,
    identities,
  };
}
