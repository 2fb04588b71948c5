/** Pages of the first sync and of a conversation's history, each with its place in one transaction. */
import type { Message } from '../../../shared/domain/message.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import type { ContactPage, ConversationPage, HistoryPage, Snapshot } from '../../../shared/protocol/sync.ts';
import type { SyncPage } from '../api.ts';
import { putConsent } from '../people/ledger.ts';
import { putApart, putMerge, putRights } from '../people/records.ts';
import type { Tx } from '../store/context.ts';
import { putContact, withdrawOldContacts } from '../store/contacts.ts';
import { putActivity } from '../store/activities.ts';
import { findConversation, putConversation } from '../store/conversations.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import { addToCounter } from '../store/counters.ts';
import { clearDirectory, putEntry, putPolicy, putRule, readPolicy } from '../store/directory.ts';
import { replaceLibrary } from '../store/library.ts';
import { putMessage } from '../store/messages.ts';
import { putNote } from '../store/notes.ts';
import { lanesWithout } from '../store/outbox-row.ts';
import { refreshLane, restorePending } from '../store/restore.ts';
import { NOTHING_YET, readSyncState, writeSyncState } from '../store/sync-state.ts';
import type { StoredSyncState } from '../store/sync-state.ts';
import { hoursOf, putChannel } from '../store/windows.ts';
import { emptyConversation, withdrawConversation } from '../store/withdraw.ts';
import { quarantine } from './quarantine.ts';
import { removeSettled } from './settled.ts';

/** The directory of the workspace, and the number from which the log is followed. */
export function applySnapshot(tx: Tx, snapshot: Snapshot): StoredSyncState {
  const windows = hoursOf(tx.db);
  const known = readPolicy(tx.db);
  clearDirectory(tx.db);
  for (const user of snapshot.users) putEntry(tx, 'user', user);
  putEntry(tx, 'user', snapshot.me);
  for (const channel of snapshot.channels) putChannel(tx, channel, windows);
  for (const team of snapshot.teams) putEntry(tx, 'team', team);
  replaceLibrary(tx, snapshot.library);
  for (const lane of lanesWithout(tx.db)) refreshLane(tx, lane);
  for (const label of snapshot.labels) putEntry(tx, 'label', label);
  for (const template of snapshot.templates) putEntry(tx, 'template', template);
  for (const field of snapshot.fields) putEntry(tx, 'field', field);
  if (known !== null) putEntry(tx, 'policy', known);
  putPolicy(tx, snapshot.policy);
  putRule(tx, 'retention', 'retention', snapshot.retention ?? WorkspaceRetention.parse({}), snapshot.asOf);
  for (const hold of snapshot.holds ?? []) putRule(tx, 'hold', hold.id, hold, snapshot.asOf);
  for (const notice of snapshot.breaches ?? []) putRule(tx, 'breach', notice.id, notice, snapshot.asOf);
  const { termination } = snapshot;
  if (termination != null) putRule(tx, 'termination', 'termination', termination, snapshot.asOf);
  // What the pages bring replaces these, whatever its number; what they do not bring goes at the end of the contacts.
  tx.db.run`UPDATE consents SET rev = -1`;
  tx.db.run`UPDATE merges SET rev = -1`;
  tx.db.run`DELETE FROM kept_apart`;
  for (const pair of snapshot.keptApart ?? []) putApart(tx, { ...pair, apart: true }, snapshot.asOf);
  tx.db.run`DELETE FROM rights`;
  for (const request of snapshot.rights ?? []) putRights(tx, request);
  tx.people.changed = true;
  tx.changes.directory = true;
  const state: StoredSyncState = {
    ...NOTHING_YET,
    cursor: snapshot.asOf,
    stage: 'conversations',
    totals: { ...snapshot.totals, contacts: snapshot.totals.contacts ?? 0 },
    epoch: tx.epoch,
  };
  writeSyncState(tx.db, state);
  return state;
}

/** Applies a page unless it is older than the cursor: then it could miss what the log said about messages that were not here yet. */
export function applyPage(
  tx: Tx,
  input: SyncPage,
): { applied: boolean; stale: boolean; state: StoredSyncState } {
  const state = readSyncState(tx.db);
  if (input.page.asOf < state.cursor) return { applied: false, stale: true, state };
  if (!isDue(input.type, state)) return { applied: false, stale: false, state };
  for (const { raw, issue } of input.rejected ?? []) {
    quarantine(tx, raw, { seq: null, type: `page of ${input.type}`, reason: 'invalid', issue });
  }
  if (input.type === 'conversation') {
    applyConversationHistory(tx, input.request.conversationId, input.page);
    return { applied: true, stale: false, state };
  }
  const next = after(tx, state, input);
  writeSyncState(tx.db, next);
  removeSettled(tx, next.cursor);
  return { applied: true, stale: false, state: next };
}

function isDue(type: SyncPage['type'], { stage, contacts }: StoredSyncState): boolean {
  if (type === 'conversation') return true;
  if (type === 'contacts') return !contacts.done && (stage === 'history' || stage === 'done');
  return type === stage;
}

function after(
  tx: Tx,
  state: StoredSyncState,
  input: Exclude<SyncPage, { type: 'conversation' }>,
): StoredSyncState {
  switch (input.type) {
    case 'conversations':
      return afterConversations(tx, state, input.page);
    case 'contacts':
      return afterContacts(tx, state, input.page);
    case 'history':
      return afterHistory(tx, state, input.page);
  }
}

