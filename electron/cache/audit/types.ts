/**
 * What was done with people's data on this machine, by whom and when: added, never changed. Each entry has the hash of the one before it, so
 * that one that was changed or taken out shows. Holds ids, counts and a reason that was given; no names and no text of messages.
 */
export type AuditEntry = {
  /** 1, 2, 3 … without holes. */
  seq: number;
  at: number;
  /** Null: the application by itself. */
  actorId: string | null;
  /** For example `contact.erase`, `contacts.export`. */
  action: string;
  /** Ids of what it was about. */
  subjects: string[];
  counts: Record<string, number>;
  /** A code, or the words that were given as the reason. */
  reason: string | null;
  /** Hash of the entry before; 64 zeros for the first. */
  previous: string;
  /** SHA-256 of all the above, as hex. */
  hash: string;
};

export type NewAuditEntry = Omit<AuditEntry, 'seq' | 'previous' | 'hash'>;

/** `brokenAt`: number of the first entry that does not fit what is before it; null: all fit. */
export type AuditCheck = { entries: number; brokenAt: number | null };

/** `actions`: these, or what begins with one of them and a dot. `personId`: who did it or was a subject. `to` is not included. */
export type AuditFilter = {
  actions?: readonly string[] | null;
  personId?: string | null;
  from?: number | null;
  to?: number | null;
};

/** The last entry that was found right. */
export type AuditPlace = { seq: number; hash: string };

export type AuditReader = {
  /** Newest first, from before `before` (a `seq`; null: the newest). */
  audit(input: { before: number | null; limit: number } & AuditFilter): Promise<AuditEntry[]>;
  /** Oldest first, after `after` (0: from the beginning). */
  auditAfter(input: { after: number; limit: number }): Promise<AuditEntry[]>;
  auditExtent(): Promise<{ entries: number; since: number | null }>;
  /** At most `limit` entries after a place that was right (null: from the beginning). `next` null: that was all, or it is broken. */
  verifyAuditPart(input: {
    after: AuditPlace | null;
    limit: number;
  }): Promise<AuditCheck & { next: AuditPlace | null }>;
  verifyAudit(): Promise<AuditCheck>;
};

export type AuditWriter = {
  appendAudit(entry: NewAuditEntry): Promise<AuditEntry>;
  /** Several in one transaction, in their order. */
  appendAudits(input: { entries: readonly NewAuditEntry[] }): Promise<void>;
};
