/** One person, one record, and what the person agreed to. */
import { SECOND } from '../../../shared/domain/time.ts';
import { newId } from '../../../shared/domain/id.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { GatewayErrorKind } from '../../../shared/protocol/errors.ts';
import { invalidValue } from '../contacts/check-patch.ts';
import { isHere } from '../contacts/selected.ts';
import type { Context, Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { markOwnSteps } from '../rights/own-steps.ts';
import { enqueue } from './command.ts';

/** How far ahead of this machine's clock a moment that somebody names may be. */
const CLOCK_DRIFT = 60 * SECOND;

function refused(gateway: GatewayErrorKind): CallFailure {
  return new CallFailure({ kind: 'refused', message: gateway, gateway });
}

/** Only these run the rights desk; the gateway would refuse it as well. */
export function onlySupervisors({ ready }: Context): void {
  if (ready().session.me.role === 'agent') throw failure('forbidden', 'for supervisors and owners');
}

function onlyOwners({ ready }: Context): void {
  if (ready().session.me.role !== 'owner') throw failure('forbidden', 'custom fields are defined by owners');
}

export const peopleHandlers = {
  'contact.converse': async ({ contactId, channelId }, context) => {
    const { read } = context.ready().cache;
    const [detail, { channels }] = await Promise.all([read.contact({ id: contactId }), read.directory()]);
    if (detail === null) throw failure('not_found', 'no such contact on this machine');
    const there = detail.conversations.find((one) => one.channelId === channelId);
    if (there !== undefined) return { conversationId: there.id };
    const channel = channels.find(({ id }) => id === channelId);
    if (channel === undefined) throw failure('not_found', 'no such channel');
    const { contact } = detail;
    if (contact.blocked) throw refused('blocked');
    if (contact.restriction !== null) throw refused('restricted');
    const reachable =
      contact.phone !== null ||
      contact.phones.length > 0 ||
      contact.identities.some(({ channelKind }) => channelKind === channel.kind);
    if (!reachable) throw refused('unsupported');
    const conversationId = newId();
    await enqueue(context, 'conversation.start', { conversationId, contactId, channelId });
    return { conversationId };
  },

  'contacts.duplicates': async (input, { ready }) => ready().cache.read.duplicates(input),
  'contacts.keepApart': async (input, context) => {
    if (input.firstId === input.secondId) throw invalidValue('secondId', 'same');
    await enqueue(context, 'contacts.keep_apart', input);
    return {};
  },
  'contact.merge': async ({ winnerId, loserId, choices }, context) => {
    if (winnerId === loserId) throw invalidValue('loserId', 'same');
    const here = await context.ready().cache.read.contactsById({ ids: [winnerId, loserId] });
    if (here.filter(isHere).length < 2) throw failure('not_found', 'one of them is not on this machine');
    const mergeId = newId();
    await enqueue(context, 'contact.merge', { mergeId, winnerId, loserId, choices });
    return { mergeId };
  },
  'contact.unmerge': async ({ mergeId }, context) => {
    await enqueue(context, 'contact.unmerge', { mergeId });
    return {};
  },

  'field.save': async ({ fieldId, field }, context) => {
    onlyOwners(context);
    const name = field.name.trim();
    if (name === '') throw invalidValue('name', 'missing');
    const hasChoices = field.type === 'choice' || field.type === 'choices';
    if (hasChoices !== field.choices.length > 0) throw invalidValue('choices', 'missing');
    const names = new Set(field.choices.map((choice) => choice.name.trim().toLowerCase()));
    if (names.size !== field.choices.length || names.has('')) throw invalidValue('choices', 'same');
    const { fields } = await context.ready().cache.read.directory();
    const known = fields.find(({ id }) => id === fieldId);
    if (known !== undefined && known.type !== field.type) throw invalidValue('type', 'fixed');
    const id = fieldId ?? newId();
    await enqueue(context, 'field.save', { field: { ...field, name, id } });
    return { fieldId: id };
  },
  'field.delete': async ({ fieldId }, context) => {
    onlyOwners(context);
    await enqueue(context, 'field.delete', { fieldId });
    return {};
  },

  'consent.record': async (given, context) => {
    const source = given.source.trim();
    if (source === '') throw invalidValue('source', 'missing');
    if (given.at > context.now() + CLOCK_DRIFT) throw invalidValue('at', 'in_future');
    // Those two are the gateway's own observations.
    if (given.method === 'keyword' || given.method === 'provider')
      throw invalidValue('method', 'not_allowed');
    await enqueue(context, 'consent.record', { entry: { ...given, source, id: newId() } });
    if (given.state === 'withdrawn') {
      await markOwnSteps(
        context,
        given.contactId,
        ['withdraw', 'object'],
        ['record_withdrawal', 'stop_purpose'],
        given.purpose,
      );
    }
    return {};
  },
  'contact.restrict': async ({ contactId, reason: given }, context) => {
    onlySupervisors(context);
    const reason = given?.trim() ?? null;
    if (reason === '') throw invalidValue('reason', 'missing');
    const restriction = reason === null ? null : { reason, requestId: null };
    await enqueue(context, 'contact.restrict', { contactId, restriction });
    const action = reason === null ? 'contact.unrestrict' : 'contact.restrict';
    await context.audit({ action, subjects: [contactId], counts: { contacts: 1 }, reason });
    if (reason !== null) await markOwnSteps(context, contactId, ['restrict'], ['restrict_local']);
    return {};
  },
} satisfies Partial<Handlers>;
