import { newId } from '../../../shared/domain/id.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { usableContactPoint } from '../../../shared/domain/contact-point.ts';
import { isInEu, openRequest } from '../../../shared/domain/rights-desk.ts';
import type { RightsStepId } from '../../../shared/domain/rights.ts';
import {
  completeRequest,
  holdRequest,
  markStep,
  refuseRequest,
  resumeRequest,
} from '../../../shared/domain/rights.ts';
import { parsePhone } from '../../../shared/text/phone.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import { invalidValue } from '../contacts/check-patch.ts';
import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { offerBundle } from '../rights/bundle.ts';
import { eraseContact } from '../rights/erase.ts';
import { hereTimeZone, profileOf } from '../rights/profile.ts';
import { receiptOf } from '../rights/receipt.ts';
import { allowed, requestOf, saveRequest } from '../rights/requests.ts';
import { onlySupervisors } from './people.ts';

/** What only the calls that do it may mark as done. */
const OWN_STEPS: readonly RightsStepId[] = ['build_bundle', 'erase_local', 'verify_erased', 'write_receipt'];

/** Countries of a person's numbers. */
function countriesOf({ phone, phones, identities }: Contact): string[] {
  return [phone, ...phones, ...identities.map((known) => known.phone)].flatMap((number) => {
    const parsed = number === null ? null : parsePhone(number, '');
    return parsed?.region == null ? [] : [parsed.region];
  });
}

export const rightsHandlers = {
  'rights.list': async ({ contactId }, { ready }) => ready().cache.read.rights({ contactId }),
  'rights.get': async ({ requestId }, { ready }) => {
    const row = await ready().cache.read.rightsRequest({ id: requestId });
    if (row === null) throw failure('not_found', 'no such request');
    return row;
  },
  'rights.open': async ({ contactId, kind, way, purpose, details, receivedAt }, context) => {
    const { cache, session } = context.ready();
    const now = context.now();
    if (receivedAt > now) throw invalidValue('receivedAt', 'in_future');
    const [contact] = await cache.read.contactsById({ ids: [contactId] });
    if (contact === undefined) throw failure('not_found', 'no such contact on this machine');
    const id = newId();
    const about = { contactId, kind, way, purpose, details: details?.trim() || null };
    const recorded = { receivedAt, recordedAt: now, recordedBy: session.me.id, timeZone: hereTimeZone() };
    const eu = isInEu(countriesOf(contact));
    const request = openRequest({ id, eu, ...about, ...recorded }, await profileOf(context));
    await saveRequest(context, request);
    await context.audit({
      action: `rights.open.${kind}`,
      subjects: [id, contactId],
      counts: {},
      reason: null,
    });
    return { requestId: id };
  },
  'rights.step': async ({ requestId, step, state, note: given }, context) => {
    onlySupervisors(context);
    const note = given?.trim() || null;
    if (state === 'skipped' && note === null) throw invalidValue('note', 'missing');
    if (step === 'write_receipt' || (state === 'done' && OWN_STEPS.includes(step))) {
      throw new CallFailure({ kind: 'refused', message: 'done by its own call', gateway: 'conflict' });
    }
    const { session } = context.ready();
    const open = state === 'open';
    const marked = {
      id: step,
      state,
      at: open ? null : context.now(),
      by: open ? null : session.me.id,
      note,
    };
    await saveRequest(context, allowed(markStep(await requestOf(context, requestId), marked)));
    return {};
  },
  'rights.hold': async ({ requestId, ground, reason, reviewAt }, context) => {
    onlySupervisors(context);
    const hold = {
      ground,
      reason: reason.trim(),
      reviewAt,
      by: context.ready().session.me.id,
      at: context.now(),
    };
    await saveRequest(context, allowed(holdRequest(await requestOf(context, requestId), hold)));
    await context.audit({ action: 'rights.hold', subjects: [requestId], counts: {}, reason: hold.reason });
    return {};
  },
  'rights.resume': async ({ requestId }, context) => {
    onlySupervisors(context);
    await saveRequest(context, allowed(resumeRequest(await requestOf(context, requestId))));
    return {};
  },
  'rights.refuse': async ({ requestId, reason: given }, context) => {
    onlySupervisors(context);
    const refusal = { reason: given.trim(), by: context.ready().session.me.id, at: context.now() };
    await saveRequest(context, allowed(refuseRequest(await requestOf(context, requestId), refusal)));
    await context.audit({
      action: 'rights.refuse',
      subjects: [requestId],
      counts: {},
      reason: refusal.reason,
    });
    return {};
  },
  'rights.finish': async ({ requestId }, context) => {
    onlySupervisors(context);
    const request = await requestOf(context, requestId);
    const receipt = receiptOf(request, await profileOf(context), {
      at: context.now(),
      by: context.ready().session.me.id,
      timeZone: hereTimeZone(),
    });
    await saveRequest(context, allowed(completeRequest(request, receipt)));
    const { counts, contactId } = receipt;
    await context.audit({
      action: `rights.receipt.${receipt.kind}`,
      subjects: [receipt.id, requestId, contactId],
      counts,
      reason: null,
    });
    return { receipt };
  },
  'rights.bundle': async ({ requestId }, context) => {
    onlySupervisors(context);
    return offerBundle(context, await requestOf(context, requestId));
  },
  'rights.controller': async (_input, context) => {
    const { policy } = await context.ready().cache.read.directory();
    const usable = usableContactPoint(policy?.controllerContact ?? null);
    return { point: usable.ok ? usable.point : null };
  },
  'contact.erase': async (input, context) => {
    onlySupervisors(context);
    return { receipt: await eraseContact(context, input) };
  },
} satisfies Partial<Handlers>;
