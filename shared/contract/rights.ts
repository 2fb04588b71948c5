/** Calls of the rights desk: what people may ask about their own data, by the gateway's profile. */
import { z } from 'zod';
import { ContactPoint } from '../domain/contact-point.ts';
import { Id } from '../domain/id.ts';
import { Right } from '../domain/policy.ts';
import { RightsReceipt } from '../domain/rights-receipt.ts';
import { RightsHold, RightsRequest, RightsStepId, RightsWay } from '../domain/rights.ts';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';

/** A request with the name of its person; null when the person was erased. */
export const RightsRow = z.object({ request: RightsRequest, contactName: z.string().nullable() });
export type RightsRow = z.infer<typeof RightsRow>;

const request = z.object({ requestId: Id });

export const rightsCalls = {
  /** Open ones first, by due date; closed ones after them, newest first. */
  'rights.list': call(z.object({ contactId: Id.nullable() }), z.array(RightsRow)),
  'rights.get': call(request, RightsRow),
  'rights.open': call(
    z.object({
      contactId: Id,
      kind: Right,
      way: RightsWay,
      purpose: z.enum(['service', 'marketing']).nullable(),
      details: z.string().max(4000).nullable(),
      receivedAt: Timestamp,
    }),
    z.object({ requestId: Id }),
  ),
  /** `done`, or `skipped` with a note that says why. Steps that the application does itself have calls of their own below. */
  'rights.step': call(
    z.object({
      requestId: Id,
      step: RightsStepId,
      state: z.enum(['open', 'done', 'skipped']),
      note: z.string().max(500).nullable(),
    }),
    nothing,
  ),
  'rights.hold': call(
    z.object({
      requestId: Id,
      ground: RightsHold.shape.ground,
      reason: z.string().min(1).max(2000),
      reviewAt: Timestamp,
    }),
    nothing,
  ),
  'rights.resume': call(request, nothing),
  'rights.refuse': call(z.object({ requestId: Id, reason: z.string().min(1).max(2000) }), nothing),
  /** Closes it with a receipt. Refused with `conflict` while steps are open. */
  'rights.finish': call(request, z.object({ receipt: RightsReceipt })),
  /** Everything about the person as one ZIP (JSON with schema, media, a readable page): a ticket to get it at EXPORT_PATH once. */
  'rights.bundle': call(request, z.object({ ticket: z.string(), fileName: z.string() })),
  /**
   * Removes the person for good: `typedName` has to be the person's name. Answers what was removed and what the scan of the files found. For
   * owners and supervisors.
   */
  'contact.erase': call(
    z.object({
      contactId: Id,
      requestId: Id.nullable(),
      reason: z.string().min(1).max(2000),
      typedName: z.string().max(400),
    }),
    z.object({ receipt: RightsReceipt }),
  ),
  /** The company's own office for requests, where the profile sends people to the controller. */
  'rights.controller': call(nothing, z.object({ point: ContactPoint.nullable() })),
} as const;
