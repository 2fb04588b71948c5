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

export const Device = z.object({
  id: Id,
  name: z.string(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  current: z.boolean(),
});
export type Device = z.infer<typeof Device>;
