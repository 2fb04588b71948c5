/** The local audit: who did what on this machine, in ids and numbers. Read by owners; everybody may know that it exists. */
import { z } from 'zod';
import { Id } from '../domain/id.ts';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';

/** What can be asked for; which actions each is stands in `AUDIT_ACTIONS`. */
export const AuditKind = z.enum([
  'view',
  'search',
  'file',
  'export',
  'import',
  'rights',
  'erase',
  'access',
  'settings',
  'override',
  'gateway',
]);
export type AuditKind = z.infer<typeof AuditKind>;

/** Actions, or what they begin with before a dot. One that stands nowhere is found under "all" only. */
export const AUDIT_ACTIONS: Record<AuditKind, readonly string[]> = {
  view: ['view'],
  search: ['search'],
  file: ['file', 'copy'],
  export: [
    'contacts.export',
    'conversations.export',
    'audit.export',
    'diagnostics.bundle',
    'rights.bundle',
    'backup',
  ],
  import: ['import', 'contacts.import'],
  rights: ['rights', 'contact.restrict', 'contact.unrestrict'],
  erase: ['contact.erase', 'retention.purge', 'storage.free', 'wipe'],
  access: ['session', 'key', 'device'],
  settings: [
    'settings',
    'retention.save',
    'retention.device',
    'hold',
    'policy',
    'notice',
    'storage.limit',
    'storage.reindex',
  ],
  override: ['message.override'],
  gateway: ['gateway'],
};

export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Timestamp,
  /** Null: the application by itself, or somebody before anybody was signed in. */
  actorId: z.string().nullable(),
  action: z.string(),
  subjects: z.array(z.string()),
  counts: z.record(z.string(), z.number()),
  reason: z.string().nullable(),
  previous: z.string(),
  hash: z.string(),
});

const place = z.object({ seq: z.number().int().nonnegative(), hash: z.string().max(64) });

export const auditCalls = {
  /** For everybody: that it is kept, since when, how much, and whether the one who asks may read it. */
  'audit.state': call(
    nothing,
    z.object({ entries: z.number().int(), since: Timestamp.nullable(), mayRead: z.boolean() }),
  ),
  /** Newest first. `personId`: who did it, or whom it was about. Owners only, as all that follow. */
  'audit.list': call(
    z.object({
      kind: AuditKind.nullable(),
      personId: z.string().max(64).nullable(),
      from: Timestamp.nullable(),
      /** Up to, without it. */
      to: Timestamp.nullable(),
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ entries: z.array(AuditEntry), next: z.number().int().nullable() }),
  ),
  /** Checks the next stretch of the chain after `after` (null: from its beginning); asked again with `next` until that is null. */
  'audit.verify': call(
    z.object({ after: place.nullable() }),
    z.object({
      checked: z.number().int(),
      total: z.number().int(),
      /** The first entry that does not fit what is before it. */
      brokenAt: z.number().int().nullable(),
      next: place.nullable(),
    }),
  ),
  /** All of it as JSON lines with their hashes, behind a ticket. */
  'audit.export': call(
    nothing,
    z.object({ ticket: z.string(), fileName: z.string(), entries: z.number().int() }),
  ),
  /** What only the page knows: something was opened to be read, saved as a file, or copied. */
  'audit.tell': call(
    z.object({
      what: z.enum(['view.contact', 'file.save', 'copy.message']),
      id: Id.or(z.string().min(1).max(64)),
    }),
    nothing,
  ),
} as const;
