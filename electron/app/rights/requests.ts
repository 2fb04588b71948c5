/** Requests of the rights desk as they are kept: read here, changed by the rules of shared/domain/rights.ts, saved as a command. */
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { RightsProblem, RightsRequest, RightsResult } from '../../../shared/domain/rights.ts';
import { invalidValue } from '../contacts/check-patch.ts';
import type { Context } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue } from '../handlers/command.ts';

export async function requestOf({ ready }: Context, requestId: string): Promise<RightsRequest> {
  const row = await ready().cache.read.rightsRequest({ id: requestId });
  if (row === null) throw failure('not_found', 'no such request');
  return row.request;
}

const NAMES: Partial<Record<RightsProblem, [name: string, reason: string]>> = {
  no_reason: ['reason', 'missing'],
  review_in_past: ['reviewAt', 'in_past'],
};

/** The request as the rules leave it; what they refuse is `invalid_value` of what was typed, else `conflict`. */
export function allowed(result: RightsResult): RightsRequest {
  if (result.ok) return result.request;
  const value = NAMES[result.problem];
  if (value !== undefined) throw invalidValue(...value);
  throw new CallFailure({ kind: 'refused', message: result.problem, gateway: 'conflict' });
}

export async function saveRequest(context: Context, request: RightsRequest): Promise<void> {
  await enqueue(context, 'rights.save', { request });
}
