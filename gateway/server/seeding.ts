/** What an empty store is filled with. */
import { DEMO_EMAIL, DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo as seedStore } from '../demo/seed.ts';
import { hashPassword } from '../store/passwords.ts';
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
