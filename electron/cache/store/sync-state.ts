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
  contacts_done: 0 | 1;
  contacts_next: string | null;
  contacts: number;
  total_contacts: number;
  epoch: number;
};

/** `epoch` counts first syncs: rows of an older one are leftovers that the pages of this one replace. */
export type StoredSyncState = SyncState & { epoch: number };

/** Before its first page. */
export const NOTHING_YET = {
  next: null,
  conversations: 0,
  messages: 0,
  contacts: { done: false, next: null, count: 0 },
  totals: { conversations: 0, messages: 0, contacts: 0 },
} as const;

export function readSyncState(db: ReadableDb): StoredSyncState {
  const row = db.get<Row>`
    SELECT cursor, stage, next, conversations, messages, total_conversations, total_messages,
      contacts_done, contacts_next, contacts, total_contacts, epoch FROM sync_state`;
  if (row === undefined) throw new Error('sync_state has no row');
  return {
    cursor: row.cursor,
    stage: row.stage,
    next: row.next,
    conversations: row.conversations,
    messages: row.messages,
    contacts: { done: row.contacts_done === 1, next: row.contacts_next, count: row.contacts },
    totals: {
      conversations: row.total_conversations,
      messages: row.total_messages,
      contacts: row.total_contacts,
    },
    epoch: row.epoch,
  };
}

export function writeSyncState(db: WritableDb, state: StoredSyncState): void {
  db.run`
    UPDATE sync_state SET cursor = ${state.cursor}, stage = ${state.stage}, next = ${state.next},
      conversations = ${state.conversations}, messages = ${state.messages},
      total_conversations = ${state.totals.conversations}, total_messages = ${state.totals.messages},
      contacts_done = ${state.contacts.done ? 1 : 0}, contacts_next = ${state.contacts.next},
      contacts = ${state.contacts.count}, total_contacts = ${state.totals.contacts}, epoch = ${state.epoch}`;
}

/** The part that the outside sees. */
export function publicSyncState({ epoch: _, ...state }: StoredSyncState): SyncState {
  return state;
}
