import type { SyncState } from '../api.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';

type Row = {
  cursor: number;
  stage: SyncState['stage'];
  next: string | null;
  conversations: number;
  messages: number;
  total_conversations: number;
  total_messages: number;
  epoch: number;
};

/** `epoch` counts first syncs: rows of an older one are leftovers that the pages of this one replace. */
export type StoredSyncState = SyncState & { epoch: number };

export function readSyncState(db: ReadableDb): StoredSyncState {
  const row = db.get<Row>`
    SELECT cursor, stage, next, conversations, messages, total_conversations, total_messages, epoch FROM sync_state`;
  if (row === undefined) throw new Error('sync_state has no row');
  return {
    cursor: row.cursor,
    stage: row.stage,
    next: row.next,
    conversations: row.conversations,
    messages: row.messages,
    totals: { conversations: row.total_conversations, messages: row.total_messages },
    epoch: row.epoch,
  };
}

export function writeSyncState(db: WritableDb, state: StoredSyncState): void {
  db.run`
    UPDATE sync_state SET cursor = ${state.cursor}, stage = ${state.stage}, next = ${state.next},
      conversations = ${state.conversations}, messages = ${state.messages},
      total_conversations = ${state.totals.conversations}, total_messages = ${state.totals.messages},
      epoch = ${state.epoch}`;
}

/** The part that the outside sees. */
export function publicSyncState({ epoch: _, ...state }: StoredSyncState): SyncState {
  return state;
}
