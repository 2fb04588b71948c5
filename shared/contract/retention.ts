/** How long things are kept here, what a change would do, what was purged, and what the gateway promised. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';
import { HoldScope, LegalHold } from '../domain/legal-hold.ts';
import { PolicyProfile, PurgeMode } from '../domain/policy.ts';
import { BreachNotice } from '../domain/policy-clocks.ts';
import { DeviceRetention, RetentionClass, WorkspaceRetention } from '../domain/retention.ts';
import { Timestamp } from '../domain/time.ts';
import { Notice } from '../domain/workspace.ts';
import { call, nothing } from './call.ts';
import { View } from './rows.ts';

/** Things by class that a purge takes, or took. `bytes`: about. */
export const PurgeCounts = z.object({
  messages: z.number().int(),
  /** Messages whose text goes while time, direction and status stay. */
  blanked: z.number().int(),
  anonymised: z.number().int(),
  notes: z.number().int(),
  files: z.number().int(),
  activities: z.number().int(),
  previews: z.number().int(),
  quarantined: z.number().int(),
  audit: z.number().int(),
});
export type PurgeCounts = z.infer<typeof PurgeCounts>;

export const PurgeReason = z.enum(['start', 'daily', 'rule', 'manual', 'storage_off', 'space', 'restore']);
export type PurgeReason = z.infer<typeof PurgeReason>;

export const PurgeReceipt = z.object({
  id: Id,
  reason: PurgeReason,
  startedAt: Timestamp,
  finishedAt: Timestamp,
  mode: PurgeMode,
  /** What was older than this went, by class; null: nothing by age. */
  cutoffs: z.record(RetentionClass, Timestamp.nullable()),
  counts: PurgeCounts,
  /** Bytes of the file and its journal. */
  before: z.number().int(),
  after: z.number().int(),
  /** The scan of the raw files afterwards; null: nothing to look for. `samples` strings were looked for. */
  scan: z
    .object({
      files: z.number().int(),
      bytes: z.number().int(),
      samples: z.number().int(),
      found: z.number().int(),
    })
    .nullable(),
  /** The gateway's backups may hold it until then; null: not stated. */
  backupsUntil: Timestamp.nullable(),
});
export type PurgeReceipt = z.infer<typeof PurgeReceipt>;

export const PurgePreview = z.object({
  messages: z.number().int(),
  conversations: z.number().int(),
  blanked: z.number().int(),
  notes: z.number().int(),
  files: z.number().int(),
  /** About: rows at their mean size, files as they are. */
  bytes: z.number().int(),
  /** Messages that are over their time and that a legal hold keeps. */
  held: z.number().int(),
  /** Time of the oldest message that stays; null: none does. */
  oldestStays: Timestamp.nullable(),
});
export type PurgePreview = z.infer<typeof PurgePreview>;

/** A rule somebody may be about to save. */
const Draft = z.object({
  workspace: WorkspaceRetention.strict().nullable(),
  device: DeviceRetention.strict().nullable(),
});

export const RetentionView = z.object({
  policy: PolicyProfile.nullable(),
  /** Whether it can be believed that the gateway said this. Fingerprints are for comparing by eye. */
  signature: z.object({
    doubt: z
      .object({
        version: z.number().int(),
        signature: z.enum(['unsigned', 'invalid', 'other_key']),
      })
      .nullable(),
    /** The key that this device remembers. */
    key: z.object({ fingerprint: z.string(), since: Timestamp }).nullable(),
    /** Another one that the newest profile is signed with. */
    offered: z.object({ publicKey: z.string(), fingerprint: z.string() }).nullable(),
  }),
  /** All that were told, the lowest version first. */
  versions: z.array(PolicyProfile),
  workspace: WorkspaceRetention,
  device: DeviceRetention,
  holds: z.array(LegalHold),
  breaches: z.array(BreachNotice),
  mayEdit: z.boolean(),
  running: z.boolean(),
  receipts: z.array(PurgeReceipt),
  /** The clock of this machine against the gateway's. */
  deviceClock: z.enum(['right', 'fast', 'slow']),
  now: Timestamp,
  timeZone: z.string(),
});
export type RetentionView = z.infer<typeof RetentionView>;

