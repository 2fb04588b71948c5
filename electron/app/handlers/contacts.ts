import { newId } from '../../../shared/domain/id.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { formatPhone } from '../../../shared/text/phone.ts';
import type { Step } from '../actions.ts';
import type { Context, Handlers } from '../context.ts';
import { type ValueRules, fittingPatch, invalidValue } from '../contacts/check-patch.ts';
import { contactSteps, differenceOf } from '../contacts/contact-steps.ts';
import { contactsOf, isHere, selectedIds } from '../contacts/selected.ts';
import { failure } from '../failures.ts';
import { homeRegion } from '../region.ts';
import { markOwnSteps } from '../rights/own-steps.ts';
import { perform } from './command.ts';

/** How values are checked here and now. */
async function rulesOf({ ready, settings, shell }: Context): Promise<ValueRules> {
  const { fields } = await ready().cache.read.directory();
  return { fields, region: homeRegion(shell.locale(), settings.get().language) };
}

async function oneContact({ ready }: Context, id: string): Promise<Contact> {
  const [contact] = await ready().cache.read.contactsById({ ids: [id] });
  if (contact === undefined || !isHere(contact))
    throw failure('not_found', 'no such contact on this machine');
  return contact;
}

export const contactsHandlers = {
  'contacts.list': async (input, { ready, now }) => ready().cache.read.contacts({ ...input, now: now() }),
  'contacts.count': async ({ filters }, { ready, now }) => ({
    totals: await ready().cache.read.contactCounts({ filters, now: now() }),
  }),
  'contact.get': async ({ contactId }, { ready }) => {
    const found = await ready().cache.read.contact({ id: contactId });
    if (found === null) throw failure('not_found', 'no such contact on this machine');
    return found;
  },
  'contact.timeline': async (input, { ready }) => ready().cache.read.contactTimeline(input),
  'contact.files': async ({ contactId }, { ready }) => ready().cache.read.contactFiles({ contactId }),

  'contact.save': async ({ contactId, patch: typed }, context) => {
    const patch = fittingPatch(typed, await rulesOf(context));
    if (contactId !== null) {
      const difference = differenceOf(await oneContact(context, contactId), patch);
      if (difference === null) return { contactId, undoId: null };
      const { change, before } = difference;
      const step: Step = {
        intent: { type: 'contacts.change', data: dataOf(contactId, change) },
        inverse: () => ({ type: 'contacts.change', data: dataOf(contactId, before) }),
      };
      const { undoId } = await perform(context, [step], 1);
      await markOwnSteps(context, contactId, ['rectify'], ['correct_record']);
      return { contactId, undoId };
    }
    const id = newId();
    // A card without a name is shown by what is known of it.
    const name =
      patch.name ??
      patch.company ??
      (patch.phone == null ? patch.email : formatPhone(patch.phone, 'international'));
    if (name == null) throw invalidValue('name', 'missing');
    const changes = [{ contactId: id, create: true, patch: { ...patch, name } }];
    const step: Step = {
      intent: { type: 'contacts.change', data: { changes, importId: null } },
      inverse: () => ({ type: 'contacts.delete', data: { contactIds: [id], deleted: true } }),
    };
    const { undoId } = await perform(context, [step], 1);
    return { contactId: id, undoId };
  },

  'contacts.apply': async ({ selection, action: given }, context) => {
    const { cache } = context.ready();
    const action =
      given.type === 'edit'
        ? { type: 'edit' as const, patch: fittingPatch(given.patch, await rulesOf(context)) }
        : given;
    const ids = await selectedIds(cache.read, selection, context.now());
    const contacts: Contact[] = [];
    for await (const some of contactsOf(cache.read, ids)) contacts.push(...some);
    if (contacts.length === 0) throw failure('not_found', 'none of them is on this machine');
    const { steps, changed } = contactSteps(action, contacts);
    return perform(context, steps, changed);
  },
} satisfies Partial<Handlers>;

function dataOf(contactId: string, patch: ReturnType<typeof fittingPatch>) {
  return { changes: [{ contactId, create: false, patch }], importId: null };
}
