import type { Query, QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query';

/** Queries whose reading began before a change: each is read once more when that reading has ended. */
const outrun = new WeakSet<Query>();

/**
 * Marks what has changed: what is on screen is read again now, the rest when it is next shown. A reading that is under way may have
 * begun before the change. It is let finish, so that a flood of changes still shows something, and is followed by another one: its
 * answer alone would count as new for good.
 */
export function reread(client: QueryClient, filters: QueryFilters): void {
  for (const query of client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    const reading = query.promise;
    if (reading === undefined || outrun.has(query)) continue;
    outrun.add(query);
    const again = (): void => {
      outrun.delete(query);
      void client.invalidateQueries({ predicate: (each) => each === query }, { cancelRefetch: false });
    };
    reading.then(again, again);
  }
  void client.invalidateQueries(filters, { cancelRefetch: false });
}

/** Shows what the application has told. A reading that is under way may be older, and would take its place for good: it is followed by another one. */
export function told<Data>(client: QueryClient, queryKey: QueryKey, data: Data): void {
  client.setQueryData(queryKey, data);
  const filters = { queryKey, exact: true };
  if (client.isFetching(filters) > 0) reread(client, filters);
}