function afterContacts(tx: Tx, state: StoredSyncState, page: ContactPage): StoredSyncState {
  for (const contact of page.contacts) putContact(tx, contact);
  putOfContacts(tx, page);
  const done = page.next === null;
  if (done) {
    withdrawOldContacts(tx);
    tx.db.run`DELETE FROM consents WHERE rev < 0`;
    tx.db.run`DELETE FROM merges WHERE rev < 0`;
  }
  const count = state.contacts.count + page.contacts.length;
  return { ...state, contacts: { done, next: page.next, count } };
}

/** The ledger and the merges of a page's contacts. */
function putOfContacts(tx: Tx, { consents, merges }: Pick<ContactPage, 'consents' | 'merges'>): void {
  for (const entry of consents ?? []) putConsent(tx, entry);
  for (const merge of merges ?? []) putMerge(tx, merge);
}

function afterConversations(tx: Tx, state: StoredSyncState, page: ConversationPage): StoredSyncState {
  const received: Owned<Message>[] = [];
  for (const item of page.items) {
    if (tx.erased.has(item.conversation.id) || tx.erased.has(item.contact.id)) continue;
    const before = findConversation(tx.db, item.conversation.id);
    if (before !== undefined && before.epoch < tx.epoch) emptyConversation(tx, before);
    putContact(tx, item.contact);
    const { record } = putConversation(tx, item.conversation, { history: 'first_sync', renew: true });
    for (const message of item.messages) received.push({ item: message, owner: record });
    restorePending(tx, record);
  }
  putOfContacts(tx, page);
  const messages = putOldMessages(tx, received);
  tx.changes.lists = true;
  const counted = {
    ...state,
    conversations: state.conversations + page.items.length,
    messages: state.messages + messages,
    next: page.next,
  };
  if (page.next !== null) return counted;
  withdrawLeftovers(tx);
  tx.db.run`UPDATE index_state SET history_below = ${tx.sequence.lowest}`;
  return { ...counted, stage: 'history' };
}

function afterHistory(tx: Tx, state: StoredSyncState, { next, ...page }: HistoryPage): StoredSyncState {
  const added = putHistory(tx, page);
  return { ...state, messages: state.messages + added, next, stage: next === null ? 'done' : 'history' };
}

function applyConversationHistory(tx: Tx, conversationId: string, page: HistoryPage): void {
  if (findConversation(tx.db, conversationId) === undefined) return;
  putHistory(tx, page);
  const history = page.next === null ? 'complete' : null;
  tx.db.run`
    UPDATE conversations SET history = coalesce(${history}, history), history_next = ${page.next}
    WHERE id = ${conversationId}`;
  tx.changes.conversation(conversationId);
}

type Owned<T> = { item: T; owner: ConversationRecord };

/** Stores messages, notes and activities of conversations that are here; what belongs to others is not for this user any more. */
function putHistory(
  tx: Tx,
  page: Pick<HistoryPage, 'messages' | 'notes'> & { activities?: HistoryPage['activities'] },
): number {
  const { messages, notes, activities = [] } = page;
  const owners = new Map<string, ConversationRecord | undefined>();
  const owned = <T extends { conversationId: string }>(items: readonly T[]): Owned<T>[] => {
    const result: Owned<T>[] = [];
    for (const item of items) {
      const { conversationId } = item;
      if (!owners.has(conversationId)) owners.set(conversationId, findConversation(tx.db, conversationId));
      const owner = owners.get(conversationId);
      if (owner !== undefined) result.push({ item, owner });
    }
    return result;
  };
  const added = putOldMessages(tx, owned(messages));
  const ownedNotes = owned(notes).toSorted((a, b) => a.item.createdAt - b.item.createdAt);
  let seq = tx.sequence.reserveHistory(ownedNotes.length);
  for (const { item, owner } of ownedNotes) {
    if (putNote(tx, item, owner, seq)) tx.changes.conversation(owner.id);
    seq += 1;
  }
  for (const { item, owner } of owned(activities)) {
    if (putActivity(tx, item, owner)) tx.changes.conversation(owner.id);
  }
  return added;
}

/** Numbers a page so that its oldest message comes first, all of them before what is here. Answers how many were new. */
function putOldMessages(tx: Tx, received: readonly Owned<Message>[]): number {
  const ordered = received.toSorted((a, b) => a.item.sentAt - b.item.sentAt);
  let seq = tx.sequence.reserveHistory(ordered.length);
  let added = 0;
  for (const { item, owner } of ordered) {
    const outcome = putMessage(tx, item, owner, seq);
    seq += 1;
    if (outcome === 'kept') continue;
    if (outcome === 'added') added += 1;
    tx.changes.conversation(owner.id);
  }
  addToCounter(tx.db, 'messages', added, 0);
  return added;
}

/** After the last page of conversations: what an earlier first sync brought and this one did not is not ours to see. */
function withdrawLeftovers(tx: Tx): void {
  const leftovers = tx.db.all<{ id: string }>`SELECT id FROM conversations WHERE epoch < ${tx.epoch}`;
  for (const { id } of leftovers) {
    // One that was begun here and that the gateway does not have yet is no leftover.
    const begun = tx.outbox.of(id).some(({ type }) => type === 'conversation.start');
    if (begun) tx.db.run`UPDATE conversations SET epoch = ${tx.epoch} WHERE id = ${id}`;
    else withdrawConversation(tx, id);
  }
}
