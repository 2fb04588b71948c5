/** What an empty store is filled with. */
import type { ServerContext } from './context.ts';

export type DemoSignIn = { email: string; password: string };

/** The demo workspace, when the store has no workspace yet. Answers how to sign in to it. */
export function seedDemo(_context: ServerContext): Promise<DemoSignIn | null> {
  return Promise.resolve(null);
}
