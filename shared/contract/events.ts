/** What the main process tells the page without being asked. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';
import { EphemeralEvent } from '../protocol/ephemeral.ts';
import { BackupState } from './backup.ts';
import { ImportJob } from './imports.ts';
import { Deed } from '../protocol/errors.ts';
import { StorageTask } from './retention.ts';
import { ChangeSet } from './rows.ts';
import { Settings } from './settings.ts';
import { AppState, ConnectionState } from './state.ts';

export const pageEvents = {
  'app.state': AppState,
  changed: ChangeSet,
  connection: z.object({ connection: ConnectionState, unsent: z.number().int() }),
  ephemeral: EphemeralEvent,
  settings: Settings,
  /** How much of a file that is to be sent has gone to the gateway, 0 to 1; null: nothing of it is on its way any more. */
  upload: z.object({ mediaId: Id, share: z.number().min(0).max(1).nullable() }),
  /** An import has gone on: at most a few times in a second. */
  import: ImportJob,
  /** A backup or restore has gone on, or its settings have changed: at most a few times in a second. */
  backup: BackupState,
  /** An export of conversations has gone on; `end` null: there is more to come. `done` and `total` are conversations. */
  export: z.object({
    ticket: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    end: z.enum(['whole', 'stopped', 'failed']).nullable(),
  }),
  /** What was to be taken back stays as it is. `since`: what a colleague has done meanwhile (`by` null: unknown or somebody's telephone); null: too late. */
  'undo.refused': z.object({
    conversationId: Id,
    since: z.object({ by: z.string().nullable(), what: Deed.shape.what }).nullable(),
  }),
  /** A long task of the storage goes on; null: it has ended. */
  'storage.task': z.object({ task: StorageTask.nullable() }),
  /** It is about to be locked: what is being written is saved now, and `key.lock` says when that is done. */
  locking: z.object({}),
  /** Something worth a sound has arrived (the settings were asked already). */
  chime: z.object({ conversationId: Id }),
  /** Where the desktop has no notifications of its own (loopback): the page shows one, and opens the conversation when it is clicked. */
  notification: z.object({ title: z.string(), body: z.string(), conversationId: Id.nullable() }),
  /** Open this conversation (a notification was clicked, or a link to it). */
  'navigate.conversation': z.object({ conversationId: Id }),
} as const;

export type PageEvents = typeof pageEvents;
export type PageEventName = keyof PageEvents;
export type PageEventData<N extends PageEventName> = z.output<PageEvents[N]>;
