/** Sign-in over HTTP, the socket's handshake, and devices. Paths and status codes stand in README.md. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';
import { Timestamp } from '../domain/time.ts';
import { User, Workspace } from '../domain/workspace.ts';

export const SignInRequest = z.object({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
  totp: z.string().max(16).nullable(),
  device: z.object({ id: Id.nullable(), name: z.string().min(1).max(120) }),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

/** `accessToken` goes into the handshake and into `Authorization: Bearer`; `refreshToken` works once. */
export const SessionTokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: Timestamp,
  refreshToken: z.string(),
  refreshExpiresAt: Timestamp,
});
export type SessionTokens = z.infer<typeof SessionTokens>;

export const SignInResponse = z.object({
  tokens: SessionTokens,
  user: User,
  workspace: Workspace,
  deviceId: Id,
  /** Whether a desktop may keep this workspace's things on its disk, so that it is known before the first of them; null: not said. */
  storage: z.enum(['on', 'off']).nullable().default(null),
});
export type SignInResponse = z.infer<typeof SignInResponse>;

export const RefreshRequest = z.object({ refreshToken: z.string().min(1).max(1024) });
export const RefreshResponse = z.object({ tokens: SessionTokens });

/** `auth` of the Socket.IO handshake. */
export const Handshake = z.object({ token: z.string().min(1).max(4096), protocol: z.number().int() });
export type Handshake = z.infer<typeof Handshake>;

/** First thing on a new socket: `hello` from the gateway. */
export const Hello = z.object({
  protocol: z.number().int(),
  gateway: z.object({ name: z.string(), version: z.string() }),
  serverTime: Timestamp,
});
export type Hello = z.infer<typeof Hello>;

/** What a desktop did when it was told to wipe itself: numbers, and names of folders of its own. */
export const WipeReceipt = z.object({
  /** When it was done. */
  at: Timestamp,
  /** Files that held a key or a wrapped one, and all others that were removed, with their bytes. */
  keys: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** What could not be removed; empty: nothing is left. */
  left: z.array(z.string().max(60)).max(20),
  /** Known strings that were looked for in the raw files afterwards, and how many were found; null: it was wiped unopened, without any to look for. */
  scan: z
    .object({
      files: z.number().int().nonnegative(),
      bytes: z.number().int().nonnegative(),
      samples: z.number().int().nonnegative(),
      found: z.number().int().nonnegative(),
    })
    .nullable()
    .default(null),
});
export type WipeReceipt = z.infer<typeof WipeReceipt>;

/** The refresh token of the session that was ended shows which device this is: it is good for nothing else any more. */
export const WipeReport = z.object({ refreshToken: z.string().min(1).max(1024), receipt: WipeReceipt });
export type WipeReport = z.infer<typeof WipeReport>;

/** `user`: whose it is; null: the asker's own. `wipe`: it was signed out and told to wipe itself; `receipt` null: it has not answered yet. */
export const Device = z.object({
  id: Id,
  name: z.string(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  current: z.boolean(),
  user: z.object({ id: Id, name: z.string() }).nullable().default(null),
  wipe: z
    .object({ askedAt: Timestamp, receivedAt: Timestamp.nullable(), receipt: WipeReceipt.nullable() })
    .nullable()
    .default(null),
});
export type Device = z.infer<typeof Device>;
