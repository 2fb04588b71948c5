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

/** An encrypted file that the copy has the key of. */
export type CopyFile = {
  id: string;
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

/** Things before these moments are not brought back; null: no limit by age. */
export type RestoreCutoffs = { messages: number | null; notes: number | null; files: number | null };

/** `added`: were not here; `renewed`: an older state was here; `left`: as new or newer here, erased, or its time is over. */
export type RestoreOutcome = { added: number; renewed: number; left: number; changes: ChangeSet };

export type RestoreWriter = {
  /** Takes one portion of a copy in, by the rules of everything that comes from the gateway: never an older state over a newer one. */
  restorePortion(input: { portion: Portion; cutoffs: RestoreCutoffs }): Promise<RestoreOutcome>;
};
