/**
 * The ready profiles, by the name under which a gateway can be told to use one. Each quotes the matrix of the published policies
 * that Parley was built from: the words are the matrix's short form of a policy's clause, not its whole sentence. A "✓" stands
 * for a promise without further words. No policy's date is known, so none is given.
 */
import type { ReadyProfile } from '../domain/policy.ts';
import { CUSTOM } from './custom.ts';
import { ONECHAT } from './onechat.ts';
import { ONEMESSAGE } from './onemessage.ts';
import { ONEMSG } from './onemsg.ts';
import { UNNAMED } from './unnamed.ts';
import { WASMS } from './wasms.ts';

export const READY_PROFILES = {
  onemsg: ONEMSG,
  onemessage: ONEMESSAGE,
  onechat: ONECHAT,
  unnamed: UNNAMED,
  wasms: WASMS,
  custom: CUSTOM,
} as const satisfies Record<string, ReadyProfile>;
export type ReadyProfileKey = keyof typeof READY_PROFILES;

export function isReadyProfile(key: string): key is ReadyProfileKey {
  return Object.hasOwn(READY_PROFILES, key);
}
