/** A copy of the cache for a backup, and what a restore reads out of one. Byte strings never leave the process but as rows of that copy. */
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Activity } from '../../../shared/domain/activity.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import type { StoredSession } from '../api.ts';

/** Rows of what people know by name; `outbox` counts what is unsent. */
export type CopyCounts = {
  conversations: number;
  contacts: number;
  messages: number;
  notes: number;
  drafts: number;
  outbox: number;
  files: number;
  erased: number;
};

/** `sound`: SQLite's integrity check found nothing. `owner`: whose copy it is. */
export type CopyReport = {
  sound: boolean;
  schema: number;
  counts: CopyCounts;
  owner: Pick<StoredSession, 'me' | 'workspace'> | null;
  oldestMessageAt: number | null;
  newestMessageAt: number | null;
};

/** An encrypted file that the copy has the key of. `id`: of the media; `at`: the time of its message. */
export type CopyFile = {
  id: string;
  conversationId: string;
  file: string;
  key: Uint8Array;
  size: number;
  sha256: string;
  at: number;
};

/** One kind after the other, in this order: later ones hang on earlier ones. */
export const PORTION_KINDS = [
  'erased',
  'contacts',
  'conversations',
  'messages',
  'notes',
  'activities',
  'consents',
  'drafts',
  'files',
] as const;
export type PortionKind = (typeof PORTION_KINDS)[number];

/** What a portion of each kind holds: the gateway's states, never what was only pending. */
export type PortionRows = {
  erased: { id: string; kind: string; at: number }[];
  contacts: Contact[];
  conversations: Conversation[];
  messages: Message[];
  notes: Note[];
  activities: Activity[];
  consents: ConsentEntry[];
  drafts: { conversationId: string; text: string; updatedAt: number }[];
  files: CopyFile[];
};
export type Portion = { [K in PortionKind]: { kind: K; rows: PortionRows[K] } }[PortionKind];

/** `last`: where the next one begins; null: that was all. */
export type NextPortion = { portion: Portion; last: number | string } | null;

/**
 * What becomes of a row of a copy. `added`: it is not here; `blanked`: the same, without what it said, because the time of that is over;
 * `renewed`: an older state is here; `left`: as new or newer here, or erased; `over`: its time is over; `away`: the gateway does not show
 * its conversation or person to this user any more.
 */
export const VERDICTS = ['added', 'blanked', 'renewed', 'left', 'over', 'away'] as const;
export type Verdict = (typeof VERDICTS)[number];
export type Tally = Record<Verdict, number>;

export type RestoreReader = {
  /** What becomes of each of these files, before their bytes are brought here. */
  judgeFiles(rows: Pick<CopyFile, 'id' | 'conversationId' | 'at'>[]): Promise<Verdict[]>;
};

export type RestoreWriter = {
  /**
   * Takes one portion of a copy in, by the rules of everything that comes late from the gateway: never an older state over a newer one,
   * and nothing that is older than what the last purge left. The bytes of its files lie in the folder already; those not taken are
   * discarded.
   */
  restorePortion(input: { portion: Portion }): Promise<{ tally: Tally; changes: ChangeSet }>;
};
