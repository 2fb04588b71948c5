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

export type AuditReader = {
  /** Newest first, from before `before` (a `seq`; null: the newest). */
  audit(input: { before: number | null; limit: number }): Promise<AuditEntry[]>;
  verifyAudit(): Promise<AuditCheck>;
};

export type AuditWriter = {
  appendAudit(entry: NewAuditEntry): Promise<AuditEntry>;
};
