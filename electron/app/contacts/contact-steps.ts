/** What is done to contacts, as commands of at most 500 each, and what leads back to exactly the values before. */
import type { ContactAction } from '../../../shared/contract/contacts.ts';
import type { Contact, ContactChange, ContactPatch } from '../../../shared/domain/contact.ts';
import { MAX_CONTACT_CHANGES } from '../../../shared/domain/contact.ts';
import type { Step } from '../actions.ts';

/** What is different after the patch, and the values before it; null: nothing is. */
export function differenceOf(
  contact: Contact,
  patch: ContactPatch,
): { change: ContactPatch; before: ContactPatch } | null {
  const change: ContactPatch = {};
  const before: ContactPatch = {};
  for (const key of ['company', 'phone', 'email', 'language', 'timeZone'] as const) {
    const next = patch[key];
    if (next === undefined || next === contact[key]) continue;
    change[key] = next;
    before[key] = contact[key];
  }
  if (patch.name !== undefined && patch.name !== contact.name) {
    change.name = patch.name;
    // A record without a name cannot be had back by a command: the new one stays then.
    if (contact.name !== '') before.name = contact.name;
  }
  if (patch.note !== undefined && patch.note !== contact.note) {
    change.note = patch.note;
    before.note = contact.note;
  }
  if (patch.blocked !== undefined && patch.blocked !== contact.blocked) {
    change.blocked = patch.blocked;
    before.blocked = contact.blocked;
  }
  for (const key of ['phones', 'emails', 'labelIds'] as const) {
    const next = patch[key];
    if (next === undefined || sameList(next, contact[key])) continue;
    change[key] = next;
    before[key] = contact[key];
  }
  // The gateway takes the first one out of the further ones: they come back with it.
  if (change.phone !== undefined) before.phones = contact.phones;
  if (change.email !== undefined) before.emails = contact.emails;
  differentFields(contact, patch, change, before);
  return Object.keys(change).length === 0 ? null : { change, before };
}

function differentFields(
  contact: Contact,
  patch: ContactPatch,
  change: ContactPatch,
  before: ContactPatch,
): void {
  for (const [id, next] of Object.entries(patch.fields ?? {})) {
    const known = contact.fields[id] ?? null;
    if (known === next) continue;
    change.fields = { ...change.fields, [id]: next };
    before.fields = { ...before.fields, [id]: known };
  }
}

/** The steps of an action, and how many contacts it changes. */
export function contactSteps(
  action: ContactAction,
  contacts: readonly Contact[],
): { steps: Step[]; changed: number } {
  if (action.type === 'delete') {
    const ids = contacts.map(({ id }) => id);
    const steps = inChunks(ids).map((contactIds): Step => {
      return {
        intent: { type: 'contacts.delete', data: { contactIds, deleted: true } },
        inverse: () => ({ type: 'contacts.delete', data: { contactIds, deleted: false } }),
      };
    });
    return { steps, changed: ids.length };
  }
  const different = contacts.flatMap((contact) => {
    const difference = differenceOf(contact, patchOf(action, contact));
    return difference === null ? [] : [{ contactId: contact.id, ...difference }];
  });
  const steps = inChunks(different).map((chunk): Step => {
    const changes = chunk.map(({ contactId, change }) => changeOf(contactId, change));
    const back = chunk.map(({ contactId, before }) => changeOf(contactId, before));
    return {
      intent: { type: 'contacts.change', data: { changes, importId: null } },
      inverse: () => ({ type: 'contacts.change', data: { changes: back, importId: null } }),
    };
  });
  return { steps, changed: different.length };
}

function patchOf(action: Exclude<ContactAction, { type: 'delete' }>, contact: Contact): ContactPatch {
  if (action.type === 'edit') return action.patch;
  const labelIds = [...new Set([...contact.labelIds, ...action.add])];
  return { labelIds: labelIds.filter((id) => !action.remove.includes(id)) };
}

function changeOf(contactId: string, patch: ContactPatch): ContactChange {
  return { contactId, create: false, patch };
}

export function inChunks<T>(all: readonly T[], size = MAX_CONTACT_CHANGES): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}

/** Labels are a set; numbers and addresses have an order. */
function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
