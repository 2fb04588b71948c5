/**
 * What a gateway promises about the data of its customers, as data: every figure carries the words that it comes from, and `null`
 * means "the policy does not say", which is never "unlimited". Fields after the first version of the wire have defaults that say
 * "not stated", so that the profile of an older gateway still parses: read a stored profile through `PolicyProfile.parse`.
 */
import { z } from 'zod';
import { ContactPoint } from './contact-point.ts';
import { Timestamp } from './time.ts';

/**
 * A promised number with the words of the policy that it comes from; an empty `source`: there are no words to quote.
 * `configurable`: the policy calls the number a default that the customer may change at the gateway.
 */
export const Promised = z.object({
  value: z.number().nonnegative().nullable(),
  source: z.string(),
  configurable: z.boolean().optional(),
});
export type Promised = z.infer<typeof Promised>;

/** A promise in words, with what it is quoted from; `value` null: not stated. */
export const StatedText = z.object({ value: z.string().nullable(), source: z.string() });
export type StatedText = z.infer<typeof StatedText>;

/** Who answers a request: the gateway itself, the customer company (controller), or nobody, because it is not promised. */
export const RightHolder = z.enum(['gateway', 'controller', 'not_promised']);
export type RightHolder = z.infer<typeof RightHolder>;

export const RIGHTS = ['access', 'rectify', 'erase', 'port', 'restrict', 'object', 'withdraw'] as const;
export const Right = z.enum(RIGHTS);
export type Right = z.infer<typeof Right>;

/** `anonymise`: time, direction and status stay; no name, number, text, file or reversible hash. */
export const PurgeMode = z.enum(['delete', 'anonymise']);
export type PurgeMode = z.infer<typeof PurgeMode>;

/** What storage being off does not reach at the gateway, by its own words. */
export const StorageException = z.enum([
  'temporary_processing',
  'technical_logs',
  'backups',
  'security',
  'law',
]);
export type StorageException = z.infer<typeof StorageException>;

/** How a change of the policy takes effect: told before, or by going on using the service. */
export const NoticeRule = z.enum(['before_effect', 'continued_use', 'not_stated']);
export type NoticeRule = z.infer<typeof NoticeRule>;

/**
 * What the gateway signs its profile with: Ed25519 over `payload` (UTF-8), which is `{workspaceId, profile}` as JSON, the profile without
 * this field. `publicKey` (32 bytes) and `value` (64 bytes) are base64url. `electron/app/promises/signature.ts` checks it.
 */
export const PolicySignature = z.object({ publicKey: z.string(), payload: z.string(), value: z.string() });
export type PolicySignature = z.infer<typeof PolicySignature>;

const notStated = () => ({ value: null, source: '' });
const promised = Promised.default(notStated);
const stated = StatedText.default(notStated);

export const PolicyProfile = z.object({
  id: z.string(),
  name: z.string(),
  /** Counts up with every change; a profile with a lower one never replaces a higher one. */
  version: z.number().int().positive(),
  /** When this version came, or will come, into force. */
  effectiveAt: Timestamp,
  /** When the gateway told of this version; null: not stated. */
  announcedAt: Timestamp.nullable().default(null),
  /** The "last updated" of the published text; null: it has none. */
  documentUpdatedAt: Timestamp.nullable().default(null),
  documentUrl: z.string().nullable().default(null),

  /** `off`: nothing of this workspace may be stored at rest on a desktop. */
  storage: z.enum(['on', 'off']),
  /** Whether the customer can switch storage at the gateway, and what the gateway keeps all the same. */
  storageSwitch: z
    .object({ offered: z.boolean(), exceptions: z.array(StorageException), source: z.string() })
    .default(() => ({ offered: false, exceptions: [], source: '' })),
  /** `official`: the provider's own interface (true), another way (false), or not stated (null). A channel's own word counts more. */
  transport: z
    .object({ official: z.boolean().nullable(), source: z.string() })
    .default(() => ({ official: null, source: '' })),

  messageLogDays: Promised,
  messageContentDays: Promised,
  mediaDays: promised,
  /** How long a deleted message lives on in the gateway's backups. */
  backupDays: Promised,
  /** Until personal data is gone after the end of the contract. */
  terminationDays: Promised,
  accountDataDays: promised,
  /** Years for which the gateway keeps invoices; a desktop keeps none. */
  financeYears: promised,
  /** Contacts never expire by age here, whatever is stated. */
  contactsKept: stated,
  anonymisedKept: stated,
  purgeModes: z
    .object({ offered: z.array(PurgeMode).min(1), source: z.string() })
    .default(() => ({ offered: ['delete' as const], source: '' })),

  /** Calendar days to answer a request of a data subject. */
  requestDays: Promised,
  /** Business days to answer any other mail. */
  mailBusinessDays: promised,
  breachHours: Promised,
  minimumAge: Promised,
  noticeDays: Promised,
  notice: z
    .object({ rule: NoticeRule, source: z.string() })
    .default(() => ({ rule: 'not_stated' as const, source: '' })),

  /** Connections below this version are refused. 1.2 is the floor here, also where nothing is promised. */
  minimumTls: z.enum(['1.2', '1.3']),
  tls: stated,
  cipher: stated,
  staffTwoFactor: stated,

  rights: z.object({
    access: RightHolder,
    rectify: RightHolder,
    erase: RightHolder,
    port: RightHolder,
    restrict: RightHolder,
    object: RightHolder,
    withdraw: RightHolder,
  }),
  /** The words that each right, or its absence, comes from. */
  rightSources: z.partialRecord(Right, z.string()).default(() => ({})),
  portability: z
    .object({ formats: z.array(z.enum(['json', 'csv'])), source: z.string() })
    .default(() => ({ formats: [], source: '' })),
  /** The complaint to a data protection authority that the policy names for people in the EU. */
  dpaComplaint: stated,
  /** What the customer must have before importing contacts and before writing first. */
  consentDemand: z
    .object({ lawfulSource: z.boolean(), recordedOptIn: z.boolean(), source: z.string() })
    .default(() => ({ lawfulSource: false, recordedOptIn: false, source: '' })),
  /** Who has to make backups of the customer's data. */
  customerBackups: stated,

  /** The gateway's own office for requests, as published, blanks and all: ask `usableContactPoint` before writing. */
  gatewayContact: ContactPoint.nullable().default(null),
  /** The office of the customer company, which is the controller. */
  controllerContact: ContactPoint.nullable().default(null),
  rev: z.number().int().nonnegative(),
  /** Left out: a gateway that does not sign. */
  signature: PolicySignature.optional(),
});
export type PolicyProfile = z.infer<typeof PolicyProfile>;

/** A profile before a gateway puts it into force, which gives it its version and its time. */
export type ReadyProfile = Omit<PolicyProfile, 'version' | 'rev' | 'effectiveAt' | 'signature'>;
