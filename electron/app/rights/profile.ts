import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { Context } from '../context.ts';
import { failure } from '../failures.ts';

/** The profile of the gateway that counts in this workspace. */
export async function profileOf({ ready, promises, now }: Context): Promise<PolicyProfile> {
  const { policy } = promises.judge(await ready().cache.read.rules(), now());
  if (policy === null) throw failure('not_ready', 'the profile of the gateway is not here yet');
  return policy;
}

/** Days are counted where the company is: the zone of this machine. */
export function hereTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
