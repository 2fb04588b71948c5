/**
 * As much of a cache as the sync engine's unit tests need, in memory: cursor, pages and outbox by the rules of
 * electron/cache/api.ts, contents not interpreted. The real one is used by test/integration and test/property.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { Cache, MediaRecord, SendFacts, Settlement, SyncState } from '../../electron/cache/api.ts';

export const NO_CHANGES: ChangeSet = {
  conversations: [],
  contacts: [],
  lists: false,
  directory: false,
  outbox: false,
  library: false,
  people: false,
  everything: false,
};

type Row = {
  command: Command;
  state: 'waiting' | 'sending' | 'sent' | 'held';
  attempts: number;
  retryAt: number;
};

export type MemoryCache = {
  cache: Cache;
  state: SyncState;
  /** Events in the order in which they were applied. */
  events: { seq: number; type: string }[];
  pages: string[];
  rows: Row[];
  /** Everything that was written, in order. */
  log: string[];
  /** Called before each write with its name; may delay it or make it fail. */
  before: (name: string) => Promise<void> | void;
  incomplete: { conversationId: string; next: string | null }[];
  /** What is known of messages that are about to leave. */
  facts: SendFacts[];
  media: Map<string, MediaRecord>;
  enqueue(command: Command): void;
};

export function createMemoryCache(): MemoryCache {
  const memory: MemoryCache = {
    cache: {} as Cache,
    state: {
      cursor: 0,
      stage: 'done',
      next: null,
      conversations: 0,
      messages: 0,
      contacts: { done: true, next: null, count: 0 },
      totals: { conversations: 0, messages: 0, contacts: 0 },
    },
    events: [],
    pages: [],
    rows: [],
    log: [],
    before: () => undefined,
    incomplete: [],
    facts: [],
    media: new Map(),
    enqueue: (command) => void memory.rows.push({ command, state: 'waiting', attempts: 0, retryAt: 0 }),
  };

  async function writing<T>(name: string, detail: string, write: () => T): Promise<T> {
    await memory.before(name);
    memory.log.push(detail === '' ? name : `${name} ${detail}`);
    return write();
  }

  const read: Partial<Cache['read']> = {
    syncState: async () => ({ ...memory.state }),
    async outboxDue({ now, limit }) {
      const seen = new Set<string>();
      const due: { command: Command; attempts: number }[] = [];
      let nextAt: number | null = null;
      for (const row of memory.rows) {
        if (row.state === 'sent' || row.state === 'held') continue;
        const { data } = row.command;
        const conversation = 'conversationId' in data ? data.conversationId : row.command.id;
        if (seen.has(conversation)) continue;
        seen.add(conversation);
        if (row.state === 'sending') continue;
        if (row.retryAt > now) nextAt = Math.min(nextAt ?? Infinity, row.retryAt);
        else if (due.length < limit) due.push({ command: row.command, attempts: row.attempts });
      }
      return { due, nextAt, unsent: memory.rows.length };
    },
    // Without facts a message is not looked at again: that is the real cache's.
    sendFacts: async ({ ids }) => memory.facts.filter((one) => ids.includes(one.id)),
    media: async ({ id }) => memory.media.get(id) ?? null,
    incompleteConversations: async ({ limit }) => memory.incomplete.slice(0, limit),
    missingHistory: async ({ limit }) => ({
      conversations: memory.incomplete.length,
      ids: memory.incomplete.slice(0, limit).map(({ conversationId }) => conversationId),
    }),
    async historyOf({ conversationId }) {
      const found = memory.incomplete.find((entry) => entry.conversationId === conversationId);
      return { complete: found === undefined, next: found?.next ?? null };
    },
  };

  const write: Partial<Cache['write']> = {
    saveTokens: (tokens) => writing('saveTokens', tokens.accessToken, () => undefined),
    applySnapshot: (snapshot) =>
      writing('applySnapshot', '', () => {
        memory.state = {
          cursor: snapshot.asOf,
          stage: 'conversations',
          next: null,
          conversations: 0,
          messages: 0,
          contacts: memory.state.contacts,
          totals: { ...snapshot.totals, contacts: snapshot.totals.contacts ?? 0 },
        };
        return { changes: NO_CHANGES, state: { ...memory.state } };
      }),
    applyPage: (page) =>
      writing('applyPage', `${page.type}@${page.page.asOf}`, () => {
        const stale = page.page.asOf < memory.state.cursor;
        if (stale) return { applied: false, stale, changes: NO_CHANGES, state: { ...memory.state } };
        memory.pages.push(`${page.type}:${page.page.next ?? 'end'}`);
        if (page.type === 'conversation') {
          memory.incomplete = memory.incomplete.flatMap((entry) =>
            entry.conversationId !== page.request.conversationId
              ? [entry]
              : page.page.next === null
                ? []
                : [{ ...entry, next: page.page.next }],
          );
        } else if (page.type === 'contacts') {
          const { next } = page.page;
          memory.state = { ...memory.state, contacts: { done: next === null, next, count: 0 } };
        } else {
          const after = page.type === 'conversations' ? 'history' : 'done';
          memory.state = {
            ...memory.state,
            stage: page.page.next === null ? after : memory.state.stage,
            next: page.page.next,
          };
        }
        return { applied: true, stale, changes: NO_CHANGES, state: { ...memory.state } };
      }),
    applyBatch: (batch) =>
      writing('applyBatch', `${batch.from}-${batch.to}`, () => {
        const { cursor } = memory.state;
        if (batch.from > cursor)
          return { gap: true, cursor, quarantined: 0, settled: [], changes: NO_CHANGES };
        let quarantined = 0;
        for (const event of batch.events as { seq?: number; type?: string }[]) {
          if (event.seq === undefined || event.type === undefined) quarantined += 1;
          else if (event.seq > cursor) memory.events.push({ seq: event.seq, type: event.type });
        }
        memory.state = { ...memory.state, cursor: Math.max(cursor, batch.to) };
        return { gap: false, cursor: memory.state.cursor, quarantined, settled: [], changes: NO_CHANGES };
      }),
    hold: ({ id, reason }) =>
      writing('hold', `${id}:${reason}`, () => {
        const row = memory.rows.find(({ command }) => command.id === id);
        if (row?.state === 'waiting') row.state = 'held';
        return NO_CHANGES;
      }),
    restartSync: () =>
      writing('restartSync', '', () => {
        memory.state = { ...memory.state, stage: 'snapshot', next: null };
        return { ...memory.state };
      }),
    markSending: ({ ids }) =>
      writing('markSending', ids.join(','), () => {
        const rows = memory.rows.filter((row) => ids.includes(row.command.id) && row.state === 'waiting');
        for (const row of rows) row.state = 'sending';
        return rows.map((row) => row.command.id);
      }),
    settle: (settlements) =>
      writing('settle', settlements.map((one) => `${one.id}:${one.outcome}`).join(','), () => {
        for (const settlement of settlements) settleRow(settlement);
        return NO_CHANGES;
      }),
    resetSending: () =>
      writing('resetSending', '', () => {
        for (const row of memory.rows) if (row.state === 'sending') row.state = 'waiting';
        return NO_CHANGES;
      }),
  };

  function settleRow(settlement: Settlement): void {
    const row = memory.rows.find(({ command }) => command.id === settlement.id);
    if (row === undefined) return;
    row.attempts += 1;
    switch (settlement.outcome) {
      case 'acked':
        row.state = 'sent';
        return;
      case 'refused':
        row.state = 'held';
        return;
      case 'again':
        row.state = 'waiting';
        row.retryAt = settlement.retryAt;
    }
  }

  memory.cache = { read, write } as Cache;
  return memory;
}
