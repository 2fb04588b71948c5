/** Steps of open requests that the application has just done itself are marked as done: nobody has to tick what has happened. */
import type { ConsentPurpose } from '../../../shared/domain/consent.ts';
import type { Right } from '../../../shared/domain/policy.ts';
import type { RightsRequest, RightsStepId } from '../../../shared/domain/rights.ts';
import type { Context } from '../context.ts';
import { allowed, saveRequest } from './requests.ts';
import { markStep } from '../../../shared/domain/rights.ts';

/**
 * Marks these steps in the person's open requests of these kinds. `purpose`: only where the request is about it or about everything. Agents
 * may not go on with a request: theirs are ticked by a supervisor.
 */
export async function markOwnSteps(
  context: Context,
  contactId: string,
  kinds: readonly Right[],
  steps: readonly RightsStepId[],
  purpose: ConsentPurpose | null = null,
): Promise<void> {
  const { cache, session } = context.ready();
  if (session.me.role === 'agent') return;
  const rows = await cache.read.rights({ contactId });
  for (const { request } of rows) {
    if (request.state !== 'open' || !kinds.includes(request.kind)) continue;
    if (purpose !== null && request.purpose !== null && request.purpose !== purpose) continue;
    const next = withSteps(request, steps, context.now(), session.me.id);
    if (next !== request) await saveRequest(context, next);
  }
}

/** The request with those of these steps done that were open; the same request when none was. */
export function withSteps(
  request: RightsRequest,
  steps: readonly RightsStepId[],
  at: number,
  by: string,
  note: string | null = null,
): RightsRequest {
  return steps.reduce((before, id) => {
    const known = before.steps.find((step) => step.id === id);
    if (known === undefined || (known.state !== 'open' && known.state !== 'failed')) return before;
    return allowed(markStep(before, { id, state: 'done', at, by, note }));
  }, request);
}
