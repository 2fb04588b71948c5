/** Calls of backup, restore and the export of conversations, and what their page shows. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';
import { View } from './rows.ts';

/**
 * Why a backup or a restore did not work. `folder`: it cannot be written or read; `disk_full`; `not_a_backup`; `damaged`: something was
 * changed since it was written; `newer`: written by a newer version; `other_account`: of somebody else or another company; `no_key`: the
 * passphrase has to be typed again; `mismatch`: what was written is not what is here; `storage_off`: nothing of this workspace may be kept
 * on the disk; `stopped`: by the person; `failed`: see the log.
 */
export const BackupProblem = z.enum([
  'folder',
  'disk_full',
  'not_a_backup',
  'damaged',
  'newer',
  'other_account',
  'no_key',
  'mismatch',
  'storage_off',
  'stopped',
  'failed',
]);
export type BackupProblem = z.infer<typeof BackupProblem>;

export const BackupCounts = z.object({
  conversations: z.number().int(),
  contacts: z.number().int(),
  messages: z.number().int(),
  notes: z.number().int(),
  drafts: z.number().int(),
  /** Unsent: shown, never brought back, because somebody may have sent or discarded them since. */
  outbox: z.number().int(),
  files: z.number().int(),
  erased: z.number().int(),
});
export type BackupCounts = z.infer<typeof BackupCounts>;

export const BackupSchedule = z.enum(['off', 'daily', 'weekly']);
export type BackupSchedule = z.infer<typeof BackupSchedule>;

/** A backup that is whole and was verified. */
export const BackupDone = z.object({
  at: Timestamp,
  name: z.string(),
  bytes: z.number().int(),
  counts: BackupCounts,
});

/**
 * What becomes of the rows and files of a backup. `added`: they are not here; `blanked`: the same, without what they said, because the time
 * of that is over; `renewed`: an older state is here; `left`: as new or newer here, or erased; `over`: their time is over; `away`: the gateway
 * does not show their conversation or person to this user any more.
 */
export const RestoreTally = z.object({
  added: z.number().int(),
  blanked: z.number().int(),
  renewed: z.number().int(),
  left: z.number().int(),
  over: z.number().int(),
  away: z.number().int(),
});
export type RestoreTally = z.infer<typeof RestoreTally>;

export const RestoreDone = RestoreTally.extend({ at: Timestamp });

export const BackupJob = z.object({
  kind: z.enum(['backup', 'restore', 'inspect']),
  /** `waiting`: for the gateway's list of conversations; `comparing`: with what is here; `purging`: what is over its time goes first. */
  stage: z.enum(['copying', 'files', 'checking', 'waiting', 'comparing', 'purging', 'merging']),
  /** 0 to 1; null: not known yet. */
  share: z.number().min(0).max(1).nullable(),
});
export type BackupJob = z.infer<typeof BackupJob>;

export const BackupState = z.object({
  folder: z.string(),
  schedule: BackupSchedule,
  /** Older ones of this machine are removed when there are more. */
  keep: z.number().int(),
  /** Whether a passphrase was set and can be used without typing it. */
  hasKey: z.boolean(),
  nextAt: Timestamp.nullable(),
  /** Whether the desktop has a dialog to choose a folder. */
  canPick: z.boolean(),
  /** Off: nothing of this workspace may lie on a disk, so there are no backups. */
  storage: z.enum(['on', 'off']),
  job: BackupJob.nullable(),
  last: BackupDone.nullable(),
  lastRestore: RestoreDone.nullable(),
  problem: z
    .object({ kind: z.enum(['backup', 'restore']), problem: BackupProblem, at: Timestamp })
    .nullable(),
});
export type BackupState = z.infer<typeof BackupState>;

/** What lies in a folder, as its manifest says without a passphrase. */
export const BackupListed = z.object({
  folder: z.string(),
  name: z.string(),
  createdAt: Timestamp,
  bytes: z.number().int(),
});
export type BackupListed = z.infer<typeof BackupListed>;

export const RestoredKind = z.enum([
  'conversations',
  'contacts',
  'messages',
  'notes',
  'activities',
  'consents',
  'drafts',
  'files',
]);
export type RestoredKind = z.infer<typeof RestoredKind>;

/** What a restore would do if it were done now: the very rows that it would look at, by the very rules. */
export const BackupPreview = z.object({
  createdAt: Timestamp,
  workspace: z.string(),
  person: z.string(),
  kinds: z.array(RestoreTally.extend({ kind: RestoredKind, total: z.number().int() })),
  /** Unsent messages of then: never brought back, because somebody may have sent or discarded them since. */
  unsent: z.number().int(),
  oldestMessageAt: Timestamp.nullable(),
  newestMessageAt: Timestamp.nullable(),
  /** What is before these moments is not brought back, or without what it said (`text`): its time is over. */
  cutoffs: z.object({
    messages: Timestamp.nullable(),
    text: Timestamp.nullable(),
    notes: Timestamp.nullable(),
    files: Timestamp.nullable(),
  }),
});
export type BackupPreview = z.infer<typeof BackupPreview>;

export const ConversationExportFormat = z.enum(['html', 'text', 'json']);
export type ConversationExportFormat = z.infer<typeof ConversationExportFormat>;

const folder = z.string().min(1).max(4096);
const passphrase = z.string().min(1).max(1024);

export const backupCalls = {
  'backup.get': call(nothing, BackupState),
  /** Asks for a folder by the desktop's dialog; null: none was chosen, or there is no dialog. */
  'backup.pickFolder': call(nothing, z.object({ folder: folder.nullable() })),
  /** A new passphrase is for the backups from then on. Refused with `weak_passphrase`, and `invalid_value` for a folder that is none. */
  'backup.save': call(
    z.object({
      folder,
      schedule: BackupSchedule,
      keep: z.number().int().min(1).max(100),
      passphrase: passphrase.nullable(),
    }),
    BackupState,
  ),
  /** Begins a backup; how it goes on is told by the event `backup`. Refused with `key_unavailable` without a passphrase. */
  'backup.start': call(nothing, nothing),
  'backup.cancel': call(nothing, nothing),
  /** Backups in a folder, newest first. */
  'backup.list': call(z.object({ folder }), z.array(BackupListed)),
  /** Opens a backup, looks through all of it, and says what restoring it would do; a job like the others. Refused with `wrong_passphrase`; `invalid_value` with a BackupProblem. */
  'backup.inspect': call(z.object({ folder, passphrase }), BackupPreview),
  /** Merges a backup into what is here. Goes on after a crash by itself. */
  'backup.restore': call(z.object({ folder, passphrase }), nothing),
  /** Conversations as a file, behind a ticket. Restricted and erased people are left out, and counted. */
  'conversations.export': call(
    z.object({
      scope: z.union([
        z.object({ conversationIds: z.array(Id).min(1).max(5000) }),
        z.object({ view: View }),
        z.object({ all: z.literal(true) }),
      ]),
      format: ConversationExportFormat,
    }),
    z.object({
      ticket: z.string(),
      fileName: z.string(),
      conversations: z.number().int(),
      restricted: z.number().int(),
    }),
  ),
  /** The file is cut off where it is. */
  'conversations.stopExport': call(z.object({ ticket: z.string() }), nothing),
};
