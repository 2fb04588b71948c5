import type { QueryClient } from '@tanstack/react-query';
import type { Bridge } from '../bridge/bridge.ts';
import { importTold } from './imports.ts';
import { keys } from './keys.ts';
import { reread, told } from './reread.ts';
import { settingsTold } from './settings.ts';
import { throttle } from './throttle.ts';

/** A flood of changes (a sync) makes the lists read again at most this often, in ms. */
const LIST_PACE = 200;
const THREAD_PACE = 50;
/** Phases in which the page holds something of a workspace, and those in which it must not. */
const HELD: ReadonlySet<string> = new Set(['ready', 'protocol_mismatch', 'signed_out']);
const CLOSED: ReadonlySet<string> = new Set(['locked', 'rotating', 'wiping', 'key_choice']);
const [THREAD] = keys.threads;
const [DETAIL] = keys.details;
/** A search costs more than a list: while messages pour in, an open one is made anew at most this often, in ms. */
const SEARCH_PACE = 2_000;

/**
 * The one place where news from the main process meets the query cache: sets what was sent whole, and marks what has changed so that
 * what is on screen is read again, and the rest when it is next shown. Returns a function that stops it. `startAnew`: the page is made
 * anew, so that nothing of what was open is left in its memory: queries and stores could be emptied, strings in closures could not.
 */
export function followChanges(
  bridge: Bridge,
  client: QueryClient,
  startAnew: () => void = () => undefined,
): () => void {
  const dirty = new Set<string>();
  const refreshConversations = throttle(() => {
    const ids = new Set(dirty);
    dirty.clear();
    // All at once: a thousand of them would each go through everything that is kept.
    reread(client, {
      predicate: ({ queryKey: [kind, id] }) =>
        (kind === THREAD || kind === DETAIL) && typeof id === 'string' && ids.has(id),
    });
  }, THREAD_PACE);
  const refreshLists = throttle(() => {
    reread(client, { queryKey: keys.lists });
    reread(client, { queryKey: keys.views });
    reread(client, { queryKey: keys.counts });
  }, LIST_PACE);

  const refreshPeople = throttle(() => {
    reread(client, { queryKey: keys.people });
    reread(client, { queryKey: keys.persons });
  }, LIST_PACE);

  const refreshSearch = throttle(() => reread(client, { queryKey: ['search'] }), SEARCH_PACE);

  const everything = (): void => {
    reread(client, { predicate: (query) => query.queryKey[0] !== 'media' });
  };

  let wasLost = false;
  const stops = [
    bridge.on('app.state', (state) => {
      const before = client.getQueryData<typeof state>(keys.appState);
      told(client, keys.appState, state);
      if (before !== undefined && HELD.has(before.phase) && CLOSED.has(state.phase)) startAnew();
      // Another person or another workspace: nothing of the last one may stay in memory.
      if (before?.phase === 'ready' && state.phase !== 'ready') {
        client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'app.state' });
      }
    }),
    bridge.on('connection', (connection) => {
      const before = client.getQueryData<typeof connection>(keys.connection);
      told(client, keys.connection, connection);
      // Files that could not be had without a network can be had now.
      if (connection.connection.state === 'online' && before?.connection.state !== 'online') {
        // The whole history may be here by now.
        refreshSearch();
        void client.refetchQueries({
          queryKey: ['media'],
          predicate: (query) => query.state.status === 'error',
        });
      }
    }),
    bridge.on('changed', (change) => {
      if (change.everything) {
        everything();
        return;
      }
      for (const id of change.conversations) dirty.add(id);
      if (dirty.size > 0) refreshConversations();
      if (change.lists || change.conversations.length > 0 || change.contacts.length > 0) {
        refreshLists();
        refreshSearch();
      }
      // The details of a conversation hold its contact and its channel.
      if (change.contacts.length > 0 || change.directory) {
        reread(client, { queryKey: keys.details });
      }
      // A person's page shows conversations too.
      if (change.people || change.contacts.length > 0 || change.conversations.length > 0) refreshPeople();
      if (change.directory) {
        reread(client, { queryKey: keys.directory });
        reread(client, { queryKey: keys.retention });
        reread(client, { queryKey: keys.termination });
      }
      if (change.library) {
        reread(client, { queryKey: keys.library });
        // Saved views and pins make lists.
        refreshLists();
      }
      if (change.outbox) reread(client, { queryKey: keys.outbox });
    }),
    bridge.on('import', (job) => {
      importTold(client, job);
    }),
    bridge.on('settings', (settings) => {
      settingsTold(client, settings);
    }),
    bridge.onLink((link) => {
      if (link === 'lost') wasLost = true;
      else if (wasLost) {
        wasLost = false;
        // Events may have been missed.
        everything();
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