export const SpaceClass = z.enum([
  'messages',
  'notes',
  'contacts',
  'search',
  'files',
  'journal',
  'other',
  'free',
]);
export type SpaceClass = z.infer<typeof SpaceClass>;

/** `done` of `total` parts: pages that are given back, or tables that are looked through. */
export const StorageTask = z.object({
  kind: z.enum(['compact', 'check']),
  done: z.number().int(),
  total: z.number().int(),
});
export type StorageTask = z.infer<typeof StorageTask>;

export const StorageView = z.object({
  folder: z.string(),
  mode: z.enum(['on', 'off']),
  classes: z.array(z.object({ class: SpaceClass, bytes: z.number().int(), count: z.number().int() })),
  conversations: z.array(
    z.object({
      conversationId: Id,
      contactName: z.string(),
      messages: z.number().int(),
      files: z.number().int(),
      bytes: z.number().int(),
      pinned: z.boolean(),
    }),
  ),
  /** Views whose conversations keep their files here. */
  views: z.array(View),
  /** What takes long and runs now. */
  task: StorageTask.nullable(),
  /** Bytes that files may take; null: no limit. */
  mediaLimit: z.number().int().nullable(),
  index: z.object({ indexed: z.number().int(), total: z.number().int(), bytes: z.number().int() }),
});
export type StorageView = z.infer<typeof StorageView>;

export const retentionCalls = {
  'retention.get': call(nothing, RetentionView),
  'retention.preview': call(Draft, PurgePreview),
  /** For owners: from now on profiles signed with this key are believed. `not_found`: it is not the one that is offered. */
  'policy.trustKey': call(z.object({ publicKey: z.string().max(100) }), nothing),
  /** For owners. */
  'retention.save': call(
    z.object({ rule: WorkspaceRetention.omit({ updatedAt: true, updatedBy: true, rev: true }).strict() }),
    nothing,
  ),
  /** Refused with `forbidden` when it asks for more than the gateway and the workspace allow. */
  'retention.device': call(z.object({ rule: DeviceRetention.strict() }), nothing),
  'retention.purge': call(nothing, z.object({ receipt: PurgeReceipt.nullable() })),
  'hold.save': call(
    z.object({
      holdId: Id.nullable(),
      scope: HoldScope,
      reason: z.string().trim().min(1).max(2000),
      reviewAt: Timestamp,
    }),
    z.object({ holdId: Id }),
  ),
  'hold.release': call(z.object({ holdId: Id }), nothing),
  /** Who is signed in has understood it: it is not shown to them again, on no device. */
  'notice.acknowledge': call(z.object({ notice: Notice }), nothing),
  'storage.get': call(nothing, StorageView),
  'storage.limit': call(z.object({ mediaLimit: z.number().int().min(1_000_000).nullable() }), nothing),
  'storage.pin': call(z.object({ conversationId: Id, pinned: z.boolean() }), nothing),
  /** The files of all conversations that are in the view when space is made stay. */
  'storage.pinView': call(z.object({ view: View, pinned: z.boolean() }), nothing),
  /** `dry`: says what would go. Files of messages that are not pinned, those not looked at for longest first, down to `target` bytes. */
  'storage.free': call(
    z.object({ target: z.number().int().nonnegative(), dry: z.boolean() }),
    z.object({ files: z.number().int(), bytes: z.number().int() }),
  ),
  /** Refused with `not_ready` while another task runs, as the next. `cancelled`: what was done until then stays done. */
  'storage.compact': call(
    nothing,
    z.object({ before: z.number().int(), after: z.number().int(), cancelled: z.boolean() }),
  ),
  'storage.check': call(
    nothing,
    z.object({ ok: z.boolean(), problems: z.number().int(), cancelled: z.boolean() }),
  ),
  /** Ends the task after its present step; nothing to do where none runs. */
  'storage.cancel': call(nothing, nothing),
  'storage.reindex': call(nothing, nothing),
} as const;
