import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type {
  ConversationDetail,
  Directory,
  ThreadPage,
  View,
  ViewCount,
} from '../../../shared/contract/rows.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import type { AppState } from '../../../shared/contract/state.ts';
import type { Channel } from '../../../shared/domain/channel.ts';
import type { ConversationFilter, ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import { NO_FILTER } from '../../../shared/domain/conversation-filter.ts';
import type { LibraryItem, SavedView } from '../../../shared/domain/library.ts';
import type { Team } from '../../../shared/domain/team.ts';
import type { Label, User } from '../../../shared/domain/workspace.ts';
import { useBridge } from '../bridge/context.ts';
import { useListing } from '../stores/listing.ts';
import { keys, viewKey } from './keys.ts';
import type { ListPage } from './list.ts';
import { listQuery } from './list.ts';
import { threadQuery } from './thread.ts';

export type Connection = CallOutput<'connection.state'>;
export type ReadyState = Extract<AppState, { phase: 'ready' }>;

interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  /** Asks again after an error. */
  readonly again: () => void;
}

export function useAppState(): Loaded<AppState> {
  const bridge = useBridge();
  const query = useQuery({ queryKey: keys.appState, queryFn: () => bridge.call('app.state', {}) });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** The state of an application that has an inbox. Only for what is shown in that phase. */
export function useReady(): ReadyState {
  const { data } = useAppState();
  if (data?.phase !== 'ready') throw new Error('useReady outside of the ready phase');
  return data;
}

export function useConnection(): Connection | undefined {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.connection, queryFn: () => bridge.call('connection.state', {}) }).data;
}

/** How much is unsent and ends with the application; asked when a screen is opened. */
export function useLostOnQuit(): number {
  const bridge = useBridge();
  const { data } = useQuery({
    queryKey: keys.lostOnQuit,
    queryFn: () => bridge.call('window.lostOnQuit', {}),
    refetchOnMount: 'always',
  });
  return data?.lost ?? 0;
}

export function useViews(): ReadonlyArray<ViewCount> | undefined {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.views, queryFn: () => bridge.call('inbox.views', {}) }).data;
}

/** The workspace's people and things, by id. */
export interface Lookup {
  readonly users: ReadonlyMap<string, User>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly labels: ReadonlyMap<string, Label>;
}

const NOTHING: Lookup = { users: new Map(), teams: new Map(), channels: new Map(), labels: new Map() };

export function useDirectory(): Directory | undefined {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.directory, queryFn: () => bridge.call('directory.get', {}) }).data;
}

/** Empty until the directory is there. The same object as long as nothing changes: it may be a prop of a memoised row. */
export function useLookup(): Lookup {
  const directory = useDirectory();
  return useMemo(
    () =>
      directory === undefined
        ? NOTHING
        : {
            users: new Map(directory.users.map((user) => [user.id, user])),
            teams: new Map(directory.teams.map((team) => [team.id, team])),
            channels: new Map(directory.channels.map((channel) => [channel.id, channel])),
            labels: new Map(directory.labels.map((label) => [label.id, label])),
          },
    [directory],
  );
}

export function useList(view: View, sort: ConversationSort): Loaded<ListPage> {
  const bridge = useBridge();
  const client = useQueryClient();
  const query = useQuery(listQuery(bridge, client, view, sort));
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** Everything of the library that is there and not deleted. */
export function useLibrary(): ReadonlyArray<LibraryItem> {
  const bridge = useBridge();
  const { data } = useQuery({ queryKey: keys.library, queryFn: () => bridge.call('library.list', {}) });
  return useMemo(() => (Array.isArray(data) ? data.filter((item) => !item.deleted) : []), [data]);
}

export type SavedViewItem = LibraryItem & { readonly content: SavedView };

/** The saved views that one can see, by name. */
export function useSavedViews(): ReadonlyArray<SavedViewItem> {
  const library = useLibrary();
  return useMemo(
    () =>
      library
        .flatMap((item) => (item.content.kind === 'saved_view' ? [{ ...item, content: item.content }] : []))
        .toSorted((a, b) => a.content.title.localeCompare(b.content.title)),
    [library],
  );
}

/** The order in which a view is listed: as chosen here, else its own, else the newest first. */
export function useSort(view: View): ConversationSort {
  const chosen = useListing((state) => state.sorts[viewKey(view)]);
  const saved = useSavedViews();
  if (chosen !== undefined) return chosen;
  const own = view.kind === 'saved' ? saved.find(({ id }) => id === view.id)?.content.sort : undefined;
  return own ?? 'newest';
}

/** How many conversations a filter lets through; the last known number while it is counted again. */
export function useCount(filter: ConversationFilter | null): number | undefined {
  const bridge = useBridge();
  const { data } = useQuery({
    queryKey: keys.count(filter === null ? '' : JSON.stringify(filter)),
    queryFn: () => bridge.call('inbox.count', { filter: filter ?? NO_FILTER }),
    enabled: filter !== null,
    placeholderData: keepPreviousData,
  });
  return filter === null ? undefined : data?.total;
}

/** What is set on this machine; the defaults until it is known. */
export function useSettings(): Settings {
  const bridge = useBridge();
  const { data } = useQuery({ queryKey: keys.settings, queryFn: () => bridge.call('settings.get', {}) });
  return data?.density === undefined ? DEFAULT_SETTINGS : data;
}

export function useThread(conversationId: string): Loaded<ThreadPage> {
  const bridge = useBridge();
  const client = useQueryClient();
  const query = useQuery(threadQuery(bridge, client, conversationId));
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

export function useDetail(conversationId: string): Loaded<ConversationDetail> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.detail(conversationId),
    queryFn: () => bridge.call('conversation.get', { conversationId }),
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** Returns a function that reads a conversation ahead of its opening. Cheap when it is there already. */
export function usePrefetch(): (conversationId: string) => void {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMemo(
    () => (conversationId: string) => {
      void client.prefetchQuery(threadQuery(bridge, client, conversationId));
      void client.prefetchQuery({
        queryKey: keys.detail(conversationId),
        queryFn: () => bridge.call('conversation.get', { conversationId }),
      });
    },
    [bridge, client],
  );
}

/** The file of a message, once it is on this machine. `wanted` false: not asked for yet. */
export function useMedia(
  mediaId: string,
  wanted: boolean,
): { state: 'idle' | 'loading' | 'ready' | 'failed'; again: () => void } {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.media(mediaId),
    queryFn: () => bridge.call('media.load', { mediaId }),
    enabled: wanted,
  });
  const state = query.data !== undefined ? 'ready' : query.isError ? 'failed' : wanted ? 'loading' : 'idle';
  return { state, again: () => void query.refetch() };
}
