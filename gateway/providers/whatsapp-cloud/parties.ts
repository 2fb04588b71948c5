/**
 * Who a payload is about. WhatsApp names a person by `wa_id` (the number without a plus), by a business-scoped user id
 * ("US.1349…") that stays when the number is hidden, or by both.
 *
 * The decision: the `wa_id` is the external id while it is known, because Meta recommends sending to numbers and only then
 * keeps putting them into webhooks; without one the user id is. When a payload carries both, an `identity` fact says that
 * they are one person, so that a later payload with only the user id finds the same contact. The parent id (of the company
 * group's portfolio) is kept beside either.
 */
import type { Identity } from '../../../shared/domain/contact.ts';
import type { Party, ProviderFact } from '../provider.ts';
import type { ContactInfo } from './webhook-schema.ts';

export type Named = {
  waId: string | null | undefined;
  userId: string | null | undefined;
  parentUserId?: string | null | undefined;
};

export type Person = { party: Party; waId: string | null; userId: string | null };

/** Digits only, as in every real wa_id. Meta's documentation shows placeholders here, which must not become people. */
export function isWaId(value: string | null | undefined): value is string {
  return typeof value === 'string' && /^\d{5,20}$/.test(value);
}

/** A business-scoped user id: a country, perhaps `ENT` for the parent's, and up to 128 letters or digits. */
export function isUserId(value: string | null | undefined): value is string {
  return typeof value === 'string' && /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/.test(value);
}

/** E.164 of a wa_id, or null where it cannot be a number (E.164 has at most 15 digits). */
export function phoneOf(waId: string | null): string | null {
  return waId !== null && /^[1-9]\d{6,14}$/.test(waId) ? `+${waId}` : null;
}

/**
 * The person named by a message, with what the payload's `contacts` say about that person. Null when nothing names anybody.
 * When the name in the message is no real id and there is exactly one contact, that one is meant.
 */
export function personOf(named: Named, contacts: readonly ContactInfo[]): Person | null {
  const known =
    contacts.find((contact) => isWaId(named.waId) && contact.wa_id === named.waId) ??
    contacts.find((contact) => named.userId != null && contact.user_id === named.userId) ??
    (!isWaId(named.waId) && !isUserId(named.userId) && contacts.length === 1 ? contacts[0] : undefined);
  const waId = isWaId(named.waId) ? named.waId : isWaId(known?.wa_id) ? known.wa_id : null;
  const userId = [named.userId, known?.user_id].find(isUserId) ?? null;
  const externalId = waId ?? userId ?? clipped(known?.wa_id) ?? clipped(named.waId);
  if (externalId === null) return null;
  const identity: Identity = {
    channelKind: 'whatsapp',
    externalId,
    parentExternalId: clipped(known?.parent_user_id ?? named.parentUserId),
    phone: phoneOf(waId),
    username: known?.profile?.username ?? null,
  };
  return {
    party: { identity, name: known?.profile?.name ?? known?.profile?.username ?? null },
    waId,
    userId,
  };
}

/** The fact that a person's number and user id belong together; nothing when only one of them is known. */
export function linkOf(channelId: string, person: Person): ProviderFact[] {
  if (person.waId === null || person.userId === null) return [];
  const previous: Identity = { ...person.party.identity, externalId: person.userId };
  return [{ type: 'identity', channelId, previous, party: person.party, same: true }];
}

/** External ids are at most 160 characters (a user id has up to 128); what is longer is none. */
function clipped(value: string | null | undefined): string | null {
  return value != null && value.length > 0 && value.length <= 160 ? value : null;
}
