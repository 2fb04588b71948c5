/** The calls about lock, key, lost device and the self-check. */
import { z } from 'zod';
import { Timestamp } from '../domain/time.ts';
import { WipeReceipt } from '../protocol/session.ts';
import { call, nothing } from './call.ts';
import { KeyMode, WipeReason } from './state.ts';

const Passphrase = z.string().max(1024).nullable();

/** The passphrase of now, asked again before anything about the key is changed; null where there is none. */
const present = { present: Passphrase };

export const KeyStanding = z.object({
  mode: KeyMode.nullable(),
  backend: z.string().nullable(),
  /** What this machine offers, best first. */
  options: z.array(z.object({ mode: KeyMode, backend: z.string().nullable(), weak: z.boolean() })),
  /** When the recovery key was made and when somebody showed to have it on paper; null: there is none. */
  recovery: z.object({ createdAt: Timestamp, confirmedAt: Timestamp.nullable() }).nullable(),
});
export type KeyStanding = z.infer<typeof KeyStanding>;

/** What was done about a lost device, or on the word of the gateway; holds no names and no texts. */
export const LostReceipt = z.object({
  at: Timestamp,
  reason: WipeReason.default('lost'),
  /** With `lost`: when the gateway ended the session; null: it does not know yet. */
  endedAt: Timestamp.nullable(),
  /** Whether the session could be read: reported from the lock screen it could not, so nobody was told. */
  wasOpen: z.boolean().default(true),
  /** Null: only locked. */
  wiped: WipeReceipt.nullable(),
  /** With `remote`: when the gateway got this receipt; null: not yet. */
  reportedAt: Timestamp.nullable().default(null),
});
export type LostReceipt = z.infer<typeof LostReceipt>;

/** `not_applicable`: this does not exist where the application runs now. */
export const CheckVerdict = z.enum(['good', 'warning', 'bad', 'unknown', 'not_applicable']);
export type CheckVerdict = z.infer<typeof CheckVerdict>;

export const CheckSubject = z.enum([
  'cipher',
  'kdf',
  'pages',
  'key',
  'recovery',
  'permissions',
  'connection',
  'lock',
  'fuses',
]);
export type CheckSubject = z.infer<typeof CheckSubject>;

/** `reason`: a code that the page has words for; `values` are what was read, to be shown as it is. */
export const SecurityCheck = z.object({
  subject: CheckSubject,
  verdict: CheckVerdict,
  reason: z.string(),
  values: z.array(z.string()),
});
export type SecurityCheck = z.infer<typeof SecurityCheck>;

export const securityCalls = {
  /** Locks now. Also the answer to the event `locking`, once what was being written is saved. */
  'key.lock': call(nothing, nothing),
  /** Somebody uses the window: the clock of the lock begins anew. */
  'window.touched': call(nothing, nothing),
  /** How much waits to be sent that is in memory alone: whoever closes the window is asked first. */
  'window.lostOnQuit': call(nothing, z.object({ lost: z.number().int().nonnegative() })),
  /** Opens a locked cache, or one whose key cannot be reached, by the printed key; from then on it is kept as chosen. */
  'key.recover': call(
    z.object({
      recoveryKey: z.string().min(1).max(200),
      mode: KeyMode,
      passphrase: Passphrase,
      acceptWeak: z.boolean(),
    }),
    nothing,
  ),
  'key.standing': call(nothing, KeyStanding),
  /** Keeps the same key in another way: sets, changes or removes the passphrase. */
  'key.keep': call(
    z.object({ mode: KeyMode, passphrase: Passphrase, acceptWeak: z.boolean(), ...present }),
    nothing,
  ),
  /** A new recovery key; the one before opens nothing any more. It is answered once and kept nowhere. */
  'key.makeRecovery': call(z.object(present), z.object({ groups: z.array(z.string()) })),
  /** Whether this is the group (0 is the first) of the key that was just made. */
  'key.confirmRecovery': call(
    z.object({ group: z.number().int().min(0).max(7), typed: z.string().max(40) }),
    z.object({ right: z.boolean() }),
  ),
  /** Encrypts the cache with a new key. Answers when it is open again; meanwhile the phase is `rotating`. */
  'key.rotate': call(z.object(present), nothing),
  /** Ends the session at the gateway (now, or as soon as it can be reached), locks, and wipes when asked to. */
  'device.lost': call(z.object({ wipe: z.boolean() }), LostReceipt),
  /** What `device.lost` did last, until it was dismissed. */
  'device.receipt': call(nothing, LostReceipt.nullable()),
  'device.dismissReceipt': call(nothing, nothing),
  'security.check': call(nothing, z.array(SecurityCheck)),
} as const;
