/**
 * What the application as a whole is doing. The page shows one screen for each phase; only `ready` has an inbox.
 */
import { z } from 'zod';
import { AuthErrorKind } from '../protocol/errors.ts';
import { Timestamp } from '../domain/time.ts';
import { User, Workspace } from '../domain/workspace.ts';

export const KeyMode = z.enum(['keychain', 'passphrase', 'file']);
export type KeyMode = z.infer<typeof KeyMode>;

/** How many things the user wrote are known to be at stake; null when even that cannot be told. */
const atStake = { unsent: z.number().int().nonnegative().nullable() };

/**
 * What signing out would lose: messages and notes; other changes, each thing counted (an edit of five hundred contacts is five hundred); and
 * imports that are not finished.
 */
export const UnsentWork = z.object({
  messages: z.number().int().nonnegative(),
  changes: z.number().int().nonnegative(),
  imports: z.number().int().nonnegative(),
});
export type UnsentWork = z.infer<typeof UnsentWork>;

export const KeyProblem = z.enum([
  /** The operating system offers only a store without protection (Linux `basic_text`). */
  'weak_backend',
  /** The cache is there, its key is not. */
  'missing_key',
  /** The key was kept by another backend (desktop environment changed): going back there opens it again. */
  'changed_backend',
  /** The backend is there but gives the key back no more. */
  'undecryptable',
  /** The key file can be read by others than the user. */
  'exposed_key_file',
]);
export type KeyProblem = z.infer<typeof KeyProblem>;

export const CacheProblem = z.enum(['damaged', 'newer', 'read_only', 'disk_full', 'in_use', 'wrong_key']);
export type CacheProblem = z.infer<typeof CacheProblem>;

/** `lost`: reported here. `remote`: asked for from elsewhere, by the gateway. `terminated`: the workspace has come to its end. */
export const WipeReason = z.enum(['lost', 'remote', 'terminated']);
export type WipeReason = z.infer<typeof WipeReason>;

export const AppState = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('starting') }),
  z.object({
    phase: z.literal('key_choice'),
    /** What this machine offers, best first. */
    options: z.array(z.object({ mode: KeyMode, backend: z.string().nullable(), weak: z.boolean() })),
  }),
  z.object({
    phase: z.literal('locked'),
    /** How the key is kept: without a passphrase, unlocking is one click. */
    mode: KeyMode,
    /** After wrong passphrases: until when none is tried; null: now. */
    waitUntil: Timestamp.nullable(),
    /** Whether a recovery key was printed. */
    recovery: z.boolean(),
    /** Conversations with something unread when it was locked; null: not known. */
    unread: z.number().int().nonnegative().nullable(),
  }),
  /** The cache is being encrypted with a new key; nothing else is done meanwhile. Bytes; `total` 0: not known. */
  z.object({
    phase: z.literal('rotating'),
    stage: z.enum(['copying', 'encrypting', 'finishing']),
    done: z.number().int().nonnegative(),
    total: z.number().int().nonnegative(),
  }),
  /** What this device has is being removed, the key first; nothing can be asked meanwhile. */
  z.object({ phase: z.literal('wiping'), reason: WipeReason }),
  z.object({
    phase: z.literal('key_problem'),
    problem: KeyProblem,
    backend: z.string().nullable(),
    previousBackend: z.string().nullable(),
    /** Whether a recovery key was printed. */
    recovery: z.boolean(),
    ...atStake,
  }),
  z.object({
    phase: z.literal('cache_problem'),
    problem: CacheProblem,
    /** Name of the file, without its folder. */
    file: z.string(),
    /** Whether `app.recover` can set the file aside, salvage what the user wrote, and rebuild. */
    recoverable: z.boolean(),
    ...atStake,
  }),
  z.object({
    phase: z.literal('signed_out'),
    /** Filled in for the demo, so that one click signs in. */
    prefill: z.object({ gateway: z.string(), email: z.string(), password: z.string() }).nullable(),
    gateway: z.string().nullable(),
    reason: AuthErrorKind.nullable(),
    ...atStake,
  }),
  z.object({
    phase: z.literal('protocol_mismatch'),
    ours: z.number().int(),
    theirs: z.number().int().nullable(),
    ...atStake,
  }),
  z.object({
    phase: z.literal('ready'),
    me: User,
    workspace: Workspace,
    gateway: z.string(),
    /** Shown as a banner: how the key is kept when that is not safe. */
    keyWarning: z.enum(['plain_key_file', 'weak_backend']).nullable(),
    /** What a recovery at this start saved and set aside; null when there was none. */
    recovered: z
      .object({ at: Timestamp, outbox: z.number().int(), drafts: z.number().int(), setAside: z.string() })
      .nullable(),
  }),
]);
export type AppState = z.infer<typeof AppState>;

/** The connection to the gateway as the page shows it. */
export const ConnectionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('connecting'), attempt: z.number().int() }),
  /** Connected; events or first-sync pages are still to come. `done` and `total` count what the stage brings; messages for `history`. */
  z.object({
    state: z.literal('catching_up'),
    stage: z.enum(['events', 'conversations', 'contacts', 'history']),
    done: z.number().int(),
    total: z.number().int(),
  }),
  z.object({ state: z.literal('online') }),
  z.object({
    state: z.literal('offline'),
    since: Timestamp,
    retryAt: Timestamp.nullable(),
    attempt: z.number().int(),
  }),
  z.object({ state: z.literal('signed_out'), reason: AuthErrorKind.nullable() }),
  z.object({ state: z.literal('mismatch'), ours: z.number().int(), theirs: z.number().int().nullable() }),
]);
export type ConnectionState = z.infer<typeof ConnectionState>;
