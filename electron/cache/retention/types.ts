/** What the rest of the application may ask about retention and space. */
import type {
  PurgeCounts,
  PurgePreview,
  PurgeReason,
  PurgeReceipt,
  StorageView,
} from '../../../shared/contract/retention.ts';
import type { ChangeSet, View } from '../../../shared/contract/rows.ts';
import type { LegalHold } from '../../../shared/domain/legal-hold.ts';
import type { BreachNotice } from '../../../shared/domain/policy-clocks.ts';
import type { WorkspaceTermination } from '../../../shared/domain/termination.ts';
import type { PreciousRows } from './carry.ts';
import type { PolicyProfile, PurgeMode } from '../../../shared/domain/policy.ts';
import type { RetentionClass, WorkspaceRetention } from '../../../shared/domain/retention.ts';

export type Cutoffs = Record<RetentionClass, number | null>;
export type Held = { all: boolean; conversationIds: string[]; contactIds: string[] };

/** Shards of the search index of which nothing stays: they are dropped as a whole. */
export type PurgeOutline = { drop: number[] };

export type PurgePlan = {
  id: string;
  reason: PurgeReason;
  now: number;
  mode: PurgeMode;
  cutoffs: Cutoffs;
  held: Held;
  drop: number[];
  before: number;
  /** Nothing is over its time: only what comes late has to be refused from now on, and the audit looked at. */
  nothing?: boolean;
};

export const PURGE_PHASES = [
  'notes',
  'messages',
  'media',
  'activities',
  'conversations',
  'rest',
  'vacuum',
  'done',
] as const;
export type PurgePhase = (typeof PURGE_PHASES)[number];

export type PurgeRun = { plan: PurgePlan; phase: PurgePhase; position: string | number; counts: PurgeCounts };

export type RetentionReader = {
  /** Null parts: no snapshot has told them yet. */
  rules(): Promise<{
    policy: PolicyProfile | null;
    versions: PolicyProfile[];
    workspace: WorkspaceRetention | null;
    holds: LegalHold[];
    breaches: BreachNotice[];
    termination: WorkspaceTermination | null;
  }>;
  purgePreview(input: { cutoffs: Cutoffs; held: Held }): Promise<PurgePreview>;
  purgeOutline(input: { cutoffs: Cutoffs; held: Held }): Promise<PurgeOutline>;
  /** Beginnings of texts that are over their time, for the scan of the raw files. */
  purgeSamples(input: { cutoffs: Cutoffs; held: Held; limit: number }): Promise<string[]>;
  runningPurge(): Promise<PurgeRun | null>;
  receipts(): Promise<PurgeReceipt[]>;
  /** What `purgeTime` gave for the last purge; null: none yet. */
  lastPurge(): Promise<number | null>;
  space(input: { limit: number }): Promise<Pick<StorageView, 'classes' | 'conversations' | 'index'>>;
  /** Bytes of all files of messages on this machine. */
  mediaBytes(): Promise<number>;
  /** Files on this machine that may go, those not looked at for longest first. `views`: what is in them stays. */
  evictable(input: { views: View[]; me: string; now: number }): Promise<{ id: string; size: number }[]>;
  precious(): Promise<PreciousRows>;
  checkedTables(): Promise<string[]>;
  checkTable(input: { name: string }): Promise<{ problems: number }>;
  /** Pages of the file that hold nothing. */
  freePages(): Promise<number>;
};

export type RetentionWriter = {
  /** One at a time: a second one is refused with `conflict` while one runs. */
  startPurge(plan: PurgePlan): Promise<void>;
  /** Goes on for about so long. Answers whether more is left. */
  purgeStep(input: { budgetMs: number }): Promise<{ more: boolean; phase: PurgePhase; changes: ChangeSet }>;
  finishPurge(receipt: PurgeReceipt): Promise<void>;
  /** It found nothing: no receipt is kept. */
  dropPurge(input: { id: string }): Promise<void>;
  setPin(input: { conversationId: string; pinned: boolean }): Promise<void>;
  mediaUsed(input: { id: string; now: number }): Promise<void>;
  /** The files leave this machine and can be had again from the gateway. */
  evict(input: { ids: string[] }): Promise<ChangeSet>;
  /** One step of giving free pages back. */
  compactStep(): Promise<{ more: boolean }>;
  rebuildIndex(): Promise<void>;
  adopt(rows: PreciousRows): Promise<void>;
};
