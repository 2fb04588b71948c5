import {
  keepPreviousData,
  useInfiniteQuery,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { QueryClient, UseQueryOptions } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type {
  ContactDetail,
  ContactFile,
  ContactRow,
  ContactTimelineItem,
} from '../../../shared/contract/contacts.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { ContactFilter, ContactSort } from '../../../shared/domain/contact-filter.ts';
import type { LibraryItem, Segment } from '../../../shared/domain/library.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { useBridge } from '../bridge/context.ts';
import { useDirectory, useLibrary } from './hooks.ts';
import { keys } from './keys.ts';

/** What the table shows, in which order. */
export interface ContactSpec {
  readonly filter: ContactFilter;
  readonly query: string;
  readonly sort: ContactSort;
}

export type ContactPage = CallOutput<'contacts.list'>;

/** Rows of one page of the table. */
export const CONTACT_PAGE = 100;
const NONE: ReadonlyArray<ContactRow> = [];

/** A spec as one word. Asked for many times in a frame of scrolling, so each is made once. */
const specWords = new WeakMap<ContactSpec, string>();
function wordOf(spec: ContactSpec): string {
  const known = specWords.get(spec);
  if (known !== undefined) return known;
  const word = JSON.stringify(spec);
  specWords.set(spec, word);
  return word;
}

function pageQuery(
  bridge: Bridge,
  spec: ContactSpec,
  page: number,
): UseQueryOptions<ContactPage, Error, ContactPage, readonly unknown[]> {
  return {
    queryKey: keys.peoplePage(wordOf(spec), page),
    queryFn: () =>
      bridge.call('contacts.list', { ...spec, offset: page * CONTACT_PAGE, limit: CONTACT_PAGE }),
    // A hundred thousand rows are scrolled through quickly: pages that are not in sight go soon.
    gcTime: 30_000,
  };
}

export interface ContactWindow {
  /** Undefined until it is known. */
  readonly total: number | undefined;
  /** Undefined while the row's page is being read. */
  readonly rowAt: (index: number) => ContactRow | undefined;
  /** What is shown belongs to what was asked before: the answer is on its way. */
  readonly isOld: boolean;
  /** What the rows belong to. */
  readonly spec: ContactSpec;
  readonly error: Error | null;
  readonly again: () => void;
}

/** The rows between two places of the table, and how many there are in all. Only pages in sight are read. */
export function useContactWindow(spec: ContactSpec, first: number, last: number): ContactWindow {
  const bridge = useBridge();
  const client = useQueryClient();
  const head = useQuery({ ...pageQuery(bridge, spec, 0), placeholderData: keepPreviousData });
  const [shown, setShown] = useState(spec);
  if (shown !== spec && head.data !== undefined && !head.isPlaceholderData) setShown(spec);
  const from = Math.max(1, Math.floor(first / CONTACT_PAGE));
  const to = Math.min(
    Math.floor(Math.max(first, last) / CONTACT_PAGE),
    Math.max(0, Math.ceil((head.data?.total ?? 0) / CONTACT_PAGE) - 1),
  );
  const pages: number[] = [];
  for (let page = from; page <= to; page += 1) pages.push(page);
  const rest = useQueries({ queries: pages.map((page) => pageQuery(bridge, shown, page)) });
  const loaded = new Map<number, ReadonlyArray<ContactRow>>([[0, head.data?.rows ?? NONE]]);
  pages.forEach((page, index) => loaded.set(page, rest[index]?.data?.rows ?? NONE));
  /** Pages that were in sight a moment ago are still there. */
  const rowsOf = (page: number): ReadonlyArray<ContactRow> => {
    const known = loaded.get(page);
    if (known !== undefined) return known;
    const kept = client.getQueryData<ContactPage>(keys.peoplePage(wordOf(shown), page))?.rows ?? NONE;
    loaded.set(page, kept);
    return kept;
  };
  const failed = rest.find(({ error }) => error !== null);
  return {
    total: head.data?.total,
    rowAt: (index) => rowsOf(Math.floor(index / CONTACT_PAGE))[index % CONTACT_PAGE],
    isOld: head.isPlaceholderData,
    spec: shown,
    error: head.error ?? failed?.error ?? null,
    again: () => {
      void head.refetch();
      if (failed !== undefined) void failed.refetch();
    },
  };
}

/** Ids of the rows from one place to another, both included, in the table's order: for ranges over what is not in sight. */
export async function idsBetween(
  bridge: Bridge,
  client: QueryClient,
  spec: ContactSpec,
  from: number,
  to: number,
): Promise<string[]> {
  const first = Math.min(from, to);
  const last = Math.max(from, to);
  const pages: number[] = [];
  for (let page = Math.floor(first / CONTACT_PAGE); page <= Math.floor(last / CONTACT_PAGE); page += 1) {
    pages.push(page);
  }
  const read = await Promise.all(pages.map((page) => client.fetchQuery(pageQuery(bridge, spec, page))));
  return read
    .flatMap(({ rows }) => rows.map(({ contact }) => contact.id))
    .slice(first % CONTACT_PAGE, (first % CONTACT_PAGE) + last - first + 1);
}

/** How many contacts each filter lets through; the last known numbers while they are counted again. */
export function useContactCounts(filters: ReadonlyArray<ContactFilter>): ReadonlyArray<number> | undefined {
  const bridge = useBridge();
  const asked = filters.slice(0, 50);
  const { data } = useQuery({
    queryKey: keys.peopleCount(JSON.stringify(asked)),
    queryFn: () => bridge.call('contacts.count', { filters: asked }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return data?.totals;
}

export type SegmentItem = LibraryItem & { readonly content: Segment };

/** The segments that one can see, by name. */
export function useSegments(): ReadonlyArray<SegmentItem> {
  const library = useLibrary();
  return useMemo(
    () =>
      library
        .flatMap((item) => (item.content.kind === 'segment' ? [{ ...item, content: item.content }] : []))
        .toSorted((a, b) => a.content.title.localeCompare(b.content.title)),
    [library],
  );
}

const NO_FIELDS: ReadonlyArray<ContactField> = [];

/** The custom fields that are in use, in their order. The same array as long as nothing changes. */
export function useContactFields(): ReadonlyArray<ContactField> {
  const directory = useDirectory();
  return useMemo(
    () =>
      directory?.fields
        ?.filter((field) => !field.deleted)
        .toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name)) ?? NO_FIELDS,
    [directory],
  );
}

interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

export function usePerson(contactId: string | null): Loaded<ContactDetail> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.person(contactId ?? ''),
    queryFn: () => bridge.call('contact.get', { contactId: contactId ?? '' }),
    enabled: contactId !== null,
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

export function usePersonFiles(contactId: string): Loaded<ReadonlyArray<ContactFile>> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.personFiles(contactId),
    queryFn: () => bridge.call('contact.files', { contactId }),
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** Items of one page of a timeline. */
const TIMELINE_PAGE = 60;

/** Time and id of an item of the timeline. */
export function placeOf(item: ContactTimelineItem): { readonly at: number; readonly id: string } {
  switch (item.type) {
    case 'message':
      return { at: item.message.sentAt, id: item.message.id };
    case 'note':
      return { at: item.note.createdAt, id: item.note.id };
    case 'activity':
      return { at: item.activity.at, id: item.activity.id };
    case 'consent':
      return { at: item.entry.at, id: item.entry.id };
  }
}

export interface Timeline extends Loaded<ReadonlyArray<ContactTimelineItem>> {
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly isLoadingMore: boolean;
}

/** Everything with a person, over all conversations, newest first. */
export function usePersonTimeline(contactId: string): Timeline {
  const bridge = useBridge();
  const query = useInfiniteQuery({
    queryKey: keys.personTimeline(contactId),
    queryFn: ({ pageParam }) =>
      bridge.call('contact.timeline', { contactId, before: pageParam, limit: TIMELINE_PAGE }),
    initialPageParam: null as { at: number; id: string } | null,
    getNextPageParam: (page) => {
      const last = page.items.at(-1);
      return page.more && last !== undefined ? placeOf(last) : undefined;
    },
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return {
    data: items,
    error: query.error,
    again: () => void query.refetch(),
    more: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
    isLoadingMore: query.isFetchingNextPage,
  };
}
