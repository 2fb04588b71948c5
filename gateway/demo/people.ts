/** The people of Lumen & Oak. Everybody's password is `DEMO_PASSWORD`. */
import type { Role } from '../../shared/domain/workspace.ts';

export const DEMO_WORKSPACE = 'Lumen & Oak';
export const DEMO_PASSWORD = 'parley-demo';
/** Who is offered on the sign-in form. */
export const DEMO_EMAIL = 'maya@demo.parley.example';

export type UserKey = 'ines' | 'karim' | 'maya' | 'tom' | 'yuki';

export const DEMO_USERS: Record<UserKey, { name: string; email: string; role: Role }> = {
  ines: { name: 'Ines Duarte', email: 'ines@demo.parley.example', role: 'owner' },
  karim: { name: 'Karim Haddad', email: 'karim@demo.parley.example', role: 'supervisor' },
  maya: { name: 'Maya Lindqvist', email: DEMO_EMAIL, role: 'agent' },
  tom: { name: 'Tom Okafor', email: 'tom@demo.parley.example', role: 'agent' },
  yuki: { name: 'Yuki Tanaka', email: 'yuki@demo.parley.example', role: 'agent' },
};
