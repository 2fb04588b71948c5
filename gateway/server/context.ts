/** What the parts of the server share. */
import type { Logger } from 'pino';
import type { EndOfSession, TokenLife } from '../store/sessions.ts';
import type { PasswordCost } from '../store/passwords.ts';
import type { Store } from '../store/store.ts';

export type ServerContext = {
  store: Store;
  logger: Logger;
  /** The clock (epoch ms), so that tests can move it. */
  now(): number;
  tokenLife: TokenLife;
  passwordCost: PasswordCost;
  dataDir: string;
};

/** Why a session ends, as `goodbye` says it. */
export type SessionEnd = EndOfSession | 'unavailable';
