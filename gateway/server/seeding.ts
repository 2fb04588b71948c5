/** What an empty store is filled with. */
import { DEMO_EMAIL, DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo as seedStore } from '../demo/seed.ts';
import { inForceFrom } from '../store/default-policy.ts';
import { hashPassword } from '../store/passwords.ts';
import type { ReadyProfileKey } from '../../shared/policies/ready.ts';
import { READY_PROFILES } from '../../shared/policies/ready.ts';
import type { ServerContext } from './context.ts';

export type DemoSignIn = { email: string; password: string };

/**
 * The demo workspace, when the store has no workspace yet. Answers how to sign in to it; null when the store holds something else.
 */
export async function seedDemo({ store, now, passwordCost }: ServerContext): Promise<DemoSignIn | null> {
  if (store.people.workspaces().length === 0) {
    const passwordHash = await hashPassword(DEMO_PASSWORD, passwordCost);
    seedStore(store, { now: now(), passwordHash });
  }
  return store.people.credentials(DEMO_EMAIL) === null
    ? null
    : { email: DEMO_EMAIL, password: DEMO_PASSWORD };
}

/** Puts a ready profile into force in every workspace that has another one: from now on, as their next version. */
export function adoptPolicy({ store, now }: ServerContext, key: ReadyProfileKey): void {
  const profile = READY_PROFILES[key];
  for (const { ws } of store.people.workspaces()) {
    if (store.catalogue.policy(ws).id === profile.id) continue;
    store.catalogue.setPolicy(ws, inForceFrom(profile, now()), now());
  }
}
